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
        /// Writes what `value` makes of a column in canonical order, in the order of the rows, from `offset` on.
        func arrange<Source: Sendable, Value>(
            _ column: [Source], into target: SharedBuffer<Value>, offset: Int = 0,
            _ value: @Sendable (Source) -> Value
        ) throws {
            try workers.forEach(in: 0..<sites.count, grain: 1 << 14) { range, _ in
                for position in range {
                    let site = Int(order[position])
                    var next = Int(firmStarts[position]) + offset
                    for firm in sites.firmStarts[site]..<sites.firmStarts[site + 1] {
                        target[next] = value(column[Int(firm)])
                        next += 1
                    }
                }
            }
        }
        let isWide = register.industries.count > 1 << 16
        industries = try [UInt16](count: isWide ? 0 : register.firmCount) { industries in
            if !isWide { try arrange(register.industryOfFirm, into: industries) { UInt16(truncatingIfNeeded: $0) } }
        }
        manyIndustries = try [UInt32](count: isWide ? register.firmCount : 0) { industries in
            if isWide { try arrange(register.industryOfFirm, into: industries) { UInt32(truncatingIfNeeded: $0) } }
        }
        /// Running sums over the firms in the order of the rows.
        func runningSums<Sum: FixedWidthInteger & BitwiseCopyable & Sendable>(
            _ value: @Sendable (Double) -> Sum
        ) throws -> [Sum] {
            try [Sum](count: register.firmCount + 1) { sums in
                sums[0] = 0
                try arrange(register.employmentOfFirm, into: sums, offset: 1, value)
                try sums.accumulate(count: register.firmCount + 1, workers: workers)
            }
        }
        if register.employmentOfFirm.isEmpty {
            employees = nil
        } else {
            let units: [Int64] = try runningSums { $0.isNaN ? 0 : unit.units($0) }
            let known: [Int32] = try runningSums { $0.isNaN ? 0 : 1 }
            employees = EmployeeSums(
                units: units, known: known.last.map { Int($0) } == register.firmCount ? [] : known)
        }
        self.firmStarts = firmStarts
        self.rows = rows
        self.sites = sites
    }
}
