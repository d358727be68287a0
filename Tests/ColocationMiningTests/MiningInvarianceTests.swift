import ColocationMining
import FirmClustersTestSupport
import FirmModel
import Testing

/// What a change of the input must do to the patterns, and what must not matter.
@Suite struct MiningInvarianceTests {
    /// In the plane and on whole numbers, so that moving and doubling round nothing.
    private func gridded(_ seed: Int, firms count: Int = 300, types: Int = 6) -> MarkedFirms {
        var firms = MarkedFirms.random(seed: seed - seed % 8 + seed % 4, firms: count, types: types, meanNeighbors: 7)
        firms.places = firms.places.map { Coordinate(x: ($0.x * 8).rounded() / 8, y: ($0.y * 8).rounded() / 8) }
        firms.distance = (firms.distance * 8).rounded() / 8
        return firms
    }

    private func patterns(
        _ firms: MarkedFirms, threads: Int = 2, measure: PatternMiner.Measure = .minimum
    ) throws -> [ColocationPattern] {
        try MinedRegister(firms, threads: threads).patterns(minimumIndex: 0.05, measure: measure)
    }

    @Test(arguments: 0..<8) func orderOfTheRowsDoesNotMatter(seed: Int) throws {
        let firms = MarkedFirms.random(
            seed: seed, firms: 150, types: 6, meanNeighbors: 5, withWeights: true, withCodes: true)
        var stream = RandomStream(seed: UInt64(seed), stream: 62)
        let order = firms.places.indices.shuffled(using: &stream)
        var shuffled = firms
        shuffled.places = order.map { firms.places[$0] }
        shuffled.types = order.map { firms.types[$0] }
        shuffled.weights = firms.weights.map { weights in order.map { weights[$0] } }
        shuffled.firms = firms.firms.map { behind in order.map { behind[$0] } }
        let (first, second) = (try MinedRegister(firms), try MinedRegister(shuffled))
        let found = try first.patterns(minimumIndex: 0.05)
        #expect(!found.isEmpty)
        #expect(try second.patterns(minimumIndex: 0.05) == found)
        let strongest = try #require(found.last).industries.map { Int($0) }
        #expect(
            Set(try second.participants(in: strongest).map { order[$0] }) == (try first.participants(in: strongest)))
    }

    @Test(arguments: 0..<8) func movingDoesNotMatter(seed: Int) throws {
        let firms = gridded(seed)
        var moved = firms
        moved.places = firms.places.map { Coordinate(x: $0.x - 65_536.25, y: $0.y + 1_048_576.5) }
        let found = try patterns(firms)
        #expect(!found.isEmpty)
        #expect(try patterns(moved) == found)
    }

    @Test(arguments: 0..<8) func aChangeOfUnitDoesNotMatter(seed: Int) throws {
        let firms = gridded(seed)
        for factor in [0.25, 64] {
            var scaled = firms
            scaled.places = firms.places.map { Coordinate(x: factor * $0.x, y: factor * $0.y) }
            scaled.distance = factor * firms.distance
            #expect(try patterns(scaled) == patterns(firms))
        }
    }

    /// Every firm twice: as many rows again in each column, the same ratios.
    @Test(arguments: 0..<8) func ratiosOfARegisterThatIsThereTwice(seed: Int) throws {
        let firms = MarkedFirms.random(seed: seed, firms: 200, types: 6, meanNeighbors: 7)
        var twice = firms
        twice.places += firms.places
        twice.types += firms.types
        for measure in PatternMiner.Measure.allCases {
            let found = try patterns(firms, measure: measure)
            #expect(
                try patterns(twice, measure: measure)
                    == found.map {
                        ColocationPattern(
                            industries: $0.industries, participants: $0.participants.map { 2 * $0 },
                            totals: $0.totals.map { 2 * $0 })
                    })
        }
    }

    /// A weight of 2 is a firm that is there twice.
    @Test(arguments: 0..<8) func weightsAreRepeatedFirms(seed: Int) throws {
        var firms = MarkedFirms.random(seed: seed, firms: 150, types: 5, meanNeighbors: 7)
        var stream = RandomStream(seed: UInt64(seed), stream: 63)
        let weights = firms.types.map { _ in 1 + stream.next(below: 4) }
        var repeated = firms
        for (firm, weight) in weights.enumerated() {
            repeated.places += Array(repeating: firms.places[firm], count: weight - 1)
            repeated.types += Array(repeating: firms.types[firm], count: weight - 1)
        }
        firms.weights = weights
        #expect(try patterns(firms) == patterns(repeated))
    }

    @Test(arguments: 0..<8) func threadsDoNotMatter(seed: Int) throws {
        let firms = MarkedFirms.random(
            seed: seed, firms: 220, types: 5, meanNeighbors: 5, withWeights: seed % 2 == 0, withCodes: seed % 3 == 0)
        for measure in PatternMiner.Measure.allCases {
            let found = try patterns(firms, threads: 1, measure: measure)
            #expect(!found.isEmpty)
            #expect(try patterns(firms, threads: 2, measure: measure) == found)
            #expect(try patterns(firms, threads: 4, measure: measure) == found)
        }
    }

    /// PR(C′, f) ≤ PR(C, f) for C ⊂ C′, so that every part of a prevalent pattern is there.
    @Test(arguments: 0..<8) func ratiosDoNotGrowWithThePattern(seed: Int) throws {
        let firms = MarkedFirms.random(seed: seed, firms: 400, types: 7, meanNeighbors: 8, withWeights: seed % 2 == 0)
        let found = try patterns(firms)
        let byIndustries = Dictionary(uniqueKeysWithValues: found.map { ($0.industries, $0) })
        #expect(found.contains { $0.size > 2 })
        for pattern in found where pattern.size > 2 {
            for left in pattern.industries.indices {
                let kept = pattern.industries.indices.filter { $0 != left }
                let part = try #require(byIndustries[kept.map { pattern.industries[$0] }])
                #expect(zip(kept, part.participants).allSatisfy { pattern.participants[$0] <= $1 })
            }
        }
    }

    @Test(arguments: 0..<8) func aLargerDistanceLosesNothing(seed: Int) throws {
        let near = MarkedFirms.random(seed: seed, firms: 300, types: 5, meanNeighbors: 5)
        var far = near
        far.distance *= 1.5
        let wide = try MinedRegister(far)
        for pattern in try patterns(near) {
            let wider = try wide.participation(in: pattern.industries.map { Int($0) })
            #expect(zip(pattern.participants, wider.participants).allSatisfy { $0 <= $1 })
        }
    }

    @Test func everyTypeAtEverySite() throws {
        let sites = (0..<6).map { Coordinate(x: 1000 * Double($0), y: 0) }
        let firms = MarkedFirms(
            sites.flatMap { Array(repeating: $0, count: 7) }, types: sites.flatMap { _ in Array(0..<7) }, distance: 10)
        for measure in PatternMiner.Measure.allCases {
            let found = try patterns(firms, measure: measure)
            // 7 over 2, 3, 4 and 5.
            #expect(found.count == 21 + 35 + 35 + 21)
            #expect(found.allSatisfy { $0.participationIndex == 1 && $0.participants.allSatisfy { $0 == 6 } })
        }
        let mined = try MinedRegister(firms)
        #expect(try mined.rowInstances(of: [0, 1, 2, 3, 4, 5, 6]) == 6)
        #expect(try mined.relation.neighborPairs(of: mined.labels, workers: mined.workers) == 6 * 7 * 6)
    }

    /// A tower: 4000 firms at one site, half of each type.
    @Test func manyFirmsAtOneSite() throws {
        let firms = MarkedFirms(
            Array(repeating: Coordinate(x: 5, y: 5), count: 4000), types: (0..<4000).map { $0 % 4 }, distance: 1)
        let mined = try MinedRegister(firms)
        #expect(try mined.patterns(minimumIndex: 1).count == 6 + 4 + 1)
        #expect(try mined.relation.neighborPairs(of: mined.labels, workers: mined.workers) == 4000 * 3000)
        #expect(try mined.relation.neighborPairs(of: nil, workers: mined.workers) == 4000 * 3999)
        #expect(try mined.rowInstances(of: [0, 1, 2, 3]) == 1_000_000_000_000)
        #expect(try mined.participants(in: [0, 1, 2, 3]).count == 4000)
    }

    /// The entries of a firm that has both codes are no neighbors of each other; of two firms at one site they are.
    @Test func codesOfOneFirm() throws {
        var firms = MarkedFirms(
            [0, 0, 1000, 1000].map { Coordinate(x: $0, y: 0) }, types: [0, 1, 0, 1], firms: [0, 0, 1, 1], distance: 10)
        #expect(try patterns(firms).isEmpty)
        #expect(try MinedRegister(firms).rowInstances(of: [0, 1]) == 0)
        firms.places[2] = Coordinate(x: 10, y: 0)
        firms.places[3] = Coordinate(x: 10, y: 0)
        #expect(try patterns(firms).map(\.participationIndex) == [1])
        #expect(try MinedRegister(firms).rowInstances(of: [0, 1]) == 2)
    }

    @Test func distancesAreInclusive() throws {
        let places = [Coordinate(x: 0, y: 0), Coordinate(x: 3, y: 4)]
        #expect(try patterns(MarkedFirms(places, types: [0, 1], distance: 5)).count == 1)
        #expect(try patterns(MarkedFirms(places, types: [0, 1], distance: (5.0).nextDown)).isEmpty)
    }

    @Test(arguments: [false, true]) func everythingNeighborsEverything(isGeographic: Bool) throws {
        let firms = MarkedFirms(
            [Coordinate(x: 0, y: 0), Coordinate(x: 180, y: 0), Coordinate(x: 90, y: 90), Coordinate(x: -90, y: -45)],
            types: [0, 1, 2, 3], distance: 30_000_000, isGeographic: isGeographic)
        #expect(try patterns(firms).count == 6 + 4 + 1)
    }

    @Test func registersWithoutPatterns() throws {
        #expect(try patterns(MarkedFirms([], types: [], distance: 5)).isEmpty)
        let place = Coordinate(x: 0, y: 0)
        #expect(try patterns(MarkedFirms([place], types: [0], distance: 5)).isEmpty)
        #expect(try patterns(MarkedFirms([place, place], types: [0, 0], distance: 5)).isEmpty)
        #expect(try patterns(MarkedFirms([place, place], types: [-1, -1], distance: 5)).isEmpty)
    }
}
