import FirmModel
import RegionalMeasures
import Testing

/// One 2 × 2 situation with answers from SciPy 1.17 and from the formulas (`lq_inference_expected.json`).
struct KnownQuotient: Sendable, CustomTestStringConvertible {
    let x: Int
    let regionTotal: Int
    let industryTotal: Int
    let total: Int
    let quotient: Double
    let symmetric: Double
    let upperTail: Double
    let shareLimits: ConfidenceLimits
    let logVariance: Double?
    let nested: ConfidenceLimits?
    let fixedReference: ConfidenceLimits?

    var testDescription: String { "\(x) of \(regionTotal), \(industryTotal) of \(total)" }

    var counts: LocationQuotient {
        LocationQuotient(
            industryInRegion: x, regionTotal: regionTotal, industryTotal: industryTotal, total: total)
    }

    static let all: [KnownQuotient] = [
        KnownQuotient(
            x: 12, regionTotal: 60, industryTotal: 40, total: 1000, quotient: 5, symmetric: 0.6666666666666666,
            upperTail: 1.0947080065480654e-06,
            shareLimits: ConfidenceLimits(lower: 0.10784112252436195, upper: 0.32330042380129054),
            logVariance: 0.04964539007092199,
            nested: ConfidenceLimits(lower: 3.2308120860667247, upper: 7.7379925956745),
            fixedReference: ConfidenceLimits(lower: 3.0143294104559692, upper: 8.293718633829844)),
        KnownQuotient(
            x: 0, regionTotal: 60, industryTotal: 40, total: 1000, quotient: 0, symmetric: -1, upperTail: 1,
            shareLimits: ConfidenceLimits(lower: 0, upper: 0.05962949228616691), logVariance: nil, nested: nil,
            fixedReference: nil),
        KnownQuotient(
            x: 1, regionTotal: 5, industryTotal: 40, total: 1000, quotient: 5, symmetric: 0.6666666666666666,
            upperTail: 0.18496801382266426,
            shareLimits: ConfidenceLimits(lower: 0.0050507633794680575, upper: 0.7164179361180895),
            logVariance: 0.7839195979899497, nested: nil, fixedReference: nil),
        KnownQuotient(
            x: 60, regionTotal: 60, industryTotal: 60, total: 1000, quotient: 16.666666666666668,
            symmetric: 0.8867924528301887, upperTail: 5.065150851856393e-98,
            shareLimits: ConfidenceLimits(lower: 0.9403705077138331, upper: 1), logVariance: 0, nested: nil,
            fixedReference: nil),
        KnownQuotient(
            x: 3, regionTotal: 100, industryTotal: 30, total: 1000, quotient: 1, symmetric: 0,
            upperTail: 0.5918887892179125,
            shareLimits: ConfidenceLimits(lower: 0.006229971538306395, upper: 0.08517605297428002),
            logVariance: 0.291, nested: nil, fixedReference: nil),
        KnownQuotient(
            x: 40, regionTotal: 400, industryTotal: 100, total: 1000, quotient: 1, symmetric: 0,
            upperTail: 0.5405439827492483,
            shareLimits: ConfidenceLimits(lower: 0.07240629419404179, upper: 0.13367785829068946),
            logVariance: 0.013499999999999996,
            nested: ConfidenceLimits(lower: 0.7963414433812067, upper: 1.2557427574710593),
            fixedReference: ConfidenceLimits(lower: 0.7452805176755081, upper: 1.3417766549418855)),
    ]
}

@Suite struct LocationQuotientTests {
    @Test(arguments: KnownQuotient.all)
    func knownAnswers(known: KnownQuotient) throws {
        let counts = known.counts
        #expect(isClose(try #require(counts.value), known.quotient))
        #expect(isClose(try #require(counts.symmetric), known.symmetric))
        #expect(isClose(try #require(counts.upperTailProbability), known.upperTail, 1e-12))
        let share = try #require(ClopperPearson.limits(count: known.x, total: known.regionTotal))
        #expect(isClose(share, known.shareLimits))
        #expect((counts.logVariance == nil) == (known.logVariance == nil))
        if let variance = counts.logVariance, let expected = known.logVariance {
            #expect(isClose(variance, expected, 1e-12))
        }
    }

    @Test(arguments: KnownQuotient.all)
    func limitsTakeTheFormTheCountsAllow(known: KnownQuotient) throws {
        let limits = try #require(known.counts.limits())
        let ceiling = Double(known.total) / Double(known.industryTotal)
        if let nested = known.nested {
            #expect(isClose(limits, nested))
        } else {
            #expect(isClose(limits.lower, known.shareLimits.lower * ceiling))
            #expect(isClose(limits.upper, min(ceiling, known.shareLimits.upper * ceiling)))
        }
        let outside = LocationQuotient(
            industryInRegion: known.x, regionTotal: known.regionTotal,
            outsideIndustryTotal: Double(known.industryTotal), outsideTotal: Double(known.total))
        #expect(outside.value == known.counts.value)
        if let fixed = known.fixedReference { #expect(isClose(try #require(outside.limits()), fixed)) }
    }

    @Test func noLimitAboveTheLargestPossibleQuotient() throws {
        // 5 firms of 5 in an industry of 5 among 1000: the exact share limit alone would be 0.478 ... 1 over 0.005.
        let all = LocationQuotient(industryInRegion: 5, regionTotal: 5, industryTotal: 5, total: 1000)
        let limits = try #require(all.limits())
        #expect(all.value == 200 && limits.upper == 200 && limits.lower < 200)
        // The delta form too: 95 of 100, p = 0.5, would reach above 2.
        let large = LocationQuotient(industryInRegion: 95, regionTotal: 100, industryTotal: 500, total: 1000)
        #expect(try #require(large.limits()).upper <= 2)
        let edge = LocationQuotient(industryInRegion: 5, regionTotal: 10, industryTotal: 30, total: 60)
        #expect(try #require(edge.limits(ConfidenceLevel(0.999))).upper == 2)
    }

    @Test func exactLimitsBelowFiveOnly() throws {
        func ends(_ x: Int, of regionTotal: Int) throws -> (found: ConfidenceLimits, exact: ConfidenceLimits) {
            let counts = LocationQuotient(
                industryInRegion: x, regionTotal: regionTotal, industryTotal: 100, total: 1000)
            let share = try #require(ClopperPearson.limits(count: x, total: regionTotal))
            let exact = ConfidenceLimits(lower: share.lower / 0.1, upper: min(10, share.upper / 0.1))
            return (try #require(counts.limits()), exact)
        }
        for (x, regionTotal) in [(4, 50), (46, 50)] {
            let (found, exact) = try ends(x, of: regionTotal)
            #expect(isClose(found, exact))
        }
        for (x, regionTotal) in [(5, 50), (45, 50), (5, 10)] {
            let (found, exact) = try ends(x, of: regionTotal)
            #expect(!isClose(found.lower, exact.lower, 1e-3))
        }
    }

    @Test func undefinedIsNil() {
        let emptyRegion = LocationQuotient(industryInRegion: 0, regionTotal: 0, industryTotal: 4, total: 9)
        let emptyIndustry = LocationQuotient(industryInRegion: 0, regionTotal: 3, industryTotal: 0, total: 9)
        for counts in [emptyRegion, emptyIndustry] {
            #expect(counts.value == nil && counts.symmetric == nil && counts.logVariance == nil)
            #expect(counts.limits() == nil && counts.relativeRisk == nil)
        }
        #expect(emptyRegion.expectedFirms == 0 && emptyRegion.shareOfIndustry == 0)
        #expect(emptyIndustry.expectedFirms == 0 && emptyIndustry.shareOfIndustry == nil)
        let nothing = LocationQuotient(industryInRegion: 0, regionTotal: 0, industryTotal: 0, total: 0)
        #expect(nothing.value == nil && nothing.expectedFirms == nil)
    }

    @Test func theWholeStudyAreaHasQuotientOne() throws {
        let whole = LocationQuotient(industryInRegion: 30, regionTotal: 100, industryTotal: 30, total: 100)
        #expect(whole.value == 1)
        #expect(try #require(whole.limits()) == ConfidenceLimits(lower: 1, upper: 1))
        #expect(whole.relativeRisk == nil && whole.shareOfIndustry == 1 && whole.expectedFirms == 30)
    }

    @Test func companionsOfTheQuotient() throws {
        let counts = LocationQuotient(industryInRegion: 12, regionTotal: 60, industryTotal: 40, total: 1000)
        #expect(counts.expectedFirms == 2.4)
        #expect(counts.shareOfIndustry == 0.3)
        // (12 / 2.4) / (28 / 37.6)
        #expect(isClose(try #require(counts.relativeRisk), 5 / (28 / 37.6)))
        let outside = LocationQuotient(
            industryInRegion: 12, regionTotal: 60, outsideIndustryTotal: 40, outsideTotal: 1000)
        #expect(outside.expectedFirms == 2.4)
        #expect(outside.relativeRisk == nil && outside.shareOfIndustry == nil && outside.upperTailProbability == nil)
    }

    @Test func employmentExampleOfTheTextbook() throws {
        // Printed in the manual of the R package REAT 3.0.3.
        let quotient = EmploymentQuotient(
            industryInRegion: 1714, regionTotal: 79006, industryTotal: 879_213, total: 15_593_224)
        #expect(abs(try #require(quotient.value) - 0.3847623) < 5e-8)
        #expect(
            EmploymentQuotient(industryInRegion: 0, regionTotal: 0, industryTotal: 3, total: 9).value == nil)
        #expect(
            EmploymentQuotient(industryInRegion: 0, regionTotal: 3, industryTotal: 0, total: 9).value == nil)
    }

    @Test func matrixExampleOfEconGeo() {
        // Regions × industries of the EconGeo 1.3 manual; it writes 0 where we have nil, which does not occur here.
        let table = [
            [100, 0, 0, 0, 0], [0, 15, 5, 70, 10], [0, 20, 10, 20, 50], [0, 25, 30, 5, 40], [0, 40, 55, 5, 0],
        ]
        let expected = [
            [5, 0, 0, 0, 0], [0, 0.75, 0.25, 3.5, 0.5], [0, 1, 0.5, 1, 2.5], [0, 1.25, 1.5, 0.25, 2],
            [0, 2, 2.75, 0.25, 0],
        ]
        for region in table.indices {
            for industry in table[region].indices {
                let counts = LocationQuotient(
                    industryInRegion: table[region][industry], regionTotal: table[region].reduce(0, +),
                    industryTotal: table.reduce(0) { $0 + $1[industry] }, total: 500)
                #expect(counts.value == expected[region][industry])
            }
        }
    }

    @Test(arguments: 0..<200)
    func theWeightedMeanOverRegionsIsOne(seed: Int) throws {
        var random = RandomStream(seed: UInt64(seed))
        let regions = Int.random(in: 1...12, using: &random)
        let cells = (0..<regions).map { _ in
            (industry: Int.random(in: 0...30, using: &random), rest: Int.random(in: 0...300, using: &random))
        }
        let industryTotal = cells.reduce(0) { $0 + $1.industry }
        let total = cells.reduce(0) { $0 + $1.industry + $1.rest }
        guard industryTotal > 0 else { return }
        var mean = 0.0
        for cell in cells where cell.industry + cell.rest > 0 {
            let counts = LocationQuotient(
                industryInRegion: cell.industry, regionTotal: cell.industry + cell.rest,
                industryTotal: industryTotal, total: total)
            let value = try #require(counts.value)
            let limits = try #require(counts.limits())
            mean += value * Double(cell.industry + cell.rest) / Double(total)
            #expect(limits.lower <= value * (1 + 1e-12) && value <= limits.upper * (1 + 1e-12), "seed \(seed)")
            #expect(limits.lower >= 0 && limits.upper <= Double(total) / Double(industryTotal), "seed \(seed)")
        }
        #expect(isClose(mean, 1, 1e-12), "seed \(seed)")
    }
}

func isClose(_ value: Double, _ expected: Double, _ tolerance: Double = 1e-10) -> Bool {
    abs(value - expected) <= tolerance * max(abs(value), abs(expected))
}

func isClose(_ limits: ConfidenceLimits, _ expected: ConfidenceLimits) -> Bool {
    isClose(limits.lower, expected.lower) && isClose(limits.upper, expected.upper)
}
