import FirmModel
import RealModule
import RegionalMeasures
import Testing

@Suite struct EmploymentLimitsTests {
    @Test func plantsOfOneSizeGiveWilsonsLimits() throws {
        // 12 of 40 plants, in a region with a tenth of all employees; SciPy 1.17, binomtest(12, 40).proportion_ci("wilson").
        let quotient = EmploymentQuotient(industryInRegion: 120, regionTotal: 1000, industryTotal: 400, total: 10_000)
        let limits = try #require(quotient.limits(plantHerfindahl: 1.0 / 40))
        #expect(isClose(limits.lower, 1.8074845229746528) && isClose(limits.upper, 4.5430018818144935))
    }

    @Test(arguments: 0..<200)
    func limitsLeaveOutOneExactlyWhenTheTestRejects(seed: Int) throws {
        var random = RandomStream(seed: UInt64(seed))
        let total = 1000.0
        let region = 20 + 500 * random.nextUnit()
        let industry = 20 + 300 * random.nextUnit()
        let inside = min(region, industry) * random.nextUnit()
        let herfindahl = 0.002 + 0.3 * random.nextUnit()
        let quotient = EmploymentQuotient(
            industryInRegion: inside, regionTotal: region, industryTotal: industry, total: total)
        let value = try #require(quotient.value)
        let limits = try #require(quotient.limits(plantHerfindahl: herfindahl))
        let z = try #require(quotient.blindScore(plantHerfindahl: herfindahl))
        let rejects = abs(z) > ConfidenceLevel.ninetyFivePercent.normalQuantile
        #expect((limits.lower > 1 || limits.upper < 1) == rejects, "seed \(seed)")
        #expect(limits.lower >= 0 && limits.lower <= value * (1 + 1e-12), "seed \(seed)")
        #expect(value <= limits.upper * (1 + 1e-12) && limits.upper <= total / industry, "seed \(seed)")
        let shares = try #require(RegionShares(activity: [region, total - region]))
        let dartboard = try #require(
            EmploymentDartboardTest(
                employees: [inside, industry - inside], plantHerfindahl: herfindahl, shares: shares))
        #expect(isClose(try #require(dartboard.regions[0].z), z, 1e-9), "seed \(seed)")
    }

    /// Sixty plants of unequal size prefer a region, with three times its share of all activity.
    @Test func limitsHoldThePreferenceAsOftenAsTheyShould() throws {
        var random = RandomStream(seed: 31)
        let sizes = (0..<60).map { Double(5 + $0 % 40) }
        let industry = sizes.reduce(0, +)
        let herfindahl = try #require(Herfindahl.index(of: sizes))
        var held = 0
        for _ in 0..<2000 {
            let inside = sizes.reduce(0) { random.nextUnit() < 0.3 ? $0 + $1 : $0 }
            let quotient = EmploymentQuotient(
                industryInRegion: inside, regionTotal: 0.1 * 50 * industry, industryTotal: industry,
                total: 50 * industry)
            let limits = try #require(quotient.limits(plantHerfindahl: herfindahl))
            held += limits.lower <= 3 && 3 <= limits.upper ? 1 : 0
        }
        // Standard error 0.005.
        #expect(abs(Double(held) / 2000 - 0.95) < 0.02)
    }

    @Test func limitsAtTheEnds() throws {
        let none = EmploymentQuotient(industryInRegion: 0, regionTotal: 100, industryTotal: 50, total: 1000)
        let limits = try #require(none.limits(plantHerfindahl: 0.1))
        // Wilson's upper limit of a share of 0: c / (1 + c).
        let z = ConfidenceLevel.ninetyFivePercent.normalQuantile
        let c = 0.1 * z * z
        #expect(limits.lower == 0 && isClose(limits.upper, 10 * c / (1 + c)))
        let whole = EmploymentQuotient(industryInRegion: 50, regionTotal: 1000, industryTotal: 50, total: 1000)
        #expect(whole.limits(plantHerfindahl: 1) == ConfidenceLimits(lower: 1, upper: 1))
        #expect(whole.blindScore(plantHerfindahl: 1) == nil && whole.blindVariance(plantHerfindahl: 1) == 0)
        let undefined = EmploymentQuotient(industryInRegion: 0, regionTotal: 0, industryTotal: 50, total: 1000)
        #expect(undefined.limits(plantHerfindahl: 1) == nil && undefined.blindScore(plantHerfindahl: 1) == nil)
        let single = EmploymentQuotient(industryInRegion: 100, regionTotal: 100, industryTotal: 200, total: 1000)
        #expect(try #require(single.limits(plantHerfindahl: 0.5)).upper == 5)
    }

    static let firms: [EmploymentQuotient.Firm] = (0..<80).map { (index: Int) -> EmploymentQuotient.Firm in
        let employment = 1 + index * index % 37
        return EmploymentQuotient.Firm(
            employment: Double(employment), isOfIndustry: index.isMultiple(of: 5), isInRegion: index % 4 < 2)
    }

    @Test func theBootstrapDependsOnFirmsAndSeedOnly() throws {
        func limits(_ firms: [EmploymentQuotient.Firm], seed: UInt64) -> EmploymentQuotient.BootstrapLimits? {
            var random = RandomStream(seed: seed)
            return EmploymentQuotient.bootstrapLimits(of: firms, resamples: 199, using: &random)
        }
        let first = try #require(limits(Self.firms, seed: 1))
        #expect(limits(Self.firms.reversed(), seed: 1) == first)
        #expect(limits(Self.firms, seed: 2) != first)
        #expect(first.undefined == 0 && first.resamples == 199)
        let value = try #require(EmploymentQuotient(Self.firms).value)
        #expect(first.limits.lower < value && value < first.limits.upper)
    }

    /// Against the percentiles of 200,000 resamples with NumPy 2.4 (`numpy.quantile`), on the same firms.
    @Test func theBootstrapAgainstNumPy() throws {
        var random = RandomStream(seed: 7)
        let found = try #require(EmploymentQuotient.bootstrapLimits(of: Self.firms, resamples: 3999, using: &random))
        #expect(isClose(found.limits.lower, 0.4983, 0.05) && isClose(found.limits.upper, 1.5847, 0.03))
    }

    @Test func oneLargePlantWidensTheBootstrap() throws {
        func width(_ sizes: [Double]) throws -> Double {
            // A fifth of the industry, by employment, is in the region.
            let industry = sizes.enumerated().map {
                EmploymentQuotient.Firm(employment: $1, isOfIndustry: true, isInRegion: $0 == 0)
            }
            let others = (0..<100).map {
                EmploymentQuotient.Firm(employment: 10, isOfIndustry: false, isInRegion: $0 < 20)
            }
            var random = RandomStream(seed: 3)
            let limits = try #require(
                EmploymentQuotient.bootstrapLimits(of: industry + others, resamples: 399, using: &random)
            ).limits
            return limits.upper - limits.lower
        }
        let lumpy = try width([50, 50, 50, 50, 50])
        let spread = [50.0] + [Double](repeating: 4, count: 50)
        #expect(try width(spread) < lumpy)
    }

    @Test func undefinedResamplesAreCounted() throws {
        // One firm of the industry among three: a resample misses it with probability (2/3)³.
        let firms = [
            EmploymentQuotient.Firm(employment: 5, isOfIndustry: true, isInRegion: true),
            EmploymentQuotient.Firm(employment: 3, isOfIndustry: false, isInRegion: true),
            EmploymentQuotient.Firm(employment: 4, isOfIndustry: false, isInRegion: false),
        ]
        var random = RandomStream(seed: 4)
        let found = try #require(EmploymentQuotient.bootstrapLimits(of: firms, resamples: 999, using: &random))
        #expect(abs(Double(found.undefined) / 999 - 8.0 / 27) < 0.06)
        #expect(EmploymentQuotient.bootstrapLimits(of: Array(firms[1...]), using: &random) == nil)
        #expect(EmploymentQuotient.bootstrapLimits(of: firms, resamples: 30, using: &random) == nil)
        #expect(EmploymentQuotient.bootstrapLimits(of: [], using: &random) == nil)
    }
}
