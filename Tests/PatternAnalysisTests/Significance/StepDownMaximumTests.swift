import FirmModel
import SignificanceTesting
import Testing

@testable import PatternAnalysis

@Suite struct StepDownMaximumTests {
    /// Against the definition, written out, with ties and a pattern on which all registers agree.
    @Test(arguments: 0..<20)
    func agreesWithItsDefinition(seed: Int) {
        var stream = RandomStream(seed: UInt64(seed), stream: 64)
        let (patterns, simulations) = (2 + stream.next(below: 6), 5 + stream.next(below: 40))
        func register() -> [Double] {
            (0..<patterns).map { $0 == 1 ? 0.5 : Double(stream.next(below: 3 + 4 * $0)) / 20 }
        }
        let observed = register()
        let simulated = (0..<simulations).map { _ in register() }
        var null = NullIndices(observed: observed)
        for indices in simulated { null.add(indices) }
        var maximum = StepDownMaximum(null)
        for indices in simulated { maximum.add(indices) }

        let all = [observed] + simulated
        let z = all.map { register in
            (0..<patterns).map { place -> Double in
                let mean = all.reduce(0) { $0 + $1[place] } / Double(all.count)
                let square = all.reduce(0) { $0 + ($1[place] - mean) * ($1[place] - mean) } / Double(all.count)
                return square > 1e-20 ? (register[place] - mean) / square.squareRoot() : 0
            }
        }
        for (sign, found) in [(1.0, maximum.pValues.upper), (-1.0, maximum.pValues.lower)] {
            let order = (0..<patterns).sorted { sign * z[0][$0] > sign * z[0][$1] }
            var largest = 0.0
            for (rank, place) in order.enumerated() {
                let exceedances = z.dropFirst().count { register in
                    (order[rank...].map { sign * register[$0] }.max() ?? 0) >= sign * z[0][place] - 1e-9
                }
                largest = max(largest, Double(1 + exceedances) / Double(1 + simulations))
                #expect(abs(found[place] - largest) < 1e-12, "seed \(seed), pattern \(place)")
            }
        }
    }

    @Test func aPatternThatNeverChangesHasNoDeviation() {
        var null = NullIndices(observed: [0.1, 0.3])
        for _ in 0..<7 { null.add([0.1, 0.1]) }
        #expect(null.deviation(0) == 0)
        #expect(null.deviation(1) == 0)
        #expect(null.means[1] == 0.1)
        #expect(null.pValues[0].upper.value == 1)
        #expect(null.pValues[0].lower.value == 1)
        #expect(null.pValues[1].upper.value == 0.125)
        #expect(null.pValues[1].lower.value == 1)
        #expect(null.pooled(0).deviation == 0)
        #expect(null.pooled(1).deviation > 0)
    }
}
