import FirmModel
import ParallelWork
import SpatialIndex
import Testing

/// Whether two large groups of sites come within reach of each other, against all pairs.
@Suite struct PairReachTests {
    @Test(arguments: 0..<80) func agreesWithAllPairs(seed: Int) throws {
        var stream = RandomStream(seed: UInt64(seed), stream: 41)
        let onSphere = seed % 2 == 1
        // Two towns 1,000 m wide, from overlapping to far apart, one drawn out to the north.
        let gap = stream.nextUnit() * 3000
        let points = (0..<400).map { i -> Coordinate in
            let (u, v) = (
                stream.nextUnit() * 1000 + (i < 200 ? 0 : 1000 + gap), stream.nextUnit() * (i < 200 ? 5000 : 900)
            )
            return onSphere ? Coordinate(longitude: 10 + u / 111_000, latitude: v / 111_000) : Coordinate(x: u, y: v)
        }
        let register = try FirmRegister(
            frame: onSphere ? .geographic : .local, x: points.map(\.x), y: points.map(\.y),
            industry: CategoryColumn(points.map { _ in "1" }))
        let sites = try Sites(register)
        let rows = try SiteRows(sites, rowHeight: 100_000, workers: Workers(count: 1))
        let radius = gap * (0.5 + stream.nextUnit())
        let limit = sites.metric.limit(for: Meters(radius))
        let (west, east) = (0..<200, 200..<400)
        func squared(_ i: Int, _ j: Int) -> Double {
            let (a, b) = (Int(rows.order[i]), Int(rows.order[j]))
            if !onSphere {
                let (dx, dy) = (sites.x[b] - sites.x[a], sites.y[b] - sites.y[a])
                return dx * dx + dy * dy
            }
            let d = sites.vector(b) - sites.vector(a)
            return (d.x * d.x + d.y * d.y) + d.z * d.z
        }
        let expected = west.contains { i in east.contains { squared(i, $0) <= limit } }
        #expect(rows.areWithinReach(west, east, limit: limit) == expected)
        #expect(rows.areWithinReach(east, west, limit: limit) == expected)
    }
}
