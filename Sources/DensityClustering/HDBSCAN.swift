public import ParallelWork
public import SpatialIndex

/// Hierarchical density-based clustering, HDBSCAN* (Campello, Moulavi & Sander 2013; Campello et al. 2015): clusters of any
/// density, where DBSCAN has one radius for all.
///
///     let clustering = try HDBSCAN(minimumClusterSize: 10, minimumSamples: 5).clusters(of: subset, in: sites)
///
/// Three steps that can be called one by one, because the first takes nearly all of the time and serves any number of the
/// others: ``MutualReachabilityTree``, ``CondensedTree``, ``ClusterSelection``.
///
/// No error but all noise are: no sites, fewer firms than ``minimumClusterSize``, fewer sites than ``minimumSites``, less weight in
/// all than ``minimumSamples``. Where all firms are on one site, or on a regular lattice, the only cluster is the root, which
/// ``ClusterSelection/allowsSingleCluster`` lets be one. A site with firms enough for its core distance to be 0 and for a cluster
/// is one that lasts for ever and wins against all around it: ``minimumSites`` 2 or ``ClusterSelection/epsilon`` keep such towers
/// in their district.
public struct HDBSCAN: Sendable {
    /// Clusters weigh at least as much.
    public var minimumClusterSize: Double
    /// What core distances reach, the site itself included.
    public var minimumSamples: Double
    /// Clusters have at least as many distinct sites.
    public var minimumSites: Int
    /// Which clusters of the hierarchy are taken.
    public var selection: ClusterSelection

    /// - Parameter minimumSamples: as ``minimumClusterSize`` when nil.
    public init(
        minimumClusterSize: Double, minimumSamples: Double? = nil, minimumSites: Int = 1,
        selection: ClusterSelection = ClusterSelection()
    ) {
        self.minimumClusterSize = minimumClusterSize
        self.minimumSamples = minimumSamples ?? minimumClusterSize
        self.minimumSites = minimumSites
        self.selection = selection
    }

    /// Clusters the sites of a subset.
    ///
    /// - Complexity: O(n log n) expected; memory up to 130 bytes a site.
    /// - Throws: ``DensityClusteringError``, `WorkCancelled`.
    public func clusters(
        of subset: SiteSubset, in sites: Sites, workers: Workers = Workers()
    ) throws -> HierarchicalClustering {
        try condensedTree(of: subset, in: sites, workers: workers).clustering(selecting: selection)
    }

    /// The hierarchy from which the clusters are selected.
    public func condensedTree(
        of subset: SiteSubset, in sites: Sites, workers: Workers = Workers()
    ) throws -> CondensedTree {
        let tree = try MutualReachabilityTree(of: subset, in: sites, minimumSamples: minimumSamples, workers: workers)
        return try CondensedTree(tree, minimumClusterSize: minimumClusterSize, minimumSites: minimumSites)
    }
}
