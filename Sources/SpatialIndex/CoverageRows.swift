public import FirmModel
public import ParallelWork

/// Sites in rows of equal height, south to north and within a row west to east, by their coordinates alone: what
/// footprints are counted in.
///
/// Distances of the few sites on a rim are measured with what ``Sites`` keep, so that 16 bytes a site are enough here.
public final class CoverageRows: @unchecked Sendable {
    // Sendable by hand: nothing changes after init.

    /// The number of sites.
    public let count: Int
    /// The height of a row, in meters or degrees of latitude.
    let rowHeight: Double
    /// Occupied rows, ascending: row number floor(y / rowHeight).
    let rowNumbers: [Int]
    /// Occupied row r holds positions `rowStarts[r]..<rowStarts[r + 1]`.
    let rowStarts: [Int]
    let x: UnsafePointer<Double>
    let y: UnsafePointer<Double>

    /// - Parameters:
    ///   - rowHeight: in meters on the ground; positive and finite.
    ///   - body: called with the position in rows of each site, before the result is there; what is known of sites is
    ///     arranged best by writing it there in the order of the sites, because only as many places are written at a time as
    ///     there are rows.
    /// - Complexity: O(n) for n sites, while the number of rows in the extent is not far beyond n; else O(n log n).
    public init(
        _ sites: Sites, rowHeight: Meters, workers: Workers, withPositions body: ([Int32]) throws -> Void = { _ in }
    ) throws {
        let count = sites.count
        let height =
            switch sites.metric {
            case .plane: rowHeight.value
            case .sphere: rowHeight.value / Sphere.radius * (180 / .pi)
            }
        let places = try RowPlaces(y: sites.y, rowHeight: height, workers: workers)
        self.count = count
        self.rowHeight = height
        rowNumbers = places.rowNumbers
        rowStarts = places.rowStarts
        let x = UnsafeMutableBufferPointer<Double>.allocate(capacity: max(1, count))
        let y = UnsafeMutableBufferPointer<Double>.allocate(capacity: max(1, count))
        self.x = UnsafePointer(x.baseAddress.unsafelyUnwrapped)
        self.y = UnsafePointer(y.baseAddress.unsafelyUnwrapped)
        let (sharedX, sharedY) = (SharedBuffer(x), SharedBuffer(y))
        try workers.forEach(in: 0..<count, grain: 1 << 16) { range, _ in
            for site in range {
                let position = Int(places.positions[site])
                sharedX[position] = sites.x[site]
                sharedY[position] = sites.y[site]
            }
        }
        try body(places.positions)
    }

    deinit {
        x.deallocate()
        y.deallocate()
    }
}

/// Which site, in ascending x, has which position in rows: one stable counting pass.
private struct RowPlaces: Sendable {
    /// Site number → position in rows.
    let positions: [Int32]
    let rowNumbers: [Int]
    let rowStarts: [Int]

    private init(positions: [Int32], rowNumbers: [Int], rowStarts: [Int]) {
        self.positions = positions
        self.rowNumbers = rowNumbers
        self.rowStarts = rowStarts
    }

    init(y: [Double], rowHeight: Double, workers: Workers) throws {
        let count = y.count
        let bounds = Self.extremes(y)
        let (low, high) = (Self.row(bounds.low, rowHeight), Self.row(bounds.high, rowHeight))
        guard count > 0, high - low < 4 * count + 4096 else {
            self.init(sortingByRow: y, rowHeight: rowHeight)
            return
        }
        let rows = high - low + 1
        // As many parts as workers can share while the table of counts stays smaller than the sites.
        let parts = max(1, min(4 * workers.count, count / (2 * rows), count >> 14))
        let length = (count + parts - 1) / parts

        // next[part × rows + row]: first counts, then where each part's share of a row goes.
        var next = try [Int32](count: parts * rows) { counts in
            try workers.forEach(in: 0..<parts, grain: 1) { range, _ in
                for part in range {
                    for row in 0..<rows { counts[part * rows + row] = 0 }
                    for site in part * length..<min(count, (part + 1) * length) {
                        counts[part * rows + Self.row(y[site], rowHeight) - low] += 1
                    }
                }
            }
        }
        var (numbers, starts): ([Int], [Int]) = ([], [])
        var total: Int32 = 0
        for row in 0..<rows {
            let start = total
            for part in 0..<parts {
                let share = next[part * rows + row]
                next[part * rows + row] = total
                total += share
            }
            if total > start {
                numbers.append(low + row)
                starts.append(Int(start))
            }
        }
        starts.append(count)
        let positions = try [Int32](count: count) { positions in
            try next.withUnsafeMutableBufferPointer { next in
                let next = SharedBuffer(next)
                try workers.forEach(in: 0..<parts, grain: 1) { range, _ in
                    for part in range {
                        for site in part * length..<min(count, (part + 1) * length) {
                            let slot = part * rows + Self.row(y[site], rowHeight) - low
                            positions[site] = next[slot]
                            next[slot] += 1
                        }
                    }
                }
            }
        }
        self.init(positions: positions, rowNumbers: numbers, rowStarts: starts)
    }

    /// For places so far apart, against the height of a row, that a table of all rows would dwarf them.
    private init(sortingByRow y: [Double], rowHeight: Double) {
        let rows = y.map { Self.row($0, rowHeight) }
        let sorted = rows.indices.sorted { rows[$0] != rows[$1] ? rows[$0] < rows[$1] : $0 < $1 }
        var positions = [Int32](repeating: 0, count: y.count)
        var (numbers, starts): ([Int], [Int]) = ([], [])
        for (position, site) in sorted.enumerated() {
            positions[site] = Int32(position)
            if numbers.last != rows[site] {
                numbers.append(rows[site])
                starts.append(position)
            }
        }
        starts.append(y.count)
        self.init(positions: positions, rowNumbers: numbers, rowStarts: starts)
    }

    /// floor(y / rowHeight), without the call that rounding is on processors of unknown age.
    @inline(__always)
    private static func row(_ y: Double, _ rowHeight: Double) -> Int {
        let quotient = y / rowHeight
        let toZero = Int(quotient)
        return Double(toZero) > quotient ? toZero - 1 : toZero
    }

    private static func extremes(_ values: [Double]) -> (low: Double, high: Double) {
        var (low, high) = (values.first ?? 0, values.first ?? 0)
        for value in values {
            low = value < low ? value : low
            high = value > high ? value : high
        }
        return (low, high)
    }
}
