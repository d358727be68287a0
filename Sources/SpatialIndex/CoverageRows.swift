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

    private let owners: [AnyObject]

    /// - Parameters:
    ///   - rowHeight: in meters on the ground; positive and finite.
    ///   - body: called with the position in rows of each site, before the result is there; what is known of sites is
    ///     arranged best by writing it there in the order of the sites, because only as many places are written at a time as
    ///     there are rows.
    /// - Complexity: O(n) for n sites, while the number of rows in the extent is not far beyond n; else O(n log n).
    public init(
        _ sites: Sites, rowHeight: Meters, workers: Workers,
        withPositions body: (Column<Int32>) throws -> Void = { _ in }
    ) throws {
        let count = sites.count
        let height = sites.metric.rowHeight(rowHeight)
        let (xs, ys) = (Column<Double>(count: count), Column<Double>(count: count))
        let arrangement = try MemberColumn.with(sites.x, sites.y, of: nil) { x, y in
            let arrangement = try RowArrangement(count: count, rowHeight: height, y: y, workers: workers)
            let positions = arrangement.positions.shared
            let (targetX, targetY) = (xs.shared, ys.shared)
            try workers.forEach(in: 0..<count, grain: 1 << 18) { range, _ in
                for site in range { targetX[Int(positions[site])] = x[site] }
                for site in range { targetY[Int(positions[site])] = y[site] }
            }
            return arrangement
        }
        self.count = count
        self.rowHeight = height
        rowNumbers = arrangement.rowNumbers
        rowStarts = arrangement.rowStarts
        (x, y) = (UnsafePointer(xs.base), UnsafePointer(ys.base))
        owners = [xs, ys]
        try body(arrangement.positions)
    }
}
