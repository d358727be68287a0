extension TextBuffer {
    /// Text of an XML element or of an attribute in double quotes: `&`, `<`, `>` and `"` as entities, a carriage return as a reference
    /// (a parser would make a line feed of it), and U+FFFD for what XML 1.0 cannot hold (section 2.2).
    mutating func appendXML(_ text: String) {
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": append("&amp;")
            case "<": append("&lt;")
            case ">": append("&gt;")
            case "\"": append("&quot;")
            case "\r": append("&#13;")
            case "\t", "\n": append(UInt8(ascii: scalar))
            case "\u{0}"..<" ", "\u{FFFE}", "\u{FFFF}": append("\u{FFFD}")
            default: for unit in UTF8.encode(scalar) ?? .init() { append(unit) }
            }
        }
    }
}
