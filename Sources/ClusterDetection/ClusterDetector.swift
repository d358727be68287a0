public import FirmModel
public import ParallelWork
import SpatialIndex

/// Finds the industrial clusters of a register: the main job of this library.
///
///     let report = try ClusterDetector(DetectionRequest()).report(on: register)
///     for cluster in report.clusters {
///         print(cluster.name, cluster.firms, cluster.locationQuotient ?? .nan)
///     }
///
/// Each industry's firms are clustered by density (`DBSCAN`, `HDBSCAN` or `OPTICS`), or scanned for circles with an
/// excess (`CircularScan`), and so are on request the firms that take part in each significant co-location pattern of
/// industries (``DetectionRequest/groups``); each cluster gets a footprint, everything within r of a member, in which the firms of all
/// industries are counted and compared with the whole register.
///
/// The same register and request give the same report whatever the number of threads, and the same clusters whatever the
/// order of the rows.
///
/// Memory: about 100 bytes a firm beside the register itself. Time: near-linear in firms; see `Docs/Benchmarks.md`.
public struct ClusterDetector: Sendable {
    /// What to detect.
    public var request: DetectionRequest
    /// The threads that share the work.
    public var workers: Workers
    /// Hears how far the work has come.
    public var progress: any WorkProgress

    /// A detector for a request; without one, for the defaults.
    public init(
        _ request: DetectionRequest = DetectionRequest(), workers: Workers = Workers(),
        progress: any WorkProgress = SilentProgress()
    ) {
        self.request = request
        self.workers = workers
        self.progress = progress
    }

    /// Detects clusters and describes them.
    ///
    /// - Parameters:
    ///   - register: the firms; a projected one needs a coordinate system that PROJ knows.
    ///   - source: what reading knows of the register, for the provenance.
    ///   - inputParameters: further parameters to write before the detection's own, such as the level of the codes.
    ///   - title: the title of an industry code, nil where there is none.
    /// - Throws: ``DetectionRequestError`` for an impossible request, `ProjectionError` for an unknown coordinate system,
    ///   `WorkCancelled`.
    public func report(
        on register: FirmRegister, source: RegisterSource? = nil,
        inputParameters: [(name: String, value: ParameterValue)] = [],
        title: @Sendable (String) -> String? = { _ in nil }
    ) throws -> ClusterReport {
        try request.validate()
        progress.began("arranging firms", total: nil)
        let prepared = try PreparedRegister(register, workers: workers)
        let ground = try Ground(register.frame)
        let selected = SelectedIndustries(request.industries, codes: prepared.industries)
        let groups = try DetectionGroups(
            request, industries: selected, patterns: patterns(of: selected, in: prepared), codes: prepared.industries)
        var firms: FirmsOfGroups? = try firms(of: groups, in: prepared)
        let firmsOfIndustry = prepared.industries.indices.map { firms?.labelled.count(of: $0) ?? 0 }

        let scan = request.method == .scan ? ScanDetection(request, prepared) : nil
        var clusterings =
            try firms.map { firms in
                try scan?.clusterings(of: selected.industries, firms.labelled, workers: workers, progress: progress)
                    ?? self.clusterings(of: groups.groups, firms, in: prepared)
            } ?? []
        // Describing is when most memory is in use.
        if !request.reportsMembers { firms = nil }
        let everything = try describe(clusterings, of: groups, firmsOfIndustry, in: prepared, ground, title: title)
        for group in clusterings.indices { clusterings[group].forgetMembers() }
        let tested = try request.test.map {
            try significance(of: everything, in: groups, firmsOfIndustry, prepared, $0, scan)
        }
        let described = assembled(
            everything, tested?.0, clusterings, of: groups, firmsOfIndustry, codes: prepared.industries,
            title: title)

        var report = ClusterReport(
            clusters: described.clusters, groups: described.outcomes, composition: described.composition,
            test: tested?.1, patterns: groups.patterns?.outcome,
            provenance: Provenance(
                version: firmClustersVersion,
                parameters: inputParameters + request.parameters + (scan?.parameters ?? []), seed: request.seed,
                source: source ?? .inMemory(register), frame: register.frame, libraries: Ground.libraries))
        if let firms {
            report.members = members(
                clusterings, of: groups.groups, firms, in: prepared, clusterIndex: described.indexOfCluster)
        }
        report.warnings =
            DetectionWarnings(
                request, prepared: prepared, groups: groups, outcomes: described.outcomes, clusters: described.clusters,
                test: tested?.1
            ).sentences
        return report
    }

    /// Clusters every group: the few large ones one after the other on all workers, the many small ones side by side.
    private func clusterings(
        of groups: [DetectionGroup], _ firmsOfGroups: FirmsOfGroups, in register: PreparedRegister
    ) throws -> [GroupClustering] {
        let procedure = ClusteringProcedure(request)
        let sizes = groups.map { firmsOfGroups.firms(of: $0).count }
        let total = sizes.reduce(0, +)
        progress.began("clustering", total: total)
        let largeCount = max(1 << 16, register.firmCount / (4 * workers.count))
        let bySize = groups.indices.sorted { sizes[$0] != sizes[$1] ? sizes[$0] > sizes[$1] : $0 < $1 }
        let large = bySize.prefix { sizes[$0] > largeCount }
        let results = ResultSlots<GroupClustering>(count: groups.count)
        @Sendable func cluster(_ group: Int, _ workers: Workers) throws {
            let firms = firmsOfGroups.firms(of: groups[group])
            results.set(
                group,
                try procedure.clusters(
                    of: firms, in: register, workers: workers, labelsFirms: request.reportsMembers))
            progress.advanced(by: firms.count)
        }
        for group in large { try cluster(group, workers) }
        let small = Array(bySize.dropFirst(large.count))
        try workers.forEach(in: 0..<small.count, grain: 1) { range, _ in
            for index in range { try cluster(small[index], workers.single) }
        }
        return results.values
    }

    /// A line for each firm and group it is in, in the order of the register, then of the groups; one line for a firm in no group.
    private func members(
        _ clusterings: [GroupClustering], of groups: [DetectionGroup], _ firmsOfGroups: FirmsOfGroups,
        in register: PreparedRegister, clusterIndex: [[Int32?]]
    ) -> [MemberRecord] {
        let rows = register.sites.firmRows
        var starts = [Int](repeating: 0, count: register.firmCount + 1)
        for group in groups {
            for firm in firmsOfGroups.firms(of: group) { starts[Int(rows[Int(firm)]) + 1] += 1 }
        }
        var records: [MemberRecord] = []
        for row in 0..<register.firmCount {
            let bare = MemberRecord(row: Int32(row), cluster: nil, group: nil, role: nil, isAmbiguous: false)
            for _ in 0..<max(1, starts[row + 1]) { records.append(bare) }
            starts[row + 1] = records.count
        }
        for (group, asked) in groups.enumerated() {
            let clustering = clusterings[group]
            for (k, firm) in firmsOfGroups.firms(of: asked).enumerated() {
                let row = Int(rows[Int(firm)])
                let line = starts[row]
                starts[row] += 1
                records[line].group = Int32(group)
                guard clustering.skipped == nil else { continue }
                let label = clustering.labels[k]
                records[line].role = clustering.roles[k]
                records[line].isAmbiguous = clustering.ambiguous[k]
                if !clustering.strengths.isEmpty { records[line].strength = clustering.strengths[k] }
                if label >= 0 { records[line].cluster = clusterIndex[group][Int(label)] }
            }
        }
        return records
    }
}
