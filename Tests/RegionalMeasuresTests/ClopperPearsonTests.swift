import FirmModel
import Testing

@testable import RegionalMeasures

@Suite struct ClopperPearsonTests {
    /// 95 percent limits worked out with mpmath 1.3 in 40 digits.
    @Test(arguments: [
        (1, 10, 0.0025285785444617845, 0.44501611702819542),
        (3, 1_000_000, 6.1867255019063986e-7, 8.7672477881452235e-6),
        (4, 37, 0.030251965068749616, 0.25417593607747896),
        (996, 1000, 0.98979033531607013, 0.99890909201227403),
        (499_998, 500_000, 0.99998555070015783, 0.99999951558107582),
        (2500, 10_000, 0.2415368761820297, 0.25860894609709311),
        (50, 100, 0.39832112950330098, 0.60167887049669902),
        (1, 2, 0.012579117093425049, 0.98742088290657495),
    ])
    func manyDigits(count: Int, total: Int, lower: Double, upper: Double) throws {
        let limits = try #require(ClopperPearson.limits(count: count, total: total))
        #expect(isClose(limits.lower, lower, 1e-12) && isClose(limits.upper, upper, 1e-12))
    }

    @Test func nothingAndAll() throws {
        let none = try #require(ClopperPearson.limits(count: 0, total: 60))
        #expect(none.lower == 0 && isClose(none.upper, 0.05962949228616691, 1e-13))
        let all = try #require(ClopperPearson.limits(count: 60, total: 60))
        #expect(isClose(all.lower, 0.9403705077138331, 1e-13) && all.upper == 1)
        #expect(ClopperPearson.limits(count: 0, total: 0) == nil)
    }

    @Test(arguments: 0..<300)
    func theTailsAtTheLimitsAreHalfOfAlpha(seed: Int) throws {
        var random = RandomStream(seed: UInt64(seed))
        let total = Int(1e6 * random.nextUnit() * random.nextUnit() * random.nextUnit()) + 2
        let few = Int.random(in: 1...min(total - 1, 8), using: &random)
        let count = seed % 3 == 0 ? total - few : seed % 3 == 1 ? few : Int.random(in: 1..<total, using: &random)
        let level = ConfidenceLevel(0.5 + 0.4999 * random.nextUnit())
        let limits = try #require(ClopperPearson.limits(count: count, total: total, level: level))
        let x = Double(count)
        let rest = Double(total - count)
        let below = IncompleteBeta.value(x: limits.lower, y: 1 - limits.lower, x, rest + 1)
        let above = IncompleteBeta.value(x: 1 - limits.upper, y: limits.upper, rest, x + 1)
        #expect(isClose(below, level.tail, 1e-9) && isClose(above, level.tail, 1e-9), "seed \(seed)")
    }

    @Test func incompleteBetaAgainstBinomialSums() {
        for total in 1...30 {
            for count in 1...total {
                let share = 0.37
                // P(X ≥ count) = I_p(count, n − count + 1)
                let tail = (count...total).reduce(0.0) {
                    $0 + BinomialMass.value(Double($1), Double(total - $1), x: share, y: 1 - share)
                }
                let beta = IncompleteBeta.value(x: share, y: 1 - share, Double(count), Double(total - count + 1))
                #expect(isClose(beta, tail, 1e-13))
            }
        }
    }

    @Test func normalQuantiles() {
        #expect(isClose(ConfidenceLevel(0.9).normalQuantile, 1.6448536269514722, 1e-15))
        #expect(isClose(ConfidenceLevel.ninetyFivePercent.normalQuantile, 1.959963984540054, 1e-15))
        #expect(isClose(ConfidenceLevel(0.99).normalQuantile, 2.5758293035489004, 1e-14))
        #expect(isClose(ConfidenceLevel(1 - 1e-6).normalQuantile, 4.89163847571478, 1e-10))
        #expect(isClose(ConfidenceLevel(0.01).normalQuantile, 0.012533469508069276, 1e-13))
    }

    @Test func hypergeometricProbabilitiesSumToOne() {
        let draws = Hypergeometric(population: 72, successes: 22, draws: 16)
        let sum = (0...16).reduce(0) { $0 + draws.probability(of: $1) }
        #expect(isClose(sum, 1, 1e-13))
        for count in 0...17 {
            let tail = (count..<18).reduce(0) { $0 + draws.probability(of: $1) }
            #expect(abs(draws.upperTail(from: count) - tail) < 1e-13)
        }
        let forced = Hypergeometric(population: 10, successes: 8, draws: 9)
        #expect(forced.upperTail(from: 7) == 1 && forced.upperTail(from: 9) == 0)
        #expect(Hypergeometric(population: 10, successes: 3, draws: 10).upperTail(from: 3) == 1)
    }
}
