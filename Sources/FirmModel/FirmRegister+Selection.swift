extension FirmRegister {
    /// The register without some of its firms, with other coordinates for the rest.
    ///
    /// - Parameters:
    ///   - dropped: rows to leave out, ascending.
    ///   - frame: what `x` and `y` are.
    ///   - x: a value for each row of this register, those left out included.
    ///   - y: likewise.
    /// - Throws: ``RegisterError`` when a coordinate of a row that stays is out of range.
    public func dropping(
        _ dropped: [Int], placing frame: CoordinateFrame, x: [Double], y: [Double]
    ) throws(RegisterError) -> FirmRegister {
        guard !dropped.isEmpty else { return try relocated(to: frame, x: x, y: y) }
        var stays = [Bool](repeating: true, count: count)
        for row in dropped { stays[row] = false }
        let rows = (0..<count).filter { stays[$0] }
        return try FirmRegister(
            frame: frame, x: rows.map { x[$0] }, y: rows.map { y[$0] }, industry: industry.selecting(rows),
            employment: employment.map { column in rows.map { column[$0] } },
            identifier: identifier?.selecting(rows), lineNumber: lineNumber.isEmpty ? [] : rows.map { lineNumber[$0] },
            place: place?.selecting(rows), name: name?.selecting(rows),
            kept: kept.map { ($0.header, $0.values.selecting(rows)) })
    }
}

extension CategoryColumn {
    /// Some rows, with those categories that still occur.
    func selecting(_ rows: [Int]) -> CategoryColumn {
        var isUsed = [Bool](repeating: false, count: categories.count)
        for row in rows where indices[row] != Self.missing { isUsed[Int(indices[row])] = true }
        var number = [Int32](repeating: Self.missing, count: categories.count)
        var kept: [String] = []
        for category in categories.indices where isUsed[category] {
            number[category] = Int32(kept.count)
            kept.append(categories[category])
        }
        return CategoryColumn(
            categories: kept,
            indices: rows.map { indices[$0] == Self.missing ? Self.missing : number[Int(indices[$0])] })
    }
}

extension TextColumn {
    /// Some rows, in the order given.
    func selecting(_ rows: [Int]) -> TextColumn {
        var selected = TextColumn()
        for row in rows { selected.append(utf8: utf8(row)) }
        return selected
    }
}
