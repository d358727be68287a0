/// Industries as nodes, the pairs of them that sit together as edges, and the communities these make: *development blocks*,
/// industries that are tied to each other more than to others.
///
///     let network = IndustryNetwork(industries: report.industries, patterns: report.patterns)
///     for block in network.blocks { print(block.map { network.nodes[$0].code }) }
///
/// Edges are undirected and weighted by ``Weight``. Communities maximize modularity with resolution γ,
///
///     Q = Σ_c [ L_c / m − γ (K_c / 2m)² ]
///
/// (m the weight of all edges, L_c that of the edges inside community c, K_c the strengths of its nodes; Newman & Girvan 2004,
/// Reichardt & Bornholdt 2006), as far as the Leiden algorithm finds the maximum: see `Docs/Algorithms/IndustryNetwork.md`.
///
/// The network depends on the industries and pairs alone, not on their order.
public struct IndustryNetwork: Sendable, Equatable {
    /// What an edge weighs.
    public enum Weight: String, Sendable, CaseIterable {
        /// The index over its mean in simulated registers. Only pairs that are significant and above 1 are edges.
        case indexRatio = "pi_ratio"
        /// The index itself, for pairs that were not tested. All pairs above 0 are edges.
        case participationIndex = "participation_index"
    }

    /// An industry.
    public struct Node: Sendable, Equatable {
        /// Its code.
        public let code: String
        /// Its title, nil where there is none.
        public let title: String?
        /// Its firms.
        public let firms: Int
        /// The number of its edges.
        public let degree: Int
        /// The weight of its edges.
        public let strength: Double
        /// The number of its community, from 1: the one with the most industries first, then that with the largest strength, then
        /// that with the smallest code.
        public let community: Int
    }

    /// A pair of industries.
    public struct Edge: Sendable, Equatable {
        /// Indices into ``IndustryNetwork/nodes``, the smaller first.
        public let first, second: Int
        /// By ``IndustryNetwork/weight``.
        public let weight: Double
        /// The pattern of the two.
        public let pair: PatternRecord
    }

    /// By code. Industries without edges are communities of their own.
    public let nodes: [Node]
    /// By the codes of their nodes.
    public let edges: [Edge]
    /// What edges weigh.
    public let weight: Weight
    /// γ.
    public let resolution: Double
    /// Q of the communities; nil without edges.
    public let modularity: Double?

    /// - Parameters:
    ///   - industries: those that could have been in a pair; others in `patterns` are left out, and those with a reason to be left
    ///     out are.
    ///   - patterns: those of two industries become edges: where any was tested, those that are significant with a ratio above 1,
    ///     weighted by it; else all, weighted by their index.
    ///   - resolution: γ, above 0: larger for smaller communities.
    /// - Complexity: near-linear in the pairs.
    public init(industries: [IndustryOutcome], patterns: [PatternRecord], resolution: Double = 1) {
        precondition(resolution > 0 && resolution.isFinite, "a resolution of \(resolution)")
        let industries = industries.filter { $0.excluded == nil }
            .sorted { $0.code.utf8.lexicographicallyPrecedes($1.code.utf8) }
        var numbers: [String: Int] = [:]
        for (number, industry) in industries.enumerated() { numbers[industry.code] = number }
        let pairs = patterns.filter { $0.size == 2 }
        let weight: Weight = pairs.contains { $0.pValue != nil } ? .indexRatio : .participationIndex
        let edges = pairs.compactMap { pair -> Edge? in
            guard let one = numbers[pair.industries[0]], let other = numbers[pair.industries[1]], one != other,
                let weight = weight.of(pair)
            else { return nil }
            return Edge(first: min(one, other), second: max(one, other), weight: weight, pair: pair)
        }.sorted { ($0.first, $0.second) < ($1.first, $1.second) }

        let graph = WeightedGraph(nodeCount: industries.count, edges: edges.map { ($0.first, $0.second, $0.weight) })
        let part = LeidenCommunities(resolution: resolution).communities(of: graph)
        let ranks = Self.ranks(part, graph)
        nodes = industries.enumerated().map { number, industry in
            Node(
                code: industry.code, title: industry.title, firms: industry.firms, degree: graph.degree(number),
                strength: graph.strengths[number], community: ranks[part[number]] + 1)
        }
        self.edges = edges
        self.weight = weight
        self.resolution = resolution
        modularity = graph.modularity(of: part, resolution: resolution)
    }

    /// The communities of two industries and more, in the order of their numbers: indices into ``nodes``.
    public var blocks: [[Int]] {
        var blocks = [[Int]](repeating: [], count: nodes.map(\.community).max() ?? 0)
        for (index, node) in nodes.enumerated() { blocks[node.community - 1].append(index) }
        return blocks.filter { $0.count > 1 }
    }

    /// For each part its place among the communities. Parts are numbered in the order of their first nodes, and with it codes.
    private static func ranks(_ part: [Int], _ graph: WeightedGraph) -> [Int] {
        let count = (part.max() ?? -1) + 1
        var (sizes, strengths) = ([Int](repeating: 0, count: count), [Double](repeating: 0, count: count))
        for (node, part) in part.enumerated() {
            sizes[part] += 1
            strengths[part] += graph.strengths[node]
        }
        let order = (0..<count).sorted {
            (sizes[$0], strengths[$0], $1) > (sizes[$1], strengths[$1], $0)
        }
        var ranks = [Int](repeating: 0, count: count)
        for (rank, part) in order.enumerated() { ranks[part] = rank }
        return ranks
    }
}

extension IndustryNetwork.Weight {
    /// What the edge of a pair weighs; nil where it is none.
    fileprivate func of(_ pair: PatternRecord) -> Double? {
        switch self {
        case .indexRatio:
            guard pair.significant == true, let ratio = pair.indexRatio, ratio > 1, ratio.isFinite else { return nil }
            return ratio
        case .participationIndex:
            return pair.participationIndex > 0 ? pair.participationIndex : nil
        }
    }
}
