import DensityClustering
public import FirmModel
import SpatialIndex

/// The clusters of one group, ranked: most members first, then the smallest member coordinate.
public struct GroupClustering: Sendable {
    /// One cluster by its members.
    public struct Cluster: Sendable {
        /// Canonical positions of the member firms, ascending.
        public var firms: [Int32]
        /// Distinct sites of the members, ascending.
        public var sites: [Int32]
        /// How many of the members are core.
        public var coreFirms: Int
    }

    /// nil when the group was skipped.
    public let radius: Meters?
    /// By rank.
    public let clusters: [Cluster]
    /// Firms of the group in no cluster.
    public let noiseFirms: Int
    /// For each firm of the group its cluster, −1 for none; empty when the group was skipped, and like the next two when only
    /// clusters were asked for.
    public let labels: [Int32]
    /// For each firm of the group its part.
    public let roles: [MemberRole]
    /// For each firm of the group whether it is in reach of core firms of several clusters.
    public let ambiguous: [Bool]
    /// Why the group was not clustered; nil when it was.
    public let skipped: GroupSkip?

    init(skipped: GroupSkip, firmCount: Int) {
        self.skipped = skipped
        radius = nil
        clusters = []
        noiseFirms = firmCount
        labels = []
        roles = []
        ambiguous = []
    }

    init(
        _ clustering: DensityClustering, of group: GroupSites, firms: ArraySlice<Int32>, register: PreparedRegister,
        radius: Meters, minimumSites: Int, labelsFirms: Bool
    ) {
        let siteLabels = clustering.labels
        // Sizes first: clusters then take no more memory than they need.
        var sizes = [(firms: Int, sites: Int)](repeating: (0, 0), count: clustering.clusterCount)
        for (index, count) in group.firmsOnSite.enumerated() where siteLabels[index] >= 0 {
            sizes[Int(siteLabels[index])].firms += Int(count)
            sizes[Int(siteLabels[index])].sites += 1
        }
        var found = sizes.map { size in
            var cluster = Cluster(firms: [], sites: [], coreFirms: 0)
            cluster.firms.reserveCapacity(size.firms)
            cluster.sites.reserveCapacity(size.sites)
            return cluster
        }
        var firm = firms.startIndex
        for (index, count) in group.firmsOnSite.enumerated() {
            let own = firm..<firm + Int(count)
            firm = own.upperBound
            guard siteLabels[index] >= 0 else { continue }
            let label = Int(siteLabels[index])
            found[label].sites.append(group.subset.sites[index])
            if own.count == 1 {
                found[label].firms.append(firms[own.lowerBound])
            } else {
                found[label].firms.append(contentsOf: firms[own])
            }
            if clustering.roles[index] == .core { found[label].coreFirms += own.count }
        }

        let ranked = found.indices.filter { found[$0].sites.count >= minimumSites }.sorted {
            let (a, b) = (sizes[$0].firms, sizes[$1].firms)
            return a != b ? a > b : found[$0].sites[0] < found[$1].sites[0]
        }
        var rankOfLabel = [Int32](repeating: -1, count: found.count)
        for (rank, label) in ranked.enumerated() { rankOfLabel[label] = Int32(rank) }

        var (labels, roles, ambiguous): ([Int32], [MemberRole], [Bool]) = ([], [], [])
        if labelsFirms {
            labels.reserveCapacity(firms.count)
            roles.reserveCapacity(firms.count)
            ambiguous.reserveCapacity(firms.count)
            for (index, count) in group.firmsOnSite.enumerated() {
                let rank = siteLabels[index] >= 0 ? rankOfLabel[Int(siteLabels[index])] : -1
                for _ in 0..<count {
                    labels.append(rank)
                    roles.append(rank >= 0 ? clustering.roles[index] : .noise)
                    ambiguous.append(rank >= 0 && clustering.ambiguous[index])
                }
            }
        }
        noiseFirms = ranked.reduce(firms.count) { $0 - sizes[$1].firms }
        clusters = ranked.map { found[$0] }
        self.labels = labels
        self.roles = roles
        self.ambiguous = ambiguous
        self.radius = radius
        skipped = nil
    }
}
