import FirmClusters

/// Reads `--reference FILE`: code, firms and perhaps employment, with a header.
enum ReferenceFile {
    static func read(_ path: String) throws -> ReferenceTotals {
        let rows = try SmallTable(path)
        let code = try rows.column("code", or: ["industry"])
        let firms = try rows.column("firms", or: ["establishments"])
        let employment = rows.optionalColumn("employment", or: ["employees"])
        var totals: [(code: String, firms: Double, employment: Double?)] = []
        for row in rows.rows {
            guard let count = Double(row.fields[firms].trimmingSpaces), count >= 0, count.isFinite else {
                throw InputError(
                    .badData, file: path, line: row.line, column: rows.header[firms],
                    "'\(row.fields[firms])' is not a number of firms")
            }
            var employees: Double?
            if let employment, !row.fields[employment].trimmingSpaces.isEmpty {
                guard let number = Double(row.fields[employment].trimmingSpaces), number >= 0, number.isFinite else {
                    throw InputError(
                        .badData, file: path, line: row.line, column: rows.header[employment],
                        "'\(row.fields[employment])' is not a number of employees")
                }
                employees = number
            }
            totals.append((row.fields[code].trimmingSpaces, count, employees))
        }
        guard !totals.isEmpty else { throw InputError(.badData, file: path, "holds no totals") }
        return ReferenceTotals(totals)
    }
}
