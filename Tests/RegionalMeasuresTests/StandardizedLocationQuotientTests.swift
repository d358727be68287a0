import FirmModel
import RealModule
import Testing

@testable import RegionalMeasures

@Suite struct StandardizedLocationQuotientTests {
    static let quotients: [Double?] = [0.6, 0.9, nil, 1.1, 0, 4.2, 0.8, 1.3, 0.7]

    /// scipy.stats.zscore with ddof = 1 and scipy.stats.kstest on the scores, SciPy 1.17.
    @Test func scoresAgainstSciPy() throws {
        let plain = try #require(StandardizedLocationQuotient(Self.quotients))
        let z = [
            -0.47182077210461953, -0.2359103860523097, nil, -0.07863679535076983, -0.9436415442092391,
            2.359103860523098, -0.31454718140307963, 0.07863679535076999, -0.39318397675384964,
        ]
        #expect(plain.regions == 8 && plain.droppedZeros == 0 && plain.form == .quotient)
        try check(plain.scores, z)
        #expect(isClose(plain.mean, 1.2, 1e-14) && isClose(plain.standardDeviation, 1.2716693191010222, 1e-13))
        #expect(isClose(try #require(plain.normality).statistic, 0.343660759844039, 1e-12))
        #expect(plain.agglomerations(above: StandardizedLocationQuotient.twoTailedThreshold) == [5])
    }

    @Test func logarithmsLeaveOutZeros() throws {
        let logs = try #require(StandardizedLocationQuotient(Self.quotients, form: .logarithm))
        let z = [
            -0.9169378938131106, -0.2932151291709739, nil, 0.01547451749259047, nil, 2.0764354782556786,
            -0.47439954962656866, 0.27245208090619916, -0.679809504043815,
        ]
        #expect(logs.regions == 7 && logs.droppedZeros == 1)
        try check(logs.scores, z)
        #expect(isClose(try #require(logs.normality).statistic, 0.24978007308987427, 1e-12))
    }

    private func check(_ scores: [Double?], _ expected: [Double?]) throws {
        #expect(scores.count == expected.count)
        for (score, expected) in zip(scores, expected) {
            #expect((score == nil) == (expected == nil))
            if let score, let expected { #expect(abs(score - expected) < 1e-12) }
        }
    }

    @Test func logarithmsWhereQuotientsAreNotNormal() throws {
        // D = 0.34 of 8 values is far from normal (p < 0.01); the five below are not.
        let skewed = try #require(StandardizedLocationQuotient.preferred(Self.quotients))
        #expect(skewed.form == .logarithm)
        let even = try #require(StandardizedLocationQuotient.preferred([0.5, 0.8, 1, 1.2, 1.5]))
        #expect(even.form == .quotient)
        // All but one zero: no logarithms to standardize.
        let sparse = try #require(StandardizedLocationQuotient.preferred([0, 0, 0, 0, 0, 0, 9]))
        #expect(sparse.form == .quotient)
    }

    @Test func withoutVariationThereIsNoScore() {
        #expect(StandardizedLocationQuotient([0.1, 0.1, 0.1, nil]) == nil)
        #expect(StandardizedLocationQuotient([1.3]) == nil && StandardizedLocationQuotient([]) == nil)
        #expect(StandardizedLocationQuotient([0, 0, 2], form: .logarithm) == nil)
        #expect(StandardizedLocationQuotient([1, 2, 3, 4])?.normality == nil)
    }

    /// p of D among simulated normal samples with estimated mean and spread: NumPy 2.4, 20,000 to 200,000 samples each.
    @Test(arguments: [
        (5, 0.3435, 0.05), (8, 0.2687, 0.09), (8, 0.2882, 0.05), (20, 0.1916, 0.05), (20, 0.2227, 0.01),
        (50, 0.1244, 0.05), (50, 0.1697, 0.001), (100, 0.0886, 0.05), (200, 0.0634, 0.05), (200, 0.0742, 0.01),
    ])
    func smallPValues(count: Int, statistic: Double, p: Double) {
        let test = LillieforsTest(statistic: statistic, count: count)
        #expect(abs(test.pValue - p) < 0.007 && isClose(test.pValue, p, 0.12))
    }

    @Test(arguments: [
        (5, 0.2333, 0.5), (8, 0.195, 0.5), (20, 0.0958, 0.9), (20, 0.1467, 0.3), (50, 0.0739, 0.7),
        (100, 0.0681, 0.3), (200, 0.0428, 0.5), (1000, 0.0145, 0.9), (1000, 0.0194, 0.5),
    ])
    func commonPValues(count: Int, statistic: Double, p: Double) {
        #expect(abs(LillieforsTest(statistic: statistic, count: count).pValue - p) < 0.03)
    }

    @Test func pValuesFallAsTheDistanceGrows() {
        for count in [5, 12, 40, 100, 101, 500] {
            // Where one formula takes over from the other there is a small step.
            var last = 1.0
            for step in 0...200 {
                let test = LillieforsTest(statistic: Double(step) * 0.005, count: count)
                #expect(test.pValue >= 0 && test.pValue <= last + 0.005)
                last = test.pValue
            }
        }
    }

    @Test func theBootstrapCutOffRepeats() throws {
        let standardized = try #require(StandardizedLocationQuotient(Self.quotients))
        func cutOff(seed: UInt64) -> (value: Double, limits: ConfidenceLimits) {
            var random = RandomStream(seed: seed)
            return standardized.bootstrapCutOff(resamples: 399, using: &random)
        }
        #expect(cutOff(seed: 1) == cutOff(seed: 1) && cutOff(seed: 1) != cutOff(seed: 2))
        let found = cutOff(seed: 1)
        #expect(found.limits.lower <= found.value && found.value <= found.limits.upper)
    }

    /// Of many normal quotients the cut-off is the normal quantile.
    @Test func theBootstrapCutOffOfNormalQuotients() throws {
        var random = RandomStream(seed: 11)
        let quotients = (0..<600).map { _ -> Double? in
            let radius = (-2 * Double.log(1 - random.nextUnit())).squareRoot()
            return 10 + radius * .cos(2 * .pi * random.nextUnit())
        }
        let standardized = try #require(StandardizedLocationQuotient(quotients))
        let found = standardized.bootstrapCutOff(tail: 0.05, resamples: 199, using: &random)
        #expect(abs(found.value - StandardizedLocationQuotient.oneTailedThreshold) < 0.2)
        // Without resampling: the quantile of the scores themselves, interpolated.
        let scores = standardized.scores.compactMap { $0 }.sorted()
        #expect(abs(found.value - scores[Int(0.95 * 599)]) < 0.1)
    }
}
