/// Comma-separated values as RFC 4180 quotes them, with lines that end in a line feed.
extension TextBuffer {
    /// Undefined is an empty field.
    mutating func appendCSV(_ value: OutputValue) {
        if case .text(let text) = value { return appendCSV(text) }
        _ = appendPlain(value)
    }

    mutating func appendCSV(_ text: String) {
        var text = text
        text.withUTF8 { appendCSV(utf8: $0) }
    }

    mutating func appendCSV(utf8 text: UnsafeBufferPointer<UInt8>) {
        guard
            text.contains(where: { $0 == .comma || $0 == .quote || $0 == .lineFeed || $0 == .carriageReturn })
        else { return append(utf8: text) }
        append(.quote)
        for byte in text {
            if byte == .quote { append(.quote) }
            append(byte)
        }
        append(.quote)
    }

    mutating func appendCSVLine(_ fields: [String]) {
        for (index, field) in fields.enumerated() {
            if index > 0 { append(.comma) }
            appendCSV(field)
        }
        append(.lineFeed)
    }

    /// A text as it stands in a line, for texts that stand in many.
    static func csvField(_ text: String) -> [UInt8] {
        var field = TextBuffer()
        field.appendCSV(text)
        return field.finish()
    }
}
