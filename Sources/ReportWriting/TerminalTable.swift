public import ClusterDetection

/// The strongest clusters of a report as a table for people, a line each: by log-likelihood ratio, and where clusters were tested those
/// that are significant first, with a star.
public struct TerminalTable: Sendable {
    /// How many clusters are shown.
    public var limit: Int
    /// Columns of the terminal; the industry and place columns share what the numbers leave.
    public var width: Int
    /// Whether escape sequences may set off the heading and the clusters that do not stand out: those that are not significant where
    /// clusters were tested, those with a lower limit of the location quotient of at most 1 where they were not.
    public var usesColors: Bool

    /// A table of at most `limit` clusters.
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
        let heading = Row(headingFor: isTested)
        let rows = strongest.enumerated().map {
            Row(rank: $0 + 1, cluster: $1, ratio: report.ratio(of: $1), isTested: isTested)
        }
        let layout = Layout([heading] + rows, width: width)
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

    private enum Style: String {
        case plain = ""
        case bold = "\u{1B}[1m"
        case dim = "\u{1B}[2m"
    }

    private func styled(_ line: String, _ style: Style) -> String {
        usesColors && style != .plain ? "\(style.rawValue)\(line)\u{1B}[0m\n" : "\(line)\n"
    }
}

extension ClusterRecord {
    fileprivate func standsOut(isTested: Bool) -> Bool {
        isTested ? significant == true : locationQuotientLow.map { $0 > 1 } ?? true
    }
}

/// The texts of one line.
private struct Row {
    var rank: String
    var industry: String
    var place: String
    var numbers: [String]

    /// - Parameter isTested: whether there is a column of p-values.
    init(headingFor isTested: Bool) {
        rank = "#"
        industry = "Industry"
        place = "Place"
        numbers = ["Firms", "LQ", "95% limits", "LLR"] + (isTested ? ["p "] : []) + ["km²"]
    }

    init(rank: Int, cluster: ClusterRecord, ratio: Double?, isTested: Bool) {
        self.rank = String(rank)
        let titles = zip(cluster.industries, cluster.industryTitles).map { code, title in
            title.map { "\(code) \($0)" } ?? code
        }
        industry = titles.joined(separator: " + ")
        place = cluster.place ?? ""
        var limits = ""
        if let low = cluster.locationQuotientLow, let high = cluster.locationQuotientHigh {
            limits = "\(Self.readable(low))–\(Self.readable(high))"
        }
        numbers = [
            String(cluster.firms), Self.readable(cluster.locationQuotient), limits,
            Self.readable(ratio),
        ]
        if isTested {
            numbers.append(Self.probability(cluster.pValue) + (cluster.significant == true ? "*" : " "))
        }
        numbers.append(Self.readable(cluster.areaSquareKilometers))
    }

    /// Three decimals; more for a probability that is smaller: 0.250, 0.001, 0.0001.
    private static func probability(_ value: Double?) -> String {
        guard let value else { return "–" }
        let decimals = value >= 0.000_95 ? 3 : value >= 0.000_095 ? 4 : value >= 0.000_009_5 ? 5 : 6
        return readable(value, decimals: decimals)
    }

    /// Three digits, or all that stand before the point: 0.123, 1.23, 12.3, 1234.
    private static func readable(_ value: Double?) -> String {
        guard let value, value.isFinite else { return "–" }
        let magnitude = value.magnitude
        return readable(value, decimals: magnitude < 1 ? 3 : magnitude < 10 ? 2 : magnitude < 100 ? 1 : 0)
    }

    private static func readable(_ value: Double, decimals: Int) -> String {
        let magnitude = value.magnitude
        let scale = [1.0, 10, 100, 1000, 1e4, 1e5, 1e6][decimals]
        guard magnitude * scale < 0x1p52 else { return value.description }
        let units = DecimalRounding.product(magnitude, scale)
        let whole = String(units / UInt64(scale))
        let sign = value < 0 && units > 0 ? "-" : ""
        guard decimals > 0 else { return sign + whole }
        let part = String(units % UInt64(scale))
        return sign + whole + "." + String(repeating: "0", count: decimals - part.count) + part
    }
}

/// The widths of the columns.
private struct Layout {
    private var rank: Int
    private var industry: Int
    private var place: Int
    private var numbers: [Int]

    private static let gap = "  "
    /// Below this a text column says nothing; the table then grows wider than asked.
    private static let leastText = 12

    init(_ rows: [Row], width: Int) {
        func widest(_ text: (Row) -> String) -> Int { rows.map { DisplayWidth.of(text($0)) }.max() ?? 0 }
        rank = widest(\.rank)
        numbers = (rows.first?.numbers ?? []).indices.map { column in widest { $0.numbers[column] } }
        let taken = rank + numbers.reduce(0) { $0 + $1 + Self.gap.count } + 2 * Self.gap.count
        let room = max(width - taken, 2 * Self.leastText)
        // The place gets what it needs up to a third, or what the industry leaves.
        place = min(widest(\.place), max(room / 3, room - widest(\.industry)))
        industry = min(widest(\.industry), room - place)
    }

    func line(_ row: Row) -> String {
        var fields = [
            rightAligned(row.rank, rank), DisplayWidth.fitted(row.industry, to: industry),
            DisplayWidth.fitted(row.place, to: place),
        ]
        fields += zip(row.numbers, numbers).map(rightAligned)
        return fields.joined(separator: Self.gap)
    }

    private func rightAligned(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - DisplayWidth.of(text))) + text
    }
}
