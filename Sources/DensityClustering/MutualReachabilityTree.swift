public import FirmModel
public import ParallelWork
public import SpatialIndex

/// A minimum spanning tree of sites under mutual reachability: all that single linkage, HDBSCAN*, DBSCAN* at every radius and
/// percolation need to know of their distances (Campello, Moulavi & Sander 2013).
///
///     let tree = try MutualReachabilityTree(of: subset, in: sites, minimumSamples: 5)
///     let condensed = try CondensedTree(tree, minimumClusterSize: 10)
///
/// core(i) is the smallest distance within which the sites weigh at least `minimumSamples`, the site itself included, and
///
///     m(i, j) = max(core(i), core(j), d(i, j))
///
/// Firms on one site are core(i) from each other. Sites that weigh 0 are in the tree like others. Different sites whose unit
/// vectors are the same are at distance 0. With k firms of weight 1 for `minimumSamples`, this is hdbscan's
/// `min_samples` k − 1, and scikit-learn's and R dbscan's k.
///
/// Exact, in double precision. There may be several minimum spanning trees; the lengths of their edges, and whatever the
/// types above this one derive from them, are the same for all.
public struct MutualReachabilityTree: Sendable {
    /// What core distances reach, in the unit of the weights.
    public let minimumSamples: Double
    let metric: Metric
    /// Tree position → index in the subset. Positions are near each other where sites are.
    let order: Column<Int32>
    /// Squared core distances by position, infinite when all sites together weigh less than `minimumSamples`.
    let squaredCores: Column<Double>
    /// The shortest first. None when core distances are infinite.
    let edges: Column<SpanningEdge>
    /// The weight of each site of the subset.
    let masses: Masses

    /// The number of sites.
    public var count: Int { order.count }
    /// The number of edges: one less than sites, or none when all sites together weigh less than `minimumSamples`.
    public var edgeCount: Int { edges.count }

    /// - Complexity: O(n log n) expected. Memory: 52 bytes a site in the end, up to 110 on the way.
    /// - Throws: ``DensityClusteringError`` for a minimum that is not positive and for weights that are negative or not
    ///   finite, `WorkCancelled`.
    public init(of subset: SiteSubset, in sites: Sites, minimumSamples: Double, workers: Workers = Workers()) throws {
        guard minimumSamples > 0, minimumSamples.isFinite else {
            throw DensityClusteringError.badMinimumWeight(minimumSamples)
        }
        masses = try Masses(subset)
        self.minimumSamples = minimumSamples
        metric = sites.metric
        let tree = try KDTree(subset, in: sites, workers: workers)
        order = tree.order
        let cores = try tree.squaredCoreDistances(weight: minimumSamples, workers: workers)
        squaredCores = cores
        // One infinite core distance means that all weights together are not enough, for any site.
        let isConnected = tree.count > 0 && cores.base[0].isFinite
        edges =
            isConnected
            ? try tree.spanningEdges(squaredCores: cores, workers: workers) : Column<SpanningEdge>(count: 0)
    }

    /// The lengths of the edges, ascending.
    public var lengths: [Meters] { edges.values.map { metric.distance(forSquared: $0.squared) } }

    /// For each site of the subset its core distance.
    public var coreDistances: [Meters] {
        var distances = [Meters](repeating: Meters(.infinity), count: count)
        for position in 0..<count where squaredCores.base[position].isFinite {
            distances[Int(order.base[position])] = metric.distance(forSquared: squaredCores.base[position])
        }
        return distances
    }

    /// Calls `body` for each edge, the shortest first, with its ends as indices of the subset.
    public func forEachEdge(_ body: (_ first: Int, _ second: Int, _ length: Meters) throws -> Void) rethrows {
        for edge in edges.values {
            try body(
                Int(order.base[Int(edge.first)]), Int(order.base[Int(edge.second)]),
                metric.distance(forSquared: edge.squared))
        }
    }
}
