extension ColocationDefinition {
    /// Maximal cliques in a hash from set of types to the firms of each type (Bao & Wang 2019): a firm takes part in a pattern when a
    /// stored set of types that contains the pattern has it. Nothing is pruned: the least index only filters.
    public func cliqueBased(maximumSize: Int, minimumIndex: Double = 0) -> [DefinedPattern] {
        var stored: [[Int]: [Set<Int>]] = [:]
        var rows: [[Int]: Set<[Int]>] = [:]
        for clique in maximalCliques where clique.count > 1 {
            // No two firms of one type are neighbors, so types name the members.
            let clique = clique.sorted { firms.types[$0] < firms.types[$1] }
            let types = clique.map { firms.types[$0] }
            var instances = stored[types] ?? types.map { _ in [] }
            for (column, firm) in clique.enumerated() { instances[column].insert(firm) }
            stored[types] = instances
            Self.forEachPart(of: clique.count, upTo: maximumSize) { part in
                rows[part.map { types[$0] }, default: []].insert(part.map { clique[$0] })
            }
        }
        var participants: [[Int]: [Set<Int>]] = [:]
        for (types, instances) in stored {
            Self.forEachPart(of: types.count, upTo: maximumSize) { part in
                let pattern = part.map { types[$0] }
                var sets = participants[pattern] ?? part.map { _ in [] }
                for (column, place) in part.enumerated() { sets[column].formUnion(instances[place]) }
                participants[pattern] = sets
            }
        }
        return participants.map { DefinedPattern($0, rows: rows[$0] ?? [], participants: $1, in: self) }
            .filter { $0.index >= minimumIndex }.sorted(by: DefinedPattern.precedes)
    }

    /// Sets of neighbors to which no firm can be added, a firm without neighbors among them; ascending. Bron & Kerbosch (1973) with
    /// the pivot of Tomita, Tanaka & Takahashi (2006): what is a neighbor of the pivot is reached through the pivot.
    public var maximalCliques: [[Int]] {
        var found: [[Int]] = []
        func extend(_ clique: [Int], _ candidates: Set<Int>, _ seen: Set<Int>) {
            if candidates.isEmpty && seen.isEmpty { return found.append(clique.sorted()) }
            let pivot = candidates.union(seen).max {
                neighbors[$0].intersection(candidates).count < neighbors[$1].intersection(candidates).count
            }
            var (candidates, seen) = (candidates, seen)
            for firm in candidates.subtracting(pivot.map { neighbors[$0] } ?? []) {
                extend(clique + [firm], candidates.intersection(neighbors[firm]), seen.intersection(neighbors[firm]))
                candidates.remove(firm)
                seen.insert(firm)
            }
        }
        extend([], Set(firms.types.indices.filter { firms.types[$0] >= 0 }), [])
        return found.filter { !$0.isEmpty }.sorted { $0.lexicographicallyPrecedes($1) }
    }

    /// Calls with every ascending choice of 2 to `size` of `count` places.
    private static func forEachPart(of count: Int, upTo size: Int, _ body: ([Int]) -> Void) {
        func extend(_ part: [Int], from start: Int) {
            if part.count > 1 { body(part) }
            guard part.count < size else { return }
            for next in start..<max(start, count) { extend(part + [next], from: next + 1) }
        }
        extend([], from: 0)
    }
}
