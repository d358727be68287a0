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
    /// For each firm of the group its cluster, −1 for none.
    public let labels: [Int32]
    /// For each firm of the group its part; empty when the group was skipped.
    public let roles: [MemberRole]
    /// For each firm of the group whether it is in reach of core firms of several clusters; empty when the group was
    /// skipped.
    public let ambiguous: [Bool]
    /// Why the group was not clustered; nil when it was.
    public let skipped: GroupSkip?

    init(skipped: GroupSkip, firmCount: Int) {
        self.skipped = skipped
        radius = nil
        clusters = []
        labels = [Int32](repeating: -1, count: firmCount)
        roles = []
        ambiguous = []
    }

    init(
        _ clustering: DensityClustering, of group: GroupSites, firms: ArraySlice<Int32>, register: PreparedRegister,
        radius: Meters, minimumSites: Int
    ) {
        var found = [Cluster](
            repeating: Cluster(firms: [], sites: [], coreFirms: 0), count: clustering.clusterCount)
        var indexOfFirm: [Int32] = []
        indexOfFirm.reserveCapacity(firms.count)
        for (index, count) in group.firmsOnSite.enumerated() {
            indexOfFirm.append(contentsOf: repeatElement(Int32(index), count: Int(count)))
            let label = clustering.labels[index]
            guard label >= 0 else { continue }
            found[Int(label)].sites.append(group.subset.sites[index])
            if clustering.roles[index] == .core { found[Int(label)].coreFirms += Int(count) }
        }
        for (firm, index) in zip(firms, indexOfFirm) where clustering.labels[Int(index)] >= 0 {
            found[Int(clustering.labels[Int(index)])].firms.append(firm)
        }

        let ranked = found.indices.filter { found[$0].sites.count >= minimumSites }.sorted {
            let (a, b) = (found[$0], found[$1])
            return a.firms.count != b.firms.count ? a.firms.count > b.firms.count : a.sites[0] < b.sites[0]
        }
        var rankOfLabel = [Int32](repeating: -1, count: found.count)
        for (rank, label) in ranked.enumerated() { rankOfLabel[label] = Int32(rank) }

        var (labels, roles, ambiguous): ([Int32], [MemberRole], [Bool]) = ([], [], [])
        labels.reserveCapacity(firms.count)
        roles.reserveCapacity(firms.count)
        ambiguous.reserveCapacity(firms.count)
        for index in indexOfFirm {
            let label = clustering.labels[Int(index)]
            let rank = label >= 0 ? rankOfLabel[Int(label)] : -1
            labels.append(rank)
            roles.append(rank >= 0 ? clustering.roles[Int(index)] : .noise)
            ambiguous.append(rank >= 0 && clustering.ambiguous[Int(index)])
        }
        clusters = ranked.map { found[$0] }
        self.labels = labels
        self.roles = roles
        self.ambiguous = ambiguous
        self.radius = radius
        skipped = nil
    }
}
