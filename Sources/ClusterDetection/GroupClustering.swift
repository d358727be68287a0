public import FirmModel
import SpatialIndex

/// The clusters of one group, ranked: most members first, then the smallest member coordinate.
public struct GroupClustering: Sendable {
    /// One cluster in short; ``members(of:)`` has its members.
    public struct Cluster: Sendable {
        /// How many firms are members, those of clusters inside among them.
        public internal(set) var firmCount = 0
        /// How many distinct sites the members are on.
        public internal(set) var siteCount = 0
        /// How many of the members are core.
        public internal(set) var coreFirms = 0
        /// The smallest site of a member.
        public internal(set) var firstSite = Int32.max
        /// The rank of the cluster around it; nil for none.
        public internal(set) var parent: Int?
        /// How deep in others it lies, 1 for the outermost; nil where clusters are not nested.
        public internal(set) var level: Int?
        /// r when the request does not set it: half of the radius, or of the longest edge inside.
        public internal(set) var footprintRadius: Meters
        /// How much of it stays for how long, of hierarchical methods.
        public internal(set) var persistence: Double?
    }

    /// The members of one cluster.
    public struct Members: Sendable {
        /// Canonical positions of the firms, ascending.
        public var firms: [Int32]
        /// Distinct sites of the firms, ascending.
        public var sites: [Int32]
    }

    /// eps; nil when the group was skipped, and for methods without one.
    public let radius: Meters?
    /// By rank.
    public let clusters: [Cluster]
    /// Firms of the group in no cluster.
    public let noiseFirms: Int
    /// For each firm of the group the smallest cluster it is in, −1 for none; empty when the group was skipped, and like the
    /// next three when only clusters were asked for.
    public let labels: [Int32]
    /// For each firm of the group its part.
    public let roles: [MemberRole]
    /// For each firm of the group whether it is in reach of core firms of several clusters.
    public let ambiguous: [Bool]
    /// For each firm of the group how firmly it belongs, 0 for noise; empty for methods that do not say.
    public let strengths: [Double]
    /// Why the group was not clustered; nil when it was.
    public let skipped: GroupSkip?

    // Members by the smallest cluster they are in, so that nested clusters take no more memory than others.
    private var own: [Members]
    private let children: [[Int]]

    init(skipped: GroupSkip, firmCount: Int) {
        self.skipped = skipped
        radius = nil
        clusters = []
        noiseFirms = firmCount
        labels = []
        roles = []
        ambiguous = []
        strengths = []
        own = []
        children = []
    }

    init(
        _ found: FoundClusters, of group: GroupSites, firms: ArraySlice<Int32>, request: DetectionRequest,
        labelsFirms: Bool
    ) {
        let ranking = ClusterRanking(
            found, of: group, minimumSites: request.minimumSites, largestNestedShare: request.largestNestedShare)
        clusters = ranking.clusters
        children = ranking.children
        radius = found.neighborhoodRadius
        skipped = nil
        own = ranking.members(of: group, firms: firms)
        noiseFirms = own.reduce(firms.count) { $0 - $1.firms.count }
        var (labels, roles, ambiguous, strengths): ([Int32], [MemberRole], [Bool], [Double]) = ([], [], [], [])
        if labelsFirms {
            labels.reserveCapacity(firms.count)
            roles.reserveCapacity(firms.count)
            ambiguous.reserveCapacity(firms.count)
            for (index, count) in group.firmsOnSite.enumerated() {
                let rank = ranking.rankOfSite[index]
                for _ in 0..<count {
                    labels.append(rank)
                    roles.append(rank >= 0 ? found.roles[index] : .noise)
                    ambiguous.append(rank >= 0 && !found.ambiguous.isEmpty && found.ambiguous[index])
                    if !found.strengths.isEmpty { strengths.append(rank >= 0 ? found.strengths[index] : 0) }
                }
            }
        }
        self.labels = labels
        self.roles = roles
        self.ambiguous = ambiguous
        self.strengths = strengths
    }

    /// Gives back the memory of the members of clusters, once these are described.
    mutating func forgetMembers() { own = [] }

    /// The members of the cluster of a rank, those of clusters inside among them.
    ///
    /// - Complexity: O(m), O(m log m) where there are clusters inside.
    public func members(of rank: Int) -> Members {
        guard !children[rank].isEmpty else { return own[rank] }
        var members = own[rank]
        var inside = children[rank]
        while let cluster = inside.popLast() {
            members.firms += own[cluster].firms
            members.sites += own[cluster].sites
            inside += children[cluster]
        }
        members.firms.sort()
        members.sites.sort()
        return members
    }
}
