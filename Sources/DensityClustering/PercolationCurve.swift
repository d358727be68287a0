public import FirmModel
import ParallelWork

/// How the firms of a register grow together as eps grows: the share of the largest component at every eps.
///
///     let curve = PercolationCurve(edges: edges, coreDistances: coreDistances, weights: firmsOnSite)
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

    /// - Parameters:
    ///   - edges: of a minimum spanning tree (or forest) of mutual reachability, as pairs of site numbers with the mutual
    ///     reachability distance, ascending. Infinite ones are passed over.
    ///   - coreDistances: of each site the smallest eps at which it is core, infinite for never. Where a mutual reachability is a
    ///     core distance, the two have to be the same number to the last bit to count as one step.
    ///   - weights: of each site, not negative: the firms on it, say. Whole numbers make shares that do not depend on which of
    ///     several minimum spanning trees was found.
    /// - Precondition: edges ascend, join sites that are core by then, and make no cycle.
    /// - Complexity: O(n log n) for putting core distances in order, nearly O(n) for the rest; at most 2n − 1 steps.
    public init(
        edges: some Sequence<(first: Int, second: Int, distance: Meters)>, coreDistances: [Meters], weights: [Double]
    ) {
        precondition(weights.count == coreDistances.count, "\(weights.count) weights, \(coreDistances.count) sites")
        let total = weights.reduce(0, +)
        // An edge finds both its ends core, so of sites that become core only when, and how much they bring, matters.
        let appearing = zip(coreDistances, weights).filter { $0.0.value.isFinite }.sorted { $0.0 < $1.0 }
        let joined = ConcurrentUnionFind(count: weights.count)
        var weightOfRoot = weights
        var remaining = edges.makeIterator()
        var edge = remaining.next()
        var appeared = 0
        var (largest, components) = (0.0, 0)
        var steps: [Step] = []

        while true {
            let nextSite = appeared < appearing.count ? appearing[appeared].0 : Meters(.infinity)
            let distance = min(nextSite, edge?.distance ?? Meters(.infinity))
            guard distance.value.isFinite else { break }
            while appeared < appearing.count, appearing[appeared].0 == distance {
                largest = max(largest, appearing[appeared].1)
                components += 1
                appeared += 1
            }
            while let (first, second, weight) = edge, weight <= distance {
                precondition(weight == distance, "edges descend from \(distance.value) to \(weight.value) m")
                let (a, b) = (joined.root(first), joined.root(second))
                precondition(a != b, "the edges make a cycle at \(distance.value) m")
                joined.join(a, b)
                weightOfRoot[min(a, b)] = weightOfRoot[a] + weightOfRoot[b]
                largest = max(largest, weightOfRoot[min(a, b)])
                components -= 1
                edge = remaining.next()
            }
            let share = total > 0 ? largest / total : 0
            if steps.last.map({ $0.largestShare != share || $0.components != components }) ?? true {
                steps.append(Step(distance: distance, largestShare: share, components: components))
            }
        }
        self.steps = steps
    }

    /// The smallest eps at which the largest component holds at least this share of all firms; nil where none does.
    public func radius(whereLargestHolds share: Double) -> Meters? {
        let step = steps.partitionPoint { $0.largestShare >= share }
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
        let next = steps.partitionPoint { $0.distance > radius }
        return next > 0 ? steps[next - 1] : nil
    }
}

extension Array {
    /// The index of the first element for which a condition holds that, once it holds, holds for all that follow.
    fileprivate func partitionPoint(_ holds: (Element) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = low + (high - low) / 2
            if holds(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
