public import FirmModel
public import VectorInput

/// What the regions are that patterns are looked for in, beside the whole, and how.
///
///     request.regions = RegionRequest(.grid(10_000))
///     request.regions = RegionRequest(.areas(try RegionFile(path: "counties.geojson").regions, file: "counties.geojson"))
public struct RegionRequest: Sendable {
    /// What gives each firm one region or none.
    public enum Division: Sendable {
        /// Areas in longitude and latitude; for a register in `CoordinateFrame.local` in its meters. `file` names where they are from.
        case areas([Region], file: String?)
        /// The texts in a column of the register, `FirmRegister.region`; `header` is what it is called.
        case column(header: String)
        /// Squares of a size (`GridRegions`).
        case grid(Meters)
        /// The density clusters of all firms within the distance between neighbors: DBSCAN with `minimumFirms` as its minPts. They
        /// are called by rank: the one with the most firms is 1, of equals the one with the smallest x, then y.
        case clusters(minimumFirms: Int)
    }

    /// What gives each firm its region.
    public var division: Division
    /// Regions with fewer firms are not mined.
    public var minimumRegionFirms = 100
    /// Industries with fewer firms in a region take no part in it.
    public var minimumIndustryFirms = 5
    /// What becomes of neighbors on both sides of a region's border.
    public var borderPairs = RegionalMining.BorderPairs.dropped

    /// Regions with the defaults of ``RegionalMining``.
    public init(_ division: Division) { self.division = division }

    /// The smallest size of a cell.
    public static let smallestCell: Meters = 1

    func validate() throws(PatternRequestError) {
        if case .grid(let size) = division,
            !(Self.smallestCell.value...PatternRequest.longestDistance.value).contains(size.value)
        {
            throw .badCellSize(size)
        }
        if case .clusters(let firms) = division, firms < 1 { throw .badClusterFirms(firms) }
        guard minimumRegionFirms >= 1 else { throw .badMinimumRegionFirms(minimumRegionFirms) }
        guard minimumIndustryFirms >= 1 else { throw .badMinimumLocalFirms(minimumIndustryFirms) }
    }

    /// As it is written to output.
    var parameters: [(name: String, value: ParameterValue)] {
        let regions: [(name: String, value: ParameterValue)] =
            switch division {
            case .areas(_, let file): [("regions", .text(file ?? "areas"))]
            case .column(let header): [("regions", .text(header))]
            case .grid(let size): [("regions", .text("grid")), ("region_cell_m", .number(size.value))]
            case .clusters(let firms): [("regions", .text("clusters")), ("region_min_points", .integer(firms))]
            }
        return regions + [
            ("min_region_firms", .integer(minimumRegionFirms)),
            ("min_local_firms", .integer(minimumIndustryFirms)),
            ("border_pairs", .text(borderPairs.rawValue)),
        ]
    }
}
