/// An undirected graph with weights on its edges, as lists of neighbors one after the other.
///
/// The nodes of an aggregated graph stand for several; what connected those is the weight of a loop.
struct WeightedGraph {
    /// The neighbors of node v, ascending, are `targets[starts[v]..<starts[v + 1]]`.
    private(set) var starts: [Int]
    private(set) var targets: [Int]
    /// The weights of the edges to them.
    private(set) var weights: [Double]
    /// A_vv/2: what lies inside each node, each edge counted once.
    private(set) var loops: [Double]
    /// k_v = Σ_u A_vu: the weight of all edges at a node, loops counted twice.
    private(set) var strengths: [Double]
    /// 2m, the sum of all strengths.
    let totalStrength: Double

    var nodeCount: Int { strengths.count }

    /// - Parameters:
    ///   - edges: pairs of different nodes, the smaller first, ascending, each at most once.
    ///   - loops: one for each node; none when empty.
    init(nodeCount: Int, edges: [(first: Int, second: Int, weight: Double)], loops: [Double] = []) {
        self.loops = loops.isEmpty ? [Double](repeating: 0, count: nodeCount) : loops
        starts = [Int](repeating: 0, count: nodeCount + 1)
        for edge in edges {
            starts[edge.first + 1] += 1
            starts[edge.second + 1] += 1
        }
        for node in 0..<nodeCount { starts[node + 1] += starts[node] }
        targets = [Int](repeating: 0, count: 2 * edges.count)
        weights = [Double](repeating: 0, count: 2 * edges.count)
        // Neighbors below a node come in the order of the edges before those above it: both ascend.
        var next = starts
        for edge in edges {
            targets[next[edge.second]] = edge.first
            weights[next[edge.second]] = edge.weight
            next[edge.second] += 1
        }
        for edge in edges {
            targets[next[edge.first]] = edge.second
            weights[next[edge.first]] = edge.weight
            next[edge.first] += 1
        }
        strengths = []
        for node in 0..<nodeCount {
            strengths.append(weights[starts[node]..<starts[node + 1]].reduce(2 * self.loops[node], +))
        }
        totalStrength = strengths.reduce(0, +)
    }

    func neighbors(_ node: Int) -> Zip2Sequence<ArraySlice<Int>, ArraySlice<Double>> {
        let range = starts[node]..<starts[node + 1]
        return zip(targets[range], weights[range])
    }

    func degree(_ node: Int) -> Int { starts[node + 1] - starts[node] }

    /// The graph whose nodes are the parts of a partition.
    ///
    /// - Parameter part: of each node, from 0 on without gaps.
    func aggregated(_ part: [Int], count: Int) -> WeightedGraph {
        var inside = [Double](repeating: 0, count: count)
        var between: [[Int: Double]] = Array(repeating: [:], count: count)
        for node in 0..<nodeCount {
            inside[part[node]] += loops[node]
            for (neighbor, weight) in neighbors(node) where node < neighbor {
                let (low, high) = (min(part[node], part[neighbor]), max(part[node], part[neighbor]))
                if low == high { inside[low] += weight } else { between[low][high, default: 0] += weight }
            }
        }
        var edges: [(first: Int, second: Int, weight: Double)] = []
        for first in 0..<count {
            for (second, weight) in between[first].sorted(by: { $0.key < $1.key }) {
                edges.append((first, second, weight))
            }
        }
        return WeightedGraph(nodeCount: count, edges: edges, loops: inside)
    }

    /// Q = Σ_c [ L_c / m − γ (K_c / 2m)² ] of a partition: L_c the weight of edges inside part c, K_c the strengths of its nodes
    /// (Newman & Girvan 2004; with a resolution γ Reichardt & Bornholdt 2006). Nil for a graph without edges.
    func modularity(of part: [Int], resolution: Double) -> Double? {
        guard totalStrength > 0 else { return nil }
        let count = (part.max() ?? -1) + 1
        var inside = [Double](repeating: 0, count: count)
        var strength = [Double](repeating: 0, count: count)
        for node in 0..<nodeCount {
            strength[part[node]] += strengths[node]
            inside[part[node]] += loops[node]
            for (neighbor, weight) in neighbors(node) where node < neighbor && part[node] == part[neighbor] {
                inside[part[node]] += weight
            }
        }
        return zip(inside, strength).reduce(0) { sum, community in
            let share = community.1 / totalStrength
            return sum + 2 * community.0 / totalStrength - resolution * share * share
        }
    }
}
