import FirmClusters

/// The truth of a synthetic register: which firm was planted in which cluster.
struct PlantedClusters {
    /// The planted clusters, sorted.
    let names: [String]
    /// The index into `names` for each identifier; −1 for firms of no planted cluster.
    let clusterOfFirm: [String: Int]

    /// - Parameter path: CSV with the columns id and cluster, empty for firms of no planted cluster.
    init(_ path: String) throws {
        let table = try SmallTable(path)
        let (id, cluster) = (try table.column("id"), try table.column("cluster"))
        names = Set(table.rows.map { $0.fields[cluster] }).subtracting([""]).sorted()
        guard !names.isEmpty else { throw InputError(.badData, file: path, "names no planted cluster") }
        var number: [String: Int] = [:]
        for (index, name) in names.enumerated() { number[name] = index }
        var clusterOfFirm: [String: Int] = [:]
        for row in table.rows { clusterOfFirm[row.fields[id]] = number[row.fields[cluster]] ?? -1 }
        self.clusterOfFirm = clusterOfFirm
    }
}

/// Which planted clusters of a synthetic register a detection has found: those of which some detected cluster shares at
/// least half of the members of both (Jaccard).
struct TruthComparison {
    let text: String

    init(_ planted: PlantedClusters, report: ClusterReport, register: FirmRegister) {
        let names = planted.names
        let isTested = report.clusters.contains { $0.significant != nil }
        let recovery = PlantRecovery.compare(
            planted: (0..<register.count).map { planted.clusterOfFirm[register.label($0)] ?? -1 },
            plantCount: names.count,
            detected: report.members.map { $0.cluster.map { Int($0) } ?? -1 },
            flagged: report.clusters.map { isTested ? $0.significant == true : ($0.locationQuotientLow ?? 0) > 1 })

        var lines = ["", "Planted clusters found (Jaccard of members at least 0.5):"]
        let width = names.map(\.count).max() ?? 0
        for (name, plant) in zip(names, recovery.plants) {
            let padding = String(repeating: " ", count: width - name.count)
            let match = plant.cluster.map { ", as \(report.clusters[$0].clusterID)" } ?? ""
            lines.append(
                "  \(plant.isFound ? "found " : "missed")  \(name)\(padding)  \(decimals(plant.jaccard))  "
                    + "\(plant.firms) firms\(match)")
        }
        lines.append(Self.recall(recovery, report, isTested: isTested))
        lines.append(
            "Precision \(decimals(recovery.precision)) of all \(report.clusters.count) clusters, "
                + "\(decimals(recovery.flaggedPrecision)) of "
                + (isTested
                    ? "the \(report.clusters.count { $0.significant == true }) significant ones"
                    : "those with lq_low above 1"))
        text = lines.joined(separator: "\n") + "\n"
    }
}

extension TruthComparison {
    /// The plants found, and those found by a significant cluster where clusters were tested.
    private static func recall(_ recovery: PlantRecovery, _ report: ClusterReport, isTested: Bool) -> String {
        let plants = recovery.plants.count { $0.firms > 0 }
        let found = recovery.plants.filter(\.isFound).compactMap(\.cluster)
        var line = "Recall \(decimals(recovery.recall)): \(found.count) of \(plants)"
        if isTested {
            let significant = found.count { report.clusters[$0].significant == true }
            let share = plants > 0 ? Double(significant) / Double(plants) : nil
            line += "; \(decimals(share)) by significant clusters: \(significant) of \(plants)"
        }
        return line
    }
}

/// A share with two decimals.
private func decimals(_ value: Double?) -> String {
    guard let value else { return "undefined" }
    let hundredths = Int((value * 100).rounded())
    return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
}
