import FirmModel
import SpatialIndex

/// Puts the clusters of a group in the order of their ranks, and leaves out those on too few sites and those that are nearly
/// all of the one around them.
struct ClusterRanking {
    /// By rank.
    let clusters: [GroupClustering.Cluster]
    /// For each rank those of the clusters directly inside.
    let children: [[Int]]
    /// For each site of the group the rank of the smallest cluster it is in, −1 for none.
    let rankOfSite: [Int32]

    init(_ found: FoundClusters, of group: GroupSites, minimumSites: Int, largestNestedShare: Double) {
        var totals = found.clusters.map {
            GroupClustering.Cluster(footprintRadius: $0.footprintRadius, persistence: $0.persistence, zone: $0.zone)
        }
        for (index, count) in group.firmsOnSite.enumerated() where found.labels[index] >= 0 {
            let label = Int(found.labels[index])
            totals[label].firmCount += Int(count)
            totals[label].siteCount += 1
            totals[label].firstSite = min(totals[label].firstSite, group.subset.sites[index])
            if found.roles[index] == .core { totals[label].coreFirms += Int(count) }
        }
        let outsideIn = Self.outsideIn(found.clusters)
        for label in outsideIn.reversed() {
            guard let parent = found.clusters[label].parent else { continue }
            totals[parent].firmCount += totals[label].firmCount
            totals[parent].siteCount += totals[label].siteCount
            totals[parent].coreFirms += totals[label].coreFirms
            totals[parent].firstSite = min(totals[parent].firstSite, totals[label].firstSite)
        }
        // The nearest cluster around each, itself included, that stays.
        var staying = [Int?](repeating: nil, count: totals.count)
        for label in outsideIn {
            let around = found.clusters[label].parent.flatMap { staying[$0] }
            let most = around.map { largestNestedShare * Double(totals[$0].firmCount) } ?? .infinity
            let stays = totals[label].siteCount >= minimumSites && Double(totals[label].firmCount) <= most
            staying[label] = stays ? label : around
            if stays, found.areNested { totals[label].level = around.map { (totals[$0].level ?? 0) + 1 } ?? 1 }
        }

        let ranked = totals.indices.filter { staying[$0] == $0 }.sorted {
            let (a, b) = (totals[$0], totals[$1])
            if a.firmCount != b.firmCount { return a.firmCount > b.firmCount }
            if a.firstSite != b.firstSite { return a.firstSite < b.firstSite }
            return (a.level ?? 0) < (b.level ?? 0)
        }
        var rankOfLabel = [Int32](repeating: -1, count: totals.count)
        for (rank, label) in ranked.enumerated() { rankOfLabel[label] = Int32(rank) }
        var children = [[Int]](repeating: [], count: ranked.count)
        clusters = ranked.enumerated().map { rank, label in
            var cluster = totals[label]
            cluster.parent = found.clusters[label].parent.flatMap { staying[$0] }.map { Int(rankOfLabel[$0]) }
            if let parent = cluster.parent { children[parent].append(rank) }
            return cluster
        }
        self.children = children
        // The sites of a cluster that was left out are those of the one around it.
        rankOfSite = found.labels.map { label in
            label >= 0 ? staying[Int(label)].map { rankOfLabel[$0] } ?? -1 : -1
        }
    }

    /// All clusters, each after the one around it.
    private static func outsideIn(_ clusters: [FoundClusters.Cluster]) -> [Int] {
        var inside = [[Int]](repeating: [], count: clusters.count)
        var order: [Int] = []
        for (label, cluster) in clusters.enumerated() {
            if let parent = cluster.parent { inside[parent].append(label) } else { order.append(label) }
        }
        var next = 0
        while next < order.count {
            order += inside[order[next]]
            next += 1
        }
        return order
    }

    /// For each rank the members that are in no smaller cluster.
    func members(of group: GroupSites, firms: ArraySlice<Int32>) -> [GroupClustering.Members] {
        // Sizes first: clusters then take no more memory than they need.
        var sizes = [(firms: Int, sites: Int)](repeating: (0, 0), count: clusters.count)
        for (index, count) in group.firmsOnSite.enumerated() where rankOfSite[index] >= 0 {
            sizes[Int(rankOfSite[index])].firms += Int(count)
            sizes[Int(rankOfSite[index])].sites += 1
        }
        var members = sizes.map { size in
            var members = GroupClustering.Members(firms: [], sites: [])
            members.firms.reserveCapacity(size.firms)
            members.sites.reserveCapacity(size.sites)
            return members
        }
        var firm = firms.startIndex
        for (index, count) in group.firmsOnSite.enumerated() {
            let own = firm..<firm + Int(count)
            firm = own.upperBound
            guard rankOfSite[index] >= 0 else { continue }
            let rank = Int(rankOfSite[index])
            members[rank].sites.append(group.subset.sites[index])
            if own.count == 1 {
                members[rank].firms.append(firms[own.lowerBound])
            } else {
                members[rank].firms.append(contentsOf: firms[own])
            }
        }
        return members
    }
}
