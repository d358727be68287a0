import CDistanceKernels
import FirmModel
import SpatialIndex
import Testing

/// The C kernels against their plain twins, bit for bit, at every length around the widths of vector units.
@Suite struct KernelTests {
    struct Example {
        var p: (Double, Double, Double)
        var points: ReferenceKernels.Columns
        var weights: [Double]
        var limit: Double

        init(seed: Int, planar: Bool) {
            var stream = RandomStream(seed: UInt64(seed), stream: planar ? 21 : 22)
            let count = seed % 131
            // Coordinates of a projected country: rounding is then at its worst.
            let scale = planar ? 5e6 : 1.0
            let spread = planar ? 100.0 : 1e-5
            func value() -> Double { scale + stream.nextUnit() * spread }
            p = (value(), value(), planar ? 0 : value())
            points = (
                (0..<count).map { _ in value() }, (0..<count).map { _ in value() },
                (0..<count).map { _ in planar ? 0 : value() }
            )
            weights = (0..<count).map { _ in stream.nextUnit() * 10 }
            // Half of the time a limit that some point meets exactly.
            limit = spread * spread * stream.nextUnit()
            if seed % 2 == 0, count > 0 { limit = ReferenceKernels.squaredDistance(p, points, count / 2) }
        }
    }

    @Test(arguments: 0..<400) func planar(seed: Int) {
        let e = Example(seed: seed, planar: true)
        let n = e.points.x.count
        let within = ReferenceKernels.within(e.p, e.points, limit: e.limit)
        let (x, y) = (e.points.x, e.points.y)
        #expect(count_within_planar(e.p.0, e.p.1, x, y, n, e.limit, Int.max) == within.count)
        #expect(any_within_planar(e.p.0, e.p.1, x, y, n, e.limit) == !within.isEmpty)
        #expect(
            weight_within_planar(e.p.0, e.p.1, x, y, e.weights, n, e.limit, .infinity).bitPattern
                == ReferenceKernels.weight(e.p, e.points, weights: e.weights, limit: e.limit).bitPattern)
        var found = [UInt32](repeating: 0, count: n + 1)
        let count = collect_within_planar(e.p.0, e.p.1, x, y, n, e.limit, &found)
        #expect(found.prefix(count).map { Int($0) } == within)
        for enough in [1, 3, within.count] where enough > 0 && enough <= within.count {
            #expect(count_within_planar(e.p.0, e.p.1, x, y, n, e.limit, enough) >= enough)
        }
    }

    @Test(arguments: 0..<400) func space(seed: Int) {
        let e = Example(seed: seed, planar: false)
        let n = e.points.x.count
        let within = ReferenceKernels.within(e.p, e.points, limit: e.limit)
        let (x, y, z) = e.points
        #expect(count_within_space(e.p.0, e.p.1, e.p.2, x, y, z, n, e.limit, Int.max) == within.count)
        #expect(any_within_space(e.p.0, e.p.1, e.p.2, x, y, z, n, e.limit) == !within.isEmpty)
        #expect(
            weight_within_space(e.p.0, e.p.1, e.p.2, x, y, z, e.weights, n, e.limit, .infinity).bitPattern
                == ReferenceKernels.weight(e.p, e.points, weights: e.weights, limit: e.limit).bitPattern)
        var found = [UInt32](repeating: 0, count: n + 1)
        let count = collect_within_space(e.p.0, e.p.1, e.p.2, x, y, z, n, e.limit, &found)
        #expect(found.prefix(count).map { Int($0) } == within)
    }
}
