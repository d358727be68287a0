import FirmModel
import Testing

@testable import PatternAnalysis

@Suite struct IndustryNetworkTests {
    private static func pair(_ one: String, _ other: String, _ index: Double) -> PatternRecord {
        PatternRecord(
            industries: [one, other], titles: [nil, nil], participationIndex: index,
            participationRatios: [index, 1], maximumParticipationRatio: 1, participants: [3, 4])
    }

    private static func tested(_ one: String, _ other: String, ratio: Double?, significant: Bool) -> PatternRecord {
        var record = pair(one, other, 0.5)
        (record.pValue, record.indexRatio, record.significant) = (0.01, ratio, significant)
        return record
    }

    private static let industries = ["B", "A", "D", "C", "E"].map {
        IndustryOutcome(code: $0, title: $0 == "A" ? "Apples" : nil, firms: 10)
    }

    @Test func pairsBecomeEdges() throws {
        let network = IndustryNetwork(
            industries: Self.industries,
            patterns: [Self.pair("C", "D", 0.75), Self.pair("A", "B", 0.5), Self.pair("A", "X", 0.5)])
        #expect(network.weight == .participationIndex)
        #expect(network.nodes.map(\.code) == ["A", "B", "C", "D", "E"])
        #expect(network.nodes.map(\.title) == ["Apples", nil, nil, nil, nil])
        #expect(network.nodes.map(\.degree) == [1, 1, 1, 1, 0])
        #expect(network.nodes.map(\.strength) == [0.5, 0.5, 0.75, 0.75, 0])
        // Blocks of the same size: the stronger first. E is alone.
        #expect(network.nodes.map(\.community) == [2, 2, 1, 1, 3])
        #expect(network.blocks == [[2, 3], [0, 1]])
        #expect(network.edges.map { [$0.first, $0.second] } == [[0, 1], [2, 3]])
        #expect(network.edges.map(\.weight) == [0.5, 0.75])
        let (k1, k2) = (1.5 / 2.5, 1.0 / 2.5)
        #expect(abs(try #require(network.modularity) - (1 - k1 * k1 - k2 * k2)) < 1e-12)
    }

    @Test func testedPairsAreEdgesWhereTheyAreSignificantAndAboveChance() {
        let network = IndustryNetwork(
            industries: Self.industries,
            patterns: [
                Self.tested("A", "B", ratio: 1.6, significant: true),
                Self.tested("A", "C", ratio: 1.6, significant: false),
                Self.tested("A", "D", ratio: 0.9, significant: true),
                Self.tested("B", "C", ratio: nil, significant: true),
            ])
        #expect(network.weight == .indexRatio)
        #expect(network.edges.map { [$0.first, $0.second] } == [[0, 1]])
        #expect(network.edges.map(\.weight) == [1.6])
    }

    @Test func onlyPairsOfIndustriesConsideredAreEdges() {
        // A pattern of three is no edge, and an industry that was left out no node.
        var three = Self.pair("A", "B", 0.5)
        three.industries.append("C")
        var industries = Self.industries
        industries[4].excluded = "fewer than 10 firms"
        let network = IndustryNetwork(industries: industries, patterns: [three, Self.pair("A", "E", 0.4)])
        #expect(network.edges.isEmpty)
        #expect(network.nodes.count == 4)
        #expect(network.modularity == nil)
        #expect(network.nodes.map(\.community) == [1, 2, 3, 4])
    }

    @Test func nothingAtAllIsANetwork() {
        let network = IndustryNetwork(industries: [], patterns: [])
        #expect(network.nodes.isEmpty && network.edges.isEmpty && network.blocks.isEmpty)
    }

    @Test(arguments: 0..<5) func theOrderOfTheInputDoesNotMatter(seed: Int) {
        var stream = RandomStream(seed: UInt64(seed))
        let codes = (0..<40).map { "I\($0)" }
        var industries = codes.map { IndustryOutcome(code: $0, title: nil, firms: 1) }
        var pairs: [PatternRecord] = []
        for one in codes.indices {
            for other in codes.indices where one < other && stream.nextUnit() < 0.15 {
                // Few distinct weights, for many ties.
                pairs.append(Self.pair(codes[one], codes[other], Double(1 + stream.next(below: 3)) / 4))
            }
        }
        let network = IndustryNetwork(industries: industries, patterns: pairs)
        for _ in 0..<3 {
            industries.shuffle(using: &stream)
            pairs.shuffle(using: &stream)
            #expect(IndustryNetwork(industries: industries, patterns: pairs) == network, "seed \(seed)")
        }
    }
}
