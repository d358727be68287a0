import FirmClusters

/// What a radius does to the firms of one question, all of them or those of an industry: knees of their k-distance curve, how
/// they grow together, and the clusters there are around the chord's knee.
struct RadiusSurvey {
    static let percolationShares = [0.1, 0.25, 0.5, 0.75, 0.9]

    /// nil for all firms.
    let industry: String?
    /// The number of locations the firms are on.
    let sites: Int
    let curve: KDistanceCurve
    let chordKnee, kneedleKnee: Meters?
    /// For each of ``percolationShares`` the smallest eps at which the largest component of core firms holds that share of
    /// the firms; nil where there are too few firms.
    let percolationRadii: [Meters?]
    /// nil where the curve has no knee to look around.
    let criticalMass: CriticalMassTable?

    /// The number of firms.
    var firms: Int { curve.distances.count }

    /// k-distances at ``DistanceSurvey/quantiles``; empty where there are too few firms.
    var kDistances: [Meters] { curve.finiteDistances(at: DistanceSurvey.quantiles) }

    init(
        of subset: SiteSubset, in sites: Sites, industry: String?, minimumPoints: Int, workers: Workers
    ) throws {
        self.industry = industry
        self.sites = subset.count
        let tree = try MutualReachabilityTree(
            of: subset, in: sites, minimumSamples: Double(minimumPoints), workers: workers)
        curve = KDistanceCurve(tree, firms: subset.counts)
        chordKnee = curve.chordKnee
        kneedleKnee = curve.kneedleKnee()
        let percolation = PercolationCurve(tree)
        percolationRadii = Self.percolationShares.map { percolation.radius(whereLargestHolds: $0) }
        criticalMass = try chordKnee.map { knee in
            try CriticalMassTable(
                of: subset, in: sites, radii: Self.radii(around: knee),
                minimumWeights: Self.minimums(around: minimumPoints), workers: workers)
        }
    }

    /// From a quarter of the knee to four times as much, rounded up to three digits, as one would type them: firms
    /// that are the knee's distance apart are within it.
    private static func radii(around knee: Meters) -> [Meters] {
        let radii = [0.25, 0.5, 1, 2, 4].map { max(DBSCAN.smallestRadius, Meters(($0 * knee.value).roundedUp)) }
        return zip(radii, [-1] + radii).filter { $0 != $1 }.map(\.0)
    }

    private static func minimums(around minimumPoints: Int) -> [Double] {
        let minimums = [max(2, minimumPoints / 2), minimumPoints, 2 * minimumPoints].map { Double($0) }
        return zip(minimums, [0] + minimums).filter { $0 != $1 }.map(\.0)
    }
}

extension KDistanceCurve {
    /// The distances at these shares of the firms that have one; empty where none has.
    func finiteDistances(at shares: [Double]) -> [Meters] {
        let finite = distances.prefix { $0.value.isFinite }
        return finite.isEmpty ? [] : shares.map { finite[Int(Double(finite.count - 1) * $0)] }
    }
}

extension Double {
    /// The next number of three significant digits at least a billionth above a positive one.
    fileprivate var roundedUp: Double {
        let needed = self * (1 + 1e-9)
        var scale = 1.0
        while needed * scale < 100 { scale *= 10 }
        while needed * scale >= 1000 { scale /= 10 }
        return (needed * scale).rounded(.up) / scale
    }
}
