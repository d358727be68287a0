public import FirmModel

extension ReportDocument {
    /// The rows that did not become firms, as CSV, in the order given.
    public static func rejects(_ rows: [RejectedRow]) -> ReportDocument {
        var head = TextBuffer()
        head.appendCSVLine(["file", "line", "reason", "column", "text"])
        return ReportDocument(head: head, itemCount: rows.count, grain: 8192) { items, buffer in
            for row in rows[items] {
                buffer.appendCSV(row.file)
                buffer.append(.comma)
                buffer.append(row.line)
                buffer.append(.comma)
                buffer.appendCSV(row.reason.rawValue)
                buffer.append(.comma)
                buffer.appendCSV(.optional(row.column))
                buffer.append(.comma)
                buffer.appendCSV(row.text)
                buffer.append(.lineFeed)
            }
        }
    }
}
