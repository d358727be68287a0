import DensityClustering
public import FirmModel

extension DetectionRequest {
    /// The largest radius: a million kilometers, as far out as coordinates may be. On the sphere half the circumference
    /// (20,015 km) reaches everything already.
    public static let largestRadius: Meters = 1e9

    /// The most simulations of a test: a million make p-values of 10⁻⁶, and take as many detections.
    public static let mostSimulations = 1_000_000

    /// The most circles of an industry.
    public static let mostZones = 10_000

    /// Whether the request can be carried out on any register; ``ClusterDetector`` asks before it begins.
    ///
    /// - Throws: what is wrong, the first of it.
    public func validate() throws(DetectionRequestError) {
        // In numbers, among which nan is in no range.
        let radii = DBSCAN.smallestRadius.value...Self.largestRadius.value
        if case .fixed(let radius) = neighborhood, !radii.contains(radius.value) {
            throw .badNeighborhoodRadius(radius)
        }
        if let footprintRadius, footprintRadius.value != 0, !radii.contains(footprintRadius.value) {
            throw .badFootprintRadius(footprintRadius)
        }
        guard minimumPoints > 0, minimumPoints.isFinite else { throw .badMinimumPoints(minimumPoints) }
        guard minimumSites >= 1 else { throw .badMinimumSites(minimumSites) }
        if let samples = minimumSamples, !(samples > 0 && samples.isFinite) { throw .badMinimumSamples(samples) }
        guard minimumClusterSize >= 2, minimumClusterSize.isFinite else {
            throw .badMinimumClusterSize(minimumClusterSize)
        }
        guard (0...Self.largestRadius.value).contains(selection.epsilon.value) else {
            throw .badSelectionDistance(selection.epsilon)
        }
        guard largestNestedShare > 0, largestNestedShare <= 1 else { throw .badNestedShare(largestNestedShare) }
        if method == .optics { try validateOPTICS() }
        guard largestScanShare > 0, largestScanShare <= 1 else { throw .badScanShare(largestScanShare) }
        guard maximumScanCenters >= 1 else { throw .badScanCenters(maximumScanCenters) }
        guard (1...Self.mostZones).contains(maximumZones) else { throw .badMaximumZones(maximumZones) }
        if let quotient = minimumLocationQuotient, !(quotient >= 0 && quotient.isFinite) {
            throw .badMinimumLocationQuotient(quotient)
        }
        if let reference, !reference.isConsistent { throw .badReference }
        if groups != .industry { try validatePatterns(radii) }
        guard let test else { return }
        guard (1...Self.mostSimulations).contains(test.simulations) else { throw .badSimulations(test.simulations) }
        guard test.significanceLevel > 0, test.significanceLevel < 1 else {
            throw .badSignificanceLevel(test.significanceLevel)
        }
    }
}

extension DetectionRequest {
    private func validatePatterns(_ radii: ClosedRange<Double>) throws(DetectionRequestError) {
        guard method != .scan else { throw .patternsOfScan }
        guard radii.contains(patterns.neighborDistance.value) else {
            throw .badNeighborDistance(patterns.neighborDistance)
        }
        guard patterns.maximumSize >= 2 else { throw .badMaximumSize(patterns.maximumSize) }
        guard (0...1).contains(patterns.minimumIndex) else { throw .badMinimumPrevalence(patterns.minimumIndex) }
        guard patterns.minimumFirms >= 1 else { throw .badMinimumFirms(patterns.minimumFirms) }
        guard (1...Self.mostSimulations).contains(patterns.simulations) else {
            throw .badSimulations(patterns.simulations)
        }
    }

    private func validateOPTICS() throws(DetectionRequestError) {
        guard minimumPoints >= 2 else { throw .tooFewPointsForOrder(minimumPoints) }
        if case .valleys(let steepness) = extraction, !(steepness >= 0 && steepness < 1) {
            throw .badSteepness(steepness)
        }
        guard let maximumRadius else { return }
        var least = DBSCAN.smallestRadius
        if case .fixed(let radius) = neighborhood { least = max(least, radius) }
        guard (least.value...Self.largestRadius.value).contains(maximumRadius.value) else {
            throw .badMaximumRadius(maximumRadius)
        }
    }
}

extension ReferenceTotals {
    /// Whether all totals are finite and none is below 0 or above the total of all codes.
    fileprivate var isConsistent: Bool {
        totalFirms.isFinite && totalEmployment.isFinite
            && firms.values.allSatisfy { $0 >= 0 && $0 <= totalFirms }
            && employment.values.allSatisfy { $0 >= 0 && $0 <= totalEmployment }
    }
}

/// Why a request cannot be carried out.
public enum DetectionRequestError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Below a millimeter, above ``DetectionRequest/largestRadius``, or no number.
    case badNeighborhoodRadius(Meters)
    /// As a neighborhood radius; 0 is allowed.
    case badFootprintRadius(Meters)
    /// Not positive, or not finite.
    case badMinimumPoints(Double)
    /// Below 1.
    case badMinimumSites(Int)
    /// Not positive, or not finite.
    case badMinimumSamples(Double)
    /// Below 2, or not finite.
    case badMinimumClusterSize(Double)
    /// Below 0, above ``DetectionRequest/largestRadius``, or no number.
    case badSelectionDistance(Meters)
    /// Not above 0, or above 1.
    case badNestedShare(Double)
    /// ``DetectionRequest/Method/optics`` with a minimum number of points below 2.
    case tooFewPointsForOrder(Double)
    /// ξ not in 0..<1.
    case badSteepness(Double)
    /// Below the neighborhood radius, above ``DetectionRequest/largestRadius``, or no number.
    case badMaximumRadius(Meters)
    /// Not above 0, or above 1.
    case badScanShare(Double)
    /// Below 1, or above ``DetectionRequest/mostZones``.
    case badMaximumZones(Int)
    /// Below 1.
    case badScanCenters(Int)
    /// Below 0, or not finite.
    case badMinimumLocationQuotient(Double)
    /// A total is below 0, not finite, or above that of all codes.
    case badReference
    /// Below 1, or above ``DetectionRequest/mostSimulations``.
    case badSimulations(Int)
    /// Not above 0, or not below 1.
    case badSignificanceLevel(Double)
    /// ``DetectionRequest/Method/scan`` of patterns: its circles hold all firms of an industry, and none that take part in something.
    case patternsOfScan
    /// As a neighborhood radius.
    case badNeighborDistance(Meters)
    /// Below 2.
    case badMaximumSize(Int)
    /// Not in 0...1.
    case badMinimumPrevalence(Double)
    /// Below 1.
    case badMinimumFirms(Int)
    /// Two groups have the same code, because one has a `+`, which joins those of a pattern.
    case ambiguousCode(String)

    public var description: String {
        switch self {
        case .badNeighborhoodRadius(let radius):
            "the neighborhood radius is \(radius.value) m; it must be from 0.001 m to 1000000 km"
        case .badFootprintRadius(let radius):
            "the footprint radius is \(radius.value) m; it must be 0, or from 0.001 m to 1000000 km"
        case .badMinimumPoints(let points): "the minimum number of points is \(points); it must be above 0 and finite"
        case .badMinimumSites(let sites): "the minimum number of sites is \(sites); it must be 1 or more"
        case .badMinimumSamples(let samples):
            "the minimum number of samples is \(samples); it must be above 0 and finite"
        case .badMinimumClusterSize(let size):
            "the minimum cluster size is \(size); it must be 2 or more and finite"
        case .badSelectionDistance(let distance):
            "the cluster selection epsilon is \(distance.value) m; it must be from 0 to 1000000 km"
        case .badNestedShare(let share):
            "the largest share of a nested cluster is \(share); it must be above 0 and at most 1"
        case .tooFewPointsForOrder(let points):
            "the minimum number of points is \(points); OPTICS needs 2 or more"
        case .badSteepness(let steepness): "xi is \(steepness); it must be at least 0 and below 1"
        case .badMaximumRadius(let radius):
            "the maximum radius is \(radius.value) m; it must be from the neighborhood radius to 1000000 km"
        case .badScanShare(let share): "the largest share in a circle is \(share); it must be above 0 and at most 1"
        case .badScanCenters(let centers): "the number of centers is \(centers); it must be 1 or more"
        case .badMaximumZones(let zones): "the number of circles is \(zones); it must be from 1 to 10000"
        case .badMinimumLocationQuotient(let quotient):
            "the minimum location quotient is \(quotient); it must be 0 or more and finite"
        case .badReference: "a reference total is below 0, not finite, or above the total of all industries"
        case .badSimulations(let simulations):
            "the number of simulations is \(simulations); it must be from 1 to \(DetectionRequest.mostSimulations)"
        case .badSignificanceLevel(let level):
            "the significance level is \(level); it must be above 0 and below 1"
        case .patternsOfScan:
            "a scan compares all firms of an industry inside and outside of circles and has no firms that take part in a pattern; "
                + "use dbscan, hdbscan or optics"
        case .badNeighborDistance(let distance):
            "the neighbor distance is \(distance.value) m; it must be from 0.001 m to 1000000 km"
        case .badMaximumSize(let size): "the largest size of a pattern is \(size); it must be 2 or more"
        case .badMinimumPrevalence(let index):
            "the minimum prevalence is \(index); it must be from 0 to 1"
        case .badMinimumFirms(let firms): "the minimum number of firms is \(firms); it must be 1 or more"
        case .ambiguousCode(let code):
            "two groups have the code \(code): a + joins the codes of a pattern, and an industry has one in its own; rename it"
        }
    }
}
