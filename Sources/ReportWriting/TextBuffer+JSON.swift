/// A JSON document that keeps the order of its members.
public indirect enum JSONValue: Sendable {
    /// A leaf.
    case value(OutputValue)
    /// Values in order.
    case array([JSONValue])
    /// Members in the order in which they are written.
    case object([(name: String, value: JSONValue)])

    /// A string.
    public static func text(_ text: String) -> JSONValue { .value(.text(text)) }
    /// A whole number.
    public static func integer(_ number: Int) -> JSONValue { .value(.integer(number)) }
    /// An array of strings.
    public static func texts(_ texts: [String]) -> JSONValue { .array(texts.map(JSONValue.text)) }
}

extension TextBuffer {
    mutating func appendJSON(_ value: OutputValue) {
        if case .text(let text) = value { return appendJSON(text) }
        if !appendPlain(value) { append("null") }
    }

    /// Appends on one line or, given a depth, one member a line, indented by two spaces a level.
    mutating func appendJSON(_ value: JSONValue, depth: Int? = nil) {
        switch value {
        case .value(let leaf): appendJSON(leaf)
        case .array(let items):
            appendJSONItems(items.count, open: "[", close: "]", depth: depth) { buffer, index, depth in
                buffer.appendJSON(items[index], depth: depth)
            }
        case .object(let members):
            appendJSONItems(members.count, open: "{", close: "}", depth: depth) { buffer, index, depth in
                buffer.appendJSON(members[index].name)
                buffer.append(depth == nil ? ":" : ": ")
                buffer.appendJSON(members[index].value, depth: depth)
            }
        }
    }

    private mutating func appendJSONItems(
        _ count: Int, open: StaticString, close: StaticString, depth: Int?,
        _ appendItem: (inout TextBuffer, _ index: Int, _ depth: Int?) -> Void
    ) {
        append(open)
        for index in 0..<count {
            if index > 0 { append(.comma) }
            if let depth { appendLineBreak(depth: depth + 1) }
            appendItem(&self, index, depth.map { $0 + 1 })
        }
        if count > 0, let depth { appendLineBreak(depth: depth) }
        append(close)
    }

    private mutating func appendLineBreak(depth: Int) {
        append(.lineFeed)
        for _ in 0..<depth { append("  ") }
    }

    /// A JSON string (RFC 8259 section 7): quotes, backslashes and control characters escaped, and U+2028 and U+2029 too,
    /// which end a line in JavaScript before 2019.
    mutating func appendJSON(_ text: String) {
        var text = text
        append(.quote)
        text.withUTF8 { utf8 in
            var clean = 0
            for position in utf8.indices {
                let byte = utf8[position]
                guard byte < 0x20 || byte == .quote || byte == UInt8(ascii: "\\") || byte == 0xE2 else { continue }
                // U+2028 and U+2029 are E2 80 A8 and E2 80 A9.
                let isSeparator = byte == 0xE2 && utf8[position + 1] == 0x80 && utf8[position + 2] & 0xFE == 0xA8
                if byte == 0xE2, !isSeparator { continue }
                append(utf8: UnsafeBufferPointer(rebasing: utf8[clean..<position]))
                clean = position + (isSeparator ? 3 : 1)
                switch byte {
                case .quote: append("\\\"")
                case UInt8(ascii: "\\"): append("\\\\")
                case .lineFeed: append("\\n")
                case .carriageReturn: append("\\r")
                case UInt8(ascii: "\t"): append("\\t")
                case 0xE2: append(utf8[position + 2] == 0xA8 ? "\\u2028" : "\\u2029")
                default:
                    append(byte < 0x10 ? "\\u000" : "\\u001")
                    append(Self.hexadecimal(byte & 0x0F))
                }
            }
            append(utf8: UnsafeBufferPointer(rebasing: utf8[clean...]))
        }
        append(.quote)
    }

    private static func hexadecimal(_ digit: UInt8) -> UInt8 {
        digit < 10 ? .zero + digit : UInt8(ascii: "a") + digit - 10
    }
}
