import FirmModel
import ParallelWork
import SignificanceTesting
import SpatialIndex

/// Detects the clusters of simulated registers: what one worker needs for one simulation after the other.
///
/// The procedure is that of the register itself, from the firms that take part in a pattern and the choice of a radius to the smallest
/// number of sites.
final class SimulatedDetection {
    private let plan: SimulationPlan
    private let procedure: ClusteringProcedure
    private let counter: ZoneCounter
    private var labels: [Int32] = []
    private var employment: [Double] = []
    /// The quick way, where there is one.
    private let ofFixedRadius: FixedRadiusSimulation?

    init(_ plan: SimulationPlan, _ fixedRadius: FixedRadiusSimulation.Shared?) {
        self.plan = plan
        ofFixedRadius = fixedRadius.map { FixedRadiusSimulation(plan, $0) }
        procedure = ClusteringProcedure(plan.request)
        counter = ZoneCounter(plan.register.sites, unit: plan.unit)
    }

    /// The largest statistic among the clusters of each of some groups; 0 where there is none.
    func largestStatistics(of groups: [Int], replicate: Int) throws -> [Double] {
        guard let ofFixedRadius else { return try detected(groups, replicate: replicate) }
        // Both deal the same codes to the same firms.
        let industries = groups.filter { plan.groups[$0].pattern == nil }
        let patterns = groups.filter { plan.groups[$0].pattern != nil }
        let ofIndustries =
            industries.isEmpty ? [] : try ofFixedRadius.largestStatistics(of: industries, replicate: replicate)
        guard !patterns.isEmpty else { return ofIndustries }
        let statistics = zip(industries + patterns, ofIndustries + (try detected(patterns, replicate: replicate)))
        return statistics.sorted { $0.0 < $1.0 }.map(\.1)
    }

    /// The general way, for any method and any groups.
    private func detected(_ groups: [Int], replicate: Int) throws -> [Double] {
        let (register, seed) = (plan.register, plan.request.seed)
        plan.relabelling.deal(register.industryOfFirm, to: &labels, replicate: replicate, seed: seed)
        var simulated = register
        if plan.statistic == .employment, !register.employmentOfFirm.isEmpty {
            plan.relabelling.deal(register.employmentOfFirm, to: &employment, replicate: replicate, seed: seed)
            simulated.employmentOfFirm = employment
        }
        let firmsOfGroups = FirmsOfGroups(
            labelled: FirmsByIndustry(labels: labels, industryCount: register.industries.count),
            // Which firms take part follows from the codes: it is found anew, not dealt.
            participants: try plan.patterns?.participants(
                in: groups.compactMap { plan.groups[$0].pattern }, labels: labels, workers: plan.single) ?? [])
        var unitsOfRows: [Double: [Int64]] = [:]
        return try groups.map { number in
            let group = plan.groups[number]
            let clustering = try procedure.clusters(
                of: firmsOfGroups.firms(of: group), in: simulated, workers: plan.single, labelsFirms: false)
            guard !clustering.clusters.isEmpty else { return 0 }
            return try largestStatistic(
                of: clustering, totals: plan.totals[number],
                group: GroupSites(firmsOfGroups.allFirms(of: group), register: simulated), simulated, &unitsOfRows)
        }
    }

    /// - Parameter group: the sites of all firms of the group's industries, members or not.
    private func largestStatistic(
        of clustering: GroupClustering, totals: ClusterScores.Totals, group: GroupSites,
        _ simulated: PreparedRegister, _ unitsOfRows: inout [Double: [Int64]]
    ) throws -> Double {
        let units =
            plan.statistic == .employment ? group.units(of: simulated, unit: plan.unit) : []
        var groupOfRows: [Double: GroupInRows] = [:]
        var largest = 0.0
        for (rank, cluster) in clustering.clusters.enumerated() {
            let radius = plan.request.footprintRadius ?? cluster.footprintRadius
            let members = clustering.members(of: rank).sites
            let zone: ClusterStatistic.Zone
            if radius > 0 {
                let radius = DiscCoverage.reach(radius, metric: simulated.sites.metric)
                let height = FootprintIndex.rowHeight(for: radius).value
                let rows = try plan.index.rows(for: radius)
                let inRows =
                    groupOfRows[height]
                    ?? GroupInRows(
                        sites: group.subset.sites, firmsOnSite: group.firmsOnSite, units: units, in: rows)
                groupOfRows[height] = inRows
                if plan.statistic == .employment, unitsOfRows[height] == nil {
                    unitsOfRows[height] = rows.unitsBefore(
                        simulated.employmentOfFirm, unit: plan.unit, of: simulated.sites)
                }
                zone = counter.zone(
                    around: members, radius: radius, in: rows, unitsBefore: unitsOfRows[height] ?? [], group: inRows)
            } else {
                zone = counter.zone(at: members, of: group, units: units, in: simulated)
            }
            largest = max(largest, plan.statistic.value(zone, totals))
        }
        return largest
    }
}

extension SimulationPlan {
    /// How large the statistic of another cluster must be to matter, once one of a simulation is known: a p-value tells only how many
    /// observed statistics are reached, and a fitted distribution the largest itself.
    ///
    /// - Returns: nil where nothing larger matters.
    func nextThatMatters(beyond largest: Double, in group: Int) -> Double? {
        if request.test?.reportsGumbel == true { return largest.nextUp }
        let observed = observed[group]
        let next = observed.partitioningIndex { $0 > largest }
        return next < observed.count ? observed[next] : nil
    }
}

/// What all simulations of a register share.
struct SimulationPlan: Sendable {
    let register: PreparedRegister
    let request: DetectionRequest
    let relabelling: Relabelling
    let statistic: ClusterStatistic
    let groups: [DetectionGroup]
    /// nil where there are none among the groups.
    let patterns: PatternGroups?
    /// Totals of each group: what is dealt anew has the same.
    let totals: [ClusterScores.Totals]
    /// For each group the statistics of the register itself, ascending.
    let observed: [[Double]]
    let index: FootprintIndex
    let unit: EmployeeUnit
    /// One thread: a simulation is made by one of several workers.
    let single: Workers
}
