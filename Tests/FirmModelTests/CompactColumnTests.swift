import Testing

@testable import FirmModel

/// Columns that keep less than a number for each row against arrays that keep it all.
@Suite struct CompactColumnTests {
    @Test(arguments: 0..<40 as Range<UInt64>)
    func risingNumbersOutgrowTheirBits(seed: UInt64) {
        var random = RandomStream(seed: seed)
        var column = RisingNumbers<UInt8>()
        var expected: [Int] = []
        while expected.count < 200 {
            let base = expected.last ?? 0
            var run: [UInt32] = []
            for _ in 0..<Int.random(in: 0...5, using: &random) {
                run.append((run.last ?? 0) + UInt32.random(in: 0...(seed % 2 == 0 ? 9 : 700), using: &random))
            }
            if Bool.random(using: &random) {
                column.append(run, from: base)
            } else {
                for number in run { column.append(base + Int(number)) }
            }
            expected += run.map { base + Int($0) }
            #expect(column.last == expected.last ?? 0)
        }
        #expect((0..<column.count).map { column[$0] } == expected)
    }

    @Test func textsComeBack() {
        var column = TextColumn()
        column.append("Café")
        column.append(run: Array("ab1".utf8), ends: [2, 2, 3])
        column.append("")
        #expect((0..<column.count).map { column[$0] } == ["Café", "ab", "", "1", ""])
        #expect(column.ends == [5, 7, 7, 8, 8] && column.carries.isEmpty)
    }

    @Test(arguments: 0..<40 as Range<UInt64>)
    func linesComeBack(seed: UInt64) {
        var random = RandomStream(seed: seed)
        var column = LineNumbers()
        var expected: [UInt32] = []
        while expected.count < 200 {
            let first = (expected.last ?? 1) + UInt32.random(in: 0...2, using: &random)
            let run = first..<first + UInt32.random(in: 0...20, using: &random)
            switch Int.random(in: 0..<3, using: &random) {
            case 0: column.append(run)
            case 1: column.append(contentsOf: LineNumbers(run))
            default: for line in run { column.append(line) }
            }
            expected += run
        }
        #expect(Array(column) == expected)
        #expect(column == LineNumbers(expected))
    }
}
