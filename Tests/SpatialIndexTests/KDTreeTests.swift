import FirmModel
import ParallelWork
import SpatialIndex
import Testing

/// The tree at the sizes where leaves begin, both ways to a core distance, and spanning trees.
@Suite struct KDTreeTests {
    static func sites(_ count: Int, _ shape: Int, _ stream: inout RandomStream) throws -> RandomSites {
        var points: Set<Coordinate> = []
        while points.count < count {
            let (u, v) = (stream.nextUnit(), stream.nextUnit())
            switch shape {
            case 0: points.insert(Coordinate(x: u * 100, y: v * 1000))
            case 1: points.insert(Coordinate(x: (u * 12).rounded() * 10, y: (v * 12).rounded() * 10))
            case 2: points.insert(Coordinate(x: 5, y: (v * 1000).rounded()))
            default: points.insert(Coordinate(longitude: u < 0.5 ? 180 - u : u - 180, latitude: 80 + v * 10))
            }
        }
        return try RandomSites(Array(points), frame: shape < 3 ? .local : .geographic)
    }

    /// Prim's algorithm, with the same squared distances.
    static func spanningLengths(_ random: RandomSites, cores: [Double]) -> [Double] {
        var waiting = Array(cores.indices.dropFirst())
        var nearest = [Double](repeating: .infinity, count: cores.count)
        var (last, lengths) = (0, [Double]())
        while !waiting.isEmpty {
            for site in waiting {
                nearest[site] = min(nearest[site], max(random.squaredDistance(last, site), cores[last], cores[site]))
            }
            guard let at = waiting.indices.min(by: { nearest[waiting[$0]] < nearest[waiting[$1]] }) else { break }
            last = waiting.remove(at: at)
            lengths.append(nearest[last])
        }
        return lengths.sorted()
    }

    /// Every length up to a little more than four leaves; every position is in the tree once.
    @Test(arguments: 0...70) func sizesAroundLeaves(count: Int) throws {
        var stream = RandomStream(seed: UInt64(count), stream: 41)
        let shape = count % 4
        let random = try Self.sites(count, shape, &stream)
        let subset = SiteSubset(sites: (0..<Int32(count)).map { $0 })
        let tree = try KDTree(subset, in: random.sites, workers: Workers(count: 1))
        #expect(tree.order.values.sorted() == Array(0..<Int32(count)))
        for enough in [1, 5, 17, count, count + 1] where enough > 0 {
            let squared = try tree.squaredCoreDistances(weight: Double(enough), workers: Workers(count: 1))
            var cores = [Double](repeating: 0, count: count)
            for position in 0..<count {
                let site = Int(tree.order.values[position])
                let near = (0..<count).map { random.squaredDistance(site, $0) }.sorted()
                #expect(squared.values[position] == (enough <= count ? near[enough - 1] : .infinity))
                cores[site] = squared.values[position]
            }
            guard enough <= count else { continue }
            let edges = try tree.spanningEdges(squaredCores: squared, workers: Workers(count: 1))
            #expect(edges.values.map(\.squared) == Self.spanningLengths(random, cores: cores))
            // They are edges of the lengths they say, and hold everything together.
            var component = Array(0..<count)
            for edge in edges.values {
                let (first, second) = (
                    Int(tree.order.values[Int(edge.first)]), Int(tree.order.values[Int(edge.second)])
                )
                #expect(
                    edge.squared == max(random.squaredDistance(first, second), cores[first], cores[second]))
                let (kept, gone) = (component[first], component[second])
                #expect(kept != gone)
                for site in component.indices where component[site] == gone { component[site] = kept }
            }
        }
    }

    /// Up to 64 firms kernels keep lists of the nearest, beyond it is a heap, as it is for weights that are no counts: all bits
    /// must agree.
    @Test(arguments: 0..<24) func listsAndHeapsAgree(seed: Int) throws {
        let random = try RandomSites(seed: seed)
        let sites = random.sites
        var stream = RandomStream(seed: UInt64(seed), stream: 42)
        let counts = (0..<sites.count).map { _ in
            switch (seed % 3, stream.next() % 9) {
            case (0, _): 1.0
            case (1, 0): Double(stream.next() % 100 + 1)
            // A tower that is enough by itself, and near the largest count there is.
            case (2, 0): 4_000_000.0
            default: Double(1 + stream.next() % 3)
            }
        }
        let subset = SiteSubset(sites: (0..<Int32(sites.count)).map { $0 }, weights: counts)
        let halves = SiteSubset(sites: subset.sites, weights: counts.map { $0 / 2 })
        #expect(subset.amounts.isEmpty && !halves.amounts.isEmpty)
        let whole = try KDTree(subset, in: sites, workers: Workers(count: 2))
        let half = try KDTree(halves, in: sites, workers: Workers(count: 2))
        #expect(whole.order.values.elementsEqual(half.order.values))
        for threshold in [0.25, 1, 1.5, 2, 62.5, 63, 64, 64.5, 65, 66, 200] {
            let lists = try whole.squaredCoreDistances(weight: threshold, workers: Workers(count: 1))
            let heaps = try half.squaredCoreDistances(weight: threshold / 2, workers: Workers(count: 1))
            #expect(lists.values.elementsEqual(heaps.values), "threshold \(threshold)")
        }
    }

    /// Huge counts, together as large as 32 bits allow.
    @Test func hugeCounts() throws {
        let random = try RandomSites((0..<40).map { Coordinate(x: Double($0 * $0), y: 0) }, frame: .local)
        var counts = [Int32](repeating: 1, count: 40)
        (counts[20], counts[39]) = (2_000_000_000, 147_000_000)
        let subset = SiteSubset(sites: (0..<40).map { $0 }, counts: counts)
        let tree = try KDTree(subset, in: random.sites, workers: Workers(count: 1))
        for threshold in [2, 64, 65, 1_000_000, 2_000_000_000] {
            let found = try tree.coreDistances(weight: Double(threshold), workers: Workers(count: 1))
            #expect(found[20] == 0)
            let alone = threshold <= 147_000_000
            #expect(found[39] == (alone ? 0 : 1121))
            #expect(found[21] == 41)
            #expect(found[0] == (threshold == 2 ? 1 : 400))
        }
        let all = try tree.coreDistances(weight: 2_147_000_038, workers: Workers(count: 1))
        #expect(all[0] == 1521)
        let more = try tree.coreDistances(weight: 2_147_000_039, workers: Workers(count: 1))
        #expect(more.allSatisfy { $0 == Meters(.infinity) })
    }

    /// Villages in open land, where components meet at every distance, and leaves are long before they are of one component.
    @Test(arguments: 0..<12) func spanningTreesOfVillages(seed: Int) throws {
        var stream = RandomStream(seed: UInt64(seed), stream: 44)
        let villages = (0..<12).map { _ in (stream.nextUnit() * 4000, stream.nextUnit() * 4000, stream.nextUnit() * 300)
        }
        let places = Set(
            (0..<500).map { _ in
                let (x, y, width) = villages[Int(stream.next() % 12)]
                let (u, v) = (stream.nextUnit() - 0.5, stream.nextUnit() - 0.5)
                return Coordinate(x: x + u * abs(u) * width * 9, y: y + v * abs(v) * width * 9)
            })
        let random = try RandomSites(Array(places), frame: .local)
        let subset = SiteSubset(sites: (0..<Int32(random.sites.count)).map { $0 })
        let tree = try KDTree(subset, in: random.sites, workers: Workers(count: 1))
        for enough in [1.0, 4] {
            let squared = try tree.squaredCoreDistances(weight: enough, workers: Workers(count: 1))
            var cores = [Double](repeating: 0, count: tree.count)
            for position in 0..<tree.count { cores[Int(tree.order.values[position])] = squared.values[position] }
            let edges = try tree.spanningEdges(squaredCores: squared, workers: Workers(count: 1))
            #expect(edges.values.map(\.squared) == Self.spanningLengths(random, cores: cores))
        }
    }

    /// Against Prim where workers share the work, and with a second thread that finds other trees.
    @Test(arguments: [0, 1]) func spanningTreesOfManySites(shape: Int) throws {
        var stream = RandomStream(seed: 7, stream: 43)
        let random = try Self.sites(shape == 1 ? 160 : 4200, shape, &stream)
        let count = random.sites.count
        let tree = try KDTree(
            SiteSubset(sites: (0..<Int32(count)).map { $0 }), in: random.sites, workers: Workers(count: 3))
        let squared = try tree.squaredCoreDistances(weight: 4, workers: Workers(count: 3))
        var cores = [Double](repeating: 0, count: count)
        for position in 0..<count { cores[Int(tree.order.values[position])] = squared.values[position] }
        let expected = Self.spanningLengths(random, cores: cores)
        for threads in [1, 2, 4] {
            let edges = try tree.spanningEdges(squaredCores: squared, workers: Workers(count: threads))
            #expect(edges.values.map(\.squared) == expected)
        }
    }
}
