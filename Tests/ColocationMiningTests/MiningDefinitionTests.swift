import ColocationMining
import FirmClustersTestSupport
import FirmModel
import Testing

/// The engine against the definitions, on registers made to hurt. The definitions take turns; that they agree is checked by
/// ``DefinitionTests``.
@Suite struct MiningDefinitionTests {
    /// All patterns of a register by one of three definitions.
    private func defined(_ definition: ColocationDefinition, seed: Int, maximumSize: Int) -> [DefinedPattern] {
        switch seed % 3 {
        case 0: definition.joinBased(maximumSize: maximumSize)
        case 1: definition.joinless(maximumSize: maximumSize)
        default: definition.cliqueBased(maximumSize: maximumSize)
        }
    }

    private func expectAgreement(
        _ firms: MarkedFirms, seed: Int, maximumSize: Int, thresholds: [Double] = [1e-9, 0.1, 0.3, 1]
    ) throws {
        let definition = ColocationDefinition(firms)
        let all = defined(definition, seed: seed, maximumSize: maximumSize)
        let mined = try MinedRegister(firms, threads: 1 + seed % 3)
        #expect(
            try mined.relation.neighborPairs(of: mined.labels, workers: mined.workers)
                == 2 * definition.neighborPairs.count, "seed \(seed)")
        for least in thresholds {
            let prevalent = all.filter { $0.index >= least }.map(mined.expected)
            #expect(
                try mined.patterns(maximumSize: maximumSize, minimumIndex: least) == prevalent,
                "seed \(seed), index \(least)")
            let striking = all.filter { $0.maximumRatio >= least }.map(mined.expected)
            #expect(
                try mined.patterns(maximumSize: maximumSize, minimumIndex: least, measure: .maximum) == striking,
                "seed \(seed), largest ratio \(least)")
        }
        // Patterns that are asked for by name, in any order; few of them, spread over all sizes.
        for pattern in all.indices.filter({ $0 % (1 + all.count / 12) == 0 }).reversed().map({ all[$0] }) {
            #expect(try mined.participation(in: pattern.types) == mined.expected(pattern), "seed \(seed)")
            #expect(try mined.rowInstances(of: pattern.types) == pattern.rows.count, "seed \(seed)")
            #expect(
                try mined.participants(in: pattern.types) == pattern.participants.reduce([]) { $0.union($1) },
                "seed \(seed)")
        }
    }

    @Test(arguments: 0..<120) func fewTypes(seed: Int) throws {
        let firms = MarkedFirms.random(
            seed: seed, firms: 30 + 11 * (seed % 6), types: 2 + seed % 7, meanNeighbors: 5, withWeights: seed % 5 == 0,
            withCodes: seed % 7 == 0)
        try expectAgreement(firms, seed: seed, maximumSize: 2 + seed % 5)
    }

    /// More types than a word has bits.
    @Test(arguments: 0..<32) func manyTypes(seed: Int) throws {
        let firms = MarkedFirms.random(
            seed: seed, firms: 90, types: [40, 64, 65, 100][seed / 8], meanNeighbors: 2,
            withWeights: seed % 5 == 0, withCodes: seed % 7 == 0)
        // Where firms are clumped, too many triples to list.
        try expectAgreement(
            firms, seed: seed, maximumSize: [1, 3].contains(seed % 8) ? 2 : 3, thresholds: [1e-9, 0.5])
    }

    /// Far more neighbors than types: row instances abound.
    @Test(arguments: 0..<16) func crowds(seed: Int) throws {
        let firms = MarkedFirms.random(
            seed: seed, firms: 60, types: 3, meanNeighbors: 25, withWeights: seed % 3 == 0, withCodes: seed % 4 == 0)
        try expectAgreement(firms, seed: seed, maximumSize: 3)
    }

    @Test(arguments: 0..<16) func smallTypesAreLeftOut(seed: Int) throws {
        let firms = MarkedFirms.random(seed: seed, firms: 60, types: 9, meanNeighbors: 5)
        let definition = ColocationDefinition(firms.leavingOut(typesBelow: 5))
        let mined = try MinedRegister(firms)
        #expect(
            try mined.patterns(minimumIndex: 0.1, minimumFirms: 5)
                == definition.joinBased(maximumSize: 5, minimumIndex: 0.1).map(mined.expected), "seed \(seed)")
    }

    @Test(arguments: 0..<16) func firmsThatTakeNoPart(seed: Int) throws {
        var firms = MarkedFirms.random(seed: seed, firms: 60, types: 4, meanNeighbors: 7)
        for firm in stride(from: seed % 3, to: firms.count, by: 3) { firms.types[firm] = -1 }
        try expectAgreement(firms, seed: seed, maximumSize: 4)
    }

    /// Pairs of all firms, of one industry too.
    @Test(arguments: 0..<16) func pairsOfAllFirms(seed: Int) throws {
        let firms = MarkedFirms.random(seed: seed, firms: 120, types: 3, meanNeighbors: 9)
        let mined = try MinedRegister(firms, threads: 1 + seed % 2)
        let pairs = (0..<firms.count).reduce(0) { sum, i in
            sum + (0..<firms.count).count { $0 != i && firms.areWithinDistance(i, $0) }
        }
        #expect(try mined.relation.neighborPairs(of: nil, workers: mined.workers) == pairs, "seed \(seed)")
    }

    /// A pattern without a row instance has an index of 0, in whatever company it is asked for.
    @Test(arguments: 0..<8) func patternsWithoutInstances(seed: Int) throws {
        let firms = MarkedFirms.random(seed: seed, firms: 30, types: 6, meanNeighbors: 2)
        let definition = ColocationDefinition(firms)
        let found = Dictionary(
            uniqueKeysWithValues: definition.joinless(maximumSize: 4).map { ($0.types, $0) })
        let mined = try MinedRegister(firms)
        let present = Set(firms.types).sorted()
        let asked = (1..<1 << present.count).map { mask in
            present.indices.filter { mask >> $0 & 1 == 1 }.map { present[$0] }
        }
        .filter { (2...4).contains($0.count) }
        let answers = try mined.relation.participation(
            in: asked.map { $0.map { Int32($0) } }, of: mined.labels, workers: mined.workers)
        for (types, answer) in zip(asked, answers) {
            if let pattern = found[types] {
                #expect(answer == mined.expected(pattern))
            } else {
                #expect(answer.participants.allSatisfy { $0 == 0 } && answer.participationIndex == 0)
                #expect(try mined.rowInstances(of: types) == 0)
                #expect(try mined.participants(in: types).isEmpty)
            }
        }
    }

    @Test(arguments: GoldenColocation.names) func workedExamples(name: String) throws {
        let golden = try GoldenColocation(name)
        let mined = try MinedRegister(golden.firms)
        let patterns = try mined.patterns(maximumSize: 6, minimumIndex: 1e-9)
        #expect(patterns.count == golden.patterns.count)
        for pattern in patterns {
            let types = pattern.industries.map { golden.typeNames[Int($0)] }
            let theirs = try #require(golden.patterns[types])
            #expect(pattern.participationIndex == theirs.index)
            #expect(pattern.participationRatios == types.map { theirs.ratios[$0] })
            #expect(try mined.rowInstances(of: pattern.industries.map { Int($0) }) == theirs.rowInstances)
        }
        #expect(
            try mined.relation.neighborPairs(of: mined.labels, workers: mined.workers)
                == 2 * golden.listed(golden.expected["neighbour_pairs"]).count)
    }
}
