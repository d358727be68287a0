public import FirmModel
public import ParallelWork

/// Regions, and which of them each firm of a register is in.
///
/// Regions come from a file of polygons, a grid, or a column of the register; whoever looks at firms by region needs to know
/// no more than this.
public struct RegionAssignment: Sendable {
    /// The regions, those without firms included. Those of a column have no polygons.
    public let regions: [Region]
    /// For each row of the register the index of its region, −1 outside all.
    public let regionOfRow: [Int32]

    /// - Precondition: indices of regions, or −1.
    public init(regions: [Region], regionOfRow: [Int32]) {
        precondition(regionOfRow.allSatisfy { $0 >= -1 && $0 < regions.count }, "a region that is not there")
        self.regions = regions
        self.regionOfRow = regionOfRow
    }

    /// The regions of polygons: see ``RegionIndex`` for borders and overlaps.
    ///
    /// - Parameters:
    ///   - x, y: longitude and latitude of each firm, or, where polygons are in meters too, its x and y.
    ///   - frame: what the coordinates of polygons and firms are.
    public init(
        polygons regions: [Region], x: [Double], y: [Double], frame: CoordinateFrame = .geographic,
        workers: Workers = Workers()
    ) throws {
        self.init(
            regions: regions, regionOfRow: try RegionIndex(regions, frame: frame).regions(x: x, y: y, workers: workers))
    }

    /// A region for each distinct text of a column, ascending; firms without a text are in none.
    public init(column: CategoryColumn) {
        regions = column.categories.map { Region(identifier: $0, polygons: []) }
        regionOfRow = column.indices
    }

    /// A region for each distinct text of a column that was carried along.
    public init(column: TextColumn) { self.init(column: CategoryColumn((0..<column.count).lazy.map { column[$0] })) }

    /// For each region the number of its firms.
    public var firmCounts: [Int] {
        var counts = [Int](repeating: 0, count: regions.count)
        for region in regionOfRow where region >= 0 { counts[Int(region)] += 1 }
        return counts
    }
}
