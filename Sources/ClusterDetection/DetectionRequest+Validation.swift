import DensityClustering
public import FirmModel

extension DetectionRequest {
    /// The largest radius: a million kilometers, as far out as coordinates may be. On the sphere half the circumference
    /// (20,015 km) reaches everything already.
    public static let largestRadius: Meters = 1e9

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
        if let quotient = minimumLocationQuotient, !(quotient >= 0 && quotient.isFinite) {
            throw .badMinimumLocationQuotient(quotient)
        }
        if let reference, !reference.isConsistent { throw .badReference }
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
    /// Below 0, or not finite.
    case badMinimumLocationQuotient(Double)
    /// A total is below 0, not finite, or above that of all codes.
    case badReference

    public var description: String {
        switch self {
        case .badNeighborhoodRadius(let radius):
            "the neighborhood radius is \(radius.value) m; it must be from 0.001 m to 1000000 km"
        case .badFootprintRadius(let radius):
            "the footprint radius is \(radius.value) m; it must be 0, or from 0.001 m to 1000000 km"
        case .badMinimumPoints(let points): "the minimum number of points is \(points); it must be above 0 and finite"
        case .badMinimumSites(let sites): "the minimum number of sites is \(sites); it must be 1 or more"
        case .badMinimumLocationQuotient(let quotient):
            "the minimum location quotient is \(quotient); it must be 0 or more and finite"
        case .badReference: "a reference total is below 0, not finite, or above the total of all industries"
        }
    }
}
