import ClusterDetection
import FirmClustersTestSupport
import FirmModel
import Foundation
import ParallelWork
import Testing

@testable import ReportWriting

@Suite struct GeoJSONTests {
    private static let schema = SharedFolder.projectFolder.appendingPathComponent("Docs/cluster-report.schema.json")

    private func tree(_ report: ClusterReport) throws -> JSONTree {
        try JSONTree(parsing: Data(ReportDocument.geoJSON(report).bytes()))
    }

    @Test func theBytesAreThese() throws {
        let golden = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Golden/three.geojson")
        let bytes = Data(try ReportDocument.geoJSON(SampleReport.three).bytes())
        #expect(try Data(contentsOf: golden) == bytes, "\(String(decoding: bytes, as: UTF8.self))")
    }

    @Test func everyRoleIsNamedOnce() throws {
        let source = RegisterSource(
            columns: [
                ("longitude", "lon"), ("keep", "town"), ("employment", "full"), ("keep", "year"), ("where", "town"),
                ("employment", "part"), ("where", "year"),
            ], rowsRead: 1, rowsAccepted: 1)
        let report = SampleReport.report([], source: source)
        let text = String(decoding: try ReportDocument.geoJSON(report).bytes(), as: UTF8.self)
        #expect(text.contains(#""columns":{"longitude":"lon","keep":"town|year","employment":"full|part"}"#), "\(text)")
    }

    @Test func theTestIsReportedWithItsGroups() throws {
        let text = String(decoding: try ReportDocument.geoJSON(SampleReport.tested).bytes(), as: UTF8.self)
        #expect(
            text.contains(
                #""test":{"simulations":9999,"null_model":"random-labelling","#
                    + #""statistic":"bernoulli log-likelihood "#
                    + #"ratio of firms","alpha":0.1,"adjustment":"benjamini-hochberg","groups_tested":2,"#
                    + #""groups_rejected":1,"significant_clusters":2,"simulations_needed":19,"#
                    + #""group_p_values":{"1520":1,"2733":0.0001},"group_q_values":{"1520":1,"2733":0.0002}}"#),
            "\(text)")
        #expect(
            text.contains(
                #""llr_employment":1234.57,"p_value":0.25,"p_value_gumbel":null,"q_value":0.0002,"significant":false"#))
        #expect(text.contains(#""p_value_gumbel":1.23457e-9,"q_value":0.0002,"significant":true"#), "\(text)")
    }

    @Test func everyReportFollowsTheSchema() throws {
        let schema = JSONSchema(try JSONTree(parsing: Data(contentsOf: Self.schema)))
        let reports = [
            SampleReport.three, SampleReport.report([]), SampleReport.report([], frame: .local),
            SampleReport.report([SampleReport.cluster(1, footprint: nil)], frame: .projected(crs: "EPSG:3035")),
            SampleReport.large(clusters: 20, vertices: 5), SampleReport.tested,
        ]
        for report in reports { #expect(schema.violations(of: try tree(report)) == []) }
    }

    /// That the validator sees what is wrong: the test above is worth nothing otherwise.
    @Test func theSchemaRefusesWhatIsWrong() throws {
        let schema = JSONSchema(try JSONTree(parsing: Data(contentsOf: Self.schema)))
        let text = String(decoding: try ReportDocument.geoJSON(SampleReport.three).bytes(), as: UTF8.self)
        let wrong = [
            ("\"kind\":\"industry\"", "\"kind\":\"other\""), ("\"firms\":489,", "\"firms\":489.5,"),
            ("\"firms\":489,", ""), ("\"firms\":489,", "\"firms\":\"489\","),
            ("\"type\":\"Polygon\"", "\"type\":\"Point\""),
            ("\"significant\":null", "\"significant\":0"), ("\"lq_low\":8.1", "\"lq_low\":-8.1"),
            ("\"test\":null", "\"test\":{}"),
            ("\"cluster_id\":\"2733-1\"", "\"cluster_id\":\"2733\""), ("\"seed\":", "\"sead\":"),
        ]
        for (right, changed) in wrong {
            let json = text.replacingOccurrences(of: right, with: changed)
            #expect(json != text)
            #expect(schema.violations(of: try JSONTree(parsing: Data(json.utf8))) != [], "\(changed)")
        }
    }

    @Test func theSchemaNamesEveryPropertyInOrder() throws {
        let text = try String(contentsOf: Self.schema, encoding: .utf8)
        var position = text.startIndex
        for property in ClusterProperty.all {
            let name = try #require(
                text.range(of: "\"\(property.name)\": {", range: position..<text.endIndex), "\(property.name)")
            position = name.upperBound
        }
    }

    @Test func bytesDoNotDependOnWorkers() throws {
        let report = SampleReport.large(clusters: 3000, vertices: 12)
        let document = ReportDocument.geoJSON(report)
        let one = try document.bytes(workers: Workers(count: 1))
        for count in [2, 4, 7] { #expect(try document.bytes(workers: Workers(count: count)) == one) }
    }

    @Test func numbersReadBack() throws {
        let report = SampleReport.large(clusters: 300, vertices: 12)
        let tree = try tree(report)
        for (cluster, feature) in zip(report.clusters, tree["features"]?.items ?? []) {
            let ring = feature["geometry"]?["coordinates"]?[0]?.items ?? []
            let shell = cluster.footprint?.polygons[0].shell ?? []
            #expect(ring.count == shell.count)
            for (position, point) in zip(ring, shell) {
                #expect(abs((position[0]?.number ?? .nan) - point.x) <= 0.5000001e-7)
                #expect(abs((position[1]?.number ?? .nan) - point.y) <= 0.5000001e-7)
            }
            let ratio = feature["properties"]?["log_likelihood_ratio"]?.number
            #expect(ratio == cluster.logLikelihoodRatio.flatMap { Double(String(format: "%.5e", $0)) })
            #expect(feature["id"] == feature["properties"]?["cluster_id"])
        }
        #expect(tree["features"]?.items.count == 300)
    }

    @Test func emptyReportsAreValid() throws {
        let tree = try tree(SampleReport.report([]))
        #expect(tree["features"] == .array([]))
        #expect(tree["bbox"] == nil)
    }

    @Test func coordinatesSayWhatTheyAre() throws {
        func system(_ frame: CoordinateFrame) throws -> [JSONTree?] {
            let provenance = try tree(SampleReport.report([], frame: frame))["firmclusters"]
            return [provenance?["coordinates"], provenance?["crs"]]
        }
        #expect(try system(.geographic) == [.text("WGS 84"), .null])
        #expect(try system(.projected(crs: "EPSG:3035")) == [.text("WGS 84"), .text("EPSG:3035")])
        #expect(try system(.local) == [.text("local"), .null])
    }

    @Test func crossingTheAntimeridianShowsInEveryBox() throws {
        let fiji = Footprint(polygons: [
            SampleReport.square(west: 179.5, south: -17, size: 0.5),
            SampleReport.square(west: -180, south: -17, size: 0.5),
        ])
        let tree = try tree(SampleReport.report([SampleReport.cluster(1, footprint: fiji)]))
        let box = JSONTree.array([.number(179.5), .number(-17), .number(-179.5), .number(-16.5)])
        #expect(tree["bbox"] == box)
        #expect(tree["features"]?[0]?["bbox"] == box)
    }

    @Test func sequencesHoldTheSameFeatures() throws {
        let bytes = try ReportDocument.geoJSONSequence(SampleReport.three).bytes(workers: Workers(count: 2))
        let lines = bytes.split(separator: UInt8(ascii: "\n"))
        let features = try tree(SampleReport.three)["features"]?.items
        #expect(try lines.map { try JSONTree(parsing: Data($0)) } == features)
        #expect(bytes.last == UInt8(ascii: "\n"))
    }
}
