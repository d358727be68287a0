import FirmClusters

/// Reads `--reference FILE`: code, firms and perhaps employment, with a header.
enum ReferenceFile {
    /// No economy is so large, and sums up to here are exact to the unit.
    private static let largestTotal = 1e15

    /// - Parameter level: characters of the codes in use; totals of finer codes are added up.
    static func read(_ path: String, level: Int?) throws -> ReferenceTotals {
        let table = try SmallTable(path)
        let code = try table.column("code", or: ["industry"])
        let firms = try table.column("firms", or: ["establishments"])
        let employment = table.optionalColumn("employment", or: ["employees"])

        func number(_ row: SmallTable.Row, _ column: Int, of what: String) throws -> Double {
            guard let number = table.number(row, column), number >= 0 else {
                throw InputError(
                    .badData, file: path, line: row.line, column: table.header[column],
                    "'\(row.fields[column])' is not a number of \(what)")
            }
            return number
        }
        var rows: [(code: String, firms: Double, employment: Double?)] = []
        for row in table.rows {
            let count = try number(row, firms, of: "firms")
            var employees: Double?
            if let employment, !row.fields[employment].trimmingSpaces.isEmpty {
                employees = try number(row, employment, of: "employees")
            }
            let industry = IndustryCode.truncated(IndustryCode.normalized(row.fields[code]), level: level)
            rows.append((industry, count, employees))
        }
        guard !rows.isEmpty else { throw InputError(.badData, file: path, "holds no totals") }
        let totals = ReferenceTotals(rows, name: AuxiliaryInput.name(path))
        for (what, total) in [("firms", totals.totalFirms), ("employees", totals.totalEmployment)] {
            guard total <= largestTotal else {
                throw InputError(.badData, file: path, "the numbers of \(what) add up to more than 10^15")
            }
        }
        return totals
    }
}
