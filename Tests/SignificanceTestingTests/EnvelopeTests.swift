import FirmClustersTestSupport
import FirmModel
import Foundation
import RealModule
import SignificanceTesting
import Testing

@Suite struct EnvelopeTests {
    /// Curves with everything worked out in R 4.2.2 by `Golden/envelope_expected.R`.
    @Test func theCurvesOfTheGoldenFile() throws {
        let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Golden/envelope_expected.json")
        let cases = try JSONTree(parsing: Data(contentsOf: url)).items
        #expect(cases.count == 6)
        for (number, golden) in cases.enumerated() {
            func values(_ key: String) throws -> [Double] { try #require(golden[key]).items.compactMap(\.number) }
            func value(_ key: String) throws -> Double { try #require(golden[key]?.number) }
            let simulated = try #require(golden["simulated"]).items.map { $0.items.map(\.number) }
            let observed = try values("observed")
            let curves = try #require(SimulatedCurves(observed: observed, simulated: simulated))
            let ranks = curves.rankTest()
            let interval = try values("p_interval")
            #expect(
                isClose(ranks.pInterval.lowerBound, interval[0]) && isClose(ranks.pInterval.upperBound, interval[1]))
            #expect(isClose(ranks.pValue.value, try value("p_extreme_rank_length")), "case \(number)")
            #expect(ranks.extremeRank == (try value("extreme_rank")), "case \(number)")
            let alpha = try value("alpha")
            let band = try #require(ranks.envelope(level: alpha))
            #expect(isClose(band.level, try value("rank_envelope_level")), "case \(number)")
            #expect(isClose(band.lower, try values("rank_envelope_lower")), "case \(number)")
            #expect(isClose(band.upper, try values("rank_envelope_upper")), "case \(number)")
            let deviation = curves.maximumDeviationTest()
            #expect(isClose(deviation.pValue.value, try value("p_deviation")), "case \(number)")
            #expect(isClose(deviation.statistic, try value("deviation")), "case \(number)")
            let wide = try #require(deviation.envelope(level: alpha))
            #expect(isClose(wide.lower, try values("deviation_envelope_lower")), "case \(number)")
            #expect(isClose(wide.upper, try values("deviation_envelope_upper")), "case \(number)")
            let pointwise = curves.pointwiseEnvelope(rank: Int(try value("pointwise_rank")))
            #expect(isClose(pointwise.lower, try values("pointwise_lower")), "case \(number)")
            #expect(isClose(pointwise.upper, try values("pointwise_upper")), "case \(number)")
        }
    }

    private func isClose(_ value: Double, _ expected: Double) -> Bool {
        abs(value - expected) <= 1e-12 * max(1, abs(expected))
    }

    private func isClose(_ values: [Double?], _ expected: [Double]) -> Bool {
        values.count == expected.count
            && zip(values, expected).allSatisfy { value, expected in value.map { isClose($0, expected) } ?? false }
    }

    /// A random walk: values at neighboring points depend on each other, as those of distance curves do.
    static func walk(_ points: Int, using random: inout RandomStream) -> [Double?] {
        var height = 0.0
        return (0..<points).map { _ in
            height += random.nextUnit() + random.nextUnit() - 1
            return height
        }
    }

    static func nullCurves(simulations: Int, points: Int, seed: UInt64) -> SimulatedCurves? {
        var random = RandomStream(seed: seed)
        let curves = (0...simulations).map { _ in walk(points, using: &random) }
        return SimulatedCurves(observed: curves[0], simulated: Array(curves.dropFirst()))
    }

    /// Under the null the observed curve is one like the others: global tests reject 1 in 20, the pointwise band is
    /// left far more often.
    @Test func globalTestsKeepTheirLevelAndThePointwiseBandDoesNot() throws {
        let registers = 600
        var rejections = (deviation: 0, rank: 0, conservative: 0, pointwise: 0)
        for register in 0..<registers {
            let curves = try #require(Self.nullCurves(simulations: 39, points: 20, seed: UInt64(register)))
            let observed = curves.observed
            let ranks = curves.rankTest()
            rejections.deviation += curves.maximumDeviationTest().pValue.value <= 0.05 ? 1 : 0
            rejections.rank += ranks.pValue.value <= 0.05 ? 1 : 0
            rejections.conservative += ranks.pInterval.upperBound <= 0.05 ? 1 : 0
            let band = try #require(curves.pointwiseEnvelope(level: 0.05))
            #expect(band.level == 0.05 && !band.isGlobal && band.simulations == 39)
            rejections.pointwise += band.pointsOutside(observed).isEmpty ? 0 : 1
        }
        func share(_ count: Int) -> Double { Double(count) / Double(registers) }
        // Standard error 0.009.
        #expect(abs(share(rejections.deviation) - 0.05) < 0.025, "\(rejections)")
        #expect(abs(share(rejections.rank) - 0.05) < 0.025, "\(rejections)")
        #expect(share(rejections.conservative) <= share(rejections.rank), "\(rejections)")
        #expect(share(rejections.pointwise) > 0.15, "\(rejections)")
    }

    /// The band and the p-value of a global test say the same.
    @Test(arguments: 0..<60)
    func theObservedCurveLeavesTheBandExactlyWhenItIsRejected(seed: Int) throws {
        let curves = try #require(Self.nullCurves(simulations: 59, points: 8, seed: UInt64(1000 + seed)))
        let ranks = curves.rankTest()
        let deviation = curves.maximumDeviationTest()
        #expect(ranks.pInterval.lowerBound < ranks.pValue.value && ranks.pValue.value <= ranks.pInterval.upperBound)
        for level in [0.05, 0.1, 0.25, 0.5, 0.9] {
            let band = try #require(ranks.envelope(level: level))
            #expect(band.isGlobal && band.level <= level && band.kind == .extremeRankLength)
            let isRejected = ranks.pValue.value <= level * (1 + 1e-12)
            #expect(band.pointsOutside(curves.observed).isEmpty != isRejected, "seed \(seed), level \(level)")
            let wide = try #require(deviation.envelope(level: level))
            let isFar = deviation.pValue.value <= level * (1 + 1e-12)
            #expect(wide.pointsOutside(curves.observed).isEmpty != isFar, "seed \(seed), level \(level)")
        }
    }

    /// A short bump is for the deviation, a long one for extreme rank length, which asks at how many points a curve is
    /// extreme.
    @Test(arguments: [10..<13, 4..<28])
    func plantedBumpsAreFound(bump: Range<Int>) throws {
        var random = RandomStream(seed: 77)
        let simulated = (0..<99).map { _ in Self.walk(30, using: &random) }
        let observed = Self.walk(30, using: &random).enumerated().map { index, value in
            value.map { bump.contains(index) ? $0 + 12 : $0 }
        }
        let curves = try #require(SimulatedCurves(observed: observed, simulated: simulated))
        let deviation = curves.maximumDeviationTest()
        let outside = try #require(deviation.envelope(level: 0.05)).pointsOutside(observed)
        #expect(deviation.pValue.value == 0.01 && outside == Array(bump))
        let ranks = curves.rankTest()
        #expect(ranks.extremeRank == 1 && (ranks.pValue.value == 0.01) == (bump.count > 20))
    }

    @Test func undefinedPointsAreLeftOut() throws {
        let observed: [Double?] = [1, nil, 3, 4]
        let simulated: [[Double?]] = [[1, 2, nil, 3], [2, 3, 4, 5], [0, 1, 2, 3]]
        let curves = try #require(SimulatedCurves(observed: observed, simulated: simulated))
        #expect(curves.points == [0, 3] && curves.length == 4 && curves.simulations == 3)
        let band = curves.pointwiseEnvelope(rank: 1)
        #expect(band.lower == [0, nil, nil, 3] && band.upper == [2, nil, nil, 5] && band.level == 0.5)
        #expect(band.pointsOutside([3, 99, 99, 3]) == [0] && band.pointsOutside([nil, nil, nil, 2]) == [3])
        #expect(curves.observed == [1, nil, nil, 4])
        #expect(SimulatedCurves(observed: [nil, 1], simulated: [[1, nil]]) == nil)
        #expect(SimulatedCurves(observed: [1], simulated: []) == nil)
        #expect(SimulatedCurves(observed: [], simulated: [[]]) == nil)
    }

    @Test func tooFewSimulationsForTheLevel() throws {
        let curves = try #require(Self.nullCurves(simulations: 18, points: 5, seed: 3))
        #expect(curves.rankTest().envelope(level: 0.05) == nil)
        #expect(curves.maximumDeviationTest().envelope(level: 0.05) == nil)
        #expect(curves.pointwiseEnvelope(level: 0.1) == nil)
        let enough = try #require(Self.nullCurves(simulations: 19, points: 1, seed: 3))
        #expect(try #require(enough.maximumDeviationTest().envelope(level: 0.05)).level == 0.05)
        // At a single point the two ends share the rank 1: neither may be taken away alone.
        #expect(enough.rankTest().envelope(level: 0.05) == nil)
        #expect(try #require(enough.rankTest().envelope(level: 0.1)).level == 0.1)
    }

    @Test func curvesThatAgreeSayNothing() throws {
        let flat = try #require(
            SimulatedCurves(observed: [0.1, 0.3], simulated: .init(repeating: [0.1, 0.3], count: 19)))
        #expect(flat.maximumDeviationTest().pValue.value == 1 && flat.rankTest().pValue.value == 1)
        #expect(flat.rankTest().pInterval == 0...1 && flat.rankTest().envelope(level: 0.05) == nil)
        let band = try #require(flat.maximumDeviationTest().envelope(level: 0.05))
        #expect(band.lower == [0.1, 0.3] && band.upper == [0.1, 0.3])
    }
}
