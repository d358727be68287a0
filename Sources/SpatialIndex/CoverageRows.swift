public import FirmModel
public import ParallelWork

/// Sites in rows of equal height, south to north and within a row west to east, by their coordinates alone: what
/// footprints are counted in.
///
/// Distances among the few sites near a rim are measured with what ``Sites`` keep, so that 20 bytes a site are enough here.
public final class CoverageRows: @unchecked Sendable {
    // Sendable by hand: nothing changes after init.

    /// The number of sites.
    public let count: Int
    /// The height of a row, in meters or degrees of latitude.
    public let rowHeight: Double
    /// Position in rows → site number.
    public let order: [Int32]
    /// Occupied rows, ascending: row number floor(y / rowHeight).
    let rowNumbers: [Int]
    /// Occupied row r holds positions `rowStarts[r]..<rowStarts[r + 1]`.
    let rowStarts: [Int]
    let x: UnsafePointer<Double>
    let y: UnsafePointer<Double>

    /// - Parameter rowHeight: in meters on the ground; positive and finite.
    public init(_ sites: Sites, rowHeight: Meters, workers: Workers) throws {
        let height =
            switch sites.metric {
            case .plane: rowHeight.value
            case .sphere: rowHeight.value / Sphere.radius * (180 / .pi)
            }
        let arrangement = try RowArrangement(y: sites.y, rowHeight: height, workers: workers)
        let order = arrangement.order
        let columns = (0..<2).map { _ in
            UnsafeMutableBufferPointer<Double>.allocate(capacity: max(1, order.count))
        }
        self.order = order
        count = order.count
        self.rowHeight = height
        rowNumbers = arrangement.rowNumbers
        rowStarts = arrangement.rowStarts
        x = UnsafePointer(columns[0].baseAddress.unsafelyUnwrapped)
        y = UnsafePointer(columns[1].baseAddress.unsafelyUnwrapped)
        let (x, y) = (SharedBuffer(columns[0]), SharedBuffer(columns[1]))
        try workers.forEach(in: 0..<order.count, grain: 1 << 16) { range, _ in
            for position in range {
                let site = Int(order[position])
                x[position] = sites.x[site]
                y[position] = sites.y[site]
            }
        }
    }

    deinit {
        x.deallocate()
        y.deallocate()
    }
}
