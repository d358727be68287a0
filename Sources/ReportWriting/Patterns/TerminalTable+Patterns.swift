public import PatternAnalysis

extension TerminalTable {
    /// The strongest patterns: by their index or, where they were tested, significant ones first, with a star, and by the ratio of the
    /// index to what chance gives. Empty for a report without patterns.
    public func text(_ report: PatternReport) -> String {
        let strongest = report.strongest(limit)
        guard !strongest.isEmpty else { return "" }
        let isTested = report.isTested
        let heading = TerminalRow(
            rank: "#", industry: "Industries", numbers: ["Firms", "PI"] + (isTested ? ["Chance", "Ratio", "p "] : []))
        let rows = strongest.enumerated().map { TerminalRow(rank: $0 + 1, pattern: $1, isTested: isTested) }
        let layout = TerminalLayout([heading] + rows, width: width)
        var text = styled(layout.line(heading), .bold)
        for (row, pattern) in zip(rows, strongest) {
            text += styled(layout.line(row), isTested && pattern.significant != true ? .dim : .plain)
        }
        let left = report.patterns.count - strongest.count
        if left > 0 { text += "and \(left) more\n" }
        if strongest.contains(where: { $0.significant == true }) { text += "* significant\n" }
        return text
    }
}

extension TerminalRow {
    fileprivate init(rank: Int, pattern: PatternRecord, isTested: Bool) {
        self.rank = String(rank)
        let names = zip(pattern.industries, pattern.titles).map { code, title in title.map { "\(code) \($0)" } ?? code }
        industry = names.joined(separator: " + ")
        numbers = [String(pattern.firms), ReadableText.measure(pattern.participationIndex)]
        guard isTested else { return }
        numbers += [
            ReadableText.measure(pattern.nullMean), ReadableText.measure(pattern.indexRatio),
            ReadableText.probability(pattern.pValue) + (pattern.significant == true ? "*" : " "),
        ]
    }
}
