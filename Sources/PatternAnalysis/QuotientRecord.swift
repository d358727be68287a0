import ColocationMining

/// The colocation quotient of one industry toward another: a line of the output.
public struct QuotientRecord: Sendable, Equatable {
    /// a, the code of the industry whose firms are looked at.
    public var industry: String
    /// b, that of the industry looked for among their nearest firms.
    public var toward: String
    /// CLQ_{a→b}.
    public var quotient: Double

    /// Makes one of these values.
    public init(industry: String, toward: String, quotient: Double) {
        self.industry = industry
        self.toward = toward
        self.quotient = quotient
    }

    /// The quotients between some industries that are defined, by the first, then the second.
    static func records(_ quotient: ColocationQuotient, of industries: [Int32], codes: [String]) -> [QuotientRecord] {
        industries.flatMap { one in
            industries.compactMap { other in
                quotient.quotient(of: Int(one), toward: Int(other)).map {
                    QuotientRecord(industry: codes[Int(one)], toward: codes[Int(other)], quotient: $0)
                }
            }
        }
    }
}
