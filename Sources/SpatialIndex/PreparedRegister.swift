public import FirmModel
public import ParallelWork

/// A register made ready for analysis: its sites, and what is known of the firms in canonical order.
///
/// Made once; every group, radius and relabelling reads it, from any number of threads.
public struct PreparedRegister: Sendable {
    /// The firms as they were read.
    public let register: FirmRegister
    /// Their locations.
    public let sites: Sites
    /// For each canonical position the site of the firm.
    public let siteOfFirm: [Int32]
    /// For each canonical position the firm's industry, an index into ``industries``.
    public let industryOfFirm: [Int32]
    /// For each canonical position the firm's employees, NaN where unknown; empty for a register without employment.
    public package(set) var employmentOfFirm: [Double]
    /// For each canonical position the firm's stratum, from 0 on; nil for a register without strata.
    public let stratumOfFirm: [Int32]?

    /// The codes, ascending.
    public var industries: [String] { register.industry.categories }
    /// The number of firms.
    public var firmCount: Int { register.count }

    /// - Throws: `WorkCancelled`.
    public init(_ register: FirmRegister, workers: Workers = Workers()) throws {
        self.register = register
        sites = try Sites(register, workers: workers)
        siteOfFirm = try sites.sitesOfFirms(workers: workers)
        let rows = sites.firmRows
        industryOfFirm = try [Int32](count: rows.count) { industries in
            try workers.forEach(in: 0..<rows.count, grain: 1 << 16) { range, _ in
                for position in range { industries[position] = register.industry.indices[Int(rows[position])] }
            }
        }
        stratumOfFirm = register.stratum.map { stratum in
            // A firm without one is in a stratum of its own with the others of that kind.
            let missing = Int32(truncatingIfNeeded: stratum.categories.count)
            return rows.map { row in
                let index = stratum.indices[Int(row)]
                return index == CategoryColumn.missing ? missing : index
            }
        }
        if let employment = register.employment {
            employmentOfFirm = try [Double](count: rows.count) { employees in
                try workers.forEach(in: 0..<rows.count, grain: 1 << 16) { range, _ in
                    for position in range { employees[position] = employment[Int(rows[position])] }
                }
            }
        } else {
            employmentOfFirm = []
        }
    }

    /// Whether dealing codes anew within strata can change anything: whether any stratum has firms of two industries.
    package var strataLeaveChance: Bool {
        guard let stratumOfFirm else { return true }
        var firstOfStratum: [Int32: Int32] = [:]
        for (stratum, industry) in zip(stratumOfFirm, industryOfFirm) {
            if let first = firstOfStratum[stratum] {
                if first != industry { return true }
            } else {
                firstOfStratum[stratum] = industry
            }
        }
        return false
    }

    /// The employees of a firm by canonical position; nil where unknown.
    @inlinable package func employees(_ firm: Int) -> Double? {
        guard !employmentOfFirm.isEmpty, !employmentOfFirm[firm].isNaN else { return nil }
        return employmentOfFirm[firm]
    }
}
