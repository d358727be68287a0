extension ColocationDefinition {
    /// The conditional probability of A ⇒ B: of the row instances of A, the share that T(A ∪ B) projects on. Of a single type the row
    /// instances are its firms.
    public func conditionalProbability(of antecedent: [Int], within pattern: DefinedPattern) -> Double {
        let columns = antecedent.compactMap { pattern.types.firstIndex(of: $0) }
        let projected = Set(pattern.rows.map { row in columns.map { row[$0] } })
        return Double(projected.count) / Double(cliques(of: antecedent, within: nil).count)
    }

    /// The same by asking of each row instance of A whether some firms of B complete it.
    public func extendableShare(of antecedent: [Int], by consequent: [Int]) -> Double {
        let rows = cliques(of: antecedent, within: nil)
        let extendable = rows.count { row in
            let common = row.dropFirst().reduce(neighbors[row[0]]) { $0.intersection(neighbors[$1]) }
            return !cliques(of: consequent, within: common).isEmpty
        }
        return Double(extendable) / Double(rows.count)
    }

    /// Every choice of one firm of each type, all neighbors, out of all firms or some.
    private func cliques(of types: [Int], within allowed: Set<Int>?) -> [[Int]] {
        types.reduce([[]]) { cliques, type in
            cliques.flatMap { clique in
                firms.types.indices.filter { firm in
                    firms.types[firm] == type && allowed?.contains(firm) != false
                        && clique.allSatisfy { neighbors[$0].contains(firm) }
                }.map { clique + [$0] }
            }
        }
    }
}
