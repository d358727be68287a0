/// The neighbor relation of firms by measuring every pair, O(n²), from which patterns are mined in four published ways that share
/// nothing but this and, where the paper has one, the step from prevalent patterns to larger candidates.
///
/// All give every pattern of 2 to `maximumSize` types that has a row instance and an index of at least `minimumIndex`, by size, then
/// types.
public struct ColocationDefinition: Sendable {
    public let firms: MarkedFirms
    public let neighbors: [Set<Int>]
    /// For each type N_f, or what its firms weigh.
    let totals: [Int: Int]

    public init(_ firms: MarkedFirms) {
        self.firms = firms
        totals = Dictionary(uniqueKeysWithValues: Set(firms.types).map { ($0, firms.total(ofType: $0)) })
        neighbors = (0..<firms.count).map { i in Set((0..<firms.count).filter { firms.areNeighbors(i, $0) }) }
    }

    /// Pairs of neighbors, each once, the smaller position first.
    public var neighborPairs: Set<[Int]> {
        Set(neighbors.indices.flatMap { i in neighbors[i].filter { $0 > i }.map { [i, $0] } })
    }

    /// The types there are, each a pattern of one whose rows are its firms.
    var singles: [[Int]: DefinedPattern] {
        let members = Dictionary(grouping: firms.types.indices.filter { firms.types[$0] >= 0 }) { firms.types[$0] }
        return Dictionary(
            uniqueKeysWithValues: members.map { type, members in
                ([type], DefinedPattern([type], rows: Set(members.map { [$0] }), in: self))
            })
    }

    /// Patterns that are one larger than prevalent ones, each with the two parts it is joined from: both begin with all but its last
    /// two types. Left out is what has a part that is not prevalent.
    static func candidates(from prevalent: [[Int]: DefinedPattern]) -> [(types: [Int], DefinedPattern, DefinedPattern)]
    {
        let byBeginning = Dictionary(grouping: prevalent.values) { $0.types.dropLast() }
        return prevalent.values.flatMap { first in
            (byBeginning[first.types.dropLast()] ?? []).compactMap { second in
                guard let last = second.types.last, last > (first.types.last ?? last) else { return nil }
                let types = first.types + [last]
                let parts = types.indices.map { left in types.indices.filter { $0 != left }.map { types[$0] } }
                return parts.allSatisfy { prevalent[$0] != nil } ? (types, first, second) : nil
            }
        }
    }

    /// Goes from size to size as long as anything is prevalent.
    func byLevel(
        maximumSize: Int, next: ([[Int]: DefinedPattern]) -> [DefinedPattern]
    ) -> [DefinedPattern] {
        var found: [DefinedPattern] = []
        var level = singles
        for _ in stride(from: 2, through: maximumSize, by: 1) where !level.isEmpty {
            let patterns = next(level).filter { !$0.rows.isEmpty }
            found += patterns
            level = Dictionary(uniqueKeysWithValues: patterns.map { ($0.types, $0) })
        }
        return found.sorted(by: DefinedPattern.precedes)
    }
}
