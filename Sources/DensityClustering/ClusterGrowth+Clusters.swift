import FirmModel
import ParallelWork
import SpatialIndex

extension ClusterGrowth {
    /// The order of clusters in the result.
    struct Numbering {
        /// Grown clusters from the root down, siblings by their first site.
        var order: [Int32] = []
        /// The place of each in `order`.
        var number: [Int32]
        /// The first site of each grown cluster, as an index of the subset.
        var firstSites: [Int32]
    }

    func numbering() -> Numbering {
        var result = Numbering(
            number: [Int32](repeating: -1, count: grown.count),
            firstSites: [Int32](repeating: .max, count: grown.count))
        for position in 0..<tree.count where nodes[position].leaf >= 0 {
            let cluster = nodes[position].leaf
            result.firstSites[Int(cluster)] = min(result.firstSites[Int(cluster)], tree.order.base[position])
        }
        var children = [[Int32]](repeating: [], count: grown.count)
        for (cluster, record) in grown.enumerated() where record.parent >= 0 {
            let parent = Int(record.parent)
            result.firstSites[parent] = min(result.firstSites[parent], result.firstSites[cluster])
            children[parent].append(Int32(cluster))
        }
        guard !grown.isEmpty else { return result }
        var waiting = [Int32(grown.count - 1)]
        while let cluster = waiting.popLast() {
            result.number[Int(cluster)] = Int32(result.order.count)
            result.order.append(cluster)
            waiting += children[Int(cluster)].sorted {
                result.firstSites[Int($0)] > result.firstSites[Int($1)]
            }
        }
        return result
    }

    func clusterOfSite(_ numbering: Numbering) -> [Int32] {
        [Int32](count: tree.count) { clusters in
            for position in 0..<tree.count {
                let leaf = nodes[position].leaf
                clusters[Int(tree.order.base[position])] = leaf >= 0 ? numbering.number[Int(leaf)] : -1
            }
        }
    }

    func departureDistances() -> [Meters] {
        [Meters](count: tree.count) { distances in
            for position in 0..<tree.count {
                let squared = nodes[position].squaredDeparture
                distances[Int(tree.order.base[position])] =
                    squared.isFinite ? tree.metric.distance(forSquared: squared) : Meters(.infinity)
            }
        }
    }

    func clusters(_ numbering: Numbering) -> [CondensedTree.Cluster] {
        var clusters: [CondensedTree.Cluster] = []
        clusters.reserveCapacity(grown.count)
        for grownCluster in numbering.order {
            let record = grown[Int(grownCluster)]
            let parent = record.parent >= 0 ? Int(numbering.number[Int(record.parent)]) : nil
            if let parent { clusters[parent].children.append(clusters.count) }
            clusters.append(
                CondensedTree.Cluster(
                    parent: parent, children: [],
                    birthDistance: parent == nil
                        ? Meters(.infinity) : tree.metric.distance(forSquared: record.squaredBirth),
                    longestEdge: tree.metric.distance(forSquared: record.squaredLongest),
                    weight: tree.masses.weight(record.units), siteCount: Int(record.siteCount),
                    firstSite: Int(numbering.firstSites[Int(grownCluster)]),
                    level: parent.map { clusters[$0].level + 1 } ?? 0, stability: 0, lastingWeight: 0,
                    largestLambda: 0))
        }
        return clusters
    }
}
