import FirmModel
import ParallelWork
import SpatialIndex

/// Grows clusters from single sites by adding edges, the shortest first: the condensed tree from its leaves.
///
/// Only what is needed to condense is kept: of a component that is still too small, its sites; of one that is large enough, its
/// cluster. A site is written down once, when the component it is in becomes large enough or is joined to one that is.
struct ClusterGrowth {
    private let tree: MutualReachabilityTree
    private let minimumUnits: Int64
    private let minimumSites: Int32

    // By tree position; of components at their root.
    private var parents: [Int32]
    private var units: [Int64]
    private var siteCounts: [Int32]
    /// −1 while the component is too small.
    private var clusterOfRoot: [Int32]
    /// The sites of a component that is too small, in a ring.
    private var next: [Int32]
    /// The cluster that a site leaves last on the way from large radii to small ones.
    private var leaves: [Int32]
    private var squaredDepartures: [Double]

    private struct Grown {
        var parent: Int32 = -1
        var squaredBirth = Double.infinity
        var squaredLongest: Double
        var units: Int64 = 0
        var siteCount: Int32 = 0
    }
    /// Children before parents.
    private var grown: [Grown] = []

    init(_ tree: MutualReachabilityTree, minimumUnits: Int64, minimumSites: Int) {
        self.tree = tree
        self.minimumUnits = minimumUnits
        self.minimumSites = Int32(clamping: minimumSites)
        let count = tree.count
        parents = (0..<Int32(count)).map { $0 }
        next = parents
        units = (0..<count).map { tree.masses[Int(tree.order.base[$0])] }
        siteCounts = [Int32](repeating: 1, count: count)
        clusterOfRoot = [Int32](repeating: -1, count: count)
        leaves = clusterOfRoot
        squaredDepartures = [Double](repeating: .infinity, count: count)
    }

    /// Adds all edges, those of equal length together.
    mutating func grow() {
        let edges = tree.edges.values
        var parts: [Int32] = []
        var start = 0
        while start < edges.count {
            let squared = edges[start].squared
            var end = start + 1
            while end < edges.count, edges[end].squared == squared { end += 1 }
            if end == start + 1 {
                join(root(edges[start].first), root(edges[start].second), squared)
            } else {
                join(edges[start..<end], squared, &parts)
            }
            start = end
        }
        // What is left whole at the end is the root.
        if tree.count > 0, edges.count == tree.count - 1, tree.squaredCores.base[0].isFinite {
            let root = root(0)
            if let cluster = cluster(ofPart: root, below: .infinity) { close(cluster, root) }
        }
    }

    @inline(__always)
    private mutating func root(_ position: Int32) -> Int32 {
        parents.withUnsafeMutableBufferPointer { parents in
            var node = position
            while parents[Int(node)] != node {
                parents[Int(node)] = parents[Int(parents[Int(node)])]
                node = parents[Int(node)]
            }
            return node
        }
    }

    /// The cluster of a component; nil while it is too small. One site with firms enough is a cluster until they part, so it is
    /// none where that is the distance at which it is joined.
    @inline(__always)
    private mutating func cluster(ofPart root: Int32, below squared: Double) -> Int32? {
        let root = Int(root)
        if clusterOfRoot[root] >= 0 { return clusterOfRoot[root] }
        guard units[root] >= minimumUnits, siteCounts[root] >= minimumSites, tree.squaredCores.base[root] < squared
        else { return nil }
        let cluster = Int32(grown.count)
        grown.append(Grown(squaredLongest: tree.squaredCores.base[root]))
        (leaves[root], squaredDepartures[root]) = (cluster, tree.squaredCores.base[root])
        clusterOfRoot[root] = cluster
        return cluster
    }

    /// Writes down what a cluster has in the end, when it becomes part of another or is the root.
    private mutating func close(_ cluster: Int32, _ root: Int32) {
        grown[Int(cluster)].units = units[Int(root)]
        grown[Int(cluster)].siteCount = siteCounts[Int(root)]
    }

    /// Lets the sites of a component that is too small leave a cluster.
    private mutating func absorb(_ root: Int32, into cluster: Int32, _ squared: Double) {
        var site = root
        repeat {
            (leaves[Int(site)], squaredDepartures[Int(site)]) = (cluster, squared)
            site = next[Int(site)]
        } while site != root
    }

    /// Links one component below the other, the smaller below the larger; returns the root of both.
    @inline(__always)
    private mutating func link(_ first: Int32, _ second: Int32) -> Int32 {
        let (high, low) = siteCounts[Int(first)] >= siteCounts[Int(second)] ? (first, second) : (second, first)
        parents[Int(low)] = high
        units[Int(high)] += units[Int(low)]
        siteCounts[Int(high)] += siteCounts[Int(low)]
        // Two rings with their next places exchanged are one.
        next.swapAt(Int(high), Int(low))
        return high
    }

    private func isLarge(_ root: Int32) -> Bool {
        units[Int(root)] >= minimumUnits && siteCounts[Int(root)] >= minimumSites
    }

    /// Two components become one: nearly every step.
    private mutating func join(_ first: Int32, _ second: Int32, _ squared: Double) {
        switch (cluster(ofPart: first, below: squared), cluster(ofPart: second, below: squared)) {
        case (nil, nil):
            let both = link(first, second)
            if isLarge(both) { clusterOfRoot[Int(both)] = newCluster(of: [both], squared) }
        case (let cluster?, nil): take(second, into: cluster, of: first, squared)
        case (nil, let cluster?): take(first, into: cluster, of: second, squared)
        case (let one?, let other?):
            let parent = newParent(of: [(one, first), (other, second)], squared)
            let both = link(first, second)
            clusterOfRoot[Int(both)] = parent
        }
    }

    private mutating func take(_ small: Int32, into cluster: Int32, of root: Int32, _ squared: Double) {
        absorb(small, into: cluster, squared)
        grown[Int(cluster)].squaredLongest = squared
        let both = link(root, small)
        clusterOfRoot[Int(both)] = cluster
    }

    /// A cluster that no part of was large enough.
    private mutating func newCluster(of parts: [Int32], _ squared: Double) -> Int32 {
        let cluster = Int32(grown.count)
        grown.append(Grown(squaredLongest: squared))
        for part in parts { absorb(part, into: cluster, squared) }
        return cluster
    }

    private mutating func newParent(of parts: [(cluster: Int32, root: Int32)], _ squared: Double) -> Int32 {
        let parent = Int32(grown.count)
        grown.append(Grown(squaredLongest: squared))
        for part in parts {
            close(part.cluster, part.root)
            grown[Int(part.cluster)].parent = parent
            grown[Int(part.cluster)].squaredBirth = squared
        }
        return parent
    }

    /// Edges of one length, which may make one component of many.
    private mutating func join(
        _ edges: Slice<UnsafeBufferPointer<SpanningEdge>>, _ squared: Double, _ parts: inout [Int32]
    ) {
        parts.removeAll(keepingCapacity: true)
        for edge in edges {
            parts.append(root(edge.first))
            parts.append(root(edge.second))
        }
        parts.sort()
        var unique = 0
        for part in parts where unique == 0 || parts[unique - 1] != part {
            parts[unique] = part
            unique += 1
        }
        parts.removeSubrange(unique...)
        // Which parts end up together is known only when all edges have been added; what they were is needed then.
        let clustersOfParts = parts.map { cluster(ofPart: $0, below: squared) ?? -1 }
        let (unitsOfParts, sitesOfParts) = (parts.map { units[Int($0)] }, parts.map { siteCounts[Int($0)] })
        let nextOfParts = parts.map { next[Int($0)] }
        for edge in edges { _ = link(root(edge.first), root(edge.second)) }
        let roots = parts.map { root($0) }
        let together = parts.indices.sorted { (roots[$0], $0) < (roots[$1], $1) }
        // Rings are put back for the parts, which are looked at one by one.
        for (index, part) in parts.enumerated() { next[Int(part)] = nextOfParts[index] }
        var start = 0
        while start < together.count {
            let root = roots[together[start]]
            var end = start + 1
            while end < together.count, roots[together[end]] == root { end += 1 }
            let own = together[start..<end]
            start = end
            let large = own.filter { clustersOfParts[$0] >= 0 }
            let cluster: Int32
            switch large.count {
            case 0 where isLarge(root):
                cluster = newCluster(of: own.map { parts[$0] }, squared)
            case 0:
                // Still too small: one ring of all.
                for index in own where parts[index] != root { next.swapAt(Int(root), Int(parts[index])) }
                continue
            case 1:
                cluster = clustersOfParts[large[0]]
                grown[Int(cluster)].squaredLongest = squared
            default:
                cluster = Int32(grown.count)
                grown.append(Grown(squaredLongest: squared))
                for index in large {
                    let child = Int(clustersOfParts[index])
                    (grown[child].parent, grown[child].squaredBirth) = (cluster, squared)
                    (grown[child].units, grown[child].siteCount) = (unitsOfParts[index], sitesOfParts[index])
                }
            }
            if !large.isEmpty {
                for index in own where clustersOfParts[index] < 0 { absorb(parts[index], into: cluster, squared) }
            }
            clusterOfRoot[Int(root)] = cluster
        }
    }
}

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
        for (position, cluster) in leaves.enumerated() where cluster >= 0 {
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
        var clusters = [Int32](repeating: -1, count: leaves.count)
        for (position, cluster) in leaves.enumerated() where cluster >= 0 {
            clusters[Int(tree.order.base[position])] = numbering.number[Int(cluster)]
        }
        return clusters
    }

    func departureDistances() -> [Meters] {
        var distances = [Meters](repeating: Meters(.infinity), count: leaves.count)
        for (position, squared) in squaredDepartures.enumerated() where squared.isFinite {
            distances[Int(tree.order.base[position])] = tree.metric.distance(forSquared: squared)
        }
        return distances
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
                    level: parent.map { clusters[$0].level + 1 } ?? 0, stability: 0, finiteStability: 0,
                    largestLambda: 0))
        }
        return clusters
    }
}
