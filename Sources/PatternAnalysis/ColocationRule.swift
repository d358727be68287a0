/// A ⇒ B: where there are the industries of A together, how often those of B are there, too.
public struct ColocationRule: Sendable, Equatable {
    /// A: codes, ascending.
    public let antecedent: [String]
    /// B: codes, ascending, none of A among them.
    public let consequent: [String]
    /// The share of the row instances of A that are part of one of A ∪ B (Shekhar & Huang 2001). For a single industry it is
    /// PR(A ∪ B, A), the share of its firms, or of their weight.
    public let conditionalProbability: Double
    /// The participation index of A ∪ B, or the index that was asked for in its place.
    public let support: Double

    /// Makes one of these values.
    public init(antecedent: [String], consequent: [String], conditionalProbability: Double, support: Double) {
        self.antecedent = antecedent
        self.consequent = consequent
        self.conditionalProbability = conditionalProbability
        self.support = support
    }
}

extension PatternRecord {
    /// The rules from each single industry of the pattern to all others.
    public var rules: [ColocationRule] {
        industries.indices.map { index in
            var others = industries
            others.remove(at: index)
            return ColocationRule(
                antecedent: [industries[index]], consequent: others,
                conditionalProbability: participationRatios[index], support: participationIndex)
        }
    }
}
