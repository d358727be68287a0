import FirmModel
import Testing

@testable import Charts

@Suite struct TicksTests {
    @Test(arguments: [
        (0.0...1.0, [0, 0.2, 0.4, 0.6, 0.8, 1]),
        (0.013...0.094, [0, 0.02, 0.04, 0.06, 0.08, 0.1]),
        (-3.0...17.0, [-5, 0, 5, 10, 15, 20]),
        (0.0...1234.0, [0, 200, 400, 600, 800, 1000, 1200, 1400]),
        (4.0...4.0, [4, 4.2, 4.4, 4.6, 4.8, 5]),
    ])
    func linearTicksAreRoundAndHoldTheRange(range: ClosedRange<Double>, expected: [Double]) {
        #expect(Ticks.around(range, scale: .linear) == expected)
    }

    @Test(arguments: [
        (0.03...0.9, [0.02, 0.05, 0.1, 0.2, 0.5, 1]),
        (50.0...500.0, [50, 100, 200, 500]),
        (1.0...1.0, [1, 2]),
        (0.002...700.0, [0.001, 0.01, 0.1, 1, 10, 100, 1000]),
        (1e-12...1e12, (0...8).map { [1e-12, 1e-9, 1e-6, 1e-3, 1, 1e3, 1e6, 1e9, 1e12][$0] }),
    ])
    func logarithmicTicksAreRoundAndHoldTheRange(range: ClosedRange<Double>, expected: [Double]) {
        #expect(Ticks.around(range, scale: .logarithmic) == expected)
    }

    /// Any range: ticks ascend, enclose it, and are few.
    @Test(arguments: [Axis.Scale.linear, .logarithmic])
    func ticksEncloseEveryRange(scale: Axis.Scale) {
        var generator = RandomStream(seed: 20)
        for _ in 0..<500 {
            let exponent = Double.random(in: -8...8, using: &generator)
            let low = (scale == .linear ? Double.random(in: -1...1, using: &generator) : 1) * power(exponent)
            let high = low + low.magnitude * Double.random(in: 0.001...5000, using: &generator)
            let ticks = Ticks.around(low...high, scale: scale)
            #expect(ticks.count >= 2 && ticks.count <= 10, "\(low)...\(high): \(ticks)")
            #expect(zip(ticks, ticks.dropFirst()).allSatisfy { $0 < $1 }, "\(low)...\(high): \(ticks)")
            #expect(
                (ticks.first ?? .infinity) <= low && (ticks.last ?? -.infinity) >= high, "\(low)...\(high): \(ticks)")
        }
    }

    @Test(arguments: [
        (0.0, "0"), (0.05, "0.05"), (-2.5, "−2.5"), (1000, "1,000"), (1_234_567, "1,234,567"), (0.3, "0.3"),
        (100, "100"), (12_345.5, "12,345.5"),
    ])
    func ticksAreWrittenWithoutNeedlessDigits(number: Double, expected: String) {
        #expect(NumberText.tick(number) == expected)
    }

    @Test func coordinatesHaveTwoDecimalsAtMost() {
        #expect(NumberText.short(12.5) == "12.5")
        #expect(NumberText.short(-0.004) == "0")
        #expect(NumberText.short(-0.25) == "-0.25")
        #expect(NumberText.short(3.005) == "3" || NumberText.short(3.005) == "3.01")
        #expect(NumberText.short(100) == "100")
        #expect(NumberText.short(0.07) == "0.07")
    }

    private func power(_ exponent: Double) -> Double {
        (0..<Int(exponent.magnitude)).reduce(1) { value, _ in exponent < 0 ? value / 10 : value * 10 }
    }
}
