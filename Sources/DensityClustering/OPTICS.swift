public import FirmModel
public import ParallelWork
public import SpatialIndex

/// Ordering points to identify the clustering structure (Ankerst, Breunig, Kriegel & Sander 1999): firms in an order in which
/// clusters of every density are neighbors, each with the distance by which it was reached.
///
///     let ordering = try OPTICS(minimumWeight: 5, maximumRadius: 2500).ordering(of: subset, in: sites)
///     let clustering = try ordering.dbscanClustering(radius: 300)      // DBSCAN at any radius up to 2500 m
///     let nested = try ordering.xiClusters(xi: 0.05)                   // clusters within clusters, at no radius
///
/// With N(i) = { j : d(i, j) ≤ max_eps }, i included:
/// - the *core distance* of i is the smallest r at which Σ_{j : d(i, j) ≤ r} w_j ≥ minPts, undefined beyond max_eps;
/// - the *reachability* of j from i is max(core(i), d(i, j)), for j ∈ N(i).
///
/// The next firm is always the one that is not yet in the order with the smallest reachability from any firm that is;
/// undefined counts as infinite, ties go to the smallest rank. This is the rule of scikit-learn, where the rank is the row in
/// the input; here it is the place of the firm by coordinates, so that nothing depends on the order of rows. All distances
/// are compared squared, where scikit-learn rounds their roots: firms that differ in the last digit only may change places.
///
/// *Points.* A site with several firms stands for as many points, numbered one after the other in the order of the sites.
/// Where sites have weights (employees), each is one point of that weight.
public struct OPTICS: Sendable {
    /// minPts, in the unit of the weights; the point itself counts.
    public var minimumWeight: Double
    /// max_eps: what is further apart is not neighbor to each other. It bounds the time, and the radii at which clusters
    /// can be taken out.
    public var maximumRadius: Meters

    /// - Parameters:
    ///   - minimumWeight: at least 2: with 1 every point is dense by itself.
    ///   - maximumRadius: at least a millimeter; may be infinite, which takes time quadratic in the number of sites.
    /// - Throws: ``OPTICSError``.
    public init(minimumWeight: Double, maximumRadius: Meters) throws(OPTICSError) {
        guard minimumWeight >= 2, minimumWeight.isFinite else { throw .badMinimumWeight(minimumWeight) }
        guard maximumRadius.value >= DBSCAN.smallestRadius.value else { throw .badMaximumRadius(maximumRadius) }
        self.minimumWeight = minimumWeight
        self.maximumRadius = maximumRadius
    }

    /// Orders the points of a subset; all firms when nil.
    ///
    /// - Parameter ranks: for each point its place among all when distances tie, every place once; the number of the point
    ///   when nil.
    /// - Complexity: O(n (k + log n)) for n sites with k others within the maximum radius; memory O(n), 70 to 90 bytes a
    ///   site and 32 a firm.
    /// - Throws: ``OPTICSError``, `WorkCancelled`.
    public func ordering(
        of subset: SiteSubset? = nil, in sites: Sites, ranks: [Int32]? = nil, workers: Workers = Workers()
    ) throws -> OPTICSOrdering {
        if let bad = subset?.amounts.firstIndex(where: { !($0 >= 0 && $0.isFinite) }) {
            throw OPTICSError.badWeight(index: bad)
        }
        let points = try RankedPoints(of: subset, in: sites, ranks: ranks)
        // No two sites are further apart than their extent: a larger radius would only make rows higher.
        let extent = sites.extent.value
        let radius = min(maximumRadius, max(DBSCAN.smallestRadius, Meters(extent * (1 + 1e-9) + 1e-3)))
        let rows = try SiteRows(
            sites, subset: subset, countsFirms: true, rowHeight: ReachabilitySearch.rowHeight(radius: radius),
            workers: workers)
        var traversal = ReachabilityTraversal(
            rows, points: points, minimumWeight: minimumWeight, radius: radius,
            limit: sites.metric.limit(for: maximumRadius))
        return OPTICSOrdering(
            procedure: self, metric: sites.metric, points: points, weights: Self.weights(of: subset),
            steps: try traversal.run(workers.cancellation))
    }

    /// The weight of each point; empty when all weigh 1.
    private static func weights(of subset: SiteSubset?) -> [Double] {
        guard let subset, !subset.countsFirms else { return [] }
        return subset.counts.isEmpty ? subset.amounts : subset.counts.map { Double($0) }
    }
}

/// Why an OPTICS ordering, or what is to be taken out of it, cannot be had.
public enum OPTICSError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Below 2, or not finite.
    case badMinimumWeight(Double)
    /// Below ``DBSCAN/smallestRadius``, or not a number.
    case badMaximumRadius(Meters)
    /// The weight of the site at an index of the subset is negative or not finite.
    case badWeight(index: Int)
    /// Not one rank for each point, from 0, each once.
    case badRanks
    /// Below ``DBSCAN/smallestRadius``, or beyond the maximum radius of the ordering.
    case badRadius(Meters, maximum: Meters)
    /// ξ not in 0..<1.
    case badSteepness(Double)
    /// Below 2, or not finite.
    case badMinimumClusterSize(Double)

    public var description: String {
        switch self {
        case .badMinimumWeight(let weight):
            "the minimum number of points is \(weight); it must be at least 2 and finite"
        case .badMaximumRadius(let radius):
            "the maximum radius is \(radius.value) m; it must be at least \(DBSCAN.smallestRadius.value) m"
        case .badWeight(let index):
            "the weight at index \(index) of the subset is negative or not finite"
        case .badRanks:
            "the ranks must be the numbers from 0 on, one for each point"
        case .badRadius(let radius, let maximum):
            """
            the radius is \(radius.value) m; it must be at least \(DBSCAN.smallestRadius.value) m and at most the maximum \
            radius of the ordering, \(maximum.value) m
            """
        case .badSteepness(let xi):
            "the steepness ξ is \(xi); it must be at least 0 and below 1"
        case .badMinimumClusterSize(let size):
            "the minimum cluster size is \(size); it must be at least 2 and finite"
        }
    }
}
