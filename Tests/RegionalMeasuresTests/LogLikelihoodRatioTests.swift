import FirmModel
import RealModule
import RegionalMeasures
import Testing

@Suite struct LogLikelihoodRatioTests {
    /// Clusters of `distance_points.csv`: 72 firms, 22 of industry A and 16 of B (`cluster_significance_expected.json`).
    @Test(arguments: [
        (11, 16, 22, 6.635459690259918, 2.25, 0.00040174705744064966),
        (11, 14, 22, 8.869849245501019, 2.571428571428571, 4.900471042520059e-05),
        (4, 8, 16, 1.7087047163427869, 2.25, 0.06705100627047392),
    ])
    func clustersOfTheGoldenRegister(
        cases: Int, population: Int, totalCases: Int, ratio: Double, quotient: Double, upperTail: Double
    ) throws {
        let found = LogLikelihoodRatio.bernoulli(
            cases: cases, population: population, totalCases: totalCases, totalPopulation: 72)
        #expect(isClose(found, ratio, 1e-13))
        let counts = LocationQuotient(
            industryInRegion: cases, regionTotal: population, industryTotal: totalCases, total: 72)
        #expect(isClose(try #require(counts.value), quotient))
        #expect(isClose(try #require(counts.upperTailProbability), upperTail, 1e-12))
    }

    @Test func publishedPoissonRatios() {
        // SaTScan's answers for New York, as recorded in the tests of the R package smerc; E is given to 2 decimals.
        #expect(
            abs(LogLikelihoodRatio.poisson(cases: 106, expected: 62.13, totalCases: 552) - 14.7820642) < 5e-3)
        // The most likely cluster of the golden file: 85 cases, 49.71 expected, 11.577255.
        #expect(
            abs(LogLikelihoodRatio.poisson(cases: 85, expected: 49.71, totalCases: 552) - 11.577255) < 5e-3)
    }

    @Test func publishedBernoulliRatios() {
        // FleXScan's answers, recorded in the tests of the R package smerc; 552 cases among 1,057,673 people.
        func ratio(_ cases: Int, _ population: Int) -> Double {
            LogLikelihoodRatio.bernoulli(
                cases: cases, population: population, totalCases: 552, totalPopulation: 1_057_673)
        }
        #expect(abs(ratio(41, 38_999) - 8.4783610) < 5e-8)
        #expect(abs(ratio(39, 31_420) - 11.6797) < 5e-5)
        #expect(abs(ratio(31, 25_764) - 8.63552) < 5e-6)
        #expect(abs(ratio(11, 9_125) - 3.00889) < 5e-6)
    }

    @Test func edges() {
        func ratio(_ c: Int, _ n: Int, _ totalCases: Int, _ totalPopulation: Int) -> Double {
            LogLikelihoodRatio.bernoulli(
                cases: c, population: n, totalCases: totalCases, totalPopulation: totalPopulation)
        }
        #expect(ratio(0, 0, 5, 10) == 0)
        #expect(ratio(5, 10, 5, 10) == 0)
        #expect(ratio(1, 2, 5, 10) == 0)
        #expect(ratio(0, 3, 5, 10) == 0)
        #expect(ratio(0, 0, 0, 0) == 0)
        // Every case inside and nothing else: N log N − C log C − (N−C) log(N−C) for 5 of 10.
        #expect(isClose(ratio(5, 5, 5, 10), 10 * .log(2.0), 1e-14))
        #expect(LogLikelihoodRatio.poisson(cases: 0, expected: 0, totalCases: 0) == 0)
        #expect(LogLikelihoodRatio.poisson(cases: 4, expected: 0, totalCases: 4) == 0)
        #expect(LogLikelihoodRatio.poisson(cases: 4, expected: 4, totalCases: 4) == 0)
        #expect(isClose(LogLikelihoodRatio.poisson(cases: 4, expected: 2, totalCases: 4), 4 * .log(2.0), 1e-14))
    }

    @Test func nearParityTheDigitsStay() {
        // One case above expectation among half a billion: the leading term is d²/2 · Σ 1/m with d = 1.
        let found = LogLikelihoodRatio.bernoulli(
            cases: 250_000_001, population: 500_000_000, totalCases: 500_000_000, totalPopulation: 1_000_000_000)
        #expect(isClose(found, 4 / (2 * 250_000_000.0), 1e-9))
    }

    @Test(arguments: 0..<300)
    func neverNegativeZeroAtParityAndSymmetric(seed: Int) {
        var random = RandomStream(seed: UInt64(seed))
        let totalPopulation = Int.random(in: 1...100_000, using: &random)
        let population = Int.random(in: 0...totalPopulation, using: &random)
        let totalCases = Int.random(in: 0...totalPopulation, using: &random)
        let lowest = max(0, totalCases - (totalPopulation - population))
        let cases = Int.random(in: lowest...min(population, totalCases), using: &random)
        let ratio = LogLikelihoodRatio.bernoulli(
            cases: cases, population: population, totalCases: totalCases, totalPopulation: totalPopulation)
        #expect(ratio >= 0, "seed \(seed)")
        // Firms that are not of the industry, outside the zone, are in excess exactly when firms of it are inside.
        let mirrored = LogLikelihoodRatio.bernoulli(
            cases: totalPopulation - population - totalCases + cases, population: totalPopulation - population,
            totalCases: totalPopulation - totalCases, totalPopulation: totalPopulation)
        #expect(isClose(ratio, mirrored, 1e-12), "seed \(seed)")
        #expect(
            LogLikelihoodRatio.bernoulli(
                cases: cases, population: population, totalCases: cases * 3, totalPopulation: population * 3) == 0,
            "seed \(seed)")
        // The definition, term by term.
        func term(_ a: Int, _ of: Int) -> Double { a == 0 ? 0 : Double(a) * .log(Double(a) / Double(of)) }
        if ratio > 0 {
            let outside = totalPopulation - population
            let direct =
                term(cases, population) + term(population - cases, population)
                + term(totalCases - cases, outside) + term(outside - totalCases + cases, outside)
                - term(totalCases, totalPopulation) - term(totalPopulation - totalCases, totalPopulation)
            #expect(abs(ratio - direct) <= 1e-10 * Double(totalPopulation), "seed \(seed)")
        }
    }
}
