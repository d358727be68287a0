public import ClusterDetection

/// The strongest clusters, or patterns, of a report as a table for people, a line each: clusters by log-likelihood ratio, and where
/// they were tested those that are significant first, with a star.
public struct TerminalTable: Sendable {
    /// How many are shown.
    public var limit: Int
    /// Columns of the terminal; the industry and place columns share what the numbers leave.
    public var width: Int
    /// Whether escape sequences may set off the heading and what does not stand out: what is not significant where
    /// that was tested, clusters with a lower limit of the location quotient of at most 1 where they were not.
    public var usesColors: Bool

    /// A table of at most `limit` lines.
    public init(limit: Int = 20, width: Int = 100, usesColors: Bool = false) {
        self.limit = limit
        self.width = width
        self.usesColors = usesColors
    }

    /// The table, with a heading and a last line on what was left out. Empty for a report without clusters.
    public func text(_ report: ClusterReport) -> String {
        let strongest = report.strongest(limit)
        guard !strongest.isEmpty else { return "" }
        let isTested = report.isTested
        let heading = TerminalRow(headingFor: isTested)
        let rows = strongest.enumerated().map {
            TerminalRow(rank: $0 + 1, cluster: $1, ratio: report.ratio(of: $1), isTested: isTested)
        }
        let layout = TerminalLayout([heading] + rows, width: width)
        var text = styled(layout.line(heading), .bold)
        for (row, cluster) in zip(rows, strongest) {
            text += styled(layout.line(row), cluster.standsOut(isTested: isTested) ? .plain : .dim)
        }
        let left = report.clusters.count - strongest.count
        if left > 0 { text += "and \(left) more\n" }
        if strongest.contains(where: { $0.significant == true }) {
            text += "* significant" + (report.test.map { " at \($0.test.significanceLevel)" } ?? "") + "\n"
        }
        return text
    }

    enum Style: String {
        case plain = ""
        case bold = "\u{1B}[1m"
        case dim = "\u{1B}[2m"
    }

    func styled(_ line: String, _ style: Style) -> String {
        usesColors && style != .plain ? "\(style.rawValue)\(line)\u{1B}[0m\n" : "\(line)\n"
    }
}

extension ClusterRecord {
    fileprivate func standsOut(isTested: Bool) -> Bool {
        isTested ? significant == true : locationQuotientLow.map { $0 > 1 } ?? true
    }
}

extension TerminalRow {
    /// - Parameter isTested: whether there is a column of p-values.
    fileprivate init(headingFor isTested: Bool) {
        rank = "#"
        industry = "Industry"
        place = "Place"
        numbers = ["Firms", "LQ", "95% limits", "LLR"] + (isTested ? ["p "] : []) + ["km²"]
    }

    fileprivate init(rank: Int, cluster: ClusterRecord, ratio: Double?, isTested: Bool) {
        self.rank = String(rank)
        let titles = zip(cluster.industries, cluster.industryTitles).map { code, title in
            title.map { "\(code) \($0)" } ?? code
        }
        industry = titles.joined(separator: " + ")
        place = cluster.place ?? ""
        var limits = ""
        if let low = cluster.locationQuotientLow, let high = cluster.locationQuotientHigh {
            limits = "\(ReadableText.measure(low))–\(ReadableText.measure(high))"
        }
        numbers = [
            String(cluster.firms), ReadableText.measure(cluster.locationQuotient), limits,
            ReadableText.measure(ratio),
        ]
        if isTested {
            numbers.append(ReadableText.probability(cluster.pValue) + (cluster.significant == true ? "*" : " "))
        }
        numbers.append(ReadableText.measure(cluster.areaSquareKilometers))
    }
}
