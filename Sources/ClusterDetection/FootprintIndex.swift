import FirmModel
import ParallelWork
import SpatialIndex

/// All firms in rows, to be counted in the footprints of simulated registers.
///
/// Simulations move codes, not firms: how many firms there are in a footprint is found with the same rows for every simulation and
/// group. There is one arrangement for radii up to four times as large, made when a footprint first asks for it: one in all for a
/// fixed radius.
///
/// Memory: 24 bytes a site for each arrangement; radii from 10 m to 10 km have five.
final class FootprintIndex: Sendable {
    private let sites: Sites
    private let arrangements = Guarded<[Double: RowsOfFirms]>([:])

    init(_ sites: Sites) { self.sites = sites }

    /// The rows that suit a radius above 0, which must be no more than halfway around the sphere.
    func rows(for radius: Meters) throws -> RowsOfFirms {
        let height = Self.rowHeight(for: radius)
        return try arrangements.withLock { arrangements in
            if let rows = arrangements[height.value] { return rows }
            let rows = try RowsOfFirms(sites, rowHeight: height)
            arrangements[height.value] = rows
            return rows
        }
    }

    /// The height of the rows for a radius: one that suits it, or half of that, so that two octaves share it.
    static func rowHeight(for radius: Meters) -> Meters {
        let height = DiscCoverage.rowHeight(for: radius)
        return height.value.exponent.isMultiple(of: 2) ? height : Meters(height.value / 2)
    }
}

/// All firms of a register in rows of one height, whatever their codes.
struct RowsOfFirms: Sendable {
    let rows: CoverageRows
    /// The firms before each position, and in the end all.
    let firmsBefore: [Int32]
    /// For each site its position.
    let positionOfSite: [Int32]

    init(_ sites: Sites, rowHeight: Meters) throws {
        var (firmsBefore, positionOfSite): ([Int32], [Int32]) = ([], [])
        rows = try CoverageRows(sites, rowHeight: rowHeight, workers: Workers(count: 1)) { positions in
            defer { withExtendedLifetime(positions) {} }
            positionOfSite = Array(positions.values)
            firmsBefore = [Int32](repeating: 0, count: sites.count + 1)
            for (site, position) in positionOfSite.enumerated() {
                firmsBefore[Int(position) + 1] = sites.firmStarts[site + 1] - sites.firmStarts[site]
            }
            for position in 0..<sites.count { firmsBefore[position + 1] += firmsBefore[position] }
        }
        (self.firmsBefore, self.positionOfSite) = (firmsBefore, positionOfSite)
    }

    /// The employees before each position, and in the end all, in units of an ``EmployeeUnit``.
    ///
    /// - Parameter employmentOfFirm: by canonical position.
    func unitsBefore(_ employmentOfFirm: [Double], unit: EmployeeUnit, of sites: Sites) -> [Int64] {
        var units = [Int64](repeating: 0, count: sites.count + 1)
        for (site, position) in positionOfSite.enumerated() {
            var sum: Int64 = 0
            for firm in sites.firmStarts[site]..<sites.firmStarts[site + 1] {
                let employees = employmentOfFirm[Int(firm)]
                if !employees.isNaN { sum += unit.units(employees) }
            }
            units[Int(position) + 1] = sum
        }
        for position in 0..<sites.count { units[position + 1] += units[position] }
        return units
    }
}
