import FirmClusters
import FirmClustersTestSupport
import Foundation
import Testing

/// Against footprints by scikit-learn and scipy on 72 firms (`cluster_significance_expected.json`).
@Suite struct FootprintGoldenTests {
    struct Expected: Decodable {
        struct Cluster: Decodable {
            var members: [Int]
            var footprint: [Int]
            var cases: Int
            var population: Int
            var llr: Double
            var lq: Double
        }
        var eps: Double
        var minPoints: Double
        var industries: [String: [Cluster]]
    }

    @Test(arguments: [1, 3]) func footprintsAndScores(threads: Int) throws {
        let table = try GoldenTable("distance_points.csv")
        let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Golden/cluster_significance_expected.json")
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        let expected = try decoder.decode(Expected.self, from: Data(contentsOf: url))
        let register = try FirmRegister(
            frame: .local, x: table.doubles("x"), y: table.doubles("y"),
            industry: CategoryColumn(table.column("industry") { $0 }))
        var request = DetectionRequest()
        request.neighborhood = .fixed(Meters(expected.eps))
        request.minimumPoints = expected.minPoints
        request.reportsMembers = true
        let report = try ClusterDetector(request, workers: Workers(count: threads)).report(on: register)
        #expect(report.clusters.count == expected.industries.values.reduce(0) { $0 + $1.count })
        for (code, clusters) in expected.industries {
            for cluster in clusters {
                let index = try #require(
                    report.members.first { Int($0.row) == cluster.members[0] }?.cluster, "cluster of \(code)")
                let members = report.members.filter { $0.cluster == index }.map { Int($0.row) }
                #expect(members == cluster.members)
                let found = report.clusters[Int(index)]
                #expect(found.industries == [code])
                #expect(found.footprintFirms == cluster.population)
                #expect(found.footprintGroupFirms == cluster.cases)
                #expect(abs(try #require(found.locationQuotient) - cluster.lq) < 1e-12)
                #expect(abs(try #require(found.logLikelihoodRatio) - cluster.llr) < 1e-9)
                #expect(found.footprintRadius == Meters(expected.eps / 2))
            }
        }
    }
}
