public import FirmModel

/// Clusters taken from a ``CondensedTree``: some that do not overlap, or all of them, one in the other.
public struct HierarchicalClustering: Sendable, Equatable {
    /// For each site of the subset its cluster, the smallest of several, or ``DensityClustering/noise``. Clusters that do not
    /// overlap are numbered from 0 in the order of their first site, nested ones as in the tree.
    public let labels: [Int32]
    /// For each label that of the cluster around it; nil where there is none.
    public let parents: [Int?]
    /// For each label its place in ``CondensedTree/clusters``.
    public let clusters: [Int]
    /// For each label the longest edge between its members: they hang together at this distance, and at no shorter one.
    public let longestEdges: [Meters]
    /// For each site how firmly it belongs to its cluster: min(λ, λ_max) / λ_max, with λ where it leaves and λ_max the
    /// largest at which anything leaves that cluster itself; 1 where λ_max is infinite, 0 for noise.
    public let strengths: [Double]

    /// The same as a ``DensityClustering``: all members are core, no site is ambiguous.
    public var densityClustering: DensityClustering {
        DensityClustering(
            labels: labels, roles: labels.map { $0 >= 0 ? .core : .noise },
            ambiguous: [Bool](repeating: false, count: labels.count), clusterCount: clusters.count)
    }
}
