import FirmModel
import ParallelWork
import SpatialIndex

/// Grows clusters from single sites by adding edges, the shortest first: the condensed tree from its leaves.
///
/// Only what is needed to condense is kept: of a component that is still too small, its sites; of one that is large enough, its
/// cluster. A site is written down once, when the component it is in becomes large enough or is joined to one that is.
///
/// Edges come from all over the map, so that nearly each is a wait for memory: all that is known of a site is in one place, and
/// is asked for some edges ahead.
struct ClusterGrowth: ~Copyable {
    /// A site, and the component that it is the root of.
    struct Node: BitwiseCopyable {
        /// Itself at a root (union-find).
        var parent: Int32
        /// While the component is too small, the next of its sites, in a ring. At the root of one that is large enough, ~ its
        /// cluster.
        var nextOrCluster: Int32
        /// Of a root: the sites of its component.
        var siteCount: Int32 = 1
        /// Of the site: the cluster it leaves last on the way from large radii to small ones.
        var leaf: Int32 = -1
        /// Of a root: what its component weighs.
        var units: Int64
        /// Of the site: where it leaves that cluster.
        var squaredDeparture = Double.infinity
    }

    struct Grown {
        var parent: Int32 = -1
        var squaredBirth = Double.infinity
        var squaredLongest: Double
        var units: Int64 = 0
        var siteCount: Int32 = 0
    }

    let tree: MutualReachabilityTree
    private let minimumUnits: Int64
    private let minimumSites: Int32
    /// By tree position.
    private let column: Column<Node>
    let nodes: UnsafeMutablePointer<Node>
    /// Children before parents.
    private(set) var grown: [Grown] = []

    init(_ tree: MutualReachabilityTree, minimumUnits: Int64, minimumSites: Int) {
        self.tree = tree
        self.minimumUnits = minimumUnits
        self.minimumSites = Int32(clamping: minimumSites)
        column = Column(count: tree.count)
        nodes = column.base
        for position in 0..<tree.count {
            let site = Int32(truncatingIfNeeded: position)
            nodes[position] = Node(
                parent: site, nextOrCluster: site, units: tree.masses[Int(tree.order.base[position])])
        }
    }

    /// Adds all edges, those of equal length together.
    mutating func grow() {
        let edges = tree.edges.values
        var parts: [Int32] = []
        var (start, touched) = (0, 0)
        while start < edges.count {
            if start >= touched {
                touched = min(edges.count, start + 64)
                touch(edges[start..<touched])
            }
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

    /// Loads that do not wait for each other.
    private func touch(_ edges: Slice<UnsafeBufferPointer<SpanningEdge>>) {
        var sum: Int32 = 0
        for edge in edges {
            sum &+= nodes[Int(nodes[Int(edge.first)].parent)].parent
            sum &+= nodes[Int(nodes[Int(edge.second)].parent)].parent
        }
        // Never so; but the compiler cannot know.
        if sum == .min, edges.isEmpty { nodes[0].parent = sum }
    }

    @inline(__always)
    private func root(_ position: Int32) -> Int32 {
        var node = position
        while nodes[Int(node)].parent != node {
            let grandparent = nodes[Int(nodes[Int(node)].parent)].parent
            nodes[Int(node)].parent = grandparent
            node = grandparent
        }
        return node
    }

    /// The cluster of a component; nil while it is too small. One site with firms enough is a cluster until they part, so it is
    /// none where that is the distance at which it is joined.
    @inline(__always)
    private mutating func cluster(ofPart root: Int32, below squared: Double) -> Int32? {
        let node = nodes + Int(root)
        if node.pointee.nextOrCluster < 0 { return ~node.pointee.nextOrCluster }
        guard isLarge(root) else { return nil }
        let squaredCore = tree.squaredCores.base[Int(root)]
        guard squaredCore < squared else { return nil }
        let cluster = Int32(grown.count)
        grown.append(Grown(squaredLongest: squaredCore))
        node.pointee.leaf = cluster
        node.pointee.squaredDeparture = squaredCore
        node.pointee.nextOrCluster = ~cluster
        return cluster
    }

    private func isLarge(_ root: Int32) -> Bool {
        nodes[Int(root)].units >= minimumUnits && nodes[Int(root)].siteCount >= minimumSites
    }

    /// Writes down what a cluster has in the end, when it becomes part of another or is the root.
    private mutating func close(_ cluster: Int32, _ root: Int32) {
        grown[Int(cluster)].units = nodes[Int(root)].units
        grown[Int(cluster)].siteCount = nodes[Int(root)].siteCount
    }

    /// Lets the sites of a component that is too small leave a cluster.
    private func absorb(_ root: Int32, into cluster: Int32, _ squared: Double) {
        var site = root
        repeat {
            let node = nodes + Int(site)
            node.pointee.leaf = cluster
            node.pointee.squaredDeparture = squared
            site = node.pointee.nextOrCluster
        } while site != root
    }

    /// Links one component below the other, the one with fewer sites below; returns the root of both.
    @inline(__always)
    private func link(_ first: Int32, _ second: Int32) -> Int32 {
        let firstIsHigh = nodes[Int(first)].siteCount >= nodes[Int(second)].siteCount
        let (high, low) = firstIsHigh ? (first, second) : (second, first)
        nodes[Int(low)].parent = high
        nodes[Int(high)].units += nodes[Int(low)].units
        nodes[Int(high)].siteCount += nodes[Int(low)].siteCount
        return high
    }

    /// Two rings with their next places exchanged are one.
    private func joinRings(_ first: Int32, _ second: Int32) {
        swap(&nodes[Int(first)].nextOrCluster, &nodes[Int(second)].nextOrCluster)
    }

    /// Two components become one: nearly every step.
    private mutating func join(_ first: Int32, _ second: Int32, _ squared: Double) {
        switch (cluster(ofPart: first, below: squared), cluster(ofPart: second, below: squared)) {
        case (nil, nil):
            joinRings(first, second)
            let both = link(first, second)
            guard isLarge(both) else { return }
            let cluster = Int32(grown.count)
            grown.append(Grown(squaredLongest: squared))
            absorb(both, into: cluster, squared)
            nodes[Int(both)].nextOrCluster = ~cluster
        case (let cluster?, nil): take(second, into: cluster, of: first, squared)
        case (nil, let cluster?): take(first, into: cluster, of: second, squared)
        case (let one?, let other?):
            let parent = newParent(squared)
            adopt(one, first, parent, squared)
            adopt(other, second, parent, squared)
            nodes[Int(link(first, second))].nextOrCluster = ~parent
        }
    }

    private mutating func take(_ small: Int32, into cluster: Int32, of root: Int32, _ squared: Double) {
        absorb(small, into: cluster, squared)
        grown[Int(cluster)].squaredLongest = squared
        nodes[Int(link(root, small))].nextOrCluster = ~cluster
    }

    private mutating func newParent(_ squared: Double) -> Int32 {
        grown.append(Grown(squaredLongest: squared))
        return Int32(grown.count - 1)
    }

    private mutating func adopt(_ cluster: Int32, _ root: Int32, _ parent: Int32, _ squared: Double) {
        close(cluster, root)
        grown[Int(cluster)].parent = parent
        grown[Int(cluster)].squaredBirth = squared
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
        let before = parts.map { (cluster: cluster(ofPart: $0, below: squared), node: nodes[Int($0)]) }
        for edge in edges { _ = link(root(edge.first), root(edge.second)) }
        let roots = parts.map { root($0) }
        let together = parts.indices.sorted { (roots[$0], $0) < (roots[$1], $1) }
        var start = 0
        while start < together.count {
            let root = roots[together[start]]
            var end = start + 1
            while end < together.count, roots[together[end]] == root { end += 1 }
            let own = together[start..<end]
            start = end
            let large = own.filter { before[$0].cluster != nil }
            let cluster: Int32
            if large.count == 1, let only = before[large[0]].cluster {
                cluster = only
                grown[Int(cluster)].squaredLongest = squared
            } else if !large.isEmpty || isLarge(root) {
                cluster = newParent(squared)
                for index in large {
                    guard let child = before[index].cluster.map({ Int($0) }) else { continue }
                    (grown[child].parent, grown[child].squaredBirth) = (cluster, squared)
                    (grown[child].units, grown[child].siteCount) = (
                        before[index].node.units, before[index].node.siteCount
                    )
                }
            } else {
                // Still too small: one ring of all.
                for index in own where parts[index] != root { joinRings(root, parts[index]) }
                continue
            }
            for index in own where before[index].cluster == nil { absorb(parts[index], into: cluster, squared) }
            nodes[Int(root)].nextOrCluster = ~cluster
        }
    }
}
