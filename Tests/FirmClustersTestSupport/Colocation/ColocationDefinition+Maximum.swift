extension ColocationDefinition {
    /// Patterns whose largest participation ratio is at least `minimumRatio` (Huang, Pei & Xiong 2006). That ratio does not fall
    /// with size, but weakly: it belongs to some type f, whose ratio is as large in every part that has f, so that at most one part
    /// of a prevalent pattern, the one without f, is not prevalent itself.
    public func weaklyMonotone(maximumSize: Int, minimumRatio: Double) -> [DefinedPattern] {
        byLevel(maximumSize: maximumSize) { prevalent in
            var candidates: [[Int]: DefinedPattern] = [:]
            for part in prevalent.values {
                for type in singles.keys.joined() where !part.types.contains(type) {
                    let types = (part.types + [type]).sorted()
                    let parts = types.indices.filter { left in
                        prevalent[types.indices.filter { $0 != left }.map { types[$0] }] != nil
                    }
                    if parts.count >= types.count - 1 { candidates[types] = part }
                }
            }
            return candidates.compactMap { types, part in
                let added = types.filter { !part.types.contains($0) }
                let place = types.firstIndex { added.contains($0) } ?? 0
                var rows: Set<[Int]> = []
                for row in part.rows {
                    let common = row.reduce(nil as Set<Int>?) { $0?.intersection(neighbors[$1]) ?? neighbors[$1] } ?? []
                    for firm in common where added.contains(firms.types[firm]) {
                        rows.insert(Array(row[..<place]) + [firm] + Array(row[place...]))
                    }
                }
                let pattern = DefinedPattern(types, rows: rows, among: firms)
                return pattern.maximumRatio >= minimumRatio ? pattern : nil
            }
        }
    }
}
