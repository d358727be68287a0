import FirmModel
import RealModule
import SignificanceTesting
import Testing

@Suite struct GumbelTailTests {
    /// Thirty draws of a Gumbel distribution, location 5 and scale 1.3, by SciPy 1.17.
    static let maxima = [
        5.672, 6.383, 4.726, 5.517, 7.832, 7.876, 4.051, 4.41, 3.586, 5.259, 3.367, 5.317, 6.091, 4.681, 6.22, 5.835,
        3.289, 5.704, 4.61, 5.167, 4.699, 6.305, 5.258, 4.199, 5.648, 6.812, 4.782, 4.468, 5.071, 8.539,
    ]

    /// Moments by NumPy 2.4, tails by scipy.stats.gumbel_r.sf, times 30/40 for ten simulations that found nothing.
    @Test func againstSciPy() throws {
        let tail = try #require(GumbelTail(maxima: Self.maxima + [Double](repeating: 0, count: 10)))
        #expect(tail.positiveShare == 0.75)
        #expect(isClose(tail.location, 4.8067099584331725) && isClose(tail.scale, 0.9916975745933894))
        for (statistic, p) in [
            (1.0, 0.75), (5, 0.420636154775014), (8, 0.029374842762306154), (15, 2.5769296507578835e-05),
            (60, 5.061084043214191e-25), (400, 6.425679718582349e-174),
        ] {
            #expect(isClose(tail.pValue(of: statistic), p))
        }
        #expect(tail.pValue(of: 0) == 1 && tail.pValue(of: 1e6) > 0)
    }

    private func isClose(_ value: Double, _ expected: Double) -> Bool {
        abs(value - expected) <= 1e-11 * expected
    }

    @Test func tooLittleToFit() {
        #expect(GumbelTail(maxima: Array(Self.maxima.prefix(19))) == nil)
        #expect(GumbelTail(maxima: Array(Self.maxima.prefix(20))) != nil)
        #expect(GumbelTail(maxima: [Double](repeating: 0, count: 500)) == nil)
        #expect(GumbelTail(maxima: [Double](repeating: 0.1, count: 50)) == nil)
        #expect(GumbelTail(maxima: []) == nil)
    }

    /// Maxima of many exponential variables are about Gumbel: far beyond the simulations the fitted tail is right
    /// within a factor of 3.
    @Test func beyondTheSimulations() throws {
        var random = RandomStream(seed: 9)
        let maxima = (0..<999).map { _ in
            // The largest of 200 exponentials by its distribution function (1 − e^−t)²⁰⁰.
            -Double.log(1 - .pow(random.nextUnit(), 1.0 / 200))
        }
        let tail = try #require(GumbelTail(maxima: maxima))
        for statistic in [13.0, 16, 20] {
            let exact = -Double.expMinusOne(200 * .log(onePlus: -.exp(-statistic)))
            let ratio = tail.pValue(of: statistic) / exact
            #expect(ratio > 1.0 / 3 && ratio < 3)
        }
    }
}
