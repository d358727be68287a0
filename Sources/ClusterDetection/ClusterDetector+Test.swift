import FirmModel
import ParallelWork
import SignificanceTesting
import SpatialIndex

extension ClusterDetector {
    /// Runs the whole detection again on simulated registers and compares.
    func significance(
        of described: DescribedClusters, in groups: [Int32], _ firmsOfIndustry: [Int], _ register: PreparedRegister,
        _ test: ClusterTest
    ) throws -> (ClusterSignificance, TestOutcome) {
        let statistic = ClusterStatistic(request)
        let curve =
            test.nullModel == .cyclicShift ? try register.sites.firmsAlongHilbertCurve(workers: workers) : nil
        let plan = SimulationPlan(
            register: register, request: request,
            relabelling: Relabelling(
                test.nullModel, firmCount: register.firmCount, strata: register.stratumOfFirm, curve: curve),
            statistic: statistic, industries: groups, totals: groups.map(described.totals(of:)),
            index: FootprintIndex(register.sites), unit: EmployeeUnit(register.employmentOfFirm),
            single: workers.single)
        progress.began("simulating", total: test.simulations)
        let fixedRadius = try FixedRadiusSimulation.Shared(plan, workers: workers)
        let simulated = PerWorker(workers) { SimulatedDetection(plan, fixedRadius) }
        let observed = described.statistics(statistic)
        let outcome = try MonteCarloTest(simulations: test.simulations, stopping: test.stopping).run(
            observed: observed, workers: workers, finished: { progress.advanced(by: $0) }
        ) { replicate, families, worker in
            try simulated[worker].largestStatistics(of: families, replicate: replicate)
        }
        let significance = ClusterSignificance(
            outcome, observed: observed,
            isTested: groups.map { request.canHaveCluster(firms: firmsOfIndustry[Int($0)]) }, test: test)
        return (significance, significance.outcome(test, statistic: statistic))
    }
}

extension DetectionRequest {
    /// Whether a group of so many firms can have a cluster: a rule that relabelling cannot change, as what leaves a group out of the
    /// family of those tested must be.
    func canHaveCluster(firms: Int) -> Bool {
        guard firms >= max(1, minimumSites) else { return false }
        guard weighting == .firms else { return true }
        switch method {
        case .dbscan: return Double(firms) >= minimumPoints
        case .hdbscan: return Double(firms) >= minimumClusterSize
        case .optics:
            return Double(firms) >= (extraction == .neighborhood ? minimumPoints : minimumClusterSize)
        }
    }
}
