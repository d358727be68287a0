import CDistanceKernels
import SpatialIndex
import Testing

@Suite struct ReachabilityKernelTests {
    /// Against the definition, with points that are done (−∞), not yet reached (∞), and reached from exactly as far.
    @Test(arguments: KernelTests.examples) func collectNearer(e: KernelTests.Example) {
        let c = e.columns
        let core = e.limit / 3
        let squared = e.points.x.indices.map { ReferenceKernels.squaredDistance(e.p, e.points, $0) }
        let reached = squared.indices.map { i -> Double in
            switch (i + e.seed) % 5 {
            case 0: .infinity
            case 1: -.infinity
            case 2: core
            case 3: squared[i]
            default: e.limit * e.weights[i] / 10
            }
        }
        let padded = e.padded(reached, by: .infinity)
        var found = [Int32](repeating: -1, count: e.points.x.count + 8)
        let count =
            e.isPlanar
            ? collect_nearer_planar(e.p.0, e.p.1, c.x, c.y, padded, e.runs, e.runs.count, e.limit, core, &found)
            : collect_nearer_space(
                e.p.0, e.p.1, e.p.2, c.x, c.y, c.z, padded, e.runs, e.runs.count, e.limit, core, &found)
        #expect(
            Array(found.prefix(count)) == e.withinRuns.filter { max(squared[Int($0)], core) < reached[Int($0)] })
    }
}
