/// A co-location pattern by its definition: with every row instance.
public struct DefinedPattern: Equatable, Sendable {
    /// C, ascending.
    public let types: [Int]
    /// T(C): for each row the firms, in the order of the types.
    public let rows: Set<[Int]>
    /// For each type its firms in T(C).
    public let participants: [Set<Int>]
    /// For each type what its firms in T(C) weigh.
    public let weights: [Int]
    /// For each type what all its firms weigh.
    public let totals: [Int]

    /// PR(C, f) for each type, by number or by weight.
    public var ratios: [Double] { zip(weights, totals).map { Double($0) / Double($1) } }

    /// PI(C).
    public var index: Double { ratios.reduce(1, min) }
    /// The largest ratio.
    public var maximumRatio: Double { ratios.reduce(0, max) }

    init(_ types: [Int], rows: Set<[Int]>, participants: [Set<Int>], in definition: ColocationDefinition) {
        (self.types, self.rows, self.participants) = (types, rows, participants)
        let weightOfFirm = definition.firms.weights
        weights = participants.map { members in
            weightOfFirm.map { weights in members.reduce(0) { $0 + weights[$1] } } ?? members.count
        }
        totals = types.map { definition.totals[$0] ?? 0 }
    }

    /// Participants are the columns of the table.
    init(_ types: [Int], rows: Set<[Int]>, in definition: ColocationDefinition) {
        let columns = types.indices.map { column in Set(rows.map { $0[column] }) }
        self.init(types, rows: rows, participants: columns, in: definition)
    }

    /// By size, then types.
    static func precedes(_ a: DefinedPattern, _ b: DefinedPattern) -> Bool {
        a.types.count != b.types.count ? a.types.count < b.types.count : a.types.lexicographicallyPrecedes(b.types)
    }
}
