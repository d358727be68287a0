import CDistanceKernels
import FirmModel
import SpatialIndex
import Testing

/// The kernels between two leaves against what they mean, bit for bit, for leaves of every length.
@Suite struct TreeKernelTests {
    struct Example: CustomStringConvertible {
        let seed: Int
        let isPlanar: Bool
        var points: ReferenceKernels.Columns
        /// The points that look, and those that are looked at.
        var own: Range<Int>
        var others: Range<Int>

        init(seed: Int, isPlanar: Bool) {
            var stream = RandomStream(seed: UInt64(seed), stream: isPlanar ? 31 : 32)
            self.seed = seed
            self.isPlanar = isPlanar
            let leaf = Int(leaf_points)
            // Where the last leaf is short, what lies beyond it must not be seen.
            let last = 1 + seed % leaf
            let count = 2 * leaf + last
            let (scale, spread) = (isPlanar ? 5e6 : 1.0, isPlanar ? 100.0 : 1e-5)
            // On a lattice for half of the seeds: ties.
            func value() -> Double {
                let unit = stream.nextUnit()
                return scale + (seed % 2 == 0 ? (unit * 6).rounded() / 8 : unit) * spread
            }
            points = (
                (0..<count).map { _ in value() }, (0..<count).map { _ in value() },
                (0..<count).map { _ in isPlanar ? 0 : value() }
            )
            let leaves = [0..<leaf, leaf..<2 * leaf, 2 * leaf..<count]
            own = leaves[Int(stream.next() % 3)]
            others = leaves[Int(stream.next() % 3)]
        }

        var description: String { "seed \(seed), \(isPlanar ? "planar" : "space")" }
        var columns: (x: [Double], y: [Double], z: [Double]) {
            func padded(_ column: [Double]) -> [Double] {
                column + [Double](repeating: column[own.lowerBound], count: Int(column_padding))
            }
            return (padded(points.x), padded(points.y), padded(points.z))
        }
        func box(_ range: Range<Int>) -> [Double] {
            [points.x, points.y, points.z].prefix(isPlanar ? 2 : 3).flatMap { column in
                [column[range].min() ?? 0, column[range].max() ?? 0]
            }
        }
        func squared(_ i: Int, _ j: Int) -> Double {
            ReferenceKernels.squaredDistance((points.x[i], points.y[i], points.z[i]), points, j)
        }
    }

    static let examples = (0..<320).flatMap { seed in
        [true, false].map { Example(seed: seed, isPlanar: $0) }
    }

    /// Two leaves one after the other, in either order: what is kept are the nearest that count enough.
    @Test(arguments: examples) func nearest(e: Example) {
        var stream = RandomStream(seed: UInt64(e.seed), stream: 33)
        let c = e.columns
        let counts: [Int32]? =
            e.seed % 3 == 0 ? nil : e.points.x.map { _ in Int32(1 + (stream.next() % 5) * (stream.next() % 4)) }
        let padded = counts.map { $0 + [Int32](repeating: 1000, count: Int(column_padding)) }
        for enough: Int32 in [1, 2, 5, 16, 17, 40, 64] {
            var lists = nearest_lists()
            clear_nearest(&lists, enough)
            for leaf in e.own == e.others ? [e.own] : [e.others, e.own] {
                let (first, last) = (e.own.lowerBound, e.own.upperBound)
                let (start, end) = (leaf.lowerBound, leaf.upperBound)
                if e.isPlanar {
                    take_nearest_planar(c.x, c.y, padded, first, last, start, end, e.box(leaf), &lists)
                } else {
                    take_nearest_space(c.x, c.y, c.z, padded, first, last, start, end, e.box(leaf), &lists)
                }
            }
            let seen = Array(e.own) + (e.own == e.others ? [] : Array(e.others))
            withUnsafeBytes(of: &lists.bounds) { bounds in
                let bounds = bounds.assumingMemoryBound(to: Double.self)
                for (index, point) in e.own.enumerated() {
                    var total: Int32 = 0
                    let near = seen.map { (squared: e.squared(point, $0), count: counts?[$0] ?? 1) }
                    let reached = near.sorted { $0.squared < $1.squared }.first { other in
                        total += other.count
                        return total >= enough
                    }
                    #expect(bounds[index] == reached?.squared ?? .infinity, "point \(point), enough \(enough)")
                }
                for index in e.own.count..<Int(leaf_points) { #expect(bounds[index] == .infinity) }
            }
        }
    }

    /// The shortest edge to another component, below a bound; the first that is found where several are as short.
    @Test(arguments: examples) func foreign(e: Example) {
        var stream = RandomStream(seed: UInt64(e.seed), stream: 34)
        let c = e.columns
        let count = e.points.x.count
        let widest = e.squared(e.own.lowerBound, e.others.upperBound - 1) + 1e-12
        // Padding is near and of a component of its own.
        let padding = Int(column_padding)
        var cores = (0..<count).map { _ in stream.next() % 3 == 0 ? widest * stream.nextUnit() : 0 }
        cores += [Double](repeating: 0, count: padding)
        let isTogether = e.seed % 4 == 0
        var components = (0..<count).map { _ in Int32(stream.next() % 4) }
        if isTogether { for point in e.own { components[point] = 7 } }
        components += [Int32](repeating: 99, count: padding)
        // No edge is shorter than a core distance at its end.
        let floors = cores.map { stream.next() % 2 == 0 ? $0 : 0 }
        let limits = (0..<Int(leaf_points)).map { _ in
            [Double.infinity, widest, widest * stream.nextUnit()][Int(stream.next() % 3)]
        }

        var search = foreign_search()
        search.one_component = isTogether
        withUnsafeMutableBytes(of: &search.bounds) { $0.copyBytes(from: limits.withUnsafeBytes { Array($0) }) }
        withUnsafeMutableBytes(of: &search.found) { $0.assumingMemoryBound(to: Int32.self).update(repeating: -1) }
        cores.withUnsafeBufferPointer { cores in
            components.withUnsafeBufferPointer { components in
                floors.withUnsafeBufferPointer { floors in
                    (search.cores, search.components, search.floors) = (
                        cores.baseAddress, components.baseAddress, floors.baseAddress
                    )
                    let (first, last) = (e.own.lowerBound, e.own.upperBound)
                    let (start, end) = (e.others.lowerBound, e.others.upperBound)
                    if e.isPlanar {
                        find_foreign_planar(c.x, c.y, first, last, start, end, e.box(e.others), &search)
                    } else {
                        find_foreign_space(c.x, c.y, c.z, first, last, start, end, e.box(e.others), &search)
                    }
                }
            }
        }

        var (bounds, found) = (limits, [Int32](repeating: -1, count: Int(leaf_points)))
        for (index, point) in e.own.enumerated() {
            let at = isTogether ? 0 : index
            guard floors[point] < bounds[at] else { continue }
            for other in e.others where components[other] != components[point] {
                let length = max(e.squared(point, other), cores[point], cores[other])
                if length < bounds[at] { (bounds[at], found[index]) = (length, Int32(other)) }
            }
        }
        #expect(withUnsafeBytes(of: &search.bounds) { Array($0.assumingMemoryBound(to: Double.self)) } == bounds)
        #expect(withUnsafeBytes(of: &search.found) { Array($0.assumingMemoryBound(to: Int32.self)) } == found)
    }
}
