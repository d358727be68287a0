import ClusterGeometry
import ColocationMining
import FirmModel
import ParallelWork
import PatternAnalysis
import RegionalMeasures
import ScanStatistic
import SpatialIndex

extension ClusterDetector {
    /// What is said of every cluster before some are left out and all are numbered.
    struct DescribedClusters: Sendable {
        /// For each group its clusters by rank.
        fileprivate let groups: [[Described]]
        fileprivate let totals: ClusterTotals

        /// For each group the evidence of its clusters by rank.
        func statistics(_ statistic: ClusterStatistic) -> [[Double]] {
            groups.map { group in group.map { $0.ratioOfScan ?? statistic.value($0.zone, $0.totals) } }
        }

        /// Totals of the study area for a group.
        func totals(of group: DetectionGroup) -> ClusterScores.Totals { totals.group(group) }
    }

    /// Everything said of the clusters of all groups.
    struct Description {
        var clusters: [ClusterRecord]
        var outcomes: [GroupOutcome]
        var composition: [CompositionRecord]
        /// For each group, for each of its clusters by rank, where it, or the nearest one around it, stands in `clusters`;
        /// nil when filtered out.
        var indexOfCluster: [[Int32?]]
    }

    /// One cluster waiting to be described.
    private struct Task {
        var group: Int
        var rank: Int
        var radius: Meters
    }

    fileprivate struct Described: Sendable {
        var record: ClusterRecord
        var industries: [(industry: Int32, firms: Int)]
        var zone: ClusterStatistic.Zone
        var totals: ClusterScores.Totals
        /// What the scan compares.
        var ratioOfScan: Double?
    }

    func describe(
        _ clusterings: [GroupClustering], of groups: DetectionGroups, _ firmsOfIndustry: [Int],
        in register: PreparedRegister, _ ground: Ground, title: @Sendable (String) -> String?
    ) throws -> DescribedClusters {
        var tasks: [Task] = []
        var firstTask: [Int] = []
        for (group, clustering) in clusterings.enumerated() {
            firstTask.append(tasks.count)
            for (rank, cluster) in clustering.clusters.enumerated() {
                let radius = cluster.zone?.radius ?? request.footprintRadius ?? cluster.footprintRadius
                tasks.append(Task(group: group, rank: rank, radius: radius))
            }
        }
        let described = ResultSlots<Described>(count: tasks.count)
        let totals = ClusterTotals(register, firmsOfIndustry)
        progress.began(
            "footprints", total: tasks.reduce(0) { $0 + clusterings[$1.group].clusters[$1.rank].firmCount })

        // One arrangement of all firms serves the radii of an octave; only one exists at a time.
        // Footprints of radius 0 need none.
        let octaves = Dictionary(grouping: tasks.indices) { task in
            tasks[task].radius > 0 && clusterings[tasks[task].group].clusters[tasks[task].rank].zone == nil
                ? DiscCoverage.rowHeight(for: reach(tasks[task].radius, in: register)) : 0
        }
        let outlines = try PerWorker(workers) { try ground.outlineBuilder() }
        let unit = EmployeeUnit(register.employmentOfFirm)
        let counters = PerWorker(workers) {
            FootprintCounter(industryCount: register.industries.count, unit: unit)
        }
        let listsIndustries = request.reportsComposition
        for (rowHeight, members) in octaves.sorted(by: { $0.key < $1.key }) {
            let firms =
                rowHeight > 0 ? try FirmsInRows(register, unit: unit, rowHeight: rowHeight, workers: workers) : nil
            let sizes = members.map { clusterings[tasks[$0].group].clusters[tasks[$0].rank].siteCount }
            // Large clusters first, so that none is left for the end, and counted by all workers; then one after the other
            // along bands, so that neighbors find each other's rows in the cache.
            let largeSize = max(1 << 12, sizes.reduce(0, +) / (64 * workers.count))
            let largeFirst = members.indices.filter { sizes[$0] > largeSize }
                .sorted { sizes[$0] != sizes[$1] ? sizes[$0] > sizes[$1] : $0 < $1 }
            let order =
                largeFirst
                + inBands(
                    members.indices.filter { sizes[$0] <= largeSize }, rowHeight: rowHeight, register.sites
                ) { clusterings[tasks[members[$0]].group].clusters[tasks[members[$0]].rank].firstSite }
            let allTasks = tasks
            var countsOfLarge: [FootprintCounts] = []
            if let firms, workers.count > 1 {
                for index in largeFirst {
                    let task = tasks[members[index]]
                    countsOfLarge.append(
                        try FootprintCounter.count(
                            around: clusterings[task.group].members(of: task.rank).sites,
                            radius: reach(task.radius, in: register), group: groups.groups[task.group].industries,
                            in: firms,
                            listsIndustries: listsIndustries, counters: counters, workers: workers))
                }
            }
            let counted = countsOfLarge
            try workers.forEach(in: 0..<order.count, grain: 1) { range, worker in
                for index in range {
                    let number = members[order[index]]
                    let task = allTasks[number]
                    let group = groups.groups[task.group]
                    let cluster = clusterings[task.group].members(of: task.rank)
                    let counts =
                        if index < counted.count {
                            counted[index]
                        } else if let firms {
                            counters[worker].count(
                                around: cluster.sites, radius: reach(task.radius, in: register),
                                group: group.industries,
                                in: firms, listsIndustries: listsIndustries)
                        } else {
                            counters[worker].count(
                                at: clusterings[task.group].clusters[task.rank].zone?.sites ?? cluster.sites,
                                group: group.industries, in: register, listsIndustries: listsIndustries)
                        }
                    let record = try record(
                        of: cluster, clusterings[task.group].clusters[task.rank], rank: task.rank, group: group,
                        pattern: group.pattern.flatMap { groups.patterns?.chosen[$0].pattern },
                        radius: task.radius, counts: counts, totals: totals.group(group), in: register, ground,
                        outlines[worker], title: title)
                    described.set(
                        number,
                        Described(
                            record: record, industries: counts.industries, zone: ClusterStatistic.Zone(counts),
                            totals: totals.group(group),
                            ratioOfScan: clusterings[task.group].clusters[task.rank].zone?.logLikelihoodRatio))
                    progress.advanced(by: cluster.firms.count)
                }
            }
        }
        let values = described.values
        let byGroup = clusterings.enumerated().map { group, clustering in
            Array(values[firstTask[group]..<firstTask[group] + clustering.clusters.count])
        }
        return DescribedClusters(groups: byGroup, totals: totals)
    }

    private func reach(_ radius: Meters, in register: PreparedRegister) -> Meters {
        DiscCoverage.reach(radius, metric: register.sites.metric)
    }

    /// Orders clusters by bands of some rows, from south to north, and within a band from west to east.
    ///
    /// - Parameter firstSite: the westernmost site of a cluster.
    private func inBands(
        _ clusters: [Int], rowHeight: Meters, _ sites: Sites, firstSite: (Int) -> Int32
    ) -> [Int] {
        let meters = sites.metric == .sphere ? Sphere.radius * (.pi / 180) : 1
        let height = max(64 * rowHeight.value, 1) / meters
        let keys = clusters.map { cluster in
            let site = firstSite(cluster)
            return (band: (sites.y[Int(site)] / height).rounded(.down), site: site, cluster: cluster)
        }
        return keys.sorted { ($0.band, $0.site, $0.cluster) < ($1.band, $1.site, $1.cluster) }.map(\.cluster)
    }

    /// Puts the records in order, leaves out what the filter refuses, and numbers what remains.
    func assembled(
        _ described: DescribedClusters, _ significance: ClusterSignificance?, _ clusterings: [GroupClustering],
        of groups: DetectionGroups, _ firmsOfIndustry: [Int], codes: [String], title: (String) -> String?
    ) -> Description {
        var result = Description(clusters: [], outcomes: [], composition: [], indexOfCluster: [])
        for (group, clustering) in clusterings.enumerated() {
            let firstIndex = result.clusters.count
            var indices: [Int32?] = []
            for (rank, cluster) in clustering.clusters.enumerated() {
                var item = described.groups[group][rank]
                significance?.write(to: &item.record, group: group, rank: rank)
                // The nearest cluster around it that is reported: parents have smaller ranks.
                let parent = cluster.parent.flatMap { indices[$0] }
                if let minimum = request.minimumLocationQuotient, (item.record.locationQuotient ?? -1) < minimum {
                    indices.append(parent)
                    continue
                }
                let index = result.clusters.count
                indices.append(Int32(index))
                result.clusters.append(item.record)
                result.clusters[index].clusterNumber = index + 1
                result.clusters[index].parentID = parent.map { result.clusters[Int($0)].clusterID }
                if cluster.level != nil {
                    result.clusters[index].level = parent.map { (result.clusters[Int($0)].level ?? 0) + 1 } ?? 1
                }
                if request.reportsComposition {
                    result.composition += item.industries.map { industry, firms in
                        described.totals.composition(
                            of: item.record, at: index, industry: industry, firms: firms, title: title)
                    }
                }
            }
            result.indexOfCluster.append(indices)
            let smallest = significance?.smallest(of: group)
            let asked = groups.groups[group]
            let codes = asked.industries.map { codes[Int($0)] }
            result.outcomes.append(
                GroupOutcome(
                    code: asked.code, title: Self.joinedTitle(of: codes, title),
                    pattern: groups.outcome(of: asked, codes),
                    firms: asked.firmCount(firmsOfIndustry),
                    neighborhoodRadius: clustering.radius, clusters: result.clusters.count - firstIndex,
                    noiseFirms: clustering.noiseFirms, skipped: clustering.skipped?.rawValue,
                    pValue: smallest?.p, qValue: smallest?.q))
        }
        return result
    }

    private func record(
        of members: GroupClustering.Members, _ cluster: GroupClustering.Cluster, rank: Int, group: DetectionGroup,
        pattern: ColocationPattern?, radius: Meters, counts: FootprintCounts,
        totals: ClusterScores.Totals, in register: PreparedRegister, _ ground: Ground, _ outlines: OutlineBuilder,
        title: (String) -> String?
    ) throws -> ClusterRecord {
        let codes = group.industries.map { register.industries[Int($0)] }
        let reference = request.reference.map { GroupReference($0, codes: codes) }
        let scores = ClusterScores(counts, totals: totals, reference: reference)
        let summary = MemberSummary(members, in: register)
        let frame = register.register.frame
        let (footprint, area) =
            if let zone = cluster.zone {
                try drawn(zone, around: register.sites.coordinate(Int(zone.center)), in: frame, outlines)
            } else {
                try drawn(
                    members.sites.map { register.sites.coordinate(Int($0)) }, radius: radius, in: frame, outlines)
            }
        let squareKilometers = area.map { $0 / 1e6 }
        let titles = codes.map(title)
        let industries = zip(codes, titles).map { $1 ?? "Industry \($0)" }.joined(separator: " + ")
        let name = [industries, summary.place].compactMap { $0 }.joined(separator: ", ")
        return ClusterRecord(
            clusterID: "\(group.code)-\(rank + 1)", clusterNumber: 0, kind: pattern == nil ? .industry : .pattern,
            industries: codes, industryTitles: titles, name: name, place: summary.place, firms: cluster.firmCount,
            coreFirms: cluster.coreFirms, borderFirms: cluster.firmCount - cluster.coreFirms,
            sites: cluster.siteCount, largestSiteShare: summary.largestSiteShare, employment: summary.employment,
            footprintFirms: counts.firms, footprintGroupFirms: counts.groupFirms,
            footprintEmployment: counts.firmsWithEmployment > 0 ? counts.employment : nil, footprintRadius: radius,
            locationQuotient: scores.quotient, locationQuotientLow: scores.limits?.lower,
            locationQuotientHigh: scores.limits?.upper, locationQuotientByEmployment: scores.quotientByEmployment,
            employmentCoverage: scores.employmentCoverage, expectedFirms: scores.expectedFirms,
            relativeRisk: scores.relativeRisk,
            // The scan's own is what it was chosen by, and by its own model.
            logLikelihoodRatio: request.weighting == .firms
                ? cluster.zone?.logLikelihoodRatio ?? scores.logLikelihoodRatio : scores.logLikelihoodRatio,
            logLikelihoodRatioByEmployment: counts.firmsWithEmployment > 0
                ? ClusterStatistic.employment.value(ClusterStatistic.Zone(counts), totals) : nil,
            shareOfIndustry: scores.shareOfIndustry, areaSquareKilometers: squareKilometers,
            firmsPerSquareKilometer: squareKilometers.map { Double(cluster.firmCount) / $0 },
            largestFirmShare: summary.largestFirmShare, industryDiversity: scores.industryDiversity,
            centroid: try ground.longitudeLatitude(summary.centroid), persistence: cluster.persistence,
            level: cluster.level, participationIndex: pattern?.participationIndex, footprint: footprint)
    }

    /// The titles of codes in one line; nil where one has none.
    private static func joinedTitle(of codes: [String], _ title: (String) -> String?) -> String? {
        let titles = codes.compactMap(title)
        return titles.count == codes.count ? titles.joined(separator: " + ") : nil
    }
}

extension DetectionGroups {
    /// What is known of the pattern of a group; nil for an industry.
    fileprivate func outcome(of group: DetectionGroup, _ codes: [String]) -> PatternOutcome? {
        guard let pattern = group.pattern, let chosen = patterns?.chosen[pattern] else { return nil }
        return PatternOutcome(
            industries: codes, participants: Int(chosen.pattern.participants.reduce(0, +)),
            participationIndex: chosen.pattern.participationIndex ?? 0, pValue: chosen.pValue, qValue: chosen.qValue)
    }
}

/// Totals of the study area by industry.
struct ClusterTotals: Sendable {
    private let statesEmployment: Bool
    private let firms: Int
    private let employment: Double
    private let firmsOfIndustry: [Int]
    private let employmentOfIndustry: [Double]
    private let codes: [String]

    init(_ register: PreparedRegister, _ firmsOfIndustry: [Int]) {
        statesEmployment = !register.employmentOfFirm.isEmpty
        firms = register.firmCount
        codes = register.industries
        self.firmsOfIndustry = firmsOfIndustry
        // In canonical order, so that the sums are the same for any order of the rows.
        var sums = [Double](repeating: 0, count: register.industries.count)
        for (industry, employees) in zip(register.industryOfFirm, register.employmentOfFirm) where !employees.isNaN {
            sums[Int(industry)] += min(employees, EmployeeUnit.most)
        }
        employmentOfIndustry = sums
        employment = employmentOfIndustry.reduce(0, +)
    }

    func group(_ group: DetectionGroup) -> ClusterScores.Totals {
        ClusterScores.Totals(
            statesEmployment: statesEmployment, firms: firms, groupFirms: group.firmCount(firmsOfIndustry),
            employment: employment,
            groupEmployment: group.industries.reduce(0) { $0 + employmentOfIndustry[Int($1)] })
    }

    func composition(
        of cluster: ClusterRecord, at index: Int, industry: Int32, firms count: Int, title: (String) -> String?
    ) -> CompositionRecord {
        let code = codes[Int(industry)]
        let share = cluster.footprintFirms > 0 ? Double(count) / Double(cluster.footprintFirms) : nil
        let everywhere = Double(firmsOfIndustry[Int(industry)]) / Double(firms)
        return CompositionRecord(
            cluster: index, industry: code, title: title(code), firms: count, share: share,
            locationQuotient: share.map { $0 / everywhere })
    }
}
