import FirmClustersTestSupport
import FirmModel
import Testing

/// The definitions that the engine is held against agree with each other and with published examples in every number.
@Suite struct DefinitionTests {
    @Test(arguments: GoldenColocation.names) func theDefinitionsGiveTheWorkedExamples(name: String) throws {
        let golden = try GoldenColocation(name)
        let definition = ColocationDefinition(golden.firms)
        #expect(golden.named(definition.neighborPairs) == golden.listed(golden.expected["neighbour_pairs"]))
        if let cliques = golden.expected["maximal_cliques"] {
            #expect(golden.named(definition.maximalCliques) == golden.listed(cliques))
        }
        let expected = golden.patterns
        #expect(!expected.isEmpty)
        for found in [
            definition.joinBased(maximumSize: 6), definition.joinless(maximumSize: 6),
            definition.cliqueBased(maximumSize: 6),
        ] {
            #expect(found.count == expected.count)
            for pattern in found.map(golden.named) {
                let theirs = try #require(expected[pattern.types])
                #expect(pattern.rowInstances == theirs.rowInstances)
                if !theirs.rows.isEmpty { #expect(pattern.rows == theirs.rows) }
                #expect(pattern.ratios == theirs.ratios)
                #expect(pattern.index == theirs.index)
            }
        }
    }

    @Test func thresholdsOfTheWorkedExample() throws {
        let golden = try GoldenColocation("huang2004")
        let definition = ColocationDefinition(golden.firms)
        let names = { (patterns: [DefinedPattern]) in patterns.map { golden.named($0).types.joined(separator: ",") } }
        let expected = (golden.expected["prevalent_at_0_5"]?.items ?? []).compactMap(\.text)
        #expect(expected == ["A,C", "B,C"])
        #expect(names(definition.joinBased(maximumSize: 3, minimumIndex: 0.5)) == expected)
        #expect(names(definition.joinless(maximumSize: 3, minimumIndex: 0.5)) == expected)
        #expect(names(definition.cliqueBased(maximumSize: 3, minimumIndex: 0.5)) == expected)
        // The largest ratios are 3/4, 2/3, 4/5 and 1/3.
        #expect(names(definition.weaklyMonotone(maximumSize: 3, minimumRatio: 2.0 / 3)) == ["A,B", "A,C", "B,C"])
        #expect(names(definition.weaklyMonotone(maximumSize: 3, minimumRatio: 1.0 / 3)).last == "A,B,C")
    }

    @Test(arguments: 0..<48) func theDefinitionsAgree(seed: Int) {
        let firms = MarkedFirms.random(
            seed: seed, firms: 40 + 5 * (seed % 5), types: [3, 5, 8, 30][seed % 4], meanNeighbors: 5,
            withWeights: seed % 3 == 0, withCodes: seed % 5 == 0)
        let definition = ColocationDefinition(firms)
        let size = seed % 4 == 3 ? 3 : 5
        let all = definition.cliqueBased(maximumSize: size)
        #expect(definition.joinBased(maximumSize: size) == all, "seed \(seed)")
        #expect(definition.joinless(maximumSize: size) == all, "seed \(seed)")
        #expect(definition.weaklyMonotone(maximumSize: size, minimumRatio: 0) == all, "seed \(seed)")
        for least in [0.2, 0.5] {
            let prevalent = all.filter { $0.index >= least }
            #expect(definition.joinBased(maximumSize: size, minimumIndex: least) == prevalent, "seed \(seed), \(least)")
            #expect(definition.joinless(maximumSize: size, minimumIndex: least) == prevalent, "seed \(seed), \(least)")
            let striking = all.filter { $0.maximumRatio >= least }
            #expect(
                definition.weaklyMonotone(maximumSize: size, minimumRatio: least) == striking, "seed \(seed), \(least)")
        }
    }

    /// P(A ⇒ B) in two ways; of a single type it is the participation ratio, with antecedents of any size.
    @Test(arguments: 0..<8) func rulesAgree(seed: Int) {
        let firms = MarkedFirms.random(seed: seed, firms: 24, types: 4, meanNeighbors: 6, withCodes: seed % 4 == 0)
        let definition = ColocationDefinition(firms)
        for pattern in definition.joinBased(maximumSize: 4) {
            for mask in 1..<(1 << pattern.types.count) - 1 {
                let (antecedent, consequent) = (
                    pattern.types.indices.filter { mask >> $0 & 1 == 1 }.map { pattern.types[$0] },
                    pattern.types.indices.filter { mask >> $0 & 1 == 0 }.map { pattern.types[$0] }
                )
                let probability = definition.conditionalProbability(of: antecedent, within: pattern)
                #expect(probability == definition.extendableShare(of: antecedent, by: consequent), "seed \(seed)")
                if antecedent.count == 1, let place = pattern.types.firstIndex(of: antecedent[0]) {
                    #expect(probability == pattern.ratios[place])
                }
            }
        }
    }
}
