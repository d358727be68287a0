import PatternAnalysis

/// One property of a pattern as output names it, and how its value is read from the record.
///
/// The same list, in the same order, makes the columns of the table and the members of JSON.
struct PatternProperty: Sendable {
    /// What a property can be: lists are joined by `|` in tables and are arrays in JSON.
    enum Value {
        case single(OutputValue)
        case texts([String?])
        case measures([Double])
        case integers([Int])
    }

    let name: StaticString
    let value: @Sendable (borrowing PatternRecord) -> Value

    private init(_ name: StaticString, _ value: @escaping @Sendable (borrowing PatternRecord) -> Value) {
        self.name = name
        self.value = value
    }

    static let all: [PatternProperty] = [
        PatternProperty("industries") { .texts($0.industries) },
        PatternProperty("size") { .single(.integer($0.size)) },
        PatternProperty("participation_index") { .single(.measure($0.participationIndex)) },
        PatternProperty("participation_ratios") { .measures($0.participationRatios) },
        PatternProperty("firms") { .single(.integer($0.firms)) },
        PatternProperty("null_mean") { .single(.optional($0.nullMean)) },
        PatternProperty("pi_ratio") { .single(.optional($0.indexRatio)) },
        PatternProperty("p_value") { .single(.optional($0.pValue)) },
        PatternProperty("q_value") { .single(.optional($0.qValue)) },
        PatternProperty("significant") { .single($0.significant.map(OutputValue.flag) ?? .undefined) },
        PatternProperty("max_participation_ratio") { .single(.measure($0.maximumParticipationRatio)) },
        PatternProperty("segregation_p_value") { .single(.optional($0.segregationPValue)) },
        PatternProperty("segregation_q_value") { .single(.optional($0.segregationQValue)) },
        PatternProperty("row_instances") { .single($0.rowInstances.map(OutputValue.integer) ?? .undefined) },
        PatternProperty("maximal") { .single(.flag($0.isMaximal)) },
        PatternProperty("closed") { .single(.flag($0.isClosed)) },
        PatternProperty("industry_titles") { .texts($0.titles) },
        PatternProperty("participants") { .integers($0.participants) },
    ]
}

extension TextBuffer {
    mutating func appendCSV(_ value: PatternProperty.Value) {
        switch value {
        case .single(let value): appendCSV(value)
        case .texts(let texts): appendCSV(.list(texts))
        case .measures(let measures): appendJoined(measures.map(OutputValue.measure))
        case .integers(let integers): appendJoined(integers.map(OutputValue.integer))
        }
    }

    /// Numbers need no quotes.
    private mutating func appendJoined(_ numbers: [OutputValue]) {
        for (index, number) in numbers.enumerated() {
            if index > 0 { append(UInt8(ascii: "|")) }
            appendCSV(number)
        }
    }
}

extension JSONValue {
    init(_ value: PatternProperty.Value) {
        switch value {
        case .single(let value): self = .value(value)
        case .texts(let texts): self = .array(texts.map { .value(.optional($0)) })
        case .measures(let measures): self = .array(measures.map { .value(.measure($0)) })
        case .integers(let integers): self = .array(integers.map { .integer($0) })
        }
    }
}
