import FirmModel
import ParallelWork
import SpatialIndex
import Testing

/// Footprints against all pairs of sites and centers.
@Suite struct DiscCoverageTests {
    /// The sites that a sweep finds, with what it promises of runs checked.
    private func covered(
        _ centers: [Int32], radius: Meters, among sites: Sites, rowHeight: Meters? = nil, rowsAtOnce: Int = .max
    ) throws -> [Int] {
        var siteAt = [Int](repeating: -1, count: sites.count)
        let rows = try CoverageRows(
            sites, rowHeight: rowHeight ?? DiscCoverage.rowHeight(for: radius),
            workers: Workers(count: 1 + sites.count % 3)
        ) { positions in
            for (site, position) in positions.values.enumerated() { siteAt[Int(position)] = site }
        }
        let coverage = DiscCoverage(of: rows, in: sites, radius: radius)
        let discs = DiscCenters()
        // Loaded twice, as if used before.
        discs.load([0], of: sites)
        discs.load(centers, of: sites)
        var sweep = DiscSweep()
        var found: [Int] = []
        var last = -1
        let range = coverage.rows(near: discs)
        var row = range.lowerBound
        while row < range.upperBound {
            let part = row..<min(row + min(rowsAtOnce, range.count), range.upperBound)
            sweep.coveredRuns(part, of: coverage, around: discs) { runs in
                for (number, run) in runs.enumerated() {
                    #expect(run.count > 0 && (number == 0 ? run.start >= last : run.start > last))
                    last = Int(run.end)
                    found += run.range.map { siteAt[$0] }
                }
            }
            row = part.upperBound
        }
        return found.sorted()
    }

    private func expected(_ centers: [Int32], radius: Meters, among random: RandomSites) -> [Int] {
        let limit = random.sites.metric.limit(for: radius)
        return (0..<random.sites.count).filter { site in
            centers.contains { random.squaredDistance(site, Int($0)) <= limit }
        }
    }

    @Test(arguments: 0..<600) func coversExactlyTheSitesWithinTheRadius(seed: Int) throws {
        let random = try RandomSites(seed: seed)
        var stream = RandomStream(seed: UInt64(seed), stream: 12)
        let share = [0.02, 0.2, 0.7][seed % 3]
        let centers = (0..<Int32(random.sites.count)).filter { _ in stream.nextUnit() < share }
        let radius = Meters(random.radius)
        #expect(
            try covered(centers, radius: radius, among: random.sites)
                == expected(centers, radius: radius, among: random))
        // By parts of the rows, as workers share them.
        #expect(
            try covered(centers, radius: radius, among: random.sites, rowsAtOnce: 1 + seed % 5)
                == expected(centers, radius: radius, among: random))
    }

    /// Sites all over the globe and radii from a hair to the other side of it: poles, the antimeridian, discs that hold a pole.
    @Test(arguments: 0..<120) func coversExactlyAroundTheGlobe(seed: Int) throws {
        var stream = RandomStream(seed: UInt64(seed), stream: 42)
        let corner = [0, 60, 85, 89.9][seed % 4]
        let points = (0..<150).map { _ in
            let (u, v) = (stream.nextUnit(), stream.nextUnit())
            let latitude = (corner + v * (90 - corner)) * (stream.nextUnit() < 0.3 ? -1 : 1)
            return Coordinate(longitude: u * 360 - 180, latitude: stream.nextUnit() < 0.02 ? 90 : latitude)
        }
        let random = try RandomSites(points, frame: .geographic)
        let count = Int32(random.sites.count)
        let centers = seed % 5 == 0 ? [Int32(seed) % count] : (0..<count).filter { _ in stream.nextUnit() < 0.1 }
        for meters in [1.0, 1e3, 1e4, 1e5, 5e5, 2e6, 5e6, 1e7, 1.6e7, Sphere.halfCircumference] {
            let radius = Meters(meters)
            #expect(
                try covered(centers, radius: radius, among: random.sites)
                    == expected(centers, radius: radius, among: random), "radius \(radius)")
        }
    }

    /// Sites whose distance from a center is the radius to the last bit, and a hair more or less.
    @Test(arguments: 0..<60) func theRimBelongsToTheDisc(seed: Int) throws {
        let random = try RandomSites(seed: seed)
        let sites = random.sites
        var stream = RandomStream(seed: UInt64(seed), stream: 43)
        for _ in 0..<20 {
            let (center, site) = (
                Int(stream.next() % UInt64(sites.count)), Int(stream.next() % UInt64(sites.count))
            )
            let distance = sites.metric.distance(forSquared: random.squaredDistance(center, site))
            guard distance > 0 else { continue }
            for factor in [1 - 1e-9, 1 - 1e-15, 1, 1 + 1e-15, 1 + 1e-9] {
                let radius = factor * distance
                #expect(
                    try covered([Int32(center)], radius: radius, among: sites)
                        == expected([Int32(center)], radius: radius, among: random))
            }
        }
    }

    /// Any height of rows gives the same: rows are a way of looking, not part of the result.
    @Test(arguments: 0..<60) func rowHeightDoesNotMatter(seed: Int) throws {
        let random = try RandomSites(seed: seed)
        let centers = (0..<Int32(random.sites.count)).filter { $0 % 7 == 0 }
        let radius = Meters(random.radius)
        for factor in [0.01, 0.3, 1, 3, 100] {
            #expect(
                try covered(centers, radius: radius, among: random.sites, rowHeight: factor * radius)
                    == expected(centers, radius: radius, among: random))
        }
    }

    @Test func noCentersCoverNothing() throws {
        let random = try RandomSites(seed: 1)
        #expect(try covered([], radius: 100, among: random.sites).isEmpty)
    }

    @Test func oneSite() throws {
        let random = try RandomSites([Coordinate(x: 5, y: 7)], frame: .local)
        #expect(try covered([0], radius: 1e-9, among: random.sites) == [0])
        #expect(try covered([0], radius: 1e8, among: random.sites) == [0])
    }

    @Test func oneArrangementServesAnOctave() {
        #expect(DiscCoverage.rowHeight(for: 500) == DiscCoverage.rowHeight(for: 300))
        #expect(DiscCoverage.rowHeight(for: 500) != DiscCoverage.rowHeight(for: 520))
        #expect(DiscCoverage.rowHeight(for: 500) == 128)
    }
}
