import FirmClustersTestSupport
import FirmModel
import Foundation
import SignificanceTesting
import Testing

@Suite struct FalseDiscoveryAdjustmentTests {
    /// Adjusted p-values ran with SciPy 1.17; four rejections at 0.05 as printed in Benjamini & Hochberg (1995).
    @Test func theExampleOfBenjaminiAndHochberg() throws {
        let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Golden/fdr_expected.json")
        let golden = try JSONTree(parsing: Data(contentsOf: url))
        func numbers(_ key: String) throws -> [Double] { try #require(golden[key]).items.compactMap(\.number) }
        let p = try numbers("p")
        let hochberg = FalseDiscoveryAdjustment.benjaminiHochberg.adjusted(p)
        #expect(isClose(hochberg, try numbers("bh_adjusted")))
        #expect(isClose(FalseDiscoveryAdjustment.benjaminiYekutieli.adjusted(p), try numbers("by_adjusted")))
        #expect(hochberg.count { $0.map { $0 <= 0.05 } ?? false } == Int(try #require(golden["rejected_005"]?.number)))
    }

    private func isClose(_ found: [Double?], _ expected: [Double]) -> Bool {
        found.count == expected.count
            && zip(found, expected).allSatisfy { found, expected in
                found.map { abs($0 - expected) <= 1e-12 * expected } ?? false
            }
    }

    /// The definition by the step-up rule itself: the adjusted p-value is the smallest level at which it is rejected.
    private func bruteForce(_ pValues: [Double], penalty: Double) -> [Double] {
        let size = Double(pValues.count)
        return pValues.map { p in
            pValues.filter { $0 >= p }.reduce(1) { smallest, other in
                let rank = Double(pValues.count { $0 <= other })
                return min(smallest, penalty * size * other / rank)
            }
        }
    }

    @Test(arguments: 0..<200)
    func randomFamiliesAgainstTheDefinition(seed: Int) {
        var random = RandomStream(seed: UInt64(seed))
        let size = Int.random(in: 1...30, using: &random)
        // p-values of simulations: many are equal.
        let p = (0..<size).map { _ in Double(Int.random(in: 1...40, using: &random)) / 40 }
        let harmonic = (1...size).reduce(0) { $0 + 1 / Double($1) }
        let hochberg = FalseDiscoveryAdjustment.benjaminiHochberg.adjusted(p)
        let yekutieli = FalseDiscoveryAdjustment.benjaminiYekutieli.adjusted(p)
        #expect(isClose(hochberg, bruteForce(p, penalty: 1)), "seed \(seed)")
        #expect(isClose(yekutieli, bruteForce(p, penalty: harmonic)), "seed \(seed)")
        for first in p.indices {
            for second in p.indices where p[first] == p[second] {
                #expect(hochberg[first] == hochberg[second], "seed \(seed)")
            }
        }
        // What does not exist does not count.
        let mixed = p.flatMap { [nil, $0] }
        let adjusted = FalseDiscoveryAdjustment.benjaminiHochberg.adjusted(mixed)
        #expect(adjusted.enumerated().allSatisfy { $0.offset % 2 == 0 ? $0.element == nil : true }, "seed \(seed)")
        #expect(adjusted.compactMap { $0 } == hochberg.compactMap { $0 }, "seed \(seed)")
    }

    @Test func familiesOfNothing() {
        for adjustment in FalseDiscoveryAdjustment.allCases {
            #expect(adjustment.adjusted([]).isEmpty && adjustment.adjusted([nil, nil]) == [nil, nil])
            #expect(adjustment.adjusted([0.03]) == [0.03])
        }
    }
}

@Suite struct FamilySelectionTests {
    @Test func twoSteps() {
        let selection = FamilySelection(pValuesOfFamilies: [[0.001, 0.2], [], [0.012]], level: 0.05)
        #expect(selection.qValues.map { ($0 * 1e6).rounded() } == [3000, 1_000_000, 18000])
        #expect(selection.rejected == 2 && selection.families == 3)
        #expect(selection.isRejected(family: 0) && !selection.isRejected(family: 1))
        // α R / m = 0.0333…
        #expect(selection.isSignificant(0.001, inFamily: 0) && selection.isSignificant(0.0333, inFamily: 2))
        #expect(!selection.isSignificant(0.0334, inFamily: 0) && !selection.isSignificant(0.001, inFamily: 1))
    }

    @Test func nothingRejected() {
        let selection = FamilySelection(pValuesOfFamilies: [[0.2], [0.04]], level: 0.05)
        #expect(selection.rejected == 0 && selection.memberThreshold == 0)
        #expect(!selection.isSignificant(0.0001, inFamily: 0))
        let empty = FamilySelection(pValuesOfFamilies: [], level: 0.05)
        #expect(empty.rejected == 0 && empty.qValues.isEmpty)
        #expect(empty.simulationsNeeded == 0 && empty.familiesNeededAtFloor(simulations: 99) == 0)
    }

    /// The best member of a rejected family is significant, and p-values exactly at the threshold are, whatever
    /// rounding does.
    @Test(arguments: 0..<300)
    func theTwoStepsAgree(seed: Int) {
        var random = RandomStream(seed: UInt64(seed))
        let size = Int.random(in: 1...60, using: &random)
        let simulations = [99, 199, 999][seed % 3]
        let families = (0..<size).map { _ in
            (0..<Int.random(in: 0...4, using: &random)).map { _ in
                let rank = Int(Double(simulations) * random.nextUnit() * random.nextUnit() * random.nextUnit())
                return Double(1 + rank) / Double(simulations + 1)
            }
        }
        for adjustment in FalseDiscoveryAdjustment.allCases {
            let selection = FamilySelection(pValuesOfFamilies: families, level: 0.05, adjustment: adjustment)
            for (index, family) in families.enumerated() {
                let best = family.min() ?? 1
                #expect(
                    selection.isSignificant(best, inFamily: index) == selection.isRejected(family: index),
                    "seed \(seed), \(adjustment)")
            }
            #expect(selection.rejected == families.indices.count { selection.isRejected(family: $0) }, "seed \(seed)")
        }
    }

    /// 6 · (5/200) / 3 is 0.05 and a hair above it in binary; so is 3 · (5/100) / 3.
    @Test func roundingDecidesNothing() {
        let half = FamilySelection(
            pValuesOfFamilies: [[5.0 / 200], [5.0 / 200], [], [5.0 / 200], [], []], level: 0.05)
        #expect(half.rejected == 3 && half.isSignificant(5.0 / 200, inFamily: 0))
        for size in 1...60 {
            let all = FamilySelection(pValuesOfFamilies: .init(repeating: [5.0 / 100], count: size), level: 0.05)
            #expect(all.rejected == size && all.isSignificant(5.0 / 100, inFamily: 0), "\(size) families")
        }
    }

    @Test func simulationsForManyFamilies() {
        let hochberg = FalseDiscoveryAdjustment.benjaminiHochberg
        // 300 groups: 30 at the floor with 199 simulations, 6 with 999, one with 5,999.
        #expect(hochberg.familiesNeededAtFloor(simulations: 199, families: 300, level: 0.05) == 30)
        #expect(hochberg.familiesNeededAtFloor(simulations: 999, families: 300, level: 0.05) == 6)
        #expect(hochberg.simulationsNeeded(families: 300, level: 0.05) == 5999)
        #expect(hochberg.simulationsNeeded(families: 1, level: 0.05) == 19)
        // Σ 1/i = 25/12 over four: 4 · 25/12 / 0.05 = 166.67.
        #expect(FalseDiscoveryAdjustment.benjaminiYekutieli.simulationsNeeded(families: 4, level: 0.05) == 166)
    }

    @Test(arguments: [1, 2, 7, 20, 33, 60], FalseDiscoveryAdjustment.allCases)
    func theNumbersNeededAreJustEnough(families: Int, adjustment: FalseDiscoveryAdjustment) {
        func rejected(floored: Int, simulations: Int) -> Int {
            let floor = 1 / Double(simulations + 1)
            return FamilySelection(
                pValuesOfFamilies: (0..<families).map { $0 < floored ? [floor] : [] }, level: 0.05,
                adjustment: adjustment
            ).rejected
        }
        let enough = adjustment.simulationsNeeded(families: families, level: 0.05)
        #expect(rejected(floored: 1, simulations: enough) == 1)
        #expect(rejected(floored: 1, simulations: enough - 1) == 0)
        for simulations in [19, 99, 199, 999] {
            let needed = adjustment.familiesNeededAtFloor(simulations: simulations, families: families, level: 0.05)
            if needed <= families { #expect(rejected(floored: needed, simulations: simulations) == needed) }
            #expect(rejected(floored: min(needed - 1, families), simulations: simulations) == 0)
        }
    }
}
