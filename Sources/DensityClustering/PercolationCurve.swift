public import FirmModel
import ParallelWork
import SpatialIndex

/// How the firms of a register grow together as eps grows: the share of the largest component at every eps.
///
///     let curve = PercolationCurve(try MutualReachabilityTree(of: subset, in: sites, minimumSamples: 5))
///     curve.radius(whereLargestHolds: 0.5)       // the percolation threshold
///
/// At eps a site i is core when its core distance c_i ≤ eps, and two core sites are joined when d_ij ≤ eps, that is when
/// their mutual reachability max(c_i, c_j, d_ij) ≤ eps: the components are the clusters of DBSCAN* (Campello, Moulavi &
/// Sander 2013) at eps. Sites that are not core are in none. With weights w
///
///     share(eps) = max over components C of  Σ_{i ∈ C} w_i  /  Σ_i w_i
///
/// never falls, and jumps where large components meet. Connecting the sites by the edges of a minimum spanning tree of mutual
/// reachability in ascending order passes through the components of every eps, so one walk gives the whole curve.
///
/// The eps at which the largest component takes half of all firms is the *percolation threshold*, after the spanning
/// cluster of percolation theory: below it there are clusters, well above it only one town and its dust. A curve that climbs
/// in a few large jumps shows clusters at several scales; a smooth one, none.
public struct PercolationCurve: Sendable, Equatable {
    /// What holds from one eps up to the next step.
    public struct Step: Sendable, Equatable {
        /// eps.
        public var distance: Meters
        /// The share of all weight in the largest component, 0...1.
        public var largestShare: Double
        /// The number of components, those of a single core site included.
        public var components: Int
    }

    /// The steps at which something changes, distances strictly ascending. Below the first nothing is core.
    public let steps: [Step]

    /// The curve of all sites of a tree, in shares of their weight.
    ///
    /// - Complexity: O(n log n) for putting core distances in order, nearly O(n) for the rest; at most 2n − 1 steps.
    public init(_ tree: MutualReachabilityTree) {
        defer { withExtendedLifetime(tree) {} }
        let order = tree.order.values
        // Squared distances, and positions for sites: nothing has to be turned round.
        self.init(
            edges: tree.edges.values.lazy.map { (first: Int($0.first), second: Int($0.second), level: $0.squared) },
            cores: tree.squaredCores.values, weights: order.map { tree.masses.weight(tree.masses[Int($0)]) },
            distance: tree.metric.distance(forSquared:))
    }

    /// The curve of any sites.
    ///
    /// - Parameters:
    ///   - edges: of a minimum spanning tree (or forest) of mutual reachability, as pairs of site numbers with the mutual
    ///     reachability distance, ascending. Infinite ones are passed over.
    ///   - coreDistances: of each site the smallest eps at which it is core, infinite for never. Where a mutual reachability is a
    ///     core distance, the two have to be the same number to the last bit to count as one step.
    ///   - weights: of each site, not negative: the firms on it, say. Whole numbers make shares that do not depend on which of
    ///     several minimum spanning trees was found.
    /// - Precondition: edges ascend, join sites that are core by then, and make no cycle.
    /// - Complexity: as for a tree.
    public init(
        edges: some Sequence<(first: Int, second: Int, distance: Meters)>, coreDistances: [Meters], weights: [Double]
    ) {
        precondition(weights.count == coreDistances.count, "\(weights.count) weights, \(coreDistances.count) sites")
        self.init(
            edges: edges.lazy.map { (first: $0.first, second: $0.second, level: $0.distance.value) },
            cores: coreDistances.lazy.map(\.value), weights: weights, distance: { Meters($0) })
    }

    /// - Parameters:
    ///   - cores: at what level each site appears.
    ///   - distance: what a level is on the ground; higher for a higher one, but for rounding.
    private init(
        edges: some Sequence<(first: Int, second: Int, level: Double)>, cores: some Sequence<Double>, weights: [Double],
        distance: (Double) -> Meters
    ) {
        let total = weights.reduce(0, +)
        // An edge finds both its ends core, so of sites that become core only when, and how much they bring, matters.
        let appearing = zip(cores, weights).filter { $0.0.isFinite }.sorted { $0.0 < $1.0 }
        let joined = ConcurrentUnionFind(count: weights.count)
        var weightOfRoot = weights
        var remaining = edges.makeIterator()
        var edge = remaining.next()
        var appeared = 0
        var (largest, components) = (0.0, 0)
        var steps: [Step] = []

        while true {
            let level = min(appeared < appearing.count ? appearing[appeared].0 : .infinity, edge?.level ?? .infinity)
            guard level.isFinite else { break }
            while appeared < appearing.count, appearing[appeared].0 == level {
                largest = max(largest, appearing[appeared].1)
                components += 1
                appeared += 1
            }
            while let (first, second, length) = edge, length <= level {
                precondition(length == level, "an edge of \(length) comes after \(level)")
                let (a, b) = (joined.root(first), joined.root(second))
                precondition(a != b, "the edges make a cycle at \(level)")
                joined.join(a, b)
                weightOfRoot[min(a, b)] = weightOfRoot[a] + weightOfRoot[b]
                largest = max(largest, weightOfRoot[min(a, b)])
                components -= 1
                edge = remaining.next()
            }
            let step = Step(
                distance: distance(level), largestShare: total > 0 ? largest / total : 0, components: components)
            guard let last = steps.last else {
                steps.append(step)
                continue
            }
            // Levels that are one distance to the last bit are one step.
            if step.distance <= last.distance {
                steps[steps.count - 1] = step
                steps[steps.count - 1].distance = last.distance
            } else if step.largestShare != last.largestShare || step.components != last.components {
                steps.append(step)
            }
        }
        self.steps = steps
    }

    /// The smallest eps at which the largest component holds at least this share of all firms; nil where none does.
    public func radius(whereLargestHolds share: Double) -> Meters? {
        let step = steps.partitioningIndex { $0.largestShare >= share }
        return step < steps.count ? steps[step].distance : nil
    }

    /// The share of all firms in the largest component at an eps; 0 where no firm is core.
    public func largestShare(at radius: Meters) -> Double { step(at: radius)?.largestShare ?? 0 }

    /// The number of components at an eps.
    public func components(at radius: Meters) -> Int { step(at: radius)?.components ?? 0 }

    /// The curve at the given radii only, for drawing or writing.
    public func sampled(at radii: [Meters]) -> [Step] {
        radii.map { Step(distance: $0, largestShare: largestShare(at: $0), components: components(at: $0)) }
    }

    private func step(at radius: Meters) -> Step? {
        let next = steps.partitioningIndex { $0.distance > radius }
        return next > 0 ? steps[next - 1] : nil
    }
}
