import ParallelWork

/// Which of `count` places, given in ascending x, falls into which row, stably: within a row they stay in ascending x.
struct RowArrangement {
    /// Index of a place → its position in the rows.
    let positions: Column<Int32>
    /// Occupied rows, ascending.
    let rowNumbers: [Int]
    /// Occupied row r holds positions `rowStarts[r]..<rowStarts[r + 1]`.
    let rowStarts: [Int]

    /// - Parameter y: the y of every place.
    init(count: Int, rowHeight: Double, y: MemberColumn, workers: Workers) throws {
        positions = Column(count: count)
        guard count > 0 else {
            (rowNumbers, rowStarts) = ([], [0])
            return
        }
        // Few places are arranged faster by one thread than threads are started.
        let workers = count < 1 << 16 ? workers.single : workers
        let grain = 1 << 15
        let pieces = (count + grain - 1) / grain
        let extremes = try [Int](count: 2 * pieces) { extremes in
            try workers.forEach(in: 0..<count, grain: grain) { range, _ in
                var (low, high) = (Int.max, Int.min)
                for index in range {
                    let row = Self.row(of: y[index], rowHeight)
                    if row < low { low = row }
                    if row > high { high = row }
                }
                let piece = range.lowerBound / grain
                (extremes[2 * piece], extremes[2 * piece + 1]) = (low, high)
            }
        }
        var (low, high) = (Int.max, Int.min)
        for bound in extremes { (low, high) = (min(low, bound), max(high, bound)) }
        let (extent, overflows) = high.subtractingReportingOverflow(low)
        guard !overflows, extent < min(4 * count + 4096, Int(Int32.max)) else {
            (rowNumbers, rowStarts) = Self.sortByRow(positions, rowHeight: rowHeight, y: y)
            return
        }

        let (rows, base) = (extent + 1, low)
        let wantedParts = workers.count == 1 ? 1 : 4 * workers.count
        let parts = wantedParts * rows <= 8 * count ? wantedParts : 1
        let partLength = (count + parts - 1) / parts
        let span: @Sendable (Int) -> Range<Int> = {
            min(count, $0 * partLength)..<min(count, ($0 + 1) * partLength)
        }
        let table = ShareTable(parts: parts, shares: rows)
        let target = positions.shared
        try workers.forEach(in: 0..<parts, grain: 1) { range, _ in
            for part in range {
                let counts = table.cleared(part)
                for index in span(part) {
                    let row = Self.row(of: y[index], rowHeight) &- base
                    // Kept where the position will be: the row need not be worked out twice.
                    target[index] = Int32(truncatingIfNeeded: row)
                    counts[row] &+= 1
                }
            }
        }
        let starts = table.turnCountsIntoPlaces()
        try workers.forEach(in: 0..<parts, grain: 1) { range, _ in
            for part in range {
                let places = table.part(part)
                for index in span(part) {
                    let row = Int(target[index])
                    target[index] = places[row]
                    places[row] &+= 1
                }
            }
        }
        var (numbers, firsts): ([Int], [Int]) = ([], [])
        for row in 0..<rows where starts[row] < starts[row + 1] {
            numbers.append(low + row)
            firsts.append(starts[row])
        }
        firsts.append(count)
        (rowNumbers, rowStarts) = (numbers, firsts)
    }

    /// ⌊y / rowHeight⌋.
    @inline(__always)
    static func row(of y: Double, _ rowHeight: Double) -> Int {
        let quotient = y / rowHeight
        // Without a call for rounding, which the oldest processors need.
        let towardZero = Int(quotient)
        return Double(towardZero) > quotient ? towardZero &- 1 : towardZero
    }

    /// For places so far apart, against the height of a row, that a table of all rows would dwarf them.
    private static func sortByRow(
        _ positions: Column<Int32>, rowHeight: Double, y: MemberColumn
    ) -> (rowNumbers: [Int], rowStarts: [Int]) {
        let rows = (0..<positions.count).map { row(of: y[$0], rowHeight) }
        let sorted = rows.indices.sorted { rows[$0] != rows[$1] ? rows[$0] < rows[$1] : $0 < $1 }
        var (numbers, firsts): ([Int], [Int]) = ([], [])
        for (position, index) in sorted.enumerated() {
            positions.base[index] = Int32(position)
            guard numbers.last != rows[index] else { continue }
            numbers.append(rows[index])
            firsts.append(position)
        }
        firsts.append(positions.count)
        return (numbers, firsts)
    }
}
