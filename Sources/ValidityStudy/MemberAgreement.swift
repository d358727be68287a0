/// Members of clusters beside the firms of a planted one.
struct MemberAgreement: Sendable, Equatable {
    /// Firms that were planted.
    let planted: Int
    /// Firms in some cluster.
    let members: Int
    /// Firms that are both.
    let plantedMembers: Int
    /// How alike the two ways to part the firms are: 1 when equal, 0 on average for unrelated ones (Hubert & Arabie 1985).
    /// Firms outside all clusters, and firms that were not planted, are a part each; 1 where neither way parts any.
    let adjustedRandIndex: Double

    /// - Parameters:
    ///   - clusters: for each firm of the industry the number of its cluster, −1 for none.
    ///   - isPlanted: whether it was planted.
    init(clusters: [Int], isPlanted: [Bool]) {
        planted = isPlanted.count { $0 }
        members = clusters.count { $0 >= 0 }
        plantedMembers = zip(clusters, isPlanted).count { $0 >= 0 && $1 }

        var inCluster: [Int: (planted: Int, others: Int)] = [:]
        for (cluster, isPlanted) in zip(clusters, isPlanted) {
            if isPlanted { inCluster[cluster, default: (0, 0)].planted += 1 }
            if !isPlanted { inCluster[cluster, default: (0, 0)].others += 1 }
        }
        func pairs(_ count: Int) -> Double { Double(count) * Double(count - 1) / 2 }
        let togetherInBoth = inCluster.values.reduce(0) { $0 + pairs($1.planted) + pairs($1.others) }
        let togetherInClusters = inCluster.values.reduce(0) { $0 + pairs($1.planted + $1.others) }
        let togetherInTruth = pairs(planted) + pairs(clusters.count - planted)
        let expected = pairs(clusters.count) > 0 ? togetherInClusters * togetherInTruth / pairs(clusters.count) : 0
        let largest = (togetherInClusters + togetherInTruth) / 2
        adjustedRandIndex = largest == expected ? 1 : (togetherInBoth - expected) / (largest - expected)
    }
}
