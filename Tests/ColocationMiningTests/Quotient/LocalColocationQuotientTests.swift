import ColocationMining
import FirmClustersTestSupport
import FirmModel
import ParallelWork
import SpatialIndex
import Testing

@Suite struct LocalColocationQuotientTests {
    @Test(arguments: [0, 1, 2]) func goldenQuotients(target: Int) throws {
        let golden = try JSONTree(parsing: ColocationQuotientTests.golden("clq_expected.json"))
        let expected = try #require(golden["local_clq_gaussian_adaptive10"]?[["A", "B", "C"][target]]).items
        let firms = try LabelledFirms.golden()
        let sites = try firms.sites()
        let local = try LocalColocationQuotient(
            toward: target, firms.labels(on: sites), nearest: NearestFirms(sites, count: 10))
        #expect(local.firms.count == 72)
        for (firm, quotient) in zip(local.firms, local.quotients) {
            let value = try #require(expected[Int(sites.firmRows[Int(firm)])].number)
            #expect(abs(try #require(quotient) - value) < 1e-9)
        }
    }

    @Test func equalsTheDefinition() throws {
        let seed = UInt64.random(in: 0..<1_000_000)
        var stream = RandomStream(seed: seed)
        for trial in 0..<40 {
            var firms = LabelledFirms.lattice(
                2 + stream.next(below: 70), side: [2, 4, 9, 40][trial % 4], industryCount: 1 + stream.next(below: 4),
                &stream)
            if trial % 3 == 0 {
                firms.frame = .geographic
                firms.x = firms.x.map { $0 / 30 }
                firms.y = firms.y.map { $0 / 60 }
            }
            let sites = try firms.sites()
            let (brute, metric) = (firms.bruteForce, sites.metric)
            for count in [1, 3, 10] {
                let nearest = try NearestFirms(sites, count: count)
                let local = try LocalColocationQuotient(
                    of: trial % 2 == 0 ? nil : 0, toward: 0, firms.labels(on: sites), nearest: nearest)
                let asked = firms.industries.count { trial % 2 == 0 || $0 == 0 }
                #expect(local.firms.count == asked)
                for (firm, quotient) in zip(local.firms, local.quotients) {
                    let expected = brute.localQuotient(
                        of: Int(sites.firmRows[Int(firm)]), toward: 0, count: count
                    ) { metric.distance(forSquared: $0).value }
                    #expect((quotient == nil) == (expected == nil), "seed \(seed) trial \(trial)")
                    #expect(abs((quotient ?? 0) - (expected ?? 0)) < 1e-9, "seed \(seed) trial \(trial) k \(count)")
                }
            }
        }
    }

    @Test func threadsMakeNoDifference() throws {
        var stream = RandomStream(seed: 3)
        let firms = LabelledFirms.lattice(5000, side: 60, industryCount: 3, &stream)
        let sites = try firms.sites()
        let results = try [1, 3].map { count in
            let workers = Workers(count: count)
            return try LocalColocationQuotient(
                of: 1, toward: 0, firms.labels(on: sites),
                nearest: NearestFirms(sites, count: 8, workers: workers), workers: workers)
        }
        #expect(results[0] == results[1])
    }

    @Test func aSingleFirmHasNone() throws {
        let firms = LabelledFirms(x: [1], y: [2], industries: [0], industryCount: 1)
        let sites = try firms.sites()
        let local = try LocalColocationQuotient(
            toward: 0, firms.labels(on: sites), nearest: NearestFirms(sites, count: 3))
        #expect(local.quotients == [nil])
    }
}
