import Foundation
import Testing

@testable import ReportWriting

@Suite struct TextTests {
    @Test func jsonStringsReadBack() throws {
        let every = String(String.UnicodeScalarView((0...0x2FFF).compactMap(Unicode.Scalar.init)))
        for text in [
            every, "", "a\"b\\c/d", "\u{2028}\u{2029}\u{2027}\u{202A}", "柳市 🏭 é e\u{301}", "\u{0}\u{1F}\u{7F}",
        ] {
            let bytes = json(text)
            let read = try JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed) as? String
            #expect(read.map { Array($0.unicodeScalars) } == Array(text.unicodeScalars))
            #expect(!bytes.contains { $0 < 0x20 })
        }
        #expect(String(decoding: json("\u{2028}\u{1}\t\n\r"), as: UTF8.self) == #""\u2028\u0001\t\n\r""#)
    }

    @Test func fieldsAreQuotedWhereTheyMustBe() {
        let expected = [
            "plain": "plain", "": "", "a,b": "\"a,b\"", "say \"x\"": "\"say \"\"x\"\"\"",
            "two\nlines": "\"two\nlines\"",
            "cr\r": "\"cr\r\"", " space ": " space ", "柳市": "柳市",
        ]
        for (text, field) in expected {
            #expect(String(decoding: TextBuffer.csvField(text), as: UTF8.self) == field)
        }
    }

    @Test func listsAreJoined() {
        #expect(OutputValue.list(["13", "14"]) == .text("13|14"))
        #expect(OutputValue.list(["a|b", nil, "c"]) == .text("a/b||c"))
        #expect(OutputValue.list([nil, nil]) == .undefined)
        #expect(OutputValue.list(["a|b"]) == .text("a/b"))
    }

    @Test func documentsAreIndented() throws {
        let document = ReportDocument.json(
            .object([
                ("b", .array([])), ("a", .array([.integer(1), .text("x")])), ("c", .value(.undefined)),
            ]))
        let expected = """
            {
              "b": [],
              "a": [
                1,
                "x"
              ],
              "c": null
            }

            """
        #expect(String(decoding: try document.bytes(), as: UTF8.self) == expected)
    }

    private func json(_ text: String) -> [UInt8] {
        var buffer = TextBuffer()
        buffer.appendJSON(text)
        return buffer.finish()
    }
}
