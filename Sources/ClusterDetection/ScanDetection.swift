import FirmModel
import ParallelWork
import RealModule
import ScanStatistic
import SpatialIndex

/// The circular scan as a way to find the clusters of all groups: they are zones, not what lies dense.
///
/// All groups and any number of labellings are scanned in one pass over the centers.
struct ScanDetection: Sendable {
    private let scan: CircularScan
    private let request: DetectionRequest
    private let register: PreparedRegister
    /// Whole units that an employee counts for; nil where firms are counted.
    private let unitsPerEmployee: Double?

    init(_ request: DetectionRequest, _ register: PreparedRegister) {
        self.request = request
        self.register = register
        var scale: Double?
        if request.weighting == .employment {
            // Fractions down to a thousandth, as far as the largest firm leaves room for them.
            let largest = register.employmentOfFirm.reduce(1) { $1 > $0 ? $1 : $0 }
            scale = Double(sign: .plus, exponent: min(10, 30 - Int(largest.exponent)), significand: 1)
        }
        unitsPerEmployee = scale
        let least = (request.minimumPoints * (scale ?? 1)).rounded(.up)
        scan = CircularScan(
            sites: register.sites, centers: ScanCenters(of: register.sites, limit: request.maximumScanCenters),
            model: request.scanModel,
            largestShare: request.largestScanShare, minimumCases: Int(min(least, 1e15)))
    }

    /// What is to be said of the centers beside the request.
    var parameters: [(name: String, value: ParameterValue)] {
        [
            ("scan_centers", .integer(scan.centers.sites.count)),
            ("scan_grid_m", scan.centers.cellSize.map { .number($0.value) } ?? .none),
        ]
    }

    /// For each industry its zones as clusters.
    func clusterings(
        of industries: [Int32], _ labelled: FirmsByIndustry, workers: Workers, progress: any WorkProgress
    ) throws -> [GroupClustering] {
        let cases = ScanCases(
            labelling(register.industryOfFirm, register.employmentOfFirm), on: register.sites,
            industryCount: register.industries.count)
        progress.began("scanning", total: scan.centers.sites.count)
        let zones = try scan.zones(
            of: cases, industries: industries.map { Int($0) }, maximumZones: request.maximumZones, workers: workers
        ) { progress.advanced(by: $0) }
        return industries.map { industry in
            GroupClustering(
                zones: zones[Int(industry)], firms: labelled.firms(of: Int(industry)), register: register,
                labelsFirms: request.reportsMembers)
        }
    }

    /// The largest ratio of each of some groups' industries in relabelled registers.
    ///
    /// - Parameter finished: hears, from any worker, of how many more centers are done, of ``centerCount`` in all.
    func largestStatistics(
        of industries: [Int], labellings: [ScanLabelling], workers: Workers, finished: @Sendable (Int) -> Void
    ) throws -> [[Double]] {
        var largest = [[Double]](repeating: [], count: labellings.count)
        // Tables grow with the industries scanned together, and are kept for some labellings each.
        for start in stride(from: 0, to: industries.count, by: Self.industriesTogether) {
            let part = industries[start..<min(start + Self.industriesTogether, industries.count)]
            let maxima = try scan.maxima(
                of: labellings, industryCount: register.industries.count, industries: Array(part), workers: workers
            ) { if start == 0 { finished($0) } }
            for (labelling, maxima) in maxima.enumerated() { largest[labelling] += part.map { maxima[$0] } }
        }
        return largest
    }

    private static let industriesTogether = 2048

    /// The centers of all circles.
    var centerCount: Int { scan.centers.sites.count }

    /// A labelling as the scan takes it.
    ///
    /// - Parameter employment: by canonical position; looked at where employees are counted.
    func labelling(_ industries: [Int32], _ employment: [Double]) -> ScanLabelling {
        guard let unitsPerEmployee else { return ScanLabelling(industries: industries) }
        let amounts = employment.map { employees in
            employees.isNaN ? 0 : Int32(min(employees * unitsPerEmployee, 0x7FFF_FFFF).rounded())
        }
        return ScanLabelling(
            industries: industries,
            amounts: amounts.isEmpty ? [Int32](repeating: 0, count: industries.count) : amounts)
    }

    /// How many labellings are scanned together: as many as fit into some bytes a firm, hundreds at best.
    var labellingsTogether: Int { max(8, min(256, (256 << 20) / max(1, 10 * register.firmCount))) }
}
