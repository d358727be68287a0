import FirmClusters

/// What a user is told of a reading on standard error.
enum ReadingNotes {
    static func say(_ source: RegisterSource, warnings: [String], on console: Console) {
        for warning in warnings { console.warning(warning) }
        let columns = source.columns.map { "\($0.role) from '\($0.header)'" }.joined(separator: ", ")
        if !columns.isEmpty { console.note("columns: \(columns)") }
        var line = "\(grouped(source.rowsRead)) rows read, \(grouped(source.rowsAccepted)) accepted"
        let rejected = RejectionReason.allCases.compactMap { reason in
            source.rejected[reason].map { "\(reason.rawValue) \(grouped($0))" }
        }
        if !rejected.isEmpty {
            line += ", \(grouped(source.rowsRead - source.rowsAccepted)) left out (\(rejected.joined(separator: ", ")))"
        }
        if source.rowsFilteredOut > 0 { line += "; \(grouped(source.rowsFilteredOut)) rows filtered out before" }
        console.note(line)
        if source.employmentMissing > 0 {
            console.note("employment is missing or unreadable for \(grouped(source.employmentMissing)) firms")
        }
        if let unknown = source.unknownCodes, unknown > 0 {
            console.warning("\(grouped(unknown)) firms have codes that the classification does not know")
        }
    }
}

/// What a user is told of a detection on standard error.
enum DetectionNotes {
    static func say(_ report: ClusterReport, on console: Console) {
        let skipped = Dictionary(grouping: report.groups.compactMap(\.skipped), by: { $0 }).mapValues(\.count)
        for (reason, count) in skipped.sorted(by: { $0.key < $1.key }) {
            console.note("\(grouped(count)) of \(grouped(report.groups.count)) industries skipped: \(reason)")
        }
        let industries = report.groups.count { $0.clusters > 0 }
        console.note("\(grouped(report.clusters.count)) clusters in \(grouped(industries)) industries")
        if !report.clusters.isEmpty {
            console.note("clusters are described, not tested: dense places are dense in every industry, so mind lq_low")
        }
    }
}
