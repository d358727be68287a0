/// Which industry each firm is of, what it weighs, and which entries are one firm: what a mining looks at beside the
/// ground.
///
/// Firms are numbered in canonical order (`Sites`). Simulated registers are other labels on the same ground.
public struct IndustryLabels: Sendable {
    /// The industry of each firm, below ``industryCount``; negative for a firm that takes no part.
    public let industryOfFirm: [Int32]
    /// The number of industries.
    public let industryCount: Int
    /// What each firm weighs, in whole units, at least 0; nil when each weighs 1.
    public let weights: [Int64]?
    /// For a register in which a firm has an entry for each of its industries: the number of the firm behind each
    /// entry. Entries of one firm are no neighbors of each other. Nil when every entry is a firm.
    public let firmOfEntry: [Int32]?
    /// For each industry N_f: its firms, or their weight.
    public let totals: [Int64]
    /// For each industry its firms.
    public let firmCounts: [Int]

    /// - Precondition: industries below the count, one weight and one firm for each entry, no negative weight.
    public init(
        industryOfFirm: [Int32], industryCount: Int, weights: [Int64]? = nil, firmOfEntry: [Int32]? = nil
    ) {
        precondition(weights.map { $0.count == industryOfFirm.count } ?? true, "one weight for each firm")
        precondition(firmOfEntry.map { $0.count == industryOfFirm.count } ?? true, "one firm for each entry")
        var (totals, counts) = ([Int64](repeating: 0, count: industryCount), [Int](repeating: 0, count: industryCount))
        for (firm, industry) in industryOfFirm.enumerated() where industry >= 0 {
            precondition(industry < industryCount, "industry \(industry) of \(industryCount)")
            let weight = weights?[firm] ?? 1
            precondition(weight >= 0, "a weight of \(weight)")
            totals[Int(industry)] += weight
            counts[Int(industry)] += 1
        }
        self.industryOfFirm = industryOfFirm
        self.industryCount = industryCount
        self.weights = weights
        self.firmOfEntry = firmOfEntry
        self.totals = totals
        firmCounts = counts
    }
}

extension IndustryLabels {
    /// Industries by their number of firms: paths that begin with the rarest have the fewest firms to follow.
    func rarestFirst(_ industries: some Sequence<Int32>) -> [Int32] {
        industries.sorted { (firmCounts[Int($0)], $0) < (firmCounts[Int($1)], $1) }
    }
}
