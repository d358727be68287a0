public import FirmModel

/// The clusters of a set of sites.
///
/// Clusters are numbered from 0 in the order of their smallest core site; ranking them for output is the business of
/// whoever knows the firms.
public struct DensityClustering: Sendable, Equatable {
    /// The label of a site in no cluster.
    public static let noise: Int32 = -1

    /// For each site of the subset its cluster, or ``noise``.
    public let labels: [Int32]
    /// For each site whether it is core, border or noise.
    public let roles: [MemberRole]
    /// For each site whether it is a border site in reach of core sites of more than one cluster.
    public let ambiguous: [Bool]
    /// The number of clusters.
    public let clusterCount: Int

    /// What is said of one site.
    public func label(_ index: Int) -> ClusterLabel {
        labels[index] == Self.noise ? .noise : .cluster(Int(labels[index]))
    }
}
