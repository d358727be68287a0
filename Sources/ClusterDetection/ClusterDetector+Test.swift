import FirmModel
import ParallelWork
import SignificanceTesting
import SpatialIndex

extension ClusterDetector {
    /// Runs the whole detection again on simulated registers and compares.
    func significance(
        of described: DescribedClusters, in groups: [Int32], _ firmsOfIndustry: [Int], _ register: PreparedRegister,
        _ test: ClusterTest
    ) throws -> ClusterSignificance {
        let statistic: ClusterStatistic = request.weighting == .employment ? .employment : .firms
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
        let outcome = try MonteCarloTest(simulations: test.simulations, stopping: test.stopping).run(
            observed: described.statistics(statistic), workers: workers, finished: { progress.advanced(by: $0) }
        ) { replicate, families, worker in
            try simulated[worker].largestStatistics(of: families, replicate: replicate)
        }
        return ClusterSignificance(
            clusters: outcome.pValues,
            families: TestedFamilies(
                outcome.pValues, takesPart: groups.map { request.canHaveCluster(firms: firmsOfIndustry[Int($0)]) },
                test: test),
            gumbel: [])
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
