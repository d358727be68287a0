public import FirmModel
public import ParallelWork
public import SpatialIndex

/// The k-distances of firms in ascending order, for choosing a radius (Ester et al. 1996; Sander et al. 1998): how far
/// each firm's k-th neighbor is, itself not counted, with k = minPts − 1. Where the curve bends up, clusters end and noise
/// begins.
///
///     let curve = try KDistanceCurve(of: subset, in: sites, minimumWeight: 5, workers: workers)
///     curve.chordKnee                // a radius, or nil when the curve has no positive distance
public struct KDistanceCurve: Sendable {
    /// One distance a firm, ascending; infinite for firms that all others together do not give enough weight.
    public let distances: [Meters]

    /// - Parameters:
    ///   - subset: sites with their weights.
    ///   - firms: how many firms are on each site of the subset: how often its distance counts; once when empty.
    ///   - minimumWeight: minPts: the distance of a firm is the smallest within which the weights, its own included, sum
    ///     to this. With a weight of 1 a firm that is the distance to the k-th neighbor.
    /// - Complexity: O(n log n).
    public init(
        of subset: SiteSubset, in sites: Sites, firms: [Int32] = [], minimumWeight: Double, workers: Workers
    ) throws {
        let tree = try KDTree(subset, in: sites, workers: workers)
        self.init(of: try tree.coreDistances(weight: minimumWeight, workers: workers), firms: firms)
    }

    /// The curve for the minimum weight that a tree was made with; its core distances are the k-distances.
    ///
    /// - Parameter firms: how many firms are on each site of the tree's subset; once when empty.
    /// - Complexity: O(n log n).
    public init(_ tree: MutualReachabilityTree, firms: [Int32] = []) {
        self.init(of: tree.coreDistances, firms: firms)
    }

    private init(of distancesBySite: [Meters], firms: [Int32]) {
        precondition(
            firms.isEmpty || firms.count == distancesBySite.count,
            "\(firms.count) counts, \(distancesBySite.count) sites")
        var curve = distancesBySite
        if !firms.isEmpty {
            curve.removeAll(keepingCapacity: true)
            curve.reserveCapacity(firms.reduce(0) { $0 + Int($1) })
            for (distance, count) in zip(distancesBySite, firms) {
                curve.append(contentsOf: repeatElement(distance, count: Int(count)))
            }
        }
        curve.sort()
        distances = curve
    }

    /// Distances in ascending order, taken as they are.
    public init(ascending distances: [Meters]) { self.distances = distances }

    /// The distance at the knee: the positive point of the curve that lies furthest below the chord from its first to its
    /// last finite point, both axes scaled to 0...1; of equally far ones the smallest. On a curve without a bend, the
    /// smallest positive distance.
    ///
    /// Nil when no finite distance is positive.
    public var chordKnee: Meters? {
        guard let last = distances.lastIndex(where: { $0.value.isFinite && $0.value > 0 }),
            let firstPositive = distances.firstIndex(where: { $0.value > 0 })
        else { return nil }
        let (low, high) = (distances[0].value, distances[last].value)
        guard high > low else { return distances[firstPositive] }
        var (knee, furthest) = (firstPositive, -Double.infinity)
        for i in firstPositive...last {
            // The distance to the chord is this difference over √2.
            let below = Double(i) / Double(last) - (distances[i].value - low) / (high - low)
            if below > furthest { (knee, furthest) = (i, below) }
        }
        return distances[knee]
    }
}
