import FirmModel
import ParallelWork
import SpatialIndex

/// The firms of a group among all firms in rows: what is in covered runs of positions is found between two of these.
struct GroupInRows {
    /// Ascending positions of the group's sites.
    var positions: [Int32] = []
    /// The group's firms on the sites before each of `positions`, and in the end all.
    var firmsBefore: [Int32] = [0]
    /// Their employees, in units; empty where they do not matter.
    var unitsBefore: [Int64] = []

    /// - Parameter units: of the group's firms on each site; empty where employees do not matter.
    init(sites: [Int32], firmsOnSite: [Int32], units: [Int64], in rows: RowsOfFirms) {
        let order = order(sites, in: rows)
        firmsBefore.reserveCapacity(sites.count + 1)
        for index in order { firmsBefore.append(firmsBefore[firmsBefore.count - 1] + firmsOnSite[index]) }
        guard !units.isEmpty else { return }
        unitsBefore = [0]
        for index in order { unitsBefore.append(unitsBefore[unitsBefore.count - 1] + units[index]) }
    }

    /// Indices of sites in the order of their positions, which are noted.
    private mutating func order(_ sites: [Int32], in rows: RowsOfFirms) -> [Int] {
        var keys = sites.enumerated().map { index, site in
            UInt64(UInt32(bitPattern: rows.positionOfSite[Int(site)])) << 32 | UInt64(index)
        }
        keys.sort(byUpperBits: UInt64(rows.positionOfSite.count))
        positions = keys.map { Int32(truncatingIfNeeded: $0 >> 32) }
        return keys.map { Int($0 & 0xFFFF_FFFF) }
    }
}

extension [UInt64] {
    /// Sorts by the upper 32 bits, none of which are above `largest`: by eleven of them at a time, from the lowest on, stably.
    fileprivate mutating func sort(byUpperBits largest: UInt64) {
        guard count > 64 else { return sort() }
        let digit = 11
        var other = [UInt64](repeating: 0, count: count)
        var shift = 32
        while shift == 32 || largest >> (shift - 32) > 0 {
            var starts = [Int](repeating: 0, count: 1 << digit)
            let mask = UInt64(1) << digit - 1
            for key in self { starts[Int(key >> shift & mask)] += 1 }
            var sum = 0
            for value in starts.indices { (starts[value], sum) = (sum, sum + starts[value]) }
            for key in self {
                let value = Int(key >> shift & mask)
                other[starts[value]] = key
                starts[value] += 1
            }
            swap(&self, &other)
            shift += digit
        }
    }
}

/// Counts footprints of simulated registers: the working memory of one worker.
final class ZoneCounter {
    private var sweep = DiscSweep()
    private let centers = DiscCenters()
    private let sites: Sites
    private let unit: EmployeeUnit

    init(_ sites: Sites, unit: EmployeeUnit) {
        self.sites = sites
        self.unit = unit
    }

    /// Counts the footprint of the discs around some sites.
    ///
    /// - Parameters:
    ///   - members: sites, ascending.
    ///   - radius: above 0.
    ///   - rows: of the radius's octave.
    ///   - unitsBefore: employees before each position of `rows`; empty where they do not matter.
    ///   - group: in the same rows.
    func zone(
        around members: [Int32], radius: Meters, in rows: RowsOfFirms, unitsBefore: [Int64],
        group: borrowing GroupInRows
    ) -> ClusterStatistic.Zone {
        let coverage = DiscCoverage(of: rows.rows, in: sites, radius: radius)
        centers.load(members, of: sites)
        var (firms, groupFirms): (Int32, Int32) = (0, 0)
        var (units, groupUnits): (Int64, Int64) = (0, 0)
        // Runs ascend, so the group's sites are passed once.
        var next = 0
        let (positions, firmsBefore) = (group.positions, rows.firmsBefore)
        let (groupBefore, groupUnitsBefore) = (group.firmsBefore, group.unitsBefore)
        sweep.coveredRuns(coverage.rows(near: centers), of: coverage, around: centers) { runs in
            for run in runs {
                firms += firmsBefore[Int(run.end)] - firmsBefore[Int(run.start)]
                let start = positions.firstIndex(atLeast: run.start, from: next)
                next = positions.firstIndex(atLeast: run.end, from: start)
                groupFirms += groupBefore[next] - groupBefore[start]
                guard !unitsBefore.isEmpty else { continue }
                units += unitsBefore[Int(run.end)] - unitsBefore[Int(run.start)]
                groupUnits += groupUnitsBefore[next] - groupUnitsBefore[start]
            }
        }
        return ClusterStatistic.Zone(
            firms: Int(firms), groupFirms: Int(groupFirms), employment: unit.employees(units),
            groupEmployment: unit.employees(groupUnits))
    }

    /// Counts the firms within a radius of some sites, whatever their industry.
    ///
    /// - Parameters:
    ///   - members: sites, ascending.
    ///   - radius: above 0.
    ///   - rows: of the radius's octave.
    func firms(around members: [Int32], radius: Meters, in rows: RowsOfFirms) -> Int {
        let coverage = DiscCoverage(of: rows.rows, in: sites, radius: radius)
        centers.load(members, of: sites)
        var firms: Int32 = 0
        let firmsBefore = rows.firmsBefore
        sweep.coveredRuns(coverage.rows(near: centers), of: coverage, around: centers) { runs in
            for run in runs { firms += firmsBefore[Int(run.end)] - firmsBefore[Int(run.start)] }
        }
        return Int(firms)
    }

    /// Counts the footprint of radius 0: the firms at the members' sites.
    ///
    /// - Parameter units: of the group's firms on each of its sites; empty where employees do not matter.
    func zone(
        at members: [Int32], of group: GroupSites, units: [Int64], in register: PreparedRegister
    ) -> ClusterStatistic.Zone {
        var zone = ClusterStatistic.Zone()
        var (all, groupUnits): (Int64, Int64) = (0, 0)
        var next = 0
        for site in members {
            let firms = sites.firmStarts[Int(site)]..<sites.firmStarts[Int(site) + 1]
            zone.firms += firms.count
            next = group.subset.sites.firstIndex(atLeast: site, from: next)
            zone.groupFirms += Int(group.firmsOnSite[next])
            guard !units.isEmpty else { continue }
            for firm in firms { all += register.employees(Int(firm)).map(unit.units) ?? 0 }
            groupUnits += units[next]
        }
        (zone.employment, zone.groupEmployment) = (unit.employees(all), unit.employees(groupUnits))
        return zone
    }
}

extension [Int32] {
    /// The index of the first element that is at least a value, searched for in steps that double.
    fileprivate func firstIndex(atLeast value: Int32, from start: Int) -> Int {
        withUnsafeBufferPointer { elements in
            var (low, step) = (start, 1)
            while low + step <= elements.count, elements[low + step - 1] < value {
                low += step
                step *= 2
            }
            var high = Swift.min(low + step - 1, elements.count)
            while low < high {
                let middle = low + (high - low) / 2
                if elements[middle] >= value { high = middle } else { low = middle + 1 }
            }
            return low
        }
    }
}
