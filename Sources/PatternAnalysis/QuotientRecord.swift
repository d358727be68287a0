import ColocationMining

/// The colocation quotient of one industry toward another: a line of the output.
public struct QuotientRecord: Sendable, Equatable {
    /// What stands for all industries: the global quotient is that of all firms toward their own industry.
    public static let allIndustries = "*"

    /// a, the code of the industry whose firms are looked at.
    public var industry: String
    /// b, that of the industry looked for among their nearest firms.
    public var toward: String
    /// CLQ_{a→b}.
    public var quotient: Double
    /// Its mean over simulated registers.
    public var nullMean: Double?
    /// That chance alone gives one as far from it, to either side.
    public var pValue: Double?
    /// ``pValue`` adjusted for all pairs.
    public var qValue: Double?

    /// Makes one of these values.
    public init(industry: String, toward: String, quotient: Double) {
        self.industry = industry
        self.toward = toward
        self.quotient = quotient
    }

    /// The global quotient and those between some industries that are defined, by the first, then the second.
    static func records(_ quotient: ColocationQuotient, of industries: [Int32], codes: [String]) -> [QuotientRecord] {
        let global = quotient.global.map {
            QuotientRecord(industry: allIndustries, toward: allIndustries, quotient: $0)
        }
        return (global.map { [$0] } ?? [])
            + industries.flatMap { one in
                industries.compactMap { other in
                    quotient.quotient(of: Int(one), toward: Int(other)).map {
                        QuotientRecord(industry: codes[Int(one)], toward: codes[Int(other)], quotient: $0)
                    }
                }
            }
    }

    /// The same with what a test found.
    static func records(
        _ tested: TestedColocationQuotient, of industries: [Int32], codes: [String]
    ) -> [QuotientRecord] {
        var significances: [QuotientSignificance?] = []
        if tested.quotient.global != nil { significances.append(nil) }
        for one in industries {
            for other in industries where tested.quotient.quotient(of: Int(one), toward: Int(other)) != nil {
                significances.append(tested[Int(one), Int(other)])
            }
        }
        var records = records(tested.quotient, of: industries, codes: codes)
        for index in records.indices {
            guard let significance = significances[index] else { continue }
            records[index].nullMean = significance.nullMean
            records[index].pValue = significance.pValue.value
            records[index].qValue = significance.qValue
        }
        if tested.quotient.global != nil { records[0].pValue = tested.global?.value }
        return records
    }
}
