import ColocationMining
import FirmClustersTestSupport
import FirmModel
import Foundation
import ParallelWork
import SignificanceTesting
import SpatialIndex
import Synchronization
import Testing

@testable import PatternAnalysis

@Suite struct PatternTestTests {
    private let one = Workers(count: 1)

    private struct Golden: Decodable {
        let neighbour_distance: Double
        let simulations: Int
        let patterns: [String: Pattern]

        struct Pattern: Decodable {
            let PI: Double
            let null_mean: Double
            let p_upper: Double
            let p_lower: Double
            let p_upper_bh: Double
        }
    }

    /// 80 points, all patterns of two and three of five types, against 9,999 relabellings by another program.
    @Test func twentyPatternsAsComputedElsewhere() throws {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Golden")
        let golden = try JSONDecoder().decode(
            Golden.self, from: Data(contentsOf: folder.appendingPathComponent("colocation_significance_expected.json")))
        let table = try GoldenTable(
            contentsOf: folder.appendingPathComponent("colocation_random80_points.csv"))
        let (x, y) = (try table.doubles("x"), try table.doubles("y"))
        let types = try table.column("feature") { text in
            text.utf8.first.map { Int32($0) - 65 }
        }
        let register = try CenterRegister(zip(x, y).map { Coordinate(x: $0, y: $1) }, types)
        let relation = try NeighborRelation(register.sites, distance: Meters(golden.neighbour_distance), workers: one)
        let names = golden.patterns.keys.sorted()
        #expect(names.count == 20)
        let test = PatternTest(simulations: 1999, seed: 8)
        let tested = try test.run(
            patterns: names.map { $0.utf8.map { Int32($0) - 65 } }, labels: register.labels, relation: relation)
        #expect(tested.patterns.count == 20)
        func tolerance(_ p: Double) -> Double {
            0.015 + 3 * (p * (1 - p) / Double(test.simulations)).squareRoot()
        }
        for (name, pattern) in zip(names, tested.patterns) {
            let expected = try #require(golden.patterns[name])
            #expect(pattern.index == expected.PI, "\(name)")
            let error =
                pattern.nullDeviation * (1 / Double(test.simulations) + 1 / Double(golden.simulations)).squareRoot()
            #expect(abs(pattern.nullMean - expected.null_mean) < 4 * error, "\(name)")
            #expect(abs(pattern.pValue - expected.p_upper) < tolerance(expected.p_upper), "\(name)")
            #expect(abs(pattern.segregationPValue - expected.p_lower) < tolerance(expected.p_lower), "\(name)")
            // The smallest of up to twenty p-values, each times at most twenty over its rank.
            #expect(abs(pattern.qValue - expected.p_upper_bh) < 0.25, "\(name)")
        }
        let adjusted = FalseDiscoveryAdjustment.benjaminiHochberg.adjusted(tested.patterns.map(\.pValue))
        #expect(tested.patterns.map(\.qValue) == adjusted.compactMap { $0 })
        #expect(tested.significant.isEmpty)
        #expect(tested.families.map(\.sizes) == [2...3])
    }

    // MARK: The procedure

    /// A register with a pair and a triple that keep together, among industries that share their centers.
    private func planted(seed: Int) throws -> CenterRegister {
        var stream = RandomStream(seed: UInt64(seed), stream: 65)
        var places = CenterRegister.places(420, stream: &stream)
        var industries = places.map { _ in Int32(5 + stream.next(below: 4)) }
        for group in [[0, 1], [2, 3, 4]] as [[Int32]] {
            for place in CenterRegister.places(45, stream: &stream) + places.prefix(15) {
                for industry in group {
                    places.append(
                        Coordinate(x: place.x + 12 * stream.nextUnit(), y: place.y + 12 * stream.nextUnit()))
                    industries.append(industry)
                }
            }
        }
        return try CenterRegister(places, industries)
    }

    @Test(arguments: [PatternTest.Adjustment.withinSize(.benjaminiHochberg), .stepDownMaximum])
    func plantedPatternsAreFoundAndSharedCentersAreNot(adjustment: PatternTest.Adjustment) throws {
        for seed in 1...2 {
            let register = try planted(seed: seed)
            let relation = try NeighborRelation(register.sites, distance: 40, workers: one)
            // With 36 pairs no fewer than 719 simulations let a single one be significant by Benjamini & Hochberg.
            let test = PatternTest(
                simulations: adjustment == .stepDownMaximum ? 199 : 799, adjustment: adjustment, seed: UInt64(seed))
            let tested = try test.run(miner: PatternMiner(), labels: register.labels, relation: relation)
            #expect(tested.warnings == [])
            #expect(
                tested.significant.map(\.pattern.industries) == [[0, 1], [2, 3], [2, 4], [3, 4], [2, 3, 4]],
                "seed \(seed)")
            #expect(tested.maximal.map(\.pattern.industries) == [[0, 1], [2, 3, 4]])
            #expect(tested.families.map(\.tested) == [36, 1])
            #expect(tested.families.map(\.significant) == [4, 1])
            // Shared centers alone would pass any threshold in use.
            let shared = try #require(tested[[5, 6]])
            #expect(shared.index > 0.3 && !shared.isSignificant)
            let triple = try #require(tested[[2, 3, 4]])
            #expect((triple.indexRatio ?? 0) > 1.5 && (triple.standardizedIndex ?? 0) > 4)
            #expect(tested[[0, 1, 2]] == nil)
        }
    }

    @Test func resultsDependNeitherOnThreadsNorOnRowsNorOnWhatIsKept() throws {
        var stream = RandomStream(seed: 9, stream: 66)
        let places = CenterRegister.places(300, stream: &stream)
        let industries = places.map { _ in Int32(stream.next(below: 5)) }
        let weights = places.map { _ in Int64(1 + stream.next(below: 4)) }
        func run(_ order: [Int], workers: Int, keeping bytes: Int) throws -> [TestedPattern] {
            // Rows of one place and industry are told apart by their weight.
            let sorted = order.sorted {
                (places[$0].x, places[$0].y, industries[$0], weights[$0])
                    < (places[$1].x, places[$1].y, industries[$1], weights[$1])
            }
            let rows = workers == 1 ? sorted : Array(sorted)
            let register = try CenterRegister(
                rows.map { places[$0] }, rows.map { industries[$0] }, weights: rows.map { weights[$0] },
                workers: Workers(count: workers))
            let relation = try NeighborRelation(register.sites, distance: 60, workers: Workers(count: workers))
            var test = PatternTest(simulations: 45, adjustment: .stepDownMaximum, significanceLevel: 0.6, seed: 3)
            test.bytesKept = bytes
            return try test.run(
                miner: PatternMiner(), labels: register.labels, relation: relation, workers: Workers(count: workers)
            ).patterns
        }
        let expected = try run(Array(places.indices), workers: 1, keeping: 1 << 20)
        #expect(expected.contains { $0.pattern.size > 2 })
        for workers in 2...3 {
            #expect(try run(places.indices.reversed(), workers: workers, keeping: 1 << 20) == expected)
            #expect(try run(Array(places.indices), workers: workers, keeping: 0) == expected)
        }
    }

    @Test func largerPatternsAreTestedWhereAllPartsAreSignificant() {
        let pairs: [[Int32]] = [[1, 2], [1, 3], [2, 3], [2, 4], [3, 4], [3, 7]]
        #expect(PatternTest.candidates(from: pairs) == [[1, 2, 3], [2, 3, 4]])
        let triples: [[Int32]] = [[1, 2, 3], [1, 2, 4], [1, 3, 4], [2, 3, 4], [2, 3, 5]]
        #expect(PatternTest.candidates(from: triples) == [[1, 2, 3, 4]])
        #expect(PatternTest.candidates(from: []) == [])
    }

    @Test func tooFewSimulationsAreSaidWithTheNumberNeeded() throws {
        let register = try CenterRegister.chance(firms: 120, industries: 6, seed: 4)
        let relation = try NeighborRelation(register.sites, distance: 40, workers: one)
        let few = try PatternTest(simulations: 19).run(
            miner: PatternMiner(), labels: register.labels, relation: relation)
        #expect(few.families[0].simulationsNeeded == 299)
        #expect(few.families[0].neededAtFloor == 15)
        #expect(
            few.warnings == [
                "with 19 simulations no p-value is below 1/20: 15 of 15 pairs have to be there together for any to be significant "
                    + "at a level of 0.05; 299 simulations are needed for a single one, or the step-down maximum"
            ])
        let maximum = try PatternTest(simulations: 19, adjustment: .stepDownMaximum).run(
            miner: PatternMiner(), labels: register.labels, relation: relation)
        #expect(maximum.warnings == [])
    }

    @Test func fewIndustriesAreNoFamily() throws {
        let register = try CenterRegister.chance(firms: 60, industries: 1, seed: 5)
        let relation = try NeighborRelation(register.sites, distance: 40, workers: one)
        let tested = try PatternTest().run(miner: PatternMiner(), labels: register.labels, relation: relation)
        #expect(tested.patterns.isEmpty && tested.families.isEmpty && tested.warnings.isEmpty)
    }

    @Test func tooManyPairsAreRefusedWithTheirNumber() throws {
        let places = (0..<1500).map { Coordinate(x: Double($0), y: 0) }
        let register = try CenterRegister(places, (0..<1500).map { $0 })
        let relation = try NeighborRelation(register.sites, distance: 1, workers: one)
        var miner = PatternMiner()
        miner.minimumFirms = 1
        #expect(throws: PatternTestError.tooManyPairs(industries: 1500, limit: 1 << 20)) {
            try PatternTest().run(miner: miner, labels: register.labels, relation: relation)
        }
    }

    @Test func progressHearsOfEverySimulationAndWorkStopsOnRequest() throws {
        let register = try planted(seed: 3)
        let relation = try NeighborRelation(register.sites, distance: 40, workers: one)
        let progress = Heard()
        let test = PatternTest(simulations: 99, adjustment: .stepDownMaximum)
        _ = try test.run(
            miner: PatternMiner(), labels: register.labels, relation: relation, workers: Workers(count: 2),
            progress: progress)
        #expect(progress.steps == ["simulating pairs 99", "simulating patterns of 3 99"])
        #expect(progress.amount == 198)

        let cancellation = Cancellation()
        cancellation.cancel()
        #expect(throws: WorkCancelled.self) {
            try test.run(
                miner: PatternMiner(), labels: register.labels, relation: relation,
                workers: Workers(count: 2, cancellation: cancellation))
        }
    }

    private final class Heard: WorkProgress {
        private let state = Mutex<(steps: [String], amount: Int)>(([], 0))
        var steps: [String] { state.withLock { $0.steps } }
        var amount: Int { state.withLock { $0.amount } }
        func began(_ step: String, total: Int?) { state.withLock { $0.steps.append("\(step) \(total ?? -1)") } }
        func advanced(by amount: Int) { state.withLock { $0.amount += amount } }
    }
}
