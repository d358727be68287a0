import FirmModel
import ParallelWork
import ScanStatistic
import SpatialIndex
import Testing

/// Against every circle around every center, and against itself in other ways of asking.
@Suite struct ScanPropertyTests {
    struct Setting: CustomStringConvertible, Sendable {
        var seed: UInt64
        var frame: CoordinateFrame
        var model: ScanModel
        var withAmounts = false
        var description: String { "seed \(seed), \(frame), \(model)\(withAmounts ? ", amounts" : "")" }

        func register() throws -> ScanRegister {
            try .random(
                seed: seed, firms: 30 + Int(seed % 7) * 9, industries: 5, frame: frame, withAmounts: withAmounts)
        }

        func scan(_ register: ScanRegister, minimumCases: Int = 2) -> CircularScan {
            CircularScan(
                sites: register.sites, centers: ScanCenters(of: register.sites), model: model,
                largestShare: seed % 4 == 0 ? 0.3 : 0.5, minimumCases: minimumCases)
        }

        func bruteForce(_ register: ScanRegister, _ labelling: ScanLabelling, minimumCases: Int = 2) -> BruteForceScan {
            BruteForceScan(
                register.sites, centers: (0..<Int32(register.sites.count)).map { $0 },
                population: register.population(of: labelling), model: model, largestShare: seed % 4 == 0 ? 0.3 : 0.5,
                minimumCases: minimumCases)
        }
    }

    static let settings = (1...4).flatMap { seed in
        [CoordinateFrame.local, .geographic].flatMap { frame in
            ScanModel.allCases.map { Setting(seed: seed, frame: frame, model: $0) }
                + [Setting(seed: seed, frame: frame, model: .poisson, withAmounts: true)]
        }
    }

    @Test(arguments: settings) func zonesAreTheBestAroundCentersThatShareNoSite(setting: Setting) throws {
        let register = try setting.register()
        let minimumCases = Int(setting.seed % 3) + 1
        let brute = setting.bruteForce(register, register.labelling, minimumCases: minimumCases)
        let found = try setting.scan(register, minimumCases: minimumCases).zones(
            of: ScanCases(register.labelling, on: register.sites, industryCount: register.industryCount),
            maximumZones: 4)
        for industry in 0..<register.industryCount {
            let best = brute.best(cases: register.cases(of: industry, register.labelling), count: 4)
            try #require(found[industry].count == best.count, "industry \(industry)")
            for (zone, expected) in zip(found[industry], best) {
                #expect(zone.sites == expected.zone.sites)
                #expect(zone.center == Int32(expected.zone.center))
                #expect(zone.cases == expected.cases && zone.population == expected.zone.population)
                #expect(zone.logLikelihoodRatio == expected.ratio)
                #expect(
                    zone.radius == register.sites.metric.distance(forSquared: expected.zone.squaredRadius))
            }
        }
    }

    /// A candidate or a few at a time, the centers passed again and again: the same zones.
    @Test(arguments: settings) func roomForCandidatesMakesNoDifference(setting: Setting) throws {
        let register = try setting.register()
        let scan = setting.scan(register)
        let cases = ScanCases(register.labelling, on: register.sites, industryCount: register.industryCount)
        let zones = try scan.zones(of: cases)
        try #require(zones.contains { $0.count > 2 })
        for kept in [1, 4 * register.industryCount] {
            for threads in [1, 2] {
                let again = try scan.zones(of: cases, candidatesKept: kept, workers: Workers(count: threads))
                #expect(again == zones)
            }
        }
    }

    /// More labellings than go side by side, with industries so few that all of them are looked at closely.
    @Test(arguments: settings) func maximaAreThoseOfEachLabellingAlone(setting: Setting) throws {
        let register = try setting.register()
        var stream = RandomStream(seed: setting.seed, stream: 1)
        let labellings = [register.labelling] + (0..<70).map { _ in register.shuffled(&stream) }
        let scan = setting.scan(register)
        let maxima = try scan.maxima(of: labellings, industryCount: register.industryCount)
        for (labelling, maxima) in zip(labellings, maxima).reversed().prefix(8) {
            let zones = try scan.zones(
                of: ScanCases(labelling, on: register.sites, industryCount: register.industryCount), maximumZones: 1)
            #expect(maxima == zones.map { $0.first?.logLikelihoodRatio ?? 0 })
        }
        let last = try #require(labellings.last)
        let brute = setting.bruteForce(register, last)
        #expect(
            maxima[70]
                == (0..<register.industryCount).map {
                    brute.best(cases: register.cases(of: $0, last), count: 1).first?.ratio ?? 0
                })
    }

    /// Counts of 16 and of 32 bits, and enough firms for blocks of several sites.
    @Test(arguments: [CoordinateFrame.local, .geographic]) func threadsAndRowsMakeNoDifference(frame: CoordinateFrame)
        throws
    {
        let places = try ScanRegister.random(seed: 4, firms: 900, industries: 30, frame: frame)
        let centers = ScanCenters(of: places.sites, limit: 60)
        #expect(centers.sites.count <= 60 && centers.sites.count > 20)
        let scan = CircularScan(sites: places.sites, centers: centers, model: .bernoulli)
        var stream = RandomStream(seed: 9)
        let labellings = [places.labelling] + (0..<9).map { _ in places.shuffled(&stream) }
        let cases = ScanCases(places.labelling, on: places.sites, industryCount: places.industryCount)
        let (maxima, zones) = (
            try scan.maxima(of: labellings, industryCount: places.industryCount, workers: Workers(count: 1)),
            try scan.zones(of: cases, maximumZones: 3, workers: Workers(count: 1))
        )
        #expect(maxima[0] == zones.map { $0.first?.logLikelihoodRatio ?? 0 })
        for count in [2, 4] {
            let workers = Workers(count: count)
            #expect(
                try scan.maxima(of: labellings, industryCount: places.industryCount, workers: workers) == maxima)
            #expect(try scan.zones(of: cases, maximumZones: 3, workers: workers) == zones)
        }

        let rows = Array(places.labelling.industries.indices).shuffled(using: &stream)
        let siteOfFirm = try places.sites.sitesOfFirms(workers: Workers(count: 1))
        let again = try ScanRegister(
            frame: frame, rows.map { places.sites.coordinate(Int(siteOfFirm[$0])) },
            industries: rows.map { Int(places.labelling.industries[$0]) })
        #expect(ScanCenters(of: again.sites, limit: 60) == centers)
        let scanAgain = CircularScan(sites: again.sites, centers: centers, model: .bernoulli)
        #expect(
            try scanAgain.zones(
                of: ScanCases(again.labelling, on: again.sites, industryCount: places.industryCount), maximumZones: 3)
                == zones)
    }

    @Test func industriesOfNoInterestChangeNothing() throws {
        let register = try ScanRegister.random(seed: 5, firms: 200, industries: 8, frame: .local)
        let scan = CircularScan(sites: register.sites, centers: ScanCenters(of: register.sites))
        let all = try scan.maxima(of: [register.labelling], industryCount: register.industryCount)[0]
        let some = try scan.maxima(
            of: [register.labelling], industryCount: register.industryCount, industries: [0, 2])[0]
        #expect(some == all.enumerated().map { [0, 2].contains($0) ? $1 : 0 })
        let cases = ScanCases(register.labelling, on: register.sites, industryCount: register.industryCount)
        let zones = try scan.zones(of: cases, industries: [0, 2])
        #expect(zones.map { $0.first?.logLikelihoodRatio ?? 0 } == some)
        // What falls short of its floor is left out, with all that is weaker.
        let floors = zones.map { $0.dropFirst().first?.logLikelihoodRatio ?? .infinity }
        let least = try scan.zones(of: cases, industries: [0, 2], floors: floors)
        #expect(
            least == zip(zones, floors).map { zones, floor in zones.filter { $0.logLikelihoodRatio >= floor } })
    }
}
