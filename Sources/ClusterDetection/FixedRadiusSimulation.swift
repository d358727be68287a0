import DensityClustering
import FirmModel
import ParallelWork
import SignificanceTesting
import SpatialIndex

/// Detects clusters of industries in simulated registers for one radius, that of ``DBSCAN`` over firms: what
/// ``SimulatedDetection`` does, in half the time.
///
/// Only the largest ratio of a group is wanted, and that only as finely as the observed ones tell it apart. So no
/// cluster is ranked or described, and a footprint is counted only when a quick upper bound on its ratio does not rule
/// it out. And rows are the same for all groups and simulations, so firms are dealt to their groups in the order of
/// rows, and no group is sorted.
final class FixedRadiusSimulation {
    private let plan: SimulationPlan
    private let shared: Shared
    private let counter: ZoneCounter
    private var marks: SurelyCoveredFirms.Marks
    private var labels: [UInt16] = []
    private var dealt: SitesInRowOrder
    /// The sites of the group at hand, by position in its rows.
    private var sites: [Int32] = []

    /// What the workers share.
    struct Shared: Sendable {
        fileprivate let dbscan: DBSCAN
        fileprivate let order: RowOrder
        /// For each canonical position the industry of the firm.
        fileprivate let labels: [UInt16]
        /// Above 0.
        fileprivate let footprintRadius: Meters
        fileprivate let covered: SurelyCoveredFirms
        fileprivate let rows: RowsOfFirms

        /// - Returns: nil where the request is not for one radius, or not for firms, or industries are too many to be
        /// numbered in 16 bits.
        init?(_ plan: borrowing SimulationPlan, workers: Workers) throws {
            let (request, sites) = (plan.request, plan.register.sites)
            guard request.method == .dbscan, plan.statistic == .firms, case .fixed(let radius) = request.neighborhood,
                plan.register.industries.count <= 1 << 16
            else { return nil }
            let wanted = request.footprintRadius ?? Meters(radius.value / 2)
            guard wanted > 0 else { return nil }
            footprintRadius = DiscCoverage.reach(wanted, metric: sites.metric)
            dbscan = try DBSCAN(
                neighborhoodRadius: radius, minimumWeight: request.minimumPoints, borderRule: request.borderRule)
            order = try RowOrder(sites, rowHeight: dbscan.rowHeight(metric: sites.metric), workers: workers)
            covered = try SurelyCoveredFirms(sites, radius: footprintRadius, workers: workers)
            rows = try plan.index.rows(for: footprintRadius)
            labels = plan.register.industryOfFirm.map { UInt16(truncatingIfNeeded: $0) }
        }
    }

    init(_ plan: SimulationPlan, _ shared: Shared) {
        self.plan = plan
        self.shared = shared
        counter = ZoneCounter(plan.register.sites, unit: plan.unit)
        marks = shared.covered.marks()
        dealt = SitesInRowOrder(shared.order)
    }

    /// For each of some industries' groups a statistic that reaches the same observed ones as the largest among its clusters does;
    /// 0 where there is no cluster.
    func largestStatistics(of groups: [Int], replicate: Int) throws -> [Double] {
        plan.relabelling.deal(shared.labels, to: &labels, replicate: replicate, seed: plan.request.seed)
        dealt.list(labels: labels, industryCount: plan.register.industries.count)
        return try groups.map { group in
            let rows = SiteRows(
                plan.register.sites, inRowOrder: dealt.sites(of: Int(plan.groups[group].industries[0])),
                rowHeight: shared.order.rowHeight, members: &sites)
            return largestStatistic(
                of: SimulatedClusters(try shared.dbscan.clusters(of: rows, workers: plan.single), in: rows),
                group: group)
        }
    }

    /// A cluster that may have the largest statistic.
    private struct Candidate {
        var label: Int
        /// n_kZ.
        var groupFirms: Int
        /// Its statistic is at most this.
        var bound: Double
    }

    private func largestStatistic(of clusters: SimulatedClusters, group number: Int) -> Double {
        let totals = plan.totals[number]
        var candidates: [Candidate] = []
        for label in 0..<clusters.count {
            let members = clusters.positions(of: label)
            guard members.count >= plan.request.minimumSites else { continue }
            var zone = ClusterStatistic.Zone()
            zone.groupFirms = clusters.groupFirms(near: label, radius: shared.footprintRadius)
            // The more firms around, the smaller the ratio.
            zone.firms = max(shared.covered.count(around: members, siteAt: sites, &marks), zone.groupFirms)
            candidates.append(
                Candidate(
                    label: label, groupFirms: zone.groupFirms, bound: plan.statistic.value(zone, totals)))
        }
        candidates.sort { ($0.bound, $0.label) > ($1.bound, $1.label) }
        var largest = 0.0
        for candidate in candidates {
            // Bounds are rounded like the ratios themselves.
            guard let next = plan.nextThatMatters(beyond: largest, in: number), candidate.bound * (1 + 1e-9) >= next
            else { break }
            let members = clusters.positions(of: candidate.label).map { sites[Int($0)] }.sorted()
            var zone = ClusterStatistic.Zone()
            zone.firms = counter.firms(around: members, radius: shared.footprintRadius, in: shared.rows)
            zone.groupFirms = candidate.groupFirms
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

    /// n_kZ: the group's firms within a radius of a cluster's members: these themselves, and those of no cluster or another that
    /// are in reach of one, which must be on the rim.
    func groupFirms(near label: Int, radius: Meters) -> Int {
        let own = Int32(truncatingIfNeeded: label)
        var firms = 0
        var finder = RunFinder(target: rows, radius: radius)
        var runs: [SiteRun] = []
        rows.forEachRow(of: positions(of: label)) { row, members in
            for position in members { firms += rows.count(at: Int(position)..<Int(position) + 1) }
            finder.enter(row: rows.rowNumbers[row])
            guard let first = members.first, let last = members.last else { return }
            runs += finder.runs(from: rows.x[Int(first)], to: rows.x[Int(last)])
        }
        // Rows next to one another find the same runs.
        runs.sort { $0.start < $1.start }
        let limit = rows.metric.limit(for: radius)
        var next = 0
        for run in runs {
            let unseen = max(next, Int(run.start))..<max(next, Int(run.end))
            next = unseen.upperBound
            guard unseen.contains(where: { clustering.labels[$0] != own }) else { continue }
            rows.forEachRow(of: unseen) { row, span in
                finder.enter(row: rows.rowNumbers[row])
                for position in span where clustering.labels[position] != own {
                    let near = finder.runs(from: rows.x[position], to: rows.x[position])
                    let isCovered = near.contains { run in
                        run.range.contains {
                            clustering.labels[$0] == own && rows.squaredDistance(position, $0) <= limit
                        }
                    }
                    if isCovered { firms += rows.count(at: position..<position + 1) }
                }
            }
        }
        return firms
    }
}
