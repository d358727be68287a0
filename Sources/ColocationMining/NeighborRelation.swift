public import FirmModel
public import ParallelWork
public import SpatialIndex

/// Which firms are neighbors: those within a distance of each other, inclusive, that are not of the same industry
/// (Shekhar & Huang 2001).
///
///     let relation = try NeighborRelation(Sites(register), distance: 300, workers: workers)
///     let patterns = try PatternMiner().patterns(of: labels, in: relation, workers: workers)
///
/// Only the ground is kept here, as cells so small that all firms of one are within the distance of each other; pairs
/// are looked up cell by cell and never listed. Made once, then used for any labels, observed or simulated, by any
/// number of threads.
///
/// Memory: 20 bytes a site in the plane, 36 on the sphere, 4 more an occupied cell.
public final class NeighborRelation: Sendable {
    /// The locations and the firms on them.
    public let sites: Sites
    /// The largest distance between neighbors.
    public let distance: Meters
    /// The ground, cut into cells all of whose sites are within the distance of each other.
    let cells: SiteCells

    /// - Parameter distance: positive and finite.
    /// - Complexity: O(n).
    /// - Throws: `WorkCancelled`.
    public init(_ sites: Sites, distance: Meters, workers: Workers = Workers()) throws {
        precondition(distance.value > 0 && distance.value.isFinite, "a distance of \(distance.value) m")
        self.sites = sites
        self.distance = distance
        let side = SiteCells.side(metric: sites.metric, radius: distance)
        cells = try SiteCells(SiteRows(sites, rowHeight: side, workers: workers), side: side, workers: workers)
    }
}

/// Why a neighbor relation cannot be searched.
public enum ColocationError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The pairs of industries would not fit into memory.
    case tooManyIndustries(Int, limit: Int)
    /// More patterns of a size may be prevalent than can be looked for at once.
    case tooManyPatterns(size: Int, limit: Int)
    /// There are more row instances than 64 bits can count.
    case tooManyRowInstances

    public var description: String {
        switch self {
        case .tooManyIndustries(let count, let limit):
            "\(count) industries make \(count * (count - 1) / 2) pairs; at most \(limit) industries can be mined at once: "
                + "shorten the codes, ask for more firms an industry, or name the industries"
        case .tooManyPatterns(let size, let limit):
            "more than \(limit) patterns of \(size) industries may be as prevalent as asked for, and no more are looked for at "
                + "once: ask for more prevalence, for smaller patterns, or for a shorter distance"
        case .tooManyRowInstances: "there are more than 9 · 10^18 row instances"
        }
    }
}
