import FirmModel
import ParallelWork
import SpatialIndex

/// All firms of a register in the rows of one octave of radii, ready to be counted in footprints.
///
/// Firms lie in the order of the rows, so a covered run of sites is one run of firms. Memory: 20 bytes a site; 2 a firm for
/// its industry (4 in a register of more than 65,536) and 8 for the running sum of employees.
struct FirmsInRows: Sendable {
    let rows: CoverageRows
    let sites: Sites
    /// The firms at row position p are `firmStarts[p]..<firmStarts[p + 1]`.
    let firmStarts: [Int32]
    /// The industry of each firm, in one of two columns; the other is empty.
    let industries: [UInt16]
    let manyIndustries: [UInt32]
    /// nil for a register without employment.
    let employees: EmployeeSums?

    /// Running sums over the firms, from 0: what the firms `a..<b` have together is the difference of elements b and a.
    struct EmployeeSums: Sendable {
        /// In units of ``EmployeeUnit``.
        let units: [Int64]
        /// nil when the employees of all firms are known.
        let known: KnownFirms?
    }

    init(_ register: PreparedRegister, unit: EmployeeUnit, rowHeight: Meters, workers: Workers) throws {
        var columns = Columns()
        rows = try CoverageRows(register.sites, rowHeight: rowHeight, workers: workers) { positions in
            columns = try Columns(register, unit: unit, positions: positions, workers: workers)
        }
        sites = register.sites
        firmStarts = columns.firmStarts
        industries = columns.industries
        manyIndustries = columns.manyIndustries
        employees = columns.units.isEmpty ? nil : EmployeeSums(units: columns.units, known: columns.known)
    }

    /// The columns in the order of the rows.
    private struct Columns {
        var firmStarts: [Int32] = []
        var industries: [UInt16] = []
        var manyIndustries: [UInt32] = []
        var units: [Int64] = []
        var known: KnownFirms?

        init() {}

        /// - Parameter positions: the place of each site in rows.
        init(_ register: PreparedRegister, unit: EmployeeUnit, positions: Column<Int32>, workers: Workers) throws {
            let (siteCount, firmCount) = (register.sites.count, register.firmCount)
            let firmsOfSite = register.sites.firmStarts
            let starts = try [Int32](count: siteCount + 1) { starts in
                starts[0] = 0
                try workers.forEach(in: 0..<siteCount, grain: 1 << 16) { range, _ in
                    for site in range {
                        starts[Int(positions.base[site]) + 1] = firmsOfSite[site + 1] - firmsOfSite[site]
                    }
                }
                try starts.accumulate(count: siteCount + 1, workers: workers)
            }
            let statesEmployment = !register.employmentOfFirm.isEmpty
            let isWide = register.industries.count > 1 << 16
            let unitCount = statesEmployment ? firmCount + 1 : 0
            var known: KnownFirms?
            // One pass over the sites for all columns: finding their places costs more than any of the values.
            manyIndustries = try [UInt32](count: isWide ? firmCount : 0) { manyIndustries in
                industries = try [UInt16](count: isWide ? 0 : firmCount) { industries in
                    units = try [Int64](count: unitCount) { units in
                        if unitCount > 0 { units[0] = 0 }
                        try workers.forEach(in: 0..<siteCount, grain: 1 << 15) { range, _ in
                            for site in range {
                                var place = Int(starts[Int(positions.base[site])])
                                for firm in Int(firmsOfSite[site])..<Int(firmsOfSite[site + 1]) {
                                    let industry = register.industryOfFirm[firm]
                                    if isWide {
                                        manyIndustries[place] = UInt32(truncatingIfNeeded: industry)
                                    } else {
                                        industries[place] = UInt16(truncatingIfNeeded: industry)
                                    }
                                    place += 1
                                    guard statesEmployment else { continue }
                                    let employees = register.employmentOfFirm[firm]
                                    units[place] = employees.isNaN ? -1 : unit.units(employees)
                                }
                            }
                        }
                        if statesEmployment, unit.someUnknown {
                            // Nobody has -1 employees: it stands for an unknown number until these are noted.
                            known = try KnownFirms(count: firmCount, workers: workers) { units[$0 + 1] >= 0 }
                            try workers.forEach(in: 0..<unitCount, grain: 1 << 16) { range, _ in
                                for place in range where units[place] < 0 { units[place] = 0 }
                            }
                        }
                        try units.accumulate(count: unitCount, workers: workers)
                    }
                }
            }
            self.known = known
            firmStarts = starts
        }
    }
}
