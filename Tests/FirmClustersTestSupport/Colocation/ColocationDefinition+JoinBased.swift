extension ColocationDefinition {
    /// Level by level with table instances (Huang, Shekhar & Xiong 2004): tables of two parts are joined on what they share, and a
    /// joined row is one of the pattern when its two last firms are neighbors.
    public func joinBased(maximumSize: Int, minimumIndex: Double = 0) -> [DefinedPattern] {
        byLevel(maximumSize: maximumSize) { prevalent in
            Self.candidates(from: prevalent).compactMap { types, first, second in
                let ends = Dictionary(grouping: second.rows) { $0.dropLast() }
                var rows: Set<[Int]> = []
                for row in first.rows {
                    for end in ends[row.dropLast()] ?? [] {
                        guard let a = row.last, let b = end.last, neighbors[a].contains(b) else { continue }
                        rows.insert(row + [b])
                    }
                }
                let pattern = DefinedPattern(types, rows: rows, in: self)
                return pattern.index >= minimumIndex ? pattern : nil
            }
        }
    }
}
