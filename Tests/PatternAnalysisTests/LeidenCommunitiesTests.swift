import FirmClustersTestSupport
import FirmModel
import Testing

@testable import PatternAnalysis

@Suite struct LeidenCommunitiesTests {
    private static func golden(_ name: String) throws -> WeightedGraph {
        let table = try GoldenTable("communities_graphs.csv", beside: #filePath)
        let graphs = try table.column("graph") { $0 }
        let (first, second) = (try table.integers("first"), try table.integers("second"))
        let weight = try table.doubles("weight")
        let edges = graphs.indices.filter { graphs[$0] == name }
            .map { (first: first[$0], second: second[$0], weight: weight[$0]) }
            .sorted { ($0.first, $0.second) < ($1.first, $1.second) }
        return WeightedGraph(nodeCount: (edges.map(\.second).max() ?? -1) + 1, edges: edges)
    }

    /// The largest modularity that `louvain_communities` of networkx 3.x finds with 100 seeds, by its `modularity`.
    private static let networkx: [(graph: String, resolution: Double, modularity: Double)] = [
        ("karate", 1, 0.41978961209730437),
        ("les_miserables", 0.5, 0.7076468619869125), ("les_miserables", 1, 0.5666879833432481),
        ("les_miserables", 2, 0.3450758477096966),
        ("florentine", 0.5, 0.5843750000000001), ("florentine", 1, 0.39874999999999994), ("florentine", 2, 0.13),
        ("davis", 0.5, 0.573380886251736), ("davis", 1, 0.3360055548541851), ("davis", 2, 0.10440600934225476),
    ]

    @Test(arguments: networkx) func communitiesAreAsGoodAsThoseOfNetworkx(
        graph name: String, resolution: Double, modularity: Double
    ) throws {
        let graph = try Self.golden(name)
        let part = LeidenCommunities(resolution: resolution).communities(of: graph)
        let found = try #require(graph.modularity(of: part, resolution: resolution))
        #expect(found >= modularity - 1e-12)
    }

    /// All partitions are tried on graphs that are small enough.
    @Test(arguments: 0..<60) func smallGraphsAreDividedInTheBestWay(seed: Int) throws {
        var stream = RandomStream(seed: UInt64(seed), stream: 6)
        let count = 2 + stream.next(below: 6)
        let isWeighted = seed.isMultiple(of: 2)
        let graph = Self.random(count, share: 0.2 + 0.6 * stream.nextUnit(), isWeighted: isWeighted, &stream)
        let resolution = [0.5, 1, 1.7][seed % 3]
        let part = LeidenCommunities(resolution: resolution).communities(of: graph)
        guard let found = graph.modularity(of: part, resolution: resolution) else {
            #expect(part == Array(0..<count), "seed \(seed)")
            return
        }
        var best = -1.0
        Self.forEachPartition(count) { best = max(best, graph.modularity(of: $0, resolution: resolution) ?? -1) }
        #expect(abs(found - best) < 1e-12, "seed \(seed)")
    }

    @Test(arguments: 0..<20) func communitiesHangTogether(seed: Int) throws {
        var stream = RandomStream(seed: UInt64(seed), stream: 7)
        let graph = Self.random(60, share: 0.05, isWeighted: true, &stream)
        let part = LeidenCommunities(resolution: 0.3).communities(of: graph)
        var reached = [Bool](repeating: false, count: 60)
        for community in 0...(part.max() ?? 0) {
            var open = Array(part.indices.filter { part[$0] == community }.prefix(1))
            for node in open { reached[node] = true }
            while let node = open.popLast() {
                for (neighbor, _) in graph.neighbors(node) where part[neighbor] == community && !reached[neighbor] {
                    reached[neighbor] = true
                    open.append(neighbor)
                }
            }
        }
        #expect(reached.allSatisfy { $0 }, "seed \(seed)")
    }

    @Test func aggregatingKeepsModularity() throws {
        var stream = RandomStream(seed: 3)
        let graph = Self.random(30, share: 0.3, isWeighted: true, &stream)
        let part = (0..<30).map { $0 % 4 }
        let whole = graph.aggregated(part, count: 4)
        let expected = try #require(graph.modularity(of: part, resolution: 1.2))
        let found = try #require(whole.modularity(of: [0, 1, 2, 3], resolution: 1.2))
        #expect(abs(expected - found) < 1e-12)
        #expect(abs(whole.totalStrength - graph.totalStrength) < 1e-9)
    }

    @Test func modularityIsThatOfTheDefinition() {
        // Two triangles joined by an edge: m = 7, L = 3 and K = 7 on both sides.
        let edges = [(0, 1), (0, 2), (1, 2), (2, 3), (3, 4), (3, 5), (4, 5)].map {
            (first: $0.0, second: $0.1, weight: 1.0)
        }
        let graph = WeightedGraph(nodeCount: 6, edges: edges)
        let expected = 2 * (3.0 / 7 - 0.25)
        #expect(abs((graph.modularity(of: [0, 0, 0, 1, 1, 1], resolution: 1) ?? 0) - expected) < 1e-15)
        #expect(LeidenCommunities().communities(of: graph) == [0, 0, 0, 1, 1, 1])
        #expect(WeightedGraph(nodeCount: 3, edges: []).modularity(of: [0, 1, 2], resolution: 1) == nil)
        #expect(LeidenCommunities().communities(of: WeightedGraph(nodeCount: 0, edges: [])) == [])
    }

    private static func random(
        _ count: Int, share: Double, isWeighted: Bool, _ stream: inout RandomStream
    ) -> WeightedGraph {
        var edges: [(first: Int, second: Int, weight: Double)] = []
        for first in 0..<count {
            for second in (first + 1)..<max(count, first + 1) where stream.nextUnit() < share {
                edges.append((first, second, isWeighted ? 0.1 + stream.nextUnit() : 1))
            }
        }
        return WeightedGraph(nodeCount: count, edges: edges)
    }

    /// Every partition of `count` nodes: each node joins a part of those before it, or opens the next.
    private static func forEachPartition(_ count: Int, _ body: ([Int]) -> Void) {
        var part = [Int](repeating: 0, count: count)
        func extend(_ node: Int, _ parts: Int) {
            guard node < count else { return body(part) }
            for choice in 0...parts {
                part[node] = choice
                extend(node + 1, max(parts, choice + 1))
            }
        }
        extend(0, 0)
    }
}
