import FirmModel
import ParallelWork
import SpatialIndex
import Testing

@Suite struct DiscCoverageTests {
    @Test(arguments: 0..<600) func coversExactlyTheSitesWithinTheRadius(seed: Int) throws {
        let random = try RandomSites(seed: seed)
        let sites = random.sites
        var stream = RandomStream(seed: UInt64(seed), stream: 12)
        let share = [0.02, 0.2, 0.7][seed % 3]
        let centers = (0..<Int32(sites.count)).filter { _ in stream.nextUnit() < share }
        let radius = Meters(random.radius)
        let rows = try SiteRows(sites, rowHeight: DiscCoverage.rowHeight(for: radius), workers: Workers(count: 1))
        var covered: [Int] = []
        var last = 0
        try DiscCoverage(of: rows, in: sites, radius: radius).forEachCoveredRun(centers: centers) { run in
            #expect(run.lowerBound >= last && !run.isEmpty)
            last = run.upperBound
            covered += run.map { Int(rows.order[$0]) }
        }
        let limit = sites.metric.limit(for: radius)
        let expected = (0..<sites.count).filter { site in
            centers.contains { random.squaredDistance(site, Int($0)) <= limit }
        }
        #expect(covered.sorted() == expected)
    }

    @Test func oneArrangementServesAnOctave() {
        #expect(DiscCoverage.rowHeight(for: 500) == DiscCoverage.rowHeight(for: 300))
        #expect(DiscCoverage.rowHeight(for: 500) != DiscCoverage.rowHeight(for: 520))
        #expect(DiscCoverage.rowHeight(for: 500) == 64)
    }
}
