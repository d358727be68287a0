/// Lines of a table with columns flush right, two spaces between them.
func alignedTable(_ rows: [[String]], indentation: String = "  ") -> [String] {
    let columns = rows.map(\.count).max() ?? 0
    let widths = (0..<columns).map { column in
        rows.map { $0.indices.contains(column) ? $0[column].count : 0 }.max() ?? 0
    }
    return rows.map { row in
        let fields = zip(row, widths).map { text, width in
            String(repeating: " ", count: width - text.count) + text
        }
        return indentation + fields.joined(separator: "  ")
    }
}
