import ColocationMining
import FirmClustersTestSupport
import FirmModel
import Foundation
import ParallelWork
import PatternAnalysis
import SignificanceTesting
import SpatialIndex
import Testing

@Suite struct LocalColocationQuotientTestTests {
    /// The types of all other firms permuted, once for each firm and simulation, against dealings to its neighbors only.
    @Test(arguments: [0, 2]) func equalsPermutingAllOthers(target: Int) throws {
        let ground = try TestGround.golden()
        let tested = try LocalColocationQuotientTest(simulations: 4_999).run(
            toward: target, ground.labels, nearest: NearestFirms(ground.sites, count: 6))
        let brute = BruteForceColocationQuotient(industries: ground.industries, industryCount: 3) {
            let (dx, dy) = (ground.x[$0] - ground.x[$1], ground.y[$0] - ground.y[$1])
            return dx * dx + dy * dy
        }
        let simulations = 600
        for index in stride(from: 0, to: tested.local.firms.count, by: 9) {
            let row = Int(ground.sites.firmRows[Int(tested.local.firms[index])])
            let neighbors = brute.neighborhood(of: row, count: 6)
            func toward(_ labels: [Int]) -> Double {
                let edge = neighbors.reduce(0) { max($0, $1.squared) }
                return neighbors.reduce(0.0) {
                    $0 + (labels[$1.firm] == target ? exp(-0.5 * $1.squared / edge) : 0)
                }
            }
            var stream = RandomStream(seed: 77, stream: UInt64(row))
            let observed = toward(ground.industries)
            var (atLeast, atMost) = (0, 0)
            for _ in 0..<simulations {
                var labels = ground.industries
                labels.remove(at: row)
                labels.shuffle(using: &stream)
                labels.insert(ground.industries[row], at: row)
                let simulated = toward(labels)
                if simulated >= observed - 1e-12 { atLeast += 1 }
                if simulated <= observed + 1e-12 { atMost += 1 }
            }
            let pValue = try #require(tested.pValues[index])
            #expect(abs(pValue.attraction.value - Double(atLeast) / Double(simulations)) < 0.08, "row \(row)")
            #expect(abs(pValue.avoidance.value - Double(atMost) / Double(simulations)) < 0.08, "row \(row)")
        }
    }

    /// In a mall every other firm is a neighbor: no dealing makes a difference.
    @Test func nothingStandsOutInAMall() throws {
        var stream = RandomStream(seed: 21)
        let ground = try TestGround(
            x: [Double](repeating: 1, count: 900), y: [Double](repeating: 1, count: 900),
            industries: (0..<900).map { _ in stream.next(below: 3) }, industryCount: 3)
        let tested = try LocalColocationQuotientTest(simulations: 99).run(
            toward: 1, ground.labels, nearest: NearestFirms(ground.sites, count: 10))
        #expect(tested.local.quotients.allSatisfy { abs(($0 ?? 0) - 1) < 1e-12 })
        #expect(tested.pValues.allSatisfy { $0?.value == 1 })
    }

    /// Under random labels few firms reject: p-values are valid, ties between them and all.
    @Test func randomLabelsRejectAtTheirLevel() throws {
        let seed = UInt64.random(in: 0..<1_000_000)
        var stream = RandomStream(seed: seed)
        let ground = try TestGround.lattice(4000, side: 400, industryCount: 2, &stream)
        let tested = try LocalColocationQuotientTest(simulations: 499, seed: seed).run(
            toward: 0, ground.labels, nearest: NearestFirms(ground.sites, count: 8))
        let rejected = tested.pValues.count { ($0?.attraction.value ?? 1) <= 0.05 }
        // Dealings are shared, so the share of rejections varies more than that of independent tests.
        #expect(Double(rejected) / 4000 < 0.05 + 0.03, "seed \(seed)")
        #expect(Double(rejected) / 4000 > 0.02, "seed \(seed)")
        #expect(zip(tested.pValues, tested.qValues).allSatisfy { ($1 ?? 0) >= ($0?.value ?? 1) })
    }

    @Test func threadsAndOrderOfRowsMakeNoDifference() throws {
        var stream = RandomStream(seed: 22)
        let ground = try TestGround.lattice(600, side: 11, industryCount: 3, &stream)
        let results = try [(1, ground), (3, try ground.shuffled(&stream))].map { threads, ground in
            let workers = Workers(count: threads)
            return try LocalColocationQuotientTest(simulations: 49, seed: 3).run(
                of: 1, toward: 2, ground.labels,
                nearest: NearestFirms(ground.sites, count: 5, workers: workers), workers: workers)
        }
        #expect(results[0] == results[1])
    }

    @Test func firmsWithoutOthersHaveNoPValue() throws {
        let alone = try TestGround(x: [0], y: [0], industries: [0], industryCount: 1)
        let none = try LocalColocationQuotientTest(simulations: 9).run(
            toward: 0, alone.labels, nearest: NearestFirms(alone.sites, count: 4))
        #expect(none.pValues == [nil] && none.qValues == [nil])
        // The only firm of an industry has no other of it to be near.
        let two = try TestGround(x: [0, 1], y: [0, 0], industries: [0, 1], industryCount: 2)
        let one = try LocalColocationQuotientTest(simulations: 9).run(
            toward: 0, two.labels, nearest: NearestFirms(two.sites, count: 4))
        #expect(one.local.quotients == [nil, 1])
        #expect(one.pValues[1]?.value == 1)
    }
}
