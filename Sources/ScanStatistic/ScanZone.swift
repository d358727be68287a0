public import FirmModel

/// A circle in which cases are more frequent than outside.
public struct ScanZone: Sendable, Equatable {
    /// The site in the middle.
    public let center: Int32
    /// How far the farthest site of the zone is from the center; 0 for a single site.
    public let radius: Meters
    /// Every site of the circle, ascending.
    public let sites: [Int32]
    /// c: cases in the zone.
    public let cases: Int
    /// n: population of the zone.
    public let population: Int
    /// C: cases in all.
    public let totalCases: Int
    /// N: population in all.
    public let totalPopulation: Int
    /// By the model of the scan, in nats; above 0.
    public let logLikelihoodRatio: Double

    /// E = C n / N: cases in the zone were they as frequent as everywhere.
    public var expectedCases: Double { ScanModel.expectedCases(population, totalCases, totalPopulation) }

    /// (c/E) / ((C − c)/(C − E)): how much more frequent cases are inside than outside; nil when there are none outside.
    public var relativeRisk: Double? {
        let outside = Double(totalCases - cases) / (Double(totalCases) - expectedCases)
        return outside > 0 ? Double(cases) / expectedCases / outside : nil
    }
}

/// A zone before its sites are written down.
struct ZoneCandidate {
    var ratio: Double
    var cases: Int
    var squaredRadius: Double
    var center: Int32

    /// Which of two zones is reported: the larger ratio; then more cases; then the smaller circle, in meters; then the center
    /// with the smaller x, then y, which is how sites are numbered.
    func precedes(_ other: ZoneCandidate) -> Bool {
        if ratio != other.ratio { return ratio > other.ratio }
        if cases != other.cases { return cases > other.cases }
        if squaredRadius != other.squaredRadius { return squaredRadius < other.squaredRadius }
        return center < other.center
    }
}
