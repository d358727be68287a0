import FirmModel
import ParallelWork
import SpatialIndex

/// All firms of a register in the rows of one octave of radii, ready to be counted in footprints.
///
/// Firms lie in the order of the rows, so a covered run of sites is one run of firms. Memory: 24 bytes a site; 2 a firm for
/// its industry (4 in a register of more than 65,536), 8 for the running sum of employees, 4 more where some are unknown.
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
        /// Firms whose employees are known; empty when all are.
        let known: [Int32]
    }

    init(_ register: PreparedRegister, unit: EmployeeUnit, rowHeight: Meters, workers: Workers) throws {
        let sites = register.sites
        let rows = try CoverageRows(sites, rowHeight: rowHeight, workers: workers)
        let order = rows.order
        let firmStarts = try [Int32](count: sites.count + 1) { starts in
            starts[0] = 0
            try workers.forEach(in: 0..<sites.count, grain: 1 << 16) { range, _ in
                for position in range {
                    let site = Int(order[position])
                    starts[position + 1] = sites.firmStarts[site + 1] - sites.firmStarts[site]
                }
            }
            try starts.accumulate(count: sites.count + 1, workers: workers)
        }
        let (firmCount, statesEmployment) = (register.firmCount, !register.employmentOfFirm.isEmpty)
        let isWide = register.industries.count > 1 << 16
        let (unitCount, knownCount) = (
            statesEmployment ? firmCount + 1 : 0, statesEmployment && unit.someUnknown ? firmCount + 1 : 0
        )
        // One pass for all columns: finding a firm costs more than any of its values.
        var (narrow, units, known): ([UInt16], [Int64], [Int32]) = ([], [], [])
        manyIndustries = try [UInt32](count: isWide ? firmCount : 0) { wideColumn in
            narrow = try [UInt16](count: isWide ? 0 : firmCount) { narrowColumn in
                units = try [Int64](count: unitCount) { unitSums in
                    known = try [Int32](count: knownCount) { knownSums in
                        if unitCount > 0 { unitSums[0] = 0 }
                        if knownCount > 0 { knownSums[0] = 0 }
                        try workers.forEach(in: 0..<sites.count, grain: 1 << 14) { range, _ in
                            for position in range {
                                let site = Int(order[position])
                                var place = Int(firmStarts[position])
                                for firm in Int(sites.firmStarts[site])..<Int(sites.firmStarts[site + 1]) {
                                    let industry = register.industryOfFirm[firm]
                                    if isWide {
                                        wideColumn[place] = UInt32(truncatingIfNeeded: industry)
                                    } else {
                                        narrowColumn[place] = UInt16(truncatingIfNeeded: industry)
                                    }
                                    if statesEmployment {
                                        let employees = register.employmentOfFirm[firm]
                                        unitSums[place + 1] = employees.isNaN ? 0 : unit.units(employees)
                                        if knownCount > 0 { knownSums[place + 1] = employees.isNaN ? 0 : 1 }
                                    }
                                    place += 1
                                }
                            }
                        }
                        try unitSums.accumulate(count: unitCount, workers: workers)
                        try knownSums.accumulate(count: knownCount, workers: workers)
                    }
                }
            }
        }
        industries = narrow
        employees = statesEmployment ? EmployeeSums(units: units, known: known) : nil
        self.firmStarts = firmStarts
        self.rows = rows
        self.sites = sites
    }
}
