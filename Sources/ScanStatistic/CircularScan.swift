public import SpatialIndex

/// The circular scan statistic (Kulldorff 1997, Communications in Statistics 26): of all circles around given centers, those in
/// which cases are most in excess.
///
///     let scan = CircularScan(sites: sites, centers: ScanCenters(of: sites))
///     let cases = ScanCases(ScanLabelling(industries: labels), on: sites, industryCount: industries)
///     let zones = try scan.zones(of: cases)                       // for each industry, the strongest first
///     let chance = try scan.maxima(of: replicates, industryCount: industries)
///
/// A zone is every site within a distance of its center: sites at equal distance enter together, and so do the firms at one site.
/// Distances are compared squared, as everywhere (`Metric`). A zone holds at most a share of the population, and only an excess
/// counts. All industries, and all labellings of the same firms, are scanned in one pass over the centers.
public struct CircularScan: Sendable {
    /// The places of the register.
    public let sites: Sites
    /// Where circles have their centers.
    public let centers: ScanCenters
    /// What a case is.
    public let model: ScanModel
    /// The largest share of the population in a zone.
    public let largestShare: Double
    /// Zones with fewer cases are no candidates, observed or simulated.
    public let minimumCases: Int

    let vectors: SiteVectors

    /// - Precondition: 0 < `largestShare` ≤ 1; `minimumCases` is not negative.
    public init(
        sites: Sites, centers: ScanCenters, model: ScanModel = .bernoulli, largestShare: Double = 0.5,
        minimumCases: Int = 2
    ) {
        precondition(largestShare > 0 && largestShare <= 1, "a share of \(largestShare)")
        precondition(minimumCases >= 0, "\(minimumCases) cases")
        precondition(centers.sites.last.map { Int($0) < sites.count } ?? true, "centers are sites")
        self.sites = sites
        self.centers = centers
        self.model = model
        self.largestShare = largestShare
        self.minimumCases = minimumCases
        vectors = SiteVectors(sites)
    }

    /// The largest population of a zone.
    func populationLimit(of totalPopulation: Int) -> Int { Int(largestShare * Double(totalPopulation)) }

    /// The number of the center that comes at a place of the pass: near ones far apart, so that good zones of the whole area are
    /// found early, and others are passed over quickly.
    func center(at place: Int) -> Int { place * strideOfCenters % max(1, centers.sites.count) }

    private var strideOfCenters: Int {
        func divisor(_ a: Int, _ b: Int) -> Int { b == 0 ? a : divisor(b, a % b) }
        let count = centers.sites.count
        var stride = max(1, Int(0.618 * Double(count)))
        while divisor(count, stride) > 1 { stride += 1 }
        return stride
    }
}
