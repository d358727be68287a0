public import FirmModel
import SpatialIndex

/// Firms in the order of ``OPTICS``, with how far each is from those before it: the reachability plot, from left to right.
///
/// What is said by *position* is about the point `order[position]`. Points of the site at index s of the subset are
/// `pointStarts[s]..<pointStarts[s + 1]`.
public struct OPTICSOrdering: Sendable, Equatable {
    /// minPts, in the unit of the weights.
    public let minimumWeight: Double
    /// max_eps: distances beyond it are undefined.
    public let maximumRadius: Meters
    /// By position: the point there.
    public let order: [Int32]
    /// By position: the point from which it was reached at its reachability, the earliest of several; −1 where no point
    /// before it reaches it, which is where a new component starts.
    public let predecessor: [Int32]
    /// By position: how far the point is from those before it, no less than the core distance of its predecessor; infinite
    /// where that is undefined.
    public let reachability: OrderedDistances
    /// By position: the smallest radius at which the point has minPts around it, itself included; infinite where that is
    /// beyond the maximum radius.
    public let coreDistance: OrderedDistances
    /// The points of each site of the subset.
    public let pointStarts: [Int32]

    let metric: Metric
    /// By point; empty when all weigh 1.
    let weights: [Double]

    init(
        procedure: OPTICS, metric: Metric, points: RankedPoints, weights: [Double], steps: ReachabilityTraversal.Steps
    ) {
        minimumWeight = procedure.minimumWeight
        maximumRadius = procedure.maximumRadius
        order = points.points(steps.ranks)
        predecessor = points.points(steps.predecessors)
        reachability = OrderedDistances(metric: metric, squared: steps.squaredReachability)
        coreDistance = OrderedDistances(metric: metric, squared: steps.squaredCoreDistance)
        pointStarts = points.starts
        self.metric = metric
        self.weights = weights
    }

    /// The number of points.
    public var count: Int { order.count }

    /// For each point the index of its site in the subset.
    ///
    /// - Complexity: O(n).
    public func sitesOfPoints() -> [Int32] {
        var sites: [Int32] = []
        sites.reserveCapacity(count)
        for site in 0..<pointStarts.count - 1 {
            sites.append(contentsOf: repeatElement(Int32(site), count: Int(pointStarts[site + 1] - pointStarts[site])))
        }
        return sites
    }

    /// Labels of points as labels of sites: a site has that of its first point in the order that is in a cluster.
    ///
    /// - Parameter labels: by point, −1 for noise.
    /// - Complexity: O(n).
    public func labelsOfSites(_ labels: [Int32]) -> [Int32] {
        precondition(labels.count == count, "\(labels.count) labels, \(count) points")
        let sites = sitesOfPoints()
        var ofSites = [Int32](repeating: DensityClustering.noise, count: pointStarts.count - 1)
        for point in order where labels[Int(point)] != DensityClustering.noise {
            let site = Int(sites[Int(point)])
            if ofSites[site] == DensityClustering.noise { ofSites[site] = labels[Int(point)] }
        }
        return ofSites
    }
}

/// Distances that are kept squared, as they were compared, and read in meters.
public struct OrderedDistances: Sendable, Equatable, RandomAccessCollection {
    let metric: Metric
    let squared: [Double]

    public var startIndex: Int { 0 }
    public var endIndex: Int { squared.count }
    public subscript(position: Int) -> Meters {
        squared[position] == .infinity ? Meters(.infinity) : metric.distance(forSquared: squared[position])
    }
}
