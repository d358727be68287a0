import FirmModel
import RealModule
import Testing

@testable import RegionalMeasures

@Suite struct TailProbabilityTests {
    /// P(a, x) and Q(a, x) worked out with mpmath 1.3 in 40 digits.
    @Test(arguments: [
        (0.01, 1e-05, 0.8963367982671972, 0.1036632017328028),
        (0.01, 2.0, 0.99950333546278147, 0.0004966645372185268),
        (0.5, 0.3, 0.56142197391900014, 0.43857802608099986),
        (1.0, 1.0, 0.63212055882855768, 0.36787944117144232),
        (2.5, 10.0, 0.99875026943696862, 0.0012497305630313754),
        (13.0, 3.4, 5.707378822382168e-5, 0.99994292621177618),
        (13.0, 30.0, 0.99983230235044867, 0.00016769764955133029),
        (200.0, 150.0, 5.7096885742082443e-5, 0.99994290311425792),
        (200.0, 260.0, 0.99995249987555699, 4.7500124443008756e-5),
        (1e4, 10100.0, 0.84134875044717962, 0.15865124955282038),
        (40.0, 400.0, 1.0, 3.1432972673215568e-119),
        (3.0, 0.0001, 1.666541671666528e-13, 0.99999999999983335),
    ])
    func incompleteGamma(a: Double, x: Double, lower: Double, upper: Double) {
        #expect(isClose(IncompleteGamma.lower(a, x), lower, 1e-13))
        #expect(isClose(IncompleteGamma.upper(a, x), upper, 1e-13))
    }

    @Test func incompleteGammaAtItsEnds() {
        #expect(IncompleteGamma.lower(2, 0) == 0 && IncompleteGamma.upper(2, 0) == 1)
        #expect(IncompleteGamma.lower(2, .infinity) == 1 && IncompleteGamma.upper(2, .infinity) == 0)
        // A million firms, SciPy 1.17.
        #expect(isClose(IncompleteGamma.lower(1e6, 998_000), 0.022696114006736795, 1e-11))
        #expect(isClose(IncompleteGamma.upper(1e6, 1_002_000), 0.022804095898769836, 1e-11))
    }

    /// Quantiles by SciPy 1.17, `gammaincinv`.
    @Test(arguments: [
        (0.025, 0.2, 6.372539920029766e-09), (0.975, 0.2, 1.511102975988578), (0.025, 1.0, 0.025317807984289876),
        (0.975, 13.0, 20.96158504817696), (0.025, 13.0, 6.921952491003801), (0.5, 1000.5, 1000.1666864170863),
        (1e-10, 4.0, 0.007009088457179529), (1 - 1e-10, 4.0, 31.69898211448721), (0.025, 1e6, 998040.9833402939),
        (0.975, 1e-3, 5.6792519968232876e-12), (0.025, 0.01, 3.5226859973137185e-161),
    ])
    func gammaQuantiles(p: Double, a: Double, x: Double) {
        #expect(isClose(IncompleteGamma.inverse(p, a), x, 1e-11))
    }

    @Test(arguments: 0..<200)
    func quantilesUndoTails(seed: Int) {
        var random = RandomStream(seed: UInt64(seed))
        // Far tails of small shapes would be below the smallest number.
        let isFar = seed % 2 == 1
        let a = Double.exp((isFar ? 0 : -3) + 11 * random.nextUnit())
        let p = isFar ? 1e-200 * random.nextUnit() : random.nextUnit()
        let x = IncompleteGamma.inverse(p, a)
        #expect(isClose(IncompleteGamma.lower(a, x), p, 1e-9), "seed \(seed): a \(a), p \(p), x \(x)")
    }

    @Test func aQuantileTooSmallToBeWrittenIsZero() {
        #expect(IncompleteGamma.inverse(0.025, 1e-4) == 0)
    }

    /// P(X ≥ k), P(X ≤ k), P(X = k) by SciPy 1.17.
    @Test(arguments: [
        (12, 2.4, 8.453513110073409e-06, 0.9999984630633123, 6.91657642232781e-06),
        (3, 5.5, 0.9116235676432145, 0.20169919870252867, 0.1133227663457432),
        (0, 2.0, 1.0, 0.1353352832366127, 0.1353352832366127),
        (150, 100.0, 1.8842104660386844e-06, 0.9999987669055809, 6.511160468786359e-07),
    ])
    func poisson(count: Int, mean: Double, upper: Double, lower: Double, mass: Double) {
        let poisson = Poisson(mean: mean)
        #expect(isClose(poisson.upperTail(from: count), upper, 1e-12))
        #expect(isClose(poisson.lowerTail(through: count), lower, 1e-12))
        #expect(isClose(poisson.probability(of: count), mass, 1e-12))
    }

    /// P(X ≥ k), P(X ≤ k), P(X = k) by SciPy 1.17.
    @Test(arguments: [
        (12, 40, 0.06, 2.487142156069801e-06, 0.9999996634704501, 2.150612606159651e-06),
        (0, 5, 0.3, 1.0, 0.16807, 0.16807),
        (5, 5, 0.3, 0.00243, 1.0, 0.00243),
        (30, 100000, 1e-4, 2.505077167296924e-07, 0.9999999203330556, 1.7084077233956342e-07),
        (250, 1000, 0.3, 0.999801452673767, 0.0002598030365289303, 6.125571029588986e-05),
    ])
    func binomial(count: Int, trials: Int, p: Double, upper: Double, lower: Double, mass: Double) {
        let binomial = Binomial(trials: trials, probability: p)
        #expect(isClose(binomial.upperTail(from: count), upper, 1e-11))
        #expect(isClose(binomial.lowerTail(through: count), lower, 1e-11))
        #expect(isClose(binomial.probability(of: count), mass, 1e-11))
    }

    @Test func tailsOfWhatCannotVary() {
        #expect(Poisson(mean: 0).upperTail(from: 1) == 0 && Poisson(mean: 0).lowerTail(through: 0) == 1)
        #expect(Poisson(mean: 0).probability(of: 0) == 1 && Poisson(mean: 3).probability(of: -1) == 0)
        #expect(Poisson(mean: 3).upperTail(from: -1) == 1 && Poisson(mean: 3).lowerTail(through: -1) == 0)
        let never = Binomial(trials: 10, probability: 0)
        #expect(never.upperTail(from: 1) == 0 && never.lowerTail(through: 0) == 1)
        let always = Binomial(trials: 10, probability: 1)
        #expect(always.upperTail(from: 10) == 1 && always.lowerTail(through: 9) == 0)
        #expect(always.upperTail(from: 11) == 0 && always.probability(of: 11) == 0)
    }

    @Test func tailsAreSumsOfMasses() {
        let binomial = Binomial(trials: 25, probability: 0.17)
        let poisson = Poisson(mean: 4.2)
        for count in 0...25 {
            let rising = (0...count).reduce(0) { $0 + binomial.probability(of: $1) }
            #expect(isClose(binomial.lowerTail(through: count), rising, 1e-12))
            #expect(isClose(binomial.upperTail(from: count) + rising - binomial.probability(of: count), 1, 1e-12))
            let falling = (count...90).reversed().reduce(0) { $0 + poisson.probability(of: $1) }
            #expect(isClose(poisson.upperTail(from: count), falling, 1e-12))
        }
    }
}
