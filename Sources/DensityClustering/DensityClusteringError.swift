public import FirmModel

/// Why a density clustering cannot be done.
public enum DensityClusteringError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Below ``DBSCAN/smallestRadius``, or not finite.
    case badRadius(Meters)
    /// Not positive, or not finite.
    case badMinimumWeight(Double)
    /// The weight of the site at an index of the subset is negative, not a number, or so large that sums are not finite.
    case badWeight(index: Int)
    /// Below 2, or not finite.
    case badMinimumClusterSize(Double)
    /// Below 1.
    case badMinimumSites(Int)
    /// Below 0, or not a number.
    case badSelectionDistance(Meters)

    public var description: String {
        switch self {
        case .badRadius(let radius):
            "the neighborhood radius is \(radius.value) m; it must be at least \(DBSCAN.smallestRadius.value) m and finite"
        case .badMinimumWeight(let weight):
            "the minimum number of points is \(weight); it must be above 0 and finite"
        case .badWeight(let index):
            "the weight at index \(index) of the subset is negative, not a number, or too large to add up"
        case .badMinimumClusterSize(let size):
            "the minimum cluster size is \(size); it must be 2 or more and finite"
        case .badMinimumSites(let sites):
            "the minimum number of sites is \(sites); it must be 1 or more"
        case .badSelectionDistance(let distance):
            "the cluster selection epsilon is \(distance.value) m; it must be 0 or more"
        }
    }
}
