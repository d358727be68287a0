import DensityClustering
import FirmModel
import ParallelWork
import RegionalMeasures
import SpatialIndex

/// Detects clusters of simulated registers for one radius, that of ``DBSCAN`` over firms: what ``SimulatedDetection`` does, many times faster.
///
/// Only the largest ratio of a group is wanted. So no cluster is ranked or described, and a footprint is counted only when a quick upper
/// bound on its ratio does not rule it out. And rows are the same for all groups and simulations, so firms are dealt to their
/// groups in the order of rows, and no group is sorted.
final class FixedRadiusSimulation {
    private let plan: SimulationPlan
    private let shared: Shared
    private let counter: ZoneCounter
    private var marks: SurelyCoveredFirms.Marks
    /// The sites of the group at hand, by position in its rows.
    private var sites: [Int32] = []

    /// What the workers share.
    struct Shared: Sendable {
        fileprivate let dbscan: DBSCAN
        fileprivate let order: RowOrder
        /// Above 0.
        fileprivate let footprintRadius: Meters
        fileprivate let covered: SurelyCoveredFirms
        fileprivate let rows: RowsOfFirms

        /// - Returns: nil where the request is not for one radius, or not for firms.
        init?(_ plan: borrowing SimulationPlan, workers: Workers) throws {
            let (request, sites) = (plan.request, plan.register.sites)
            guard request.method == .dbscan, plan.statistic == .firms, case .fixed(let radius) = request.neighborhood
            else { return nil }
            let wanted = request.footprintRadius ?? Meters(radius.value / 2)
            guard wanted > 0 else { return nil }
            footprintRadius = DiscCoverage.reach(wanted, metric: sites.metric)
            dbscan = try DBSCAN(
                neighborhoodRadius: radius, minimumWeight: request.minimumPoints, borderRule: request.borderRule)
            order = try RowOrder(sites, rowHeight: dbscan.rowHeight(metric: sites.metric), workers: workers)
            covered = try SurelyCoveredFirms(sites, radius: footprintRadius, workers: workers)
            rows = try plan.index.rows(for: footprintRadius)
        }
    }

    init(_ plan: SimulationPlan, _ shared: Shared) {
        self.plan = plan
        self.shared = shared
        counter = ZoneCounter(plan.register.sites, unit: plan.unit)
        marks = shared.covered.marks()
    }

    /// The largest statistic among the clusters of each of some groups; 0 where there is none.
    ///
    /// - Parameter labels: for each canonical position the industry of the firm.
    func largestStatistics(of groups: [Int], labels: [Int32]) throws -> [Double] {
        let labelled = FirmsByIndustry(
            labels: labels, industryCount: plan.register.industries.count, order: shared.order)
        return try groups.map { group in
            let firms = labelled.firms(of: Int(plan.industries[group]))
            let rows = SiteRows(
                plan.register.sites, inRowOrder: firms, siteOfFirm: plan.register.siteOfFirm,
                rowHeight: shared.order.rowHeight, members: &sites)
            return largestStatistic(
                of: SimulatedClusters(try shared.dbscan.clusters(of: rows, workers: plan.single), in: rows),
                totals: plan.totals[group])
        }
    }

    /// A cluster that may have the largest statistic.
    private struct Candidate {
        var label: Int
        /// Its statistic is at most this.
        var bound: Double
    }

    private func largestStatistic(of clusters: SimulatedClusters, totals: ClusterScores.Totals) -> Double {
        var candidates: [Candidate] = []
        for label in 0..<clusters.count {
            let members = clusters.positions(of: label)
            guard members.count >= plan.request.minimumSites else { continue }
            let groupFirms = min(
                clusters.firmsAtMost(near: label, radius: shared.footprintRadius), totals.groupFirms)
            // The more firms around, the smaller the ratio.
            let firms = max(
                shared.covered.count(around: members, siteAt: sites, &marks), groupFirms)
            let bound = plan.statistic.value(
                ClusterStatistic.Zone(firms: firms, groupFirms: groupFirms, employment: 0, groupEmployment: 0), totals)
            candidates.append(Candidate(label: label, bound: bound))
        }
        candidates.sort { ($0.bound, $0.label) > ($1.bound, $1.label) }
        var largest = 0.0
        var group: GroupInRows?
        for candidate in candidates {
            // Bounds are rounded like the ratios themselves.
            guard candidate.bound * (1 + 1e-9) > largest else { break }
            let inRows = group ?? GroupInRows(sites: sites, rows: clusters.rows, in: shared.rows)
            group = inRows
            let members = clusters.positions(of: candidate.label).map { sites[Int($0)] }.sorted()
            let zone = counter.zone(
                around: members, radius: shared.footprintRadius, in: shared.rows, unitsBefore: [], group: inRows)
            largest = max(largest, plan.statistic.value(zone, totals))
        }
        return largest
    }
}

/// The clusters of one group in a simulated register, by position in its rows.
private struct SimulatedClusters {
    let rows: SiteRows
    let count: Int
    private let clustering: DensityClustering
    /// Positions cluster by cluster, ascending: those of cluster k are `members[starts[k]..<starts[k + 1]]`.
    private let members: [Int32]
    private let starts: [Int]

    init(_ clustering: DensityClustering, in rows: SiteRows) {
        self.clustering = clustering
        self.rows = rows
        count = clustering.clusterCount
        var starts = [Int](repeating: 0, count: clustering.clusterCount + 1)
        for label in clustering.labels where label >= 0 { starts[Int(label) + 1] += 1 }
        for label in 0..<clustering.clusterCount { starts[label + 1] += starts[label] }
        var next = starts
        members = [Int32](unsafeUninitializedCapacity: starts[clustering.clusterCount]) { members, count in
            for (position, label) in clustering.labels.enumerated() where label >= 0 {
                members[next[Int(label)]] = Int32(truncatingIfNeeded: position)
                next[Int(label)] += 1
            }
            count = starts[clustering.clusterCount]
        }
        self.starts = starts
    }

    func positions(of label: Int) -> ArraySlice<Int32> { members[starts[label]..<starts[label + 1]] }

    /// At least as many as the group's firms within half of eps, or another radius, of a cluster's members: these themselves, and
    /// those of no cluster or another that may be in reach.
    func firmsAtMost(near label: Int, radius: Meters) -> Int {
        var firms = 0
        var finder = RunFinder(target: rows, radius: radius)
        var runs: [SiteRun] = []
        let positions = positions(of: label)
        rows.forEachRow(of: positions) { row, members in
            for position in members { firms += rows.count(at: Int(position)..<Int(position) + 1) }
            finder.enter(row: rows.rowNumbers[row])
            guard let first = members.first, let last = members.last else { return }
            runs += finder.runs(from: rows.x[Int(first)], to: rows.x[Int(last)])
        }
        // Rows next to one another find the same runs.
        runs.sort { $0.start < $1.start }
        var next = 0
        for run in runs {
            for position in max(next, Int(run.start))..<max(next, Int(run.end))
            where clustering.labels[position] != Int32(truncatingIfNeeded: label) {
                firms += rows.count(at: position..<position + 1)
            }
            next = max(next, Int(run.end))
        }
        return firms
    }
}
