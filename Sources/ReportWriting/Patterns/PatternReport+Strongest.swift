import PatternAnalysis

extension PatternReport {
    /// Whether patterns were tested against chance.
    var isTested: Bool { !tested.isEmpty }

    /// Where patterns were tested the significant ones first, then by the ratio to what chance gives; else, and among equals, by the
    /// index, the larger pattern first; then in the order of the report.
    func strongest(_ limit: Int) -> [PatternRecord] {
        let keys = patterns.map { pattern in
            isTested
                ? (pattern.significant == true ? 1 : 0, pattern.indexRatio ?? -.infinity, pattern.participationIndex)
                : (0, 0.0, pattern.participationIndex)
        }
        let order = patterns.indices.sorted { left, right in
            let (one, other) = (keys[left], keys[right])
            if one != other { return one > other }
            let (size, otherSize) = (patterns[left].size, patterns[right].size)
            return size != otherSize ? size > otherSize : left < right
        }
        return order.prefix(limit).map { patterns[$0] }
    }
}
