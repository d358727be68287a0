import FirmModel
import ParallelWork
import RegionalMeasures
import SpatialIndex

/// Counts what lies in footprints: the working memory of one worker, used for one footprint after the other.
///
/// Everything it adds up is a whole number, so that a footprint shared between workers counts the same.
final class FootprintCounter {
    private let unit: EmployeeUnit
    private var sweep = DiscSweep()
    private let centers = DiscCenters()
    // What was counted since the last `finish`.
    private var firms = 0
    private var known = 0
    private var units: Int64 = 0
    private var groupUnits: Int64 = 0
    private var tally: [UInt32]
    /// For each industry whether it is of the group at hand; empty where that is a single one.
    private var isOfGroup: [Bool] = []

    /// A counter for a register.
    init(industryCount: Int, unit: EmployeeUnit) {
        self.unit = unit
        tally = [UInt32](repeating: 0, count: industryCount)
    }

    /// Counts the footprint of the discs around `sites`.
    ///
    /// - Parameters:
    ///   - sites: ascending.
    ///   - radius: above 0.
    ///   - group: the industries of the group.
    ///   - listsIndustries: whether the industries present are wanted.
    func count(
        around sites: [Int32], radius: Meters, group: [Int32], in firms: FirmsInRows, listsIndustries: Bool
    ) -> FootprintCounts {
        let coverage = DiscCoverage(of: firms.rows, in: firms.sites, radius: radius)
        centers.load(sites, of: firms.sites)
        add(coverage.rows(near: centers), of: coverage, around: centers, group: group, in: firms)
        return finish(group: group, listsIndustries: listsIndustries)
    }

    /// Counts one large footprint on all workers, by parts of its rows.
    static func count(
        around sites: [Int32], radius: Meters, group: [Int32], in firms: FirmsInRows, listsIndustries: Bool,
        counters: PerWorker<FootprintCounter>, workers: Workers
    ) throws -> FootprintCounts {
        let coverage = DiscCoverage(of: firms.rows, in: firms.sites, radius: radius)
        let centers = DiscCenters()
        centers.load(sites, of: firms.sites)
        let rows = coverage.rows(near: centers)
        try workers.forEach(in: rows, grain: 32) { part, worker in
            counters[worker].add(part, of: coverage, around: centers, group: group, in: firms)
        }
        for worker in 1..<max(1, workers.count) { counters[0].take(from: counters[worker]) }
        return counters[0].finish(group: group, listsIndustries: listsIndustries)
    }

    /// Counts the footprint of radius 0: the firms at the sites themselves.
    func count(
        at sites: [Int32], group: [Int32], in register: PreparedRegister, listsIndustries: Bool
    ) -> FootprintCounts {
        let starts = register.sites.firmStarts
        for site in sites {
            for firm in Int(starts[Int(site)])..<Int(starts[Int(site) + 1]) {
                firms += 1
                let industry = register.industryOfFirm[firm]
                tally[Int(industry)] += 1
                guard let employees = register.employees(firm) else { continue }
                known += 1
                units += unit.units(employees)
                if group.contains(industry) { groupUnits += unit.units(employees) }
            }
        }
        return finish(group: group, listsIndustries: listsIndustries)
    }

    private func add(
        _ rows: Range<Int>, of coverage: DiscCoverage, around centers: DiscCenters, group: [Int32],
        in firms: FirmsInRows
    ) {
        if group.count > 1 {
            isOfGroup = [Bool](repeating: false, count: tally.count)
            for industry in group { isOfGroup[Int(industry)] = true }
        } else {
            isOfGroup = []
        }
        if firms.manyIndustries.isEmpty {
            add(
                rows, of: coverage, around: centers, firms, industries: firms.industries,
                group: UInt16(truncatingIfNeeded: group[0]))
        } else {
            add(
                rows, of: coverage, around: centers, firms, industries: firms.manyIndustries,
                group: UInt32(truncatingIfNeeded: group[0]))
        }
    }

    private func add<Industry: FixedWidthInteger & UnsignedInteger>(
        _ rows: Range<Int>, of coverage: DiscCoverage, around centers: DiscCenters, _ inRows: FirmsInRows,
        industries: [Industry], group: Industry
    ) {
        var (firms, known, units, groupUnits) = (firms, known, units, groupUnits)
        let (employees, knownFirms) = (inRows.employees?.units ?? [], inRows.employees?.known)
        let isOfGroup = isOfGroup
        tally.withUnsafeMutableBufferPointer { tally in
            inRows.firmStarts.withUnsafeBufferPointer { starts in
                industries.withUnsafeBufferPointer { industries in
                    employees.withUnsafeBufferPointer { employees in
                        sweep.coveredRuns(rows, of: coverage, around: centers) { runs in
                            // Sums first: what they load of distant rows then arrives together.
                            for run in runs {
                                let (start, end) = (Int(starts[Int(run.start)]), Int(starts[Int(run.end)]))
                                firms += end - start
                                if !employees.isEmpty { units &+= employees[end] &- employees[start] }
                                if let knownFirms {
                                    known += knownFirms.count(before: end) - knownFirms.count(before: start)
                                }
                            }
                            for run in runs {
                                groupUnits &+= Self.count(
                                    Int(starts[Int(run.start)])..<Int(starts[Int(run.end)]), of: group, isOfGroup,
                                    industries, employees, in: tally)
                            }
                        }
                    }
                }
            }
        }
        if knownFirms == nil, !employees.isEmpty { known = firms }
        (self.firms, self.known, self.units, self.groupUnits) = (firms, known, units, groupUnits)
    }

    /// Adds a run of firms to the tally; returns the employees of the group's among them.
    @inline(__always)
    private static func count<Industry: FixedWidthInteger & UnsignedInteger>(
        _ run: Range<Int>, of group: Industry, _ isOfGroup: [Bool], _ industries: UnsafeBufferPointer<Industry>,
        _ employees: UnsafeBufferPointer<Int64>, in tally: UnsafeMutableBufferPointer<UInt32>
    ) -> Int64 {
        var groupUnits: Int64 = 0
        if employees.isEmpty {
            for firm in run { tally[Int(industries[firm])] &+= 1 }
        } else if !isOfGroup.isEmpty {
            for firm in run {
                let industry = Int(industries[firm])
                tally[industry] &+= 1
                if isOfGroup[industry] { groupUnits &+= employees[firm + 1] &- employees[firm] }
            }
        } else {
            for firm in run {
                let industry = industries[firm]
                tally[Int(industry)] &+= 1
                if industry == group { groupUnits &+= employees[firm + 1] &- employees[firm] }
            }
        }
        return groupUnits
    }

    private func take(from other: FootprintCounter) {
        firms += other.firms
        known += other.known
        units += other.units
        groupUnits += other.groupUnits
        for industry in tally.indices { tally[industry] += other.tally[industry] }
        other.clear()
    }

    private func clear() {
        (firms, known, units, groupUnits) = (0, 0, 0, 0)
        tally.withUnsafeMutableBufferPointer { $0.update(repeating: 0) }
    }

    private func finish(group: [Int32], listsIndustries: Bool) -> FootprintCounts {
        var counts = FootprintCounts(
            firms: firms, groupFirms: group.reduce(0) { $0 + Int(tally[Int($1)]) }, firmsWithEmployment: known,
            employment: unit.employees(units), groupEmployment: unit.employees(groupUnits),
            industryDiversity: IndustryDiversity.effectiveNumber(ofCounts: tally.lazy.map { Int($0) }))
        if listsIndustries {
            for (industry, firms) in tally.enumerated() where firms > 0 {
                counts.industries.append((Int32(industry), Int(firms)))
            }
        }
        clear()
        return counts
    }
}
