import RegionalMeasures
import Testing

@Suite struct ShrunkLocationQuotientTests {
    /// Limits by SciPy 1.17, `gamma.ppf` with shape x + a and scale 1 / (E + a).
    @Test(arguments: [
        (1, 0.2, 1.0, 0.20184106545330413, 4.6430361591157485), (12, 2.4, 1.0, 2.0358683797070003, 6.165172072993224),
        (0, 2.4, 1.0, 0.007446414113026435, 1.084964545327628), (0, 2.4, 5.0, 0.21939005271870546, 1.3839984696491476),
        (500, 300.0, 5.0, 1.514458867538489, 1.8032264963564113),
    ])
    func intervalsAgainstSciPy(x: Int, expected: Double, a: Double, lower: Double, upper: Double) throws {
        let shrunk = ShrunkLocationQuotient(observed: x, expected: expected, prior: .gamma(shape: a, rate: a))
        #expect(isClose(shrunk.value, (Double(x) + a) / (expected + a)))
        let limits = try #require(shrunk.limits())
        #expect(isClose(limits.lower, lower, 1e-11) && isClose(limits.upper, upper, 1e-11))
        #expect(limits.lower < shrunk.value && shrunk.value < limits.upper)
    }

    @Test func smallRegionsShrinkMost() throws {
        // 5 is the quotient of both.
        #expect(isClose(ShrunkLocationQuotient(observed: 1, expected: 0.2, prior: .weak).value, 1 + 2.0 / 3))
        #expect(isClose(ShrunkLocationQuotient(observed: 1, expected: 0.2, prior: .strong).value, 6 / 5.2))
        #expect(isClose(ShrunkLocationQuotient(observed: 100, expected: 20).value, 101.0 / 21))
        let counts = LocationQuotient(industryInRegion: 12, regionTotal: 60, industryTotal: 40, total: 1000)
        #expect(isClose(try #require(ShrunkLocationQuotient(counts)).value, 13 / 3.4))
        let nothing = LocationQuotient(industryInRegion: 0, regionTotal: 0, industryTotal: 0, total: 0)
        #expect(ShrunkLocationQuotient(nothing) == nil)
        let empty = LocationQuotient(industryInRegion: 0, regionTotal: 0, industryTotal: 40, total: 1000)
        #expect(try #require(ShrunkLocationQuotient(empty)).value == 1)
    }

    @Test func momentsOverRegions() throws {
        // Worked by hand: ΣO = ΣE = 24, m = 1, s² = (0.1 + 1.5 + 4 + 0.4 + 25/6)/24 − 5/24 = 0.2152777…
        let prior = try #require(
            HeterogeneityPrior.marshall(observed: [3, 0, 8, 12, 1], expected: [2.5, 1.5, 4, 10, 6]))
        guard case .gamma(let shape, let rate) = prior else {
            Issue.record("\(prior)")
            return
        }
        #expect(isClose(shape, 4.645161290322581) && isClose(rate, 4.645161290322581))
        // A region where nothing is expected changes nothing.
        #expect(
            HeterogeneityPrior.marshall(observed: [3, 0, 8, 12, 1, 0], expected: [2.5, 1.5, 4, 10, 6, 0]) == prior)
    }

    @Test func withoutHeterogeneityAllAreAlike() throws {
        // No more variation than chance: s² = 20 · 0.1²/20 − 2/20 < 0.
        let prior = try #require(HeterogeneityPrior.marshall(observed: [11, 9], expected: [10, 10]))
        #expect(prior == .none(mean: 1))
        let shrunk = ShrunkLocationQuotient(observed: 11, expected: 10, prior: prior)
        #expect(shrunk.value == 1 && shrunk.limits() == nil)
        #expect(HeterogeneityPrior.marshall(observed: [0, 0], expected: [3, 4]) == nil)
        #expect(HeterogeneityPrior.marshall(observed: [], expected: []) == nil)
        #expect(HeterogeneityPrior.marshall(observed: [0], expected: [0]) == nil)
    }
}
