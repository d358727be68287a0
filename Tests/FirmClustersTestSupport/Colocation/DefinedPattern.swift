/// A co-location pattern by its definition: with every row instance.
public struct DefinedPattern: Equatable, Sendable {
    /// C, ascending.
    public let types: [Int]
    /// T(C): for each row the firms, in the order of the types.
    public let rows: Set<[Int]>
    /// For each type its firms in T(C).
    public let participants: [Set<Int>]
    /// PR(C, f) for each type, by number or by weight.
    public let ratios: [Double]

    /// PI(C).
    public var index: Double { ratios.reduce(1, min) }
    /// The largest ratio.
    public var maximumRatio: Double { ratios.reduce(0, max) }

    init(_ types: [Int], rows: Set<[Int]>, participants: [Set<Int>], among firms: MarkedFirms) {
        (self.types, self.rows, self.participants) = (types, rows, participants)
        ratios = zip(types, participants).map { type, members in
            let weight = members.reduce(0) { $0 + (firms.weights?[$1] ?? 1) }
            return Double(weight) / Double(firms.total(ofType: type))
        }
    }

    /// Participants are the columns of the table.
    init(_ types: [Int], rows: Set<[Int]>, among firms: MarkedFirms) {
        let columns = types.indices.map { column in Set(rows.map { $0[column] }) }
        self.init(types, rows: rows, participants: columns, among: firms)
    }

    /// By size, then types.
    static func precedes(_ a: DefinedPattern, _ b: DefinedPattern) -> Bool {
        a.types.count != b.types.count ? a.types.count < b.types.count : a.types.lexicographicallyPrecedes(b.types)
    }
}
