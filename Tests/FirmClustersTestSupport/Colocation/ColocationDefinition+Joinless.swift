extension ColocationDefinition {
    /// Star neighborhoods (Yoo & Shekhar 2006): a firm with its neighbors of later types. A coarse filter takes every star for an
    /// instance; what passes it is refined: a star instance is a row when it is one of the pattern without its center.
    public func joinless(maximumSize: Int, minimumIndex: Double = 0) -> [DefinedPattern] {
        let stars = neighbors.indices.map { i in neighbors[i].filter { firms.types[$0] > firms.types[i] } }
        return byLevel(maximumSize: maximumSize) { prevalent in
            Self.candidates(from: prevalent).compactMap { types, _, _ in
                let (others, centers) = (
                    Array(types.dropFirst()), firms.types.indices.filter { firms.types[$0] == types[0] }
                )
                let points = centers.map { center in
                    others.map { type in stars[center].filter { firms.types[$0] == type } }
                }
                let full = centers.indices.filter { points[$0].allSatisfy { !$0.isEmpty } }
                let columns =
                    [Set(full.map { centers[$0] })]
                    + others.indices.map { column in
                        full.reduce(into: Set<Int>()) { $0.formUnion(points[$1][column]) }
                    }
                let coarse = DefinedPattern(types, rows: [], participants: columns, in: self)
                guard coarse.index >= minimumIndex, let refining = prevalent[others] else { return nil }
                var rows: Set<[Int]> = []
                for center in full {
                    for row in refining.rows where row.allSatisfy({ stars[centers[center]].contains($0) }) {
                        rows.insert([centers[center]] + row)
                    }
                }
                let pattern = DefinedPattern(types, rows: rows, in: self)
                return pattern.index >= minimumIndex ? pattern : nil
            }
        }
    }
}
