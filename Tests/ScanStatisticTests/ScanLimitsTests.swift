import FirmModel
import ParallelWork
import ScanStatistic
import SpatialIndex
import Testing

/// What there is to find in registers that hold next to nothing, and how a scan ends early.
@Suite struct ScanLimitsTests {
    private func zones(_ places: [Coordinate], _ industries: [Int], minimumCases: Int = 1) throws -> [[ScanZone]] {
        let register = try ScanRegister(frame: .local, places, industries: industries)
        let scan = CircularScan(
            sites: register.sites, centers: ScanCenters(of: register.sites), minimumCases: minimumCases)
        let cases = ScanCases(register.labelling, on: register.sites, industryCount: register.industryCount)
        let maxima = try scan.maxima(of: [register.labelling], industryCount: register.industryCount)[0]
        let zones = try scan.zones(of: cases)
        #expect(zones.map { $0.first?.logLikelihoodRatio ?? 0 } == maxima)
        return zones
    }

    @Test func nothingToFind() throws {
        #expect(try zones([], []).allSatisfy(\.isEmpty))
        #expect(try zones([Coordinate(x: 0, y: 0)], [0]).allSatisfy(\.isEmpty))
        // A site with more than half of all firms is in no zone.
        let tower = [Coordinate](repeating: Coordinate(x: 0, y: 0), count: 5)
        #expect(try zones(tower, [0, 0, 1, 1, 1]).allSatisfy(\.isEmpty))
        // One industry: as many inside as outside.
        #expect(try zones((0..<8).map { Coordinate(x: Double($0), y: 0) }, [Int](repeating: 0, count: 8))[0].isEmpty)
        #expect(
            try CircularScan(sites: register().sites, centers: ScanCenters(sites: [])).maxima(of: [], industryCount: 1)
                .isEmpty)
    }

    @Test func oneSite() throws {
        let places = [0.0, 0, 1, 2, 3].map { Coordinate(x: $0, y: 0) }
        let zone = try #require(try zones(places, [1, 1, 0, 0, 0])[1].first)
        #expect(zone.sites == [0] && zone.center == 0 && zone.radius == 0)
        #expect(zone.cases == 2 && zone.population == 2 && zone.totalCases == 2 && zone.totalPopulation == 5)
        #expect(zone.expectedCases == 0.8 && zone.relativeRisk == nil)
        // By hand: 5 log 5 − 2 log 2 − 3 log 3.
        #expect(abs(zone.logLikelihoodRatio - 3.365058335046282) < 1e-12)
        #expect(try zones(places, [1, 1, 0, 0, 0], minimumCases: 3)[1].isEmpty)
    }

    /// Four equally good corners of a square: the one with the smallest x, then y.
    @Test func tiesGoToTheSmallestCoordinate() throws {
        let corners = [(10.0, 10.0), (10, 0), (0, 10), (0, 0)].map { Coordinate(x: $0.0, y: $0.1) }
        let places = corners.flatMap { [$0, $0] } + (0..<8).map { Coordinate(x: 5, y: Double($0) / 8 + 4.5) }
        let industries = [Int](repeating: 1, count: 8) + [Int](repeating: 0, count: 8)
        let found = try zones(places, industries)[1]
        #expect(found.map(\.center).first == 0)
        #expect(found.prefix(4).allSatisfy { $0.radius == 0 && $0.cases == 2 })
        #expect(found.count == 4)
    }

    private func register() throws -> ScanRegister {
        try .random(seed: 3, firms: 60, industries: 3, frame: .local)
    }

    @Test func cancelling() throws {
        let register = try register()
        let cancellation = Cancellation()
        cancellation.cancel()
        let workers = Workers(count: 2, cancellation: cancellation)
        let scan = CircularScan(sites: register.sites, centers: ScanCenters(of: register.sites))
        let cases = ScanCases(register.labelling, on: register.sites, industryCount: register.industryCount)
        #expect(throws: WorkCancelled.self) { try scan.zones(of: cases, workers: workers) }
        #expect(throws: WorkCancelled.self) {
            try scan.maxima(of: [register.labelling], industryCount: register.industryCount, workers: workers)
        }
    }

    @Test func progressCountsCenters() throws {
        let register = try register()
        let scan = CircularScan(sites: register.sites, centers: ScanCenters(of: register.sites))
        let heard = Guarded(0)
        _ = try scan.maxima(of: [register.labelling], industryCount: register.industryCount) { more in
            heard.withLock { $0 += more }
        }
        #expect(heard.withLock { $0 } == scan.centers.sites.count)
    }
}
