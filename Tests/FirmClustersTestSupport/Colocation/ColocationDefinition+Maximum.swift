extension ColocationDefinition {
    /// Patterns whose largest participation ratio is at least `minimumRatio` (Huang, Pei & Xiong 2006). That ratio does not fall
    /// with size, but weakly: it belongs to some type f, whose ratio is as large in every part that has f, so that at most one part
    /// of a prevalent pattern, the one without f, is not prevalent itself.
    public func weaklyMonotone(maximumSize: Int, minimumRatio: Double) -> [DefinedPattern] {
        byLevel(maximumSize: maximumSize) { prevalent in
            var candidates: [[Int]: Set<[Int]>] = [:]
            for part in prevalent.values {
                var extended: [[Int]: Set<[Int]>] = [:]
                for row in part.rows {
                    let common = row.dropFirst().reduce(neighbors[row[0]]) { $0.intersection(neighbors[$1]) }
                    for firm in common {
                        let type = firms.types[firm]
                        let place = part.types.firstIndex { $0 > type } ?? row.count
                        let types = Array(part.types[..<place]) + [type] + Array(part.types[place...])
                        extended[types, default: []].insert(Array(row[..<place]) + [firm] + Array(row[place...]))
                    }
                }
                for (types, rows) in extended where candidates[types] == nil {
                    let prevalentParts = types.indices.count { left in
                        prevalent[types.indices.filter { $0 != left }.map { types[$0] }] != nil
                    }
                    if prevalentParts >= types.count - 1 { candidates[types] = rows }
                }
            }
            return candidates.map { DefinedPattern($0, rows: $1, in: self) }.filter {
                $0.maximumRatio >= minimumRatio
            }
        }
    }
}
