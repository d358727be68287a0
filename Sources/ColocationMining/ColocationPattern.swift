/// A set of industries, and how many of their firms take part in its row instances.
///
/// A *row instance* of C = {f₁, …, fₘ} is a set of firms, one of each industry in C, every two of which are neighbors;
/// a firm *takes part* when it is in at least one (Shekhar & Huang 2001; Huang, Shekhar & Xiong 2004).
public struct ColocationPattern: Sendable, Equatable {
    /// The industries' numbers, ascending.
    public let industries: [Int32]
    /// For each of them the firms that take part, or their weight.
    public let participants: [Int64]
    /// For each of them N_f, the firms there are, or their weight.
    public let totals: [Int64]

    /// - Precondition: one number of participants and one total for each industry; the industries ascend.
    public init(industries: [Int32], participants: [Int64], totals: [Int64]) {
        precondition(industries.count == participants.count && industries.count == totals.count)
        precondition(zip(industries, industries.dropFirst()).allSatisfy { $0 < $1 }, "industries ascend")
        self.industries = industries
        self.participants = participants
        self.totals = totals
    }

    /// The number of industries, m.
    public var size: Int { industries.count }

    /// PR(C, f): for each industry the share of its firms that take part; nil where there are none.
    public var participationRatios: [Double?] {
        zip(participants, totals).map { $1 > 0 ? Double($0) / Double($1) : nil }
    }

    /// PI(C) = min over f in C of PR(C, f); in 0...1, and never larger than that of a part of C. Nil when an industry
    /// has no firms.
    public var participationIndex: Double? { index(min) }

    /// max over f in C of PR(C, f), which shows patterns that only a rare industry keeps to (Huang, Pei & Xiong 2006).
    public var maximumParticipationRatio: Double? { index(max) }

    private func index(_ choose: (Double, Double) -> Double) -> Double? {
        var result: Double?
        for ratio in participationRatios {
            guard let ratio else { return nil }
            result = result.map { choose($0, ratio) } ?? ratio
        }
        return result
    }
}
