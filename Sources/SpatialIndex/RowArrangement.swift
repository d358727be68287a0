import ParallelWork

/// Which of `count` places, given in ascending x, falls into which row, stably: within a row they stay in ascending x.
struct RowArrangement {
    /// Row position → index of the place.
    let order: [Int32]
    /// Occupied rows, ascending.
    let rowNumbers: [Int]
    /// Occupied row r holds `order[rowStarts[r]..<rowStarts[r + 1]]`.
    let rowStarts: [Int]

    private init(order: [Int32], rowNumbers: [Int], rowStarts: [Int]) {
        self.order = order
        self.rowNumbers = rowNumbers
        self.rowStarts = rowStarts
    }

    init(y: [Double], rowHeight: Double, workers: Workers) throws {
        let count = y.count
        guard count > 0 else {
            self.init(order: [], rowNumbers: [], rowStarts: [0])
            return
        }
        // Few places are arranged faster by one thread than threads are started.
        let workers = count < 1 << 16 ? workers.single : workers
        let partLength = max(1 << 14, (count + 4 * workers.count - 1) / (4 * workers.count))
        let parts = (count + partLength - 1) / partLength
        let span: @Sendable (Int) -> Range<Int> = { part in part * partLength..<min(count, (part + 1) * partLength) }

        let bounds = try [Int](count: 2 * parts) { bounds in
            try workers.forEach(in: 0..<parts, grain: 1) { range, _ in
                for part in range {
                    var (low, high) = (Int.max, Int.min)
                    for i in span(part) {
                        let row = Int((y[i] / rowHeight).rounded(.down))
                        low = min(low, row)
                        high = max(high, row)
                    }
                    (bounds[2 * part], bounds[2 * part + 1]) = (low, high)
                }
            }
        }
        var (low, high) = (Int.max, Int.min)
        for part in 0..<parts {
            low = min(low, bounds[2 * part])
            high = max(high, bounds[2 * part + 1])
        }
        let rows = high - low + 1
        guard rows <= 4 * count + 4096 else {
            self.init(sortingByRow: y, rowHeight: rowHeight)
            return
        }

        // starts[part × rows + row]: first counts, then where each part's share of a row goes.
        let tableParts = parts * rows <= 8 * count + (1 << 16) ? parts : 1
        let length = (count + tableParts - 1) / tableParts
        let base = low
        var starts = try [Int32](count: tableParts * rows) { counts in
            try workers.forEach(in: 0..<tableParts, grain: 1) { range, _ in
                for part in range {
                    for row in 0..<rows { counts[part * rows + row] = 0 }
                    for i in part * length..<min(count, (part + 1) * length) {
                        counts[part * rows + Int((y[i] / rowHeight).rounded(.down)) - base] += 1
                    }
                }
            }
        }
        var (numbers, firsts): ([Int], [Int]) = ([], [])
        var total: Int32 = 0
        for row in 0..<rows {
            let rowStart = total
            for part in 0..<tableParts {
                let share = starts[part * rows + row]
                starts[part * rows + row] = total
                total += share
            }
            if total > rowStart {
                numbers.append(low + row)
                firsts.append(Int(rowStart))
            }
        }
        firsts.append(count)
        let order = try [Int32](count: count) { order in
            try starts.withUnsafeMutableBufferPointer { starts in
                let next = SharedBuffer(starts)
                try workers.forEach(in: 0..<tableParts, grain: 1) { range, _ in
                    for part in range {
                        for i in part * length..<min(count, (part + 1) * length) {
                            let slot = part * rows + Int((y[i] / rowHeight).rounded(.down)) - base
                            order[Int(next[slot])] = Int32(i)
                            next[slot] += 1
                        }
                    }
                }
            }
        }
        self.init(order: order, rowNumbers: numbers, rowStarts: firsts)
    }

    /// For places so far apart, against the height of a row, that a table of all rows would dwarf them.
    private init(sortingByRow y: [Double], rowHeight: Double) {
        let rows = y.map { Int(($0 / rowHeight).rounded(.down)) }
        let sorted = rows.indices.sorted { rows[$0] != rows[$1] ? rows[$0] < rows[$1] : $0 < $1 }
        var (numbers, firsts): ([Int], [Int]) = ([], [])
        for (position, i) in sorted.enumerated() where numbers.last != rows[i] {
            numbers.append(rows[i])
            firsts.append(position)
        }
        firsts.append(y.count)
        self.init(order: sorted.map { Int32($0) }, rowNumbers: numbers, rowStarts: firsts)
    }
}
