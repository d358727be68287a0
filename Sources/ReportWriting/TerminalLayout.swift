/// The texts of one line of a table for people.
struct TerminalRow {
    var rank: String
    var industry: String
    /// Nil for a table without such a column.
    var place: String?
    var numbers: [String]
}

/// The widths of the columns.
struct TerminalLayout {
    private var rank: Int
    private var industry: Int
    private var place: Int
    private var numbers: [Int]

    private static let gap = "  "
    /// Below this a text column says nothing; the table then grows wider than asked.
    private static let leastText = 12

    init(_ rows: [TerminalRow], width: Int) {
        func widest(_ text: (TerminalRow) -> String) -> Int { rows.map { DisplayWidth.of(text($0)) }.max() ?? 0 }
        rank = widest(\.rank)
        numbers = (rows.first?.numbers ?? []).indices.map { column in widest { $0.numbers[column] } }
        let taken = rank + numbers.reduce(0) { $0 + $1 + Self.gap.count } + 2 * Self.gap.count
        let room = max(width - taken, 2 * Self.leastText)
        // The place gets what it needs up to a third, or what the industry leaves.
        place = min(widest { $0.place ?? "" }, max(room / 3, room - widest(\.industry)))
        industry = min(widest(\.industry), room - place)
    }

    func line(_ row: TerminalRow) -> String {
        var fields = [rightAligned(row.rank, rank), DisplayWidth.fitted(row.industry, to: industry)]
        if let text = row.place { fields.append(DisplayWidth.fitted(text, to: place)) }
        fields += zip(row.numbers, numbers).map(rightAligned)
        return fields.joined(separator: Self.gap)
    }

    private func rightAligned(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - DisplayWidth.of(text))) + text
    }
}
