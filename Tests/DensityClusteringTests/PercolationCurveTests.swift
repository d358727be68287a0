import DensityClustering
import FirmClustersTestSupport
import FirmModel
import ParallelWork
import SpatialIndex
import Testing

@Suite struct PercolationCurveTests {
    typealias Edge = (first: Int, second: Int, distance: Meters)

    /// Sites with weights, and all that follows from their distances by definition.
    struct Example {
        let points: [Coordinate]
        let weights: [Double]
        let coreDistances: [Meters]

        /// - Parameter minimumWeight: minPts, a site's own weight included.
        init(points: [Coordinate], weights: [Double], minimumWeight: Double) {
            self.points = points
            self.weights = weights
            coreDistances = points.map { point in
                var weight = 0.0
                for other in points.indices.sorted(by: {
                    Self.distance(point, points[$0]) < Self.distance(point, points[$1])
                }) {
                    weight += weights[other]
                    if weight >= minimumWeight { return Self.distance(point, points[other]) }
                }
                return Meters(.infinity)
            }
        }

        static func distance(_ a: Coordinate, _ b: Coordinate) -> Meters {
            Metric.plane.distance(forSquared: (b.x - a.x) * (b.x - a.x) + (b.y - a.y) * (b.y - a.y))
        }

        func mutualReachability(_ i: Int, _ j: Int) -> Meters {
            max(coreDistances[i], coreDistances[j], Self.distance(points[i], points[j]))
        }

        /// A minimum spanning tree by Kruskal over all pairs; `order` decides between pairs equally far apart.
        func tree(order: (Int, Int) -> UInt64) -> [Edge] {
            var pairs: [(first: Int, second: Int, distance: Meters, rank: UInt64)] = []
            for i in points.indices {
                for j in 0..<i { pairs.append((i, j, mutualReachability(i, j), order(i, j))) }
            }
            pairs.sort { ($0.distance, $0.rank) < ($1.distance, $1.rank) }
            let joined = ConcurrentUnionFind(count: points.count)
            return pairs.compactMap { pair in
                guard !joined.areJoined(pair.first, pair.second) else { return nil }
                joined.join(pair.first, pair.second)
                return (pair.first, pair.second, pair.distance)
            }
        }

        /// Weights of the connected components of core sites at most `radius` apart, found by flooding.
        func components(at radius: Meters) -> [Double] {
            var isFree = coreDistances.map { $0 <= radius }
            var found: [Double] = []
            for start in points.indices where isFree[start] {
                var (queue, weight) = ([start], 0.0)
                isFree[start] = false
                while let i = queue.popLast() {
                    weight += weights[i]
                    for j in points.indices where isFree[j] && mutualReachability(i, j) <= radius {
                        isFree[j] = false
                        queue.append(j)
                    }
                }
                found.append(weight)
            }
            return found
        }

        /// Every distance at which anything can change, and one below, between and above them.
        var radiiOfInterest: [Meters] {
            var distances = Set(coreDistances.filter { $0.value.isFinite })
            for i in points.indices { for j in 0..<i { distances.insert(mutualReachability(i, j)) } }
            let sorted = distances.filter { $0.value.isFinite }.sorted()
            let between = zip(sorted, sorted.dropFirst()).map { Meters(($0.value + $1.value) / 2) }
            return (sorted + between + [-1, 0, Meters((sorted.last?.value ?? 0) + 1)]).sorted()
        }
    }

    /// Lattices (ties everywhere), clumps and even spreads, with several firms on a site.
    static func example(seed: Int) -> (Example, minimumWeight: Double) {
        var stream = RandomStream(seed: UInt64(seed), stream: 7)
        var points: Set<Coordinate> = []
        let count = 1 + Int(stream.next() % 40)
        for _ in 0..<count {
            switch seed % 3 {
            case 0: points.insert(Coordinate(x: Double(stream.next() % 9) * 10, y: Double(stream.next() % 9) * 10))
            case 1:
                let center = Double(stream.next() % 3) * 500
                points.insert(Coordinate(x: center + stream.nextUnit() * 90, y: stream.nextUnit() * 90))
            default: points.insert(Coordinate(x: stream.nextUnit() * 1000, y: stream.nextUnit() * 1000))
            }
        }
        let sorted = points.sorted()
        let weights = sorted.map { _ in stream.next() % 4 == 0 ? Double(1 + stream.next() % 6) : 1 }
        let minimumWeight = Double(1 + stream.next() % 7)
        return (Example(points: sorted, weights: weights, minimumWeight: minimumWeight), minimumWeight)
    }

    @Test(arguments: 0..<60) func agreesWithTheDefinition(seed: Int) throws {
        let (example, _) = Self.example(seed: seed)
        var stream = RandomStream(seed: UInt64(seed), stream: 8)
        let (offset, factor) = (stream.next(), stream.next() | 1)
        let curve = PercolationCurve(
            edges: example.tree { UInt64($0 * 1000 + $1) &* factor &+ offset },
            coreDistances: example.coreDistances, weights: example.weights)
        let total = example.weights.reduce(0, +)
        for radius in example.radiiOfInterest {
            let expected = example.components(at: radius)
            let share = (expected.max() ?? 0) / total
            #expect(curve.largestShare(at: radius) == share, "seed \(seed), \(radius)")
            #expect(curve.components(at: radius) == expected.count, "seed \(seed), \(radius)")
            if share > 0 {
                let reached = try #require(curve.radius(whereLargestHolds: share))
                #expect(reached <= radius)
                #expect(curve.largestShare(at: reached) == share)
                #expect(curve.largestShare(at: Meters(reached.value.nextDown)) < share, "seed \(seed), \(radius)")
            }
        }
        let radii = example.radiiOfInterest
        #expect(curve.sampled(at: radii).map(\.largestShare) == radii.map { curve.largestShare(at: $0) })
        #expect(curve.sampled(at: radii).map(\.components) == radii.map { curve.components(at: $0) })
        #expect(zip(curve.steps, curve.steps.dropFirst()).allSatisfy { $0.distance < $1.distance })
        #expect(zip(curve.steps, curve.steps.dropFirst()).allSatisfy { $0.largestShare <= $1.largestShare })

        // Whichever of several minimum spanning trees it is read off.
        let other = PercolationCurve(
            edges: example.tree { UInt64($1 * 1000 + $0) }, coreDistances: example.coreDistances,
            weights: example.weights)
        #expect(other == curve, "seed \(seed)")
    }

    /// Between two steps, where the last bit of a square root decides nothing, components are clusters of DBSCAN*.
    @Test(arguments: 0..<40) func componentsAreClustersWithoutBorders(seed: Int) throws {
        let (example, minimumWeight) = Self.example(seed: seed)
        let curve = PercolationCurve(
            edges: example.tree { UInt64($0 * 1000 + $1) }, coreDistances: example.coreDistances,
            weights: example.weights)
        let limits = example.radiiOfInterest.filter { $0 > 0 }
        for radius in zip(limits, limits.dropFirst()).map({ Meters(($0.value + $1.value) / 2) }) {
            let found = try Clustered(
                example.points, weights: example.weights, radius: radius.value, minimumWeight: minimumWeight,
                borderRule: .none, threads: 1)
            #expect(found.clusterCount == curve.components(at: radius), "seed \(seed), \(radius)")
        }
    }

    /// Read off the tree that is grown for HDBSCAN*, between distances that differ by more than rounding.
    @Test(arguments: 0..<30) func agreesOnGrownTrees(seed: Int) throws {
        let (example, minimumWeight) = Self.example(seed: seed)
        let sites = try Sites(
            FirmRegister(
                frame: .local, x: example.points.map(\.x), y: example.points.map(\.y),
                industry: CategoryColumn(example.points.map { _ in "1" })))
        let firms = example.weights.map { Int32($0) }
        let subset = SiteSubset(sites: (0..<Int32(sites.count)).map { $0 }, counts: firms)
        let tree = try MutualReachabilityTree(
            of: subset, in: sites, minimumSamples: minimumWeight, workers: Workers(count: 1 + seed % 2))
        let curve = PercolationCurve(tree)
        let expected = PercolationCurve(
            edges: example.tree { UInt64($0 * 1000 + $1) }, coreDistances: example.coreDistances,
            weights: example.weights)
        let radii = example.radiiOfInterest
        for (radius, next) in zip(radii, radii.dropFirst()) where next.value - radius.value > 1e-6 {
            let between = Meters((radius.value + next.value) / 2)
            #expect(curve.largestShare(at: between) == expected.largestShare(at: between), "seed \(seed), \(between)")
            #expect(curve.components(at: between) == expected.components(at: between), "seed \(seed), \(between)")
        }
        for share in [0.1, 0.25, 0.5, 0.75, 0.9, 1] {
            let (found, theirs) = (curve.radius(whereLargestHolds: share), expected.radius(whereLargestHolds: share))
            #expect((found == nil) == (theirs == nil), "seed \(seed), \(share)")
            if let found, let theirs { #expect(abs(found.value - theirs.value) < 1e-6, "seed \(seed), \(share)") }
        }
        #expect(
            KDistanceCurve(tree, firms: firms).distances
                == (try KDistanceCurve(
                    of: subset, in: sites, firms: firms, minimumWeight: minimumWeight, workers: Workers(count: 1)
                ).distances))
    }

    /// On the sphere, where distances go through an arc sine: components are clusters of DBSCAN* there, too.
    @Test(arguments: 0..<40) func grownTreesOnTheSphere(seed: Int) throws {
        var stream = RandomStream(seed: UInt64(seed), stream: 10)
        let (points, radius) = DBSCANPropertyTests.sphericalPoints(&stream)
        let sites = try Sites(
            FirmRegister(
                frame: .geographic, x: points.map(\.x), y: points.map(\.y),
                industry: CategoryColumn(points.map { _ in "1" })))
        let minimum = Double(1 + stream.next() % 6)
        let tree = try MutualReachabilityTree(
            of: .allFirms(of: sites), in: sites, minimumSamples: minimum, workers: Workers(count: 2))
        let curve = PercolationCurve(tree)
        #expect(zip(curve.steps, curve.steps.dropFirst()).allSatisfy { $0.distance < $1.distance })
        for factor in [0.2, 0.5, 0.8, 1, 1.3, 2, 5] {
            let clustered = try Clustered(
                points, frame: .geographic, radius: factor * radius, minimumWeight: minimum, borderRule: .none)
            let sizes = (0..<clustered.clusterCount).map { cluster in clustered.labels.count { $0 == cluster } }
            #expect(curve.components(at: Meters(factor * radius)) == sizes.count, "seed \(seed)")
            #expect(
                curve.largestShare(at: Meters(factor * radius)) == Double(sizes.max() ?? 0) / Double(points.count),
                "seed \(seed)")
        }
    }

    @Test func cornerCases() {
        let nothing = PercolationCurve(edges: [Edge](), coreDistances: [], weights: [])
        #expect(nothing.steps.isEmpty)
        #expect(nothing.radius(whereLargestHolds: 0.5) == nil)
        #expect(nothing.largestShare(at: 100) == 0)
        #expect(nothing.components(at: 100) == 0)

        // A mall is core by itself.
        let mall = PercolationCurve(edges: [Edge](), coreDistances: [0], weights: [12])
        #expect(mall.steps.map(\.distance) == [0])
        #expect(mall.radius(whereLargestHolds: 1) == 0)

        // Fewer firms than the minimum: never core, and edges of infinite length join nothing.
        let never = Meters(.infinity)
        let lonely = PercolationCurve(edges: [Edge(0, 1, never)], coreDistances: [never, never], weights: [1, 1])
        #expect(lonely.steps.isEmpty)

        // Two pairs 1 m apart meet at 10 m: everything at one distance is one step.
        let edges: [Edge] = [(0, 1, 1), (2, 3, 1), (1, 2, 10)]
        let pairs = PercolationCurve(edges: edges, coreDistances: [1, 1, 1, 1], weights: [1, 1, 1, 2])
        #expect(pairs.steps.map(\.distance) == [1, 10])
        #expect(pairs.steps.map(\.largestShare) == [0.6, 1])
        #expect(pairs.steps.map(\.components) == [2, 1])
        #expect(pairs.radius(whereLargestHolds: 0.5) == 1)
        #expect(pairs.radius(whereLargestHolds: 0.61) == 10)
        #expect(pairs.radius(whereLargestHolds: 1.1) == nil)
        #expect(pairs.largestShare(at: 0.999) == 0)
        #expect(pairs.largestShare(at: 9.999) == 0.6)
    }
}
