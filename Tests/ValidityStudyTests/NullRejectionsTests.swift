import FirmClusters
import Testing

@testable import ValidityStudy

/// The study in small: 200 registers of 300 firms without clusters, M = 19, so that α(M + 1) = 1.
@Suite struct NullRejectionsTests {
    private static let plan: StudyPlan = {
        var plan = StudyPlan.small
        plan.nullRegisters = 200
        return plan
    }()

    @Test func testHoldsItsLevelWhereTheNaiveOneFails() throws {
        let rejections = try NullRejections(.fixedRadius, groupSize: 60, Self.plan, workers: Workers())
        let share = try #require(rejections.testedShare(at: 0.05), "no test was made")
        #expect(share.value <= 0.05 + 3 * (0.05 * 0.95 / 200).squareRoot(), "\(share)")
        #expect(rejections.naiveShare(at: 0.05).limits.lowerBound > 0.05, "\(rejections.naiveShare(at: 0.05))")
        let pValues = rejections.outcomes.compactMap(\.tested)
        #expect(pValues.reduce(0, +) / 200 > 0.45, "\(pValues)")
    }

    @Test func aTestThatWasNotMadeHasNoShare() {
        let untested = NullRejections(
            method: "none", groupSize: 5, outcomes: [.init(naive: 0.01, tested: nil), .init(naive: 1, tested: 0.5)])
        #expect(untested.testedShare(at: 0.05) == nil)
        #expect(untested.naiveShare(at: 0.05) == Proportion(1, of: 2))
    }

    /// 3 of 4 firms in a footprint where 5 of 20 are of the industry: (10 · 15 + 5) / 4845.
    @Test func naiveTestIsTheHypergeometricTail() throws {
        var x = [0.0, 10, 20, 30]
        x += (0..<16).map { 10_000 + 5_000 * Double($0) }
        let codes = ["G10", "G10", "G10", "A0", "G10", "G10"] + Array(repeating: "A1", count: 14)
        let firms = try FirmRegister(
            frame: .local, x: x, y: Array(repeating: 0, count: 20), industry: CategoryColumn(codes))
        var request = DetectionRequest()
        request.industries = StudyRegister.studied
        request.neighborhood = .fixed(50)
        request.minimumPoints = 3
        let report = try ClusterDetector(request).report(on: firms)
        let p = NaiveTest.smallestPValue(of: report, firms: 20)
        #expect(abs(p - 155.0 / 4845) < 1e-12)
    }
}
