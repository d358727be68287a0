import FirmModel
import ParallelWork
import SignificanceTesting
import SpatialIndex

extension ClusterDetector {
    /// Runs the whole detection again on simulated registers and compares.
    func significance(
        of described: DescribedClusters, in groups: DetectionGroups, _ firmsOfIndustry: [Int],
        _ register: PreparedRegister, _ test: ClusterTest, _ scan: ScanDetection?
    ) throws -> (ClusterSignificance, TestOutcome) {
        let statistic = ClusterStatistic(request)
        let curve =
            test.nullModel == .cyclicShift
            ? try register.sites.firmsAlongHilbertCurve(seed: request.seed, workers: workers) : nil
        let observed = described.statistics(statistic)
        let plan = SimulationPlan(
            register: register, request: request,
            relabelling: Relabelling(
                test.nullModel, firmCount: register.firmCount, strata: register.stratumOfFirm, curve: curve),
            statistic: statistic, groups: groups.groups, patterns: groups.patterns,
            totals: groups.groups.map(described.totals(of:)),
            observed: observed.map { $0.sorted() },
            index: FootprintIndex(register.sites), unit: EmployeeUnit(register.employmentOfFirm),
            single: workers.single)
        let outcome =
            if let scan {
                try outcome(of: scan, plan, test, observed: observed)
            } else {
                try outcome(of: plan, test, observed: observed)
            }
        let significance = ClusterSignificance(
            outcome, observed: observed,
            isTested: groups.groups.map { request.canHaveCluster(firms: $0.firmCount(firmsOfIndustry)) },
            testedInVain: groups.patterns?.testedInVain ?? 0, test: test)
        return (significance, significance.outcome(test, statistic: statistic.name(in: request)))
    }

    /// Simulations one by one, side by side on all workers.
    private func outcome(
        of plan: SimulationPlan, _ test: ClusterTest, observed: [[Double]]
    ) throws -> MonteCarloOutcome {
        progress.began("simulating", total: test.simulations)
        let fixedRadius = try FixedRadiusSimulation.Shared(plan, workers: workers)
        let simulated = PerWorker(workers) { SimulatedDetection(plan, fixedRadius) }
        return try MonteCarloTest(simulations: test.simulations, stopping: test.stopping).run(
            observed: observed, workers: workers, finished: { progress.advanced(by: $0) }
        ) { replicate, families, worker in
            try simulated[worker].largestStatistics(of: families, replicate: replicate)
        }
    }

    /// Simulations of the scan, many at a time: they share the order of sites around each center.
    private func outcome(
        of scan: ScanDetection, _ plan: SimulationPlan, _ test: ClusterTest, observed: [[Double]]
    ) throws -> MonteCarloOutcome {
        var (labels, employment): ([Int32], [Double]) = ([], [])
        // A batch takes long: centers are counted, not simulations.
        progress.began("simulating", total: test.simulations * scan.centerCount)
        return try MonteCarloTest(simulations: test.simulations, stopping: test.stopping).runTogether(
            observed: observed, workers: workers, atLeast: min(128, scan.labellingsTogether),
            atMost: scan.labellingsTogether,
            simulate: { replicates, families in
                let labellings = replicates.map { replicate in
                    plan.relabelling.deal(
                        plan.register.industryOfFirm, to: &labels, replicate: replicate, seed: request.seed)
                    if plan.statistic == .employment, !plan.register.employmentOfFirm.isEmpty {
                        plan.relabelling.deal(
                            plan.register.employmentOfFirm, to: &employment, replicate: replicate, seed: request.seed)
                    }
                    return scan.labelling(labels, employment)
                }
                return try scan.largestStatistics(
                    of: families.map { Int(plan.groups[$0].industries[0]) }, labellings: labellings, workers: workers
                ) { progress.advanced(by: $0 * replicates.count) }
            }, leftOut: { progress.advanced(by: $0 * scan.centerCount) })
    }
}

extension DetectionRequest {
    /// Whether a group of so many firms can have a cluster: a rule that relabelling cannot change, as what leaves a group out of the
    /// family of those tested must be.
    func canHaveCluster(firms: Int) -> Bool {
        guard firms >= max(1, method == .scan ? 1 : minimumSites) else { return false }
        guard weighting == .firms else { return true }
        switch method {
        case .dbscan: return Double(firms) >= minimumPoints
        case .scan: return Double(firms) >= minimumPoints
        case .hdbscan: return Double(firms) >= minimumClusterSize
        case .optics:
            return Double(firms) >= (extraction == .neighborhood ? minimumPoints : minimumClusterSize)
        }
    }
}
