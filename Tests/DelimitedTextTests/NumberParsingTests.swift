import DelimitedText
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
}
