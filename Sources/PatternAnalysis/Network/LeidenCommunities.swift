import FirmModel
import RealModule

/// Communities of a graph by the Leiden algorithm (Traag, Waltman & van Eck 2019, Scientific Reports 9:5233) on modularity:
///
/// 1. *Moving*: nodes go, one after the other, to the community whose modularity gains most, until none gains.
/// 2. *Refining*: each community is taken apart and its nodes are merged again, only with what they are well connected to; what
///    holds together badly, or not at all, stays apart.
/// 3. *Aggregating*: what was merged becomes one node, and all begins again with the communities of step 1.
///
/// Finding the best partition is NP-hard (Brandes et al. 2008), and what is found depends on the order of nodes. So the whole is
/// done several times, first in the order of the nodes and greedily, then in drawn orders and with drawn merges, and the
/// partition with the largest modularity is kept, the first of equals. Everything is drawn from streams of fixed seed: the same graph
/// gives the same communities.
struct LeidenCommunities {
    /// γ: above 1 communities are smaller.
    var resolution = 1.0
    /// How often all is done.
    var runs = 10

    /// The community of each node, numbered from 0 in the order of their first nodes.
    func communities(of graph: WeightedGraph) -> [Int] {
        guard graph.totalStrength > 0 else { return Array(0..<graph.nodeCount) }
        var best: (part: [Int], modularity: Double)?
        for run in 0..<runs {
            var order = NodeOrder(run: run)
            let part = partition(of: graph, &order)
            let modularity = graph.modularity(of: part, resolution: resolution) ?? 0
            // Better by more than rounding: partitions that differ in name only have not the same sums.
            if best.map({ modularity > $0.modularity + 1e-12 }) ?? true { best = (part, modularity) }
        }
        return best?.part ?? []
    }

    /// One run: rounds of the algorithm, each beginning with the partition of the last, until a round changes nothing.
    private func partition(of graph: WeightedGraph, _ order: inout NodeOrder) -> [Int] {
        var part = Array(0..<graph.nodeCount)
        while true {
            let improved = round(graph, from: part, &order)
            if improved == part { return part }
            part = improved
        }
    }

    private func round(_ graph: WeightedGraph, from start: [Int], _ order: inout NodeOrder) -> [Int] {
        var level = graph
        var part = start
        // The node of `level` that each node of `graph` is in.
        var nodeOfMember = Array(0..<graph.nodeCount)
        while true {
            part = moved(level, from: part, &order)
            let refined = Self.numbered(refined(level, within: part, &order))
            let count = (refined.max() ?? -1) + 1
            // Where nothing could be merged an aggregated graph would be the same again.
            guard count < level.nodeCount else { return Self.numbered(nodeOfMember.map { part[$0] }) }
            var partOfMerged = [Int](repeating: 0, count: count)
            for node in 0..<level.nodeCount { partOfMerged[refined[node]] = part[node] }
            nodeOfMember = nodeOfMember.map { refined[$0] }
            level = level.aggregated(refined, count: count)
            part = Self.numbered(partOfMerged)
        }
    }

    /// Step 1. A node whose neighbor has moved is looked at again.
    private func moved(_ graph: WeightedGraph, from start: [Int], _ order: inout NodeOrder) -> [Int] {
        var part = start
        var strength = Self.sums(graph.strengths, by: part, count: graph.nodeCount)
        var sizes = Self.sums([Int](repeating: 1, count: graph.nodeCount), by: part, count: graph.nodeCount)
        var empty = sizes.indices.filter { sizes[$0] == 0 }.reversed().map { $0 }
        var queue = order.of(graph.nodeCount)
        var isQueued = [Bool](repeating: true, count: graph.nodeCount)
        var links = Links(count: graph.nodeCount)
        var head = 0
        while head < queue.count {
            let node = queue[head]
            head += 1
            isQueued[node] = false
            let current = part[node]
            let nodeStrength = graph.strengths[node]
            strength[current] -= nodeStrength
            links.collect(graph, node) { part[$0] }
            func gain(_ community: Int) -> Double {
                links.weight[community] - resolution * nodeStrength * strength[community] / graph.totalStrength
            }
            // To leave everything gains 0; to go somewhere must gain more than to stay.
            var (best, bestGain) = (current, gain(current))
            for community in links.touched where community != current {
                let gain = gain(community)
                if gain > bestGain + Self.tolerance(graph) { (best, bestGain) = (community, gain) }
            }
            if bestGain < -Self.tolerance(graph), sizes[current] > 1, let alone = empty.last { best = alone }
            links.reset()
            strength[best] += nodeStrength
            guard best != current else { continue }
            if best == empty.last { empty.removeLast() }
            part[node] = best
            sizes[current] -= 1
            sizes[best] += 1
            if sizes[current] == 0 {
                strength[current] = 0
                empty.append(current)
            }
            for (neighbor, _) in graph.neighbors(node) where !isQueued[neighbor] && part[neighbor] != best {
                isQueued[neighbor] = true
                queue.append(neighbor)
            }
        }
        return part
    }

    /// Step 2: a partition of each community into parts that hold together.
    private func refined(_ graph: WeightedGraph, within part: [Int], _ order: inout NodeOrder) -> [Int] {
        let communityStrength = Self.sums(graph.strengths, by: part, count: graph.nodeCount)
        var refined = Array(0..<graph.nodeCount)
        var strength = graph.strengths
        var isAlone = [Bool](repeating: true, count: graph.nodeCount)
        // Of each refined part the weight of edges to the rest of its community.
        var outward = (0..<graph.nodeCount).map { node in
            graph.neighbors(node).reduce(0) { part[$1.0] == part[node] ? $0 + $1.1 : $0 }
        }
        let (resolution, total) = (self.resolution, graph.totalStrength)
        var links = Links(count: graph.nodeCount)
        for node in order.of(graph.nodeCount) where isAlone[node] {
            let whole = communityStrength[part[node]]
            func isWellConnected(_ community: Int) -> Bool {
                let own = strength[community]
                return outward[community] + Self.tolerance(graph) >= resolution * own * (whole - own) / total
            }
            guard isWellConnected(node) else { continue }
            links.collect(graph, node) { part[$0] == part[node] ? refined[$0] : nil }
            var merges: [(community: Int, gain: Double)] = []
            for community in links.touched where community != node && isWellConnected(community) {
                let gain = links.weight[community] - resolution * graph.strengths[node] * strength[community] / total
                if gain > Self.tolerance(graph) { merges.append((community, gain)) }
            }
            if let best = order.chosen(merges, scale: total) {
                outward[best] += outward[node] - 2 * links.weight[best]
                strength[best] += graph.strengths[node]
                isAlone[best] = false
                refined[node] = best
            }
            links.reset()
        }
        return refined
    }

    /// What a gain must exceed to be one and not rounding.
    private static func tolerance(_ graph: WeightedGraph) -> Double { 1e-13 * graph.totalStrength }

    private static func sums<Number: AdditiveArithmetic>(_ values: [Number], by part: [Int], count: Int) -> [Number] {
        var sums = [Number](repeating: .zero, count: count)
        for (value, part) in zip(values, part) { sums[part] += value }
        return sums
    }

    /// The parts numbered from 0 in the order of their first nodes.
    private static func numbered(_ part: [Int]) -> [Int] {
        var numbers: [Int: Int] = [:]
        for name in part where numbers[name] == nil { numbers[name] = numbers.count }
        return part.map { numbers[$0, default: 0] }
    }
}

/// The weights of a node's edges by the community they lead to, in memory that is used again.
private struct Links {
    var weight: [Double]
    /// The communities with an edge, in the order of the neighbors.
    private(set) var touched: [Int] = []
    private var isTouched: [Bool]

    init(count: Int) {
        weight = [Double](repeating: 0, count: count)
        isTouched = [Bool](repeating: false, count: count)
    }

    mutating func collect(_ graph: WeightedGraph, _ node: Int, _ community: (Int) -> Int?) {
        for (neighbor, edge) in graph.neighbors(node) {
            guard let community = community(neighbor) else { continue }
            if !isTouched[community] {
                isTouched[community] = true
                touched.append(community)
            }
            weight[community] += edge
        }
    }

    mutating func reset() {
        for community in touched { (weight[community], isTouched[community]) = (0, false) }
        touched.removeAll(keepingCapacity: true)
    }
}

/// What is left to chance in a run: nothing in run 0, which takes nodes in their order and the best merge.
private struct NodeOrder {
    private var stream: RandomStream?
    /// θ of the algorithm: how much worse than the best a merge may be, as a share of all weights.
    private static let randomness = 0.01

    init(run: Int) { stream = run == 0 ? nil : RandomStream(seed: 2019, stream: UInt64(run)) }

    mutating func of(_ count: Int) -> [Int] {
        var order = Array(0..<count)
        guard stream != nil else { return order }
        // Fisher & Yates; the shuffle of the standard library may change with its version.
        for end in stride(from: count - 1, to: 0, by: -1) { order.swapAt(end, stream?.next(below: end + 1) ?? end) }
        return order
    }

    /// One of the merges, with a chance proportional to exp(gain / θ).
    mutating func chosen(_ merges: [(community: Int, gain: Double)], scale: Double) -> Int? {
        guard var best = merges.first else { return nil }
        for merge in merges.dropFirst() where merge.gain > best.gain { best = merge }
        guard stream != nil, merges.count > 1 else { return best.community }
        let weights = merges.map { Double.exp(($0.gain - best.gain) / (Self.randomness * scale)) }
        var left = (stream?.nextUnit() ?? 0) * weights.reduce(0, +)
        for (merge, weight) in zip(merges, weights) {
            left -= weight
            if left < 0 { return merge.community }
        }
        return best.community
    }
}
