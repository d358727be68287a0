import DensityClustering
import FirmModel
import ScanStatistic
import SpatialIndex

/// What a clustering method found among the sites of a group, in terms that all methods share.
struct FoundClusters {
    /// One cluster.
    struct Cluster {
        /// The cluster around it; nil where clusters are not nested, and for the outermost.
        var parent: Int?
        /// r when the request does not set it.
        var footprintRadius: Meters
        /// Of hierarchical methods.
        var persistence: Double?
        /// Of the scan.
        var zone: ScanZone?
    }

    let clusters: [Cluster]
    /// Whether clusters may lie in others.
    let areNested: Bool
    /// For each site of the group the smallest cluster it is in, −1 for none.
    let labels: [Int32]
    /// For each site its part.
    let roles: [MemberRole]
    /// For each site whether it is in reach of several clusters; empty when that cannot be.
    let ambiguous: [Bool]
    /// For each site how firmly it belongs; empty for methods that do not say.
    let strengths: [Double]
    /// eps, of methods that have one.
    let neighborhoodRadius: Meters?

    /// Clusters of one radius.
    init(_ clustering: DensityClustering, radius: Meters) {
        let cluster = Cluster(parent: nil, footprintRadius: Meters(radius.value / 2), persistence: nil)
        clusters = [Cluster](repeating: cluster, count: clustering.clusterCount)
        areNested = false
        labels = clustering.labels
        roles = clustering.roles
        ambiguous = clustering.ambiguous
        strengths = []
        neighborhoodRadius = radius
    }

    /// Clusters of a hierarchy: half of its longest edge around each member, a cluster hangs together.
    init(_ clustering: HierarchicalClustering, of tree: CondensedTree, areNested: Bool) {
        clusters = clustering.clusters.indices.map { label in
            Cluster(
                parent: clustering.parents[label],
                footprintRadius: Meters(clustering.longestEdges[label].value / 2),
                persistence: tree.persistence(of: clustering.clusters[label]))
        }
        self.areNested = areNested
        labels = clustering.labels
        roles = clustering.densityClustering.roles
        ambiguous = []
        strengths = clustering.strengths
        neighborhoodRadius = nil
    }

    /// The zones of a scan, which share no site.
    init(_ zones: [ScanZone], of group: GroupSites) {
        clusters = zones.map { Cluster(footprintRadius: $0.radius, zone: $0) }
        areNested = false
        var labels = [Int32](repeating: -1, count: group.subset.count)
        for (label, zone) in zones.enumerated() {
            // Both ascend.
            var next = 0
            for (index, site) in group.subset.sites.enumerated() {
                while next < zone.sites.count, zone.sites[next] < site { next += 1 }
                guard next < zone.sites.count else { break }
                if zone.sites[next] == site { labels[index] = Int32(label) }
            }
        }
        self.labels = labels
        roles = labels.map { $0 >= 0 ? .core : .noise }
        ambiguous = []
        strengths = []
        neighborhoodRadius = nil
    }

    /// The valleys of a reachability plot: the innermost, or all of them, one in the other.
    init(_ clustering: XiClustering, of ordering: OPTICSOrdering, areNested: Bool, radius: Meters?) {
        let radii = clustering.clusters.map { Meters($0.largestInnerReachability.value / 2) }
        var labelsOfPoints = clustering.labels
        if areNested {
            clusters = clustering.clusters.indices.map { index in
                Cluster(parent: clustering.clusters[index].parent, footprintRadius: radii[index])
            }
            // From the outermost inward: the smallest cluster writes last.
            let levels = clustering.levels()
            for index in clustering.clusters.indices.sorted(by: { (levels[$0], $0) < (levels[$1], $1) }) {
                for position in clustering.clusters[index].positions {
                    labelsOfPoints[Int(ordering.order[position])] = Int32(index)
                }
            }
        } else {
            var innermost = [Cluster](repeating: Cluster(footprintRadius: 0), count: clustering.labelCount)
            for (cluster, radius) in zip(clustering.clusters, radii) {
                if let label = cluster.label { innermost[Int(label)].footprintRadius = radius }
            }
            clusters = innermost
        }
        self.areNested = areNested
        labels = ordering.labelsOfSites(labelsOfPoints)
        roles = labels.map { $0 >= 0 ? .core : .noise }
        ambiguous = []
        strengths = []
        neighborhoodRadius = radius
    }
}
