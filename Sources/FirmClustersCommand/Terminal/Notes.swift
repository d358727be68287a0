import FirmClusters

/// What a user is told of a reading on standard error.
enum ReadingNotes {
    static func say(_ reading: RegisterReading, on console: Console) {
        say(reading.source, warnings: reading.warnings, on: console)
        let missing = reading.register.stratum?.indices.count { $0 == CategoryColumn.missing } ?? 0
        if missing > 0 {
            console.note("the stratum is missing for \(grouped(missing)) firms, which make one of their own")
        }
    }

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
        if let patterns = report.patterns { console.note(sentence(on: patterns)) }
        let groups = noun(in: report)
        let skipped = Dictionary(grouping: report.groups.compactMap(\.skipped), by: { $0 }).mapValues(\.count)
        for (reason, count) in skipped.sorted(by: { $0.key < $1.key }) {
            console.note("\(grouped(count)) of \(grouped(report.groups.count)) \(groups) skipped: \(reason)")
        }
        let withClusters = report.groups.count { $0.clusters > 0 }
        console.note("\(grouped(report.clusters.count)) clusters in \(grouped(withClusters)) \(groups)")
        if let test = report.test {
            console.note(sentence(on: test, of: report))
        } else if !report.clusters.isEmpty {
            console.note(
                "clusters are described, not tested: dense places are dense in every industry; "
                    + "--test tests them against chance")
        }
    }

    /// What the groups are.
    private static func noun(in report: ClusterReport) -> String {
        guard report.patterns != nil else { return "industries" }
        return report.groups.contains { $0.pattern == nil } ? "industries and patterns" : "patterns"
    }

    /// How many patterns became groups, of how many.
    private static func sentence(on patterns: PatternSearchOutcome) -> String {
        (patterns.groups == 1
            ? "1 pattern became a group, of" : "\(grouped(patterns.groups)) patterns became groups, of")
            + " \(grouped(patterns.significant)) that are significant at "
            + "\(patterns.test.significanceLevel) among \(grouped(patterns.tested)) tested "
            + "(\(patterns.test.nullModel.rawValue), \(grouped(patterns.test.simulations)) simulations)"
    }

    /// What is significant, of how much, at which level, by which test.
    private static func sentence(on outcome: TestOutcome, of report: ClusterReport) -> String {
        let test = outcome.test
        let shown = report.clusters.count { $0.significant == true }
        let leftOut = outcome.significantClusters - shown
        return "\(grouped(shown)) of \(grouped(report.clusters.count)) clusters are significant at "
            + "\(test.significanceLevel), in \(grouped(outcome.groupsRejected)) of "
            + "\(grouped(outcome.groupsTested)) \(noun(in: report)) tested (\(test.nullModel.rawValue), "
            + "\(grouped(test.simulations)) simulations)"
            + (leftOut > 0 ? "; \(grouped(leftOut)) more were left out by --min-lq" : "")
    }
}
