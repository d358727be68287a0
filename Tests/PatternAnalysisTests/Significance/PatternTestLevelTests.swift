import ColocationMining
import FirmModel
import ParallelWork
import SignificanceTesting
import SpatialIndex
import Testing

@testable import PatternAnalysis

/// How often registers without any relation between industries get a significant pattern.
@Suite struct PatternTestLevelTests {
    private let level = 0.1
    private let registers = 120

    /// The most registers that may be rejected: the level and three standard errors.
    private var most: Int {
        let count = Double(registers)
        return Int((count * level + 3 * (count * level * (1 - level)).squareRoot()).rounded(.down))
    }

    private func rejections(
        _ test: PatternTest, register: @Sendable (Int) throws -> CenterRegister
    ) throws -> (colocated: Int, segregated: Int) {
        let counts = ResultSlots<(Bool, Bool)>(count: registers)
        try Workers().forEach(in: 0..<registers, grain: 1) { range, _ in
            for seed in range {
                var test = test
                test.seed = UInt64(seed)
                let register = try register(seed)
                let relation = try NeighborRelation(register.sites, distance: 50, workers: Workers(count: 1))
                var miner = PatternMiner()
                miner.maximumSize = 3
                let tested = try test.run(
                    miner: miner, labels: register.labels, relation: relation, workers: Workers(count: 1))
                counts.set(
                    seed, (!tested.significant.isEmpty, tested.patterns.contains(where: \.isSegregated)))
            }
        }
        return (counts.values.count { $0.0 }, counts.values.count { $0.1 })
    }

    @Test(arguments: [PatternTest.Adjustment.withinSize(.benjaminiHochberg), .stepDownMaximum])
    func industriesThatShareTheirCentersAreRejectedAsOftenAsTheLevelSays(adjustment: PatternTest.Adjustment) throws {
        let test = PatternTest(simulations: 59, adjustment: adjustment, significanceLevel: level)
        let (colocated, segregated) = try rejections(test) { seed in
            try CenterRegister.chance(firms: 130, industries: 4, seed: seed)
        }
        print("random labelling, \(adjustment): \(colocated) and \(segregated) of \(registers), seeds 0..<\(registers)")
        #expect(colocated <= most)
        #expect(segregated <= most)
        // A test that never rejects would pass the above.
        #expect(colocated + segregated > 0)
    }

    /// Each industry has places where it is common, which have nothing to do with those of the others.
    @Test(arguments: [PatternTest.Adjustment.withinSize(.benjaminiHochberg), .stepDownMaximum])
    func bunchedIndustriesAreNotRejectedByTheShift(adjustment: PatternTest.Adjustment) throws {
        let test = PatternTest(
            simulations: 59, nullModel: .cyclicShift, adjustment: adjustment, significanceLevel: level)
        let (colocated, segregated) = try rejections(test) { seed in
            var stream = RandomStream(seed: UInt64(seed), stream: 67)
            let places = CenterRegister.places(130, stream: &stream)
            let waves = (0..<4).map { _ in
                (stream.nextUnit() * 0.003, stream.nextUnit() * 0.003, stream.nextUnit())
            }
            let industries = places.map { place in
                // Rises from 0 to 1 and falls again.
                let strengths = waves.map { wave in
                    let phase = wave.0 * place.x + wave.1 * place.y + wave.2
                    return 2 * abs(phase - phase.rounded())
                }
                var drawn = stream.nextUnit() * strengths.reduce(0, +)
                return Int32(
                    strengths.firstIndex {
                        drawn -= $0; return drawn < 0
                    } ?? 3)
            }
            return try CenterRegister(places, industries)
        }
        print("cyclic shift, \(adjustment): \(colocated) and \(segregated) of \(registers), seeds 0..<\(registers)")
        #expect(colocated <= most)
        #expect(segregated <= most)
    }
}
