import FirmModel
import SignificanceTesting
import Testing

@Suite struct RelabellingTests {
    private func dealt<Value: BitwiseCopyable>(
        _ relabelling: Relabelling, _ values: [Value], replicate: Int, seed: UInt64 = 5
    ) -> [Value] {
        var target: [Value] = []
        relabelling.deal(values, to: &target, replicate: replicate, seed: seed)
        return target
    }

    @Test(arguments: NullModel.allCases) func columnsAreDealtTogether(model: NullModel) {
        let relabelling = Relabelling(model, firmCount: 100)
        let codes = (0..<Int32(100)).map { $0 }
        let employment = codes.map { Double($0) * 3 }
        for replicate in 0..<5 {
            let (first, second) = (
                dealt(relabelling, codes, replicate: replicate), dealt(relabelling, employment, replicate: replicate)
            )
            #expect(first.sorted() == codes)
            #expect(first.map { Double($0) * 3 } == second)
        }
        #expect(dealt(relabelling, codes, replicate: 0) != dealt(relabelling, codes, replicate: 1))
        #expect(dealt(relabelling, codes, replicate: 0) != dealt(relabelling, codes, replicate: 0, seed: 6))
    }

    /// 24 orders of four firms, each as often as the others: χ² with 23 degrees of freedom is above 49.7 once in a thousand times.
    @Test func everyOrderIsAsLikely() {
        let relabelling = Relabelling(.randomLabelling, firmCount: 4)
        var counts: [[Int32]: Int] = [:]
        let draws = 24_000
        for replicate in 0..<draws { counts[dealt(relabelling, [0, 1, 2, 3], replicate: replicate), default: 0] += 1 }
        #expect(counts.count == 24)
        let squares = counts.values.reduce(0.0) { $0 + (Double($1) - 1000) * (Double($1) - 1000) / 1000 }
        #expect(squares < 49.7)
    }

    @Test func everyShiftIsAsLikely() {
        let relabelling = Relabelling(.cyclicShift, firmCount: 5, curve: [3, 1, 4, 0, 2])
        var counts: [Int32: Int] = [:]
        for replicate in 0..<5000 {
            let values = dealt(relabelling, [Int32(0), 1, 2, 3, 4], replicate: replicate)
            // Along the curve the codes are still in the order 3, 1, 4, 0, 2, from some place on.
            let along = [3, 1, 4, 0, 2].map { values[$0] }
            let start = along.firstIndex(of: 3) ?? 0
            #expect((0..<5).map { along[(start + $0) % 5] } == [3, 1, 4, 0, 2])
            counts[values[0], default: 0] += 1
        }
        #expect(counts.count == 5)
        #expect(counts.values.allSatisfy { abs($0 - 1000) < 130 })
    }

    @Test(arguments: NullModel.allCases) func strataKeepTheirCodes(model: NullModel) {
        let strata: [Int32] = (0..<60).map { Int32($0 * 7 % 3) }
        let values = strata.enumerated().map { $1 * 1000 + Int32($0) }
        let relabelling = Relabelling(model, firmCount: 60, strata: strata, curve: (0..<60).reversed())
        for replicate in 0..<20 {
            let shuffled = dealt(relabelling, values, replicate: replicate)
            #expect(shuffled.map { $0 / 1000 } == strata)
            #expect(shuffled.sorted() == values.sorted())
        }
        #expect(dealt(relabelling, values, replicate: 3) != values)
    }

    @Test func smallRegisters() {
        for model in NullModel.allCases {
            #expect(dealt(Relabelling(model, firmCount: 0), [Int32](), replicate: 0) == [])
            #expect(dealt(Relabelling(model, firmCount: 1), [Int32(7)], replicate: 0) == [7])
        }
    }
}
