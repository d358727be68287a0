import DelimitedText
import ParallelWork
import Testing

@Suite struct NumberParsingTests {
    private func number(_ text: String, decimalComma: Bool = false) -> Double? {
        var text = text
        return text.withUTF8 { NumberParsing.number($0, decimalComma: decimalComma) }
    }

    @Test(arguments: [
        "", " ", "-", "+", ".", "e5", "1e", "1e+", "1.2.3", "nan", "inf", "0x1F", "1_000", "1 000", "--1", "1,5",
    ])
    func refuses(text: String) { #expect(number(text) == nil) }

    @Test func acceptsWhatPeopleWrite() {
        #expect(number(" 12.50 ") == 12.5)
        #expect(number("+.5") == 0.5)
        #expect(number("-5.") == -5)
        #expect(number("1.5E-3") == 0.0015)
        #expect(number("-0")?.sign == .minus)
        #expect(number("12,5", decimalComma: true) == 12.5)
        #expect(number("1e400") == nil)
        #expect(number("1e-400") == 0)
        #expect(number("0000000000000000000000000000001") == 1)
    }

    /// The standard library's conversion rounds correctly: every way through the parser must agree to the last bit.
    @Test func roundsCorrectly() {
        var random = SplitMix(state: 20_240_607)
        for _ in 0..<60_000 {
            let digits = Int.random(in: 1...21, using: &random)
            var text = Bool.random(using: &random) ? "-" : ""
            let point = Int.random(in: 0...digits, using: &random)
            for place in 0..<digits {
                if place == point { text += "." }
                text += String(Int.random(in: 0...9, using: &random))
            }
            if Int.random(in: 0..<4, using: &random) == 0 { text += "e\(Int.random(in: -30...30, using: &random))" }
            let expected = Double(text.replacing("-.", with: "-0.").replacing(#/^\./#, with: "0."))
            if number(text) != expected { Issue.record("\(text): \(String(describing: number(text)))") }
        }
        // Halfway cases, ties to even.
        for text in ["9007199254740993", "9007199254740995", "0.5000000000000000555", "123456789.0123456789"] {
            #expect(number(text) == Double(text))
        }
    }

    /// What cursors read eight digits at a time: right to the last bit, wherever in a block it stands and whatever follows.
    @Test(arguments: 0..<20 as Range<UInt64>)
    func plainNumbersRoundCorrectly(seed: UInt64) throws {
        var random = SplitMix(state: seed)
        var texts: [String] = []
        for _ in 0..<4000 {
            var text = Int.random(in: 0..<3, using: &random) == 0 ? "-" : ""
            let whole = Int.random(in: 0..<9, using: &random)
            let fraction = Int.random(in: 0..<18, using: &random)
            for _ in 0..<whole { text += String(Int.random(in: 0...9, using: &random)) }
            if Int.random(in: 0..<4, using: &random) > 0 { text += "." }
            for _ in 0..<fraction { text += String(Int.random(in: 0...9, using: &random)) }
            // Now and then one character is another, near the digits in the order of bytes or far from them.
            if Int.random(in: 0..<5, using: &random) == 0, !text.isEmpty {
                let place = text.index(text.startIndex, offsetBy: Int.random(in: 0..<text.count, using: &random))
                text.replaceSubrange(
                    place...place, with: ["/", ":", "e", "+", "-", ".", " ", "é"].randomElement() ?? "")
            }
            texts.append(text)
        }
        let bytes = Array(("a;b\n" + texts.map { "\($0);\($0)" }.joined(separator: "\n")).utf8)
        let reader = try DelimitedReader(
            bytes: bytes, name: "numbers", hints: DialectHints(delimiter: Dialect.semicolon, encoding: .utf8))
        let found = try reader.mapBlocks(workers: Workers(count: 1)) { cursor, _ in
            var found: [(String, Double, Double)] = []
            while cursor.next() {
                let text = String(decoding: cursor.field(0), as: UTF8.self)
                found.append((text, cursor.plainNumber(0), cursor.plainNumber(1)))
            }
            return found
        }.flatMap { $0 }
        #expect(found.count == texts.count)
        var plain = 0
        for (text, first, second) in found {
            if first.isNaN, second.isNaN { continue }
            plain += 1
            let expected = Double(text)
            if first.bitPattern != expected?.bitPattern || second.bitPattern != expected?.bitPattern {
                Issue.record("seed \(seed), \(text): \(first), \(second)")
            }
            if first != number(text) { Issue.record("seed \(seed), \(text): read otherwise elsewhere") }
        }
        #expect(plain > texts.count / 4, "seed \(seed)")
    }

    @Test func plainNumbersAreWhatRegistersHold() throws {
        let texts = ["8.712920", "-122.419416", "13", "0", "-0", "4321000.5", "2.3522219000000177", "48.856614"]
        let reader = try DelimitedReader(bytes: Array(("n\n" + texts.joined(separator: "\n")).utf8), name: "numbers")
        let found = try reader.mapBlocks(workers: Workers(count: 1)) { cursor, _ in
            var found: [UInt64] = []
            while cursor.next() { found.append(cursor.plainNumber(0).bitPattern) }
            return found
        }.flatMap { $0 }
        #expect(found == texts.map { Double($0)?.bitPattern })
    }
}
