import FirmModel
import ParallelWork
import SpatialIndex

/// What lies within a radius of a cluster's members.
struct FootprintCounts: Sendable {
    /// n_Z.
    var firms = 0
    /// n_kZ.
    var groupFirms = 0
    /// Firms whose employment is known, and their employees.
    var firmsWithEmployment = 0
    var employment = 0.0
    /// Employees of the group's firms.
    var groupEmployment = 0.0
    /// Industries present with their firms, ascending.
    var industries: [(industry: Int32, firms: Int)] = []

    /// Adds up runs of firms.
    ///
    /// - Parameters:
    ///   - industries: the industry of each firm.
    ///   - employment: the employees of each firm, NaN where unknown; empty for a register without employment.
    ///   - group: the industry of the group.
    ///   - tally: a count for each industry, all 0; left all 0.
    ///   - forEachRun: calls its argument with disjoint runs of firms.
    init(
        industries: [Int32], employment: [Double], group: Int32, tally: inout [Int32],
        forEachRun: (_ body: (Range<Int>) -> Void) throws -> Void
    ) rethrows {
        var counts = FootprintCounts()
        var present: [Int32] = []
        try forEachRun { firms in
            counts.firms += firms.count
            for firm in firms {
                let industry = industries[firm]
                if tally[Int(industry)] == 0 { present.append(industry) }
                tally[Int(industry)] += 1
            }
            guard !employment.isEmpty else { return }
            for firm in firms where !employment[firm].isNaN {
                counts.firmsWithEmployment += 1
                counts.employment += employment[firm]
                if industries[firm] == group { counts.groupEmployment += employment[firm] }
            }
        }
        present.sort()
        for industry in present {
            let firms = Int(tally[Int(industry)])
            tally[Int(industry)] = 0
            counts.industries.append((industry, firms))
            if industry == group { counts.groupFirms += firms }
        }
        self = counts
    }

    /// Counts the footprint of radius 0: the firms at the sites themselves.
    init(at sites: [Int32], in register: PreparedRegister, group: Int32, tally: inout [Int32]) {
        let starts = register.sites.firmStarts
        self.init(
            industries: register.industryOfFirm, employment: register.employmentOfFirm, group: group,
            tally: &tally
        ) { body in
            for site in sites { body(Int(starts[Int(site)])..<Int(starts[Int(site) + 1])) }
        }
    }

    private init() {}
}

/// All firms of a register in the rows of one octave of radii, ready to be counted in footprints.
///
/// Firms lie in the order of the rows, so a covered run of sites is one run of firms. Memory: 20 to 36 bytes a site for the
/// rows, 4 a firm for its industry and 8 for its employment.
struct FirmsInRows: Sendable {
    let rows: SiteRows
    private let sites: Sites
    /// The firms at row position p are `firmStarts[p]..<firmStarts[p + 1]`.
    private let firmStarts: [Int32]
    private let industries: [Int32]
    private let employment: [Double]

    init(_ register: PreparedRegister, rowHeight: Meters, workers: Workers) throws {
        let sites = register.sites
        let rows = try SiteRows(sites, rowHeight: rowHeight, workers: workers)
        var starts = [Int32](repeating: 0, count: sites.count + 1)
        for position in 0..<sites.count {
            let site = Int(rows.order[position])
            starts[position + 1] = starts[position] + sites.firmStarts[site + 1] - sites.firmStarts[site]
        }
        let firmStarts = starts
        func arranged<Value: BitwiseCopyable & Sendable>(_ column: [Value]) throws -> [Value] {
            try [Value](count: column.count) { arranged in
                guard !column.isEmpty else { return }
                try workers.forEach(in: 0..<sites.count, grain: 1 << 14) { range, _ in
                    for position in range {
                        let site = Int(rows.order[position])
                        var next = Int(firmStarts[position])
                        for firm in sites.firmStarts[site]..<sites.firmStarts[site + 1] {
                            arranged[next] = column[Int(firm)]
                            next += 1
                        }
                    }
                }
            }
        }
        industries = try arranged(register.industryOfFirm)
        employment = try arranged(register.employmentOfFirm)
        self.firmStarts = starts
        self.rows = rows
        self.sites = sites
    }

    /// Counts the footprint of the discs around `centers`, ascending sites.
    ///
    /// - Parameters:
    ///   - radius: above 0.
    ///   - group: the industry of the group.
    ///   - tally: a count for each industry, all 0; left all 0.
    func count(
        centers: [Int32], radius: Meters, group: Int32, tally: inout [Int32]
    ) throws -> FootprintCounts {
        try FootprintCounts(
            industries: industries, employment: employment, group: group, tally: &tally
        ) { body in
            try DiscCoverage(of: rows, in: sites, radius: radius).forEachCoveredRun(centers: centers) { run in
                body(Int(firmStarts[run.lowerBound])..<Int(firmStarts[run.upperBound]))
            }
        }
    }
}
