import FirmClustersTestSupport
import Foundation
import Testing

/// The GeoJSON that users build on, as the command writes it for the committed sample.
@Suite struct OutputContractTests {
    /// Every property of a cluster, in the order in which they are written.
    private static let properties = [
        "cluster_id", "cluster_number", "kind", "industries", "industry_titles", "name", "place", "firms", "core_firms",
        "border_firms", "sites", "largest_site_share", "employment", "footprint_firms", "footprint_group_firms",
        "footprint_employment", "footprint_radius_m", "location_quotient", "lq_low", "lq_high", "lq_employment",
        "employment_coverage", "expected_firms", "relative_risk", "log_likelihood_ratio", "llr_employment",
        "p_value", "p_value_gumbel", "q_value", "significant", "share_of_industry", "area_km2", "firms_per_km2",
        "largest_firm_share", "industry_diversity", "centroid_lon", "centroid_lat", "persistence", "parent_id", "level",
        "participation_index",
    ]

    @Test func sampleFollowsTheSchemaAndTheDefinitions() async throws {
        let workspace = try CommandWorkspace()
        let run = try await workspace.run(
            "detect", Sample.path("wenzhou_firms.csv"), "--industries", "18*,27*,32*", "--classification", "isic4",
            "-o",
            "clusters.geojson")
        #expect(run.status == 0)
        let collection = try workspace.json("clusters.geojson")
        let schemaFile = SharedFolder.projectFolder.appendingPathComponent("Docs/cluster-report.schema.json")
        let schema = JSONSchema(try JSONTree(parsing: Data(contentsOf: schemaFile)))
        #expect(schema.violations(of: collection) == [])

        let features = collection["features"]?.items ?? []
        #expect(features.count >= 20)
        for feature in features {
            let properties = try #require(feature["properties"])
            #expect(Set(properties.members.keys) == Set(Self.properties))
            try checkDefinitions(properties)
        }
        try checkOrder(features)
        try checkProvenance(try #require(collection["firmclusters"]))
    }

    /// The relations between the numbers of one cluster, to the digits written.
    private func checkDefinitions(_ properties: JSONTree) throws {
        func value(_ name: String) throws -> Double { try #require(properties[name]?.number, "\(name)") }
        func expect(_ name: String, _ expected: Double) throws {
            #expect(abs(try value(name) / expected - 1) < 2e-5, "\(name) is not \(expected)")
        }
        let n = 20_000.0
        let (nZ, nkZ) = (try value("footprint_firms"), try value("footprint_group_firms"))
        let nk = nkZ / (try value("share_of_industry"))
        try expect("expected_firms", nZ * nk / n)
        try expect("location_quotient", nkZ / nZ / (nk / n))
        #expect(try value("lq_low") <= value("location_quotient"))
        #expect(try value("lq_high") >= value("location_quotient"))
        let e = nZ * nk / n
        if nk > nkZ { try expect("relative_risk", (nkZ / e) / ((nk - nkZ) / (nk - e))) }
        #expect(try value("firms") == value("core_firms") + value("border_firms"))
        #expect(try value("firms") <= nkZ)
        #expect(try value("sites") <= value("firms"))
        if properties["area_km2"] != .null { try expect("firms_per_km2", try value("firms") / value("area_km2")) }
        let untested = ["p_value", "p_value_gumbel", "q_value", "significant"]
        for name in untested + ["persistence", "parent_id", "level", "participation_index"] {
            #expect(properties[name] == .null)
        }
    }

    /// Group code, then rank: members descending.
    private func checkOrder(_ features: [JSONTree]) throws {
        let keys = try features.map { feature in
            let properties = try #require(feature["properties"])
            return (
                id: try #require(feature["id"]?.text), code: try #require(properties["industries"]?.text),
                firms: try #require(properties["firms"]?.number),
                number: try #require(properties["cluster_number"]?.number)
            )
        }
        var rank = 0
        for (index, key) in keys.enumerated() {
            #expect(key.number == Double(index + 1))
            let isSameGroup = index > 0 && keys[index - 1].code == key.code
            rank = isSameGroup ? rank + 1 : 1
            #expect(key.id == "\(key.code)-\(rank)")
            if isSameGroup { #expect(keys[index - 1].firms >= key.firms) }
            if index > 0, !isSameGroup { #expect(keys[index - 1].code < key.code) }
        }
    }

    private func checkProvenance(_ provenance: JSONTree) throws {
        #expect(provenance["inputs"]?[0]?["name"]?.text == "wenzhou_firms.csv")
        // Of the committed file, by sha256sum.
        #expect(
            provenance["inputs"]?[0]?["sha256"]?.text
                == "ee87034b319cba832df76aee6ec095f704b43b64e7faef4452a94fc090cc1a83")
        #expect(provenance["rows"]?["read"]?.number == 20_000)
        #expect(provenance["rows"]?["accepted"]?.number == 20_000)
        #expect(provenance["seed"]?.number == 1)
        #expect(provenance["libraries"]?["geos"]?.text != nil)
        #expect(provenance["libraries"]?["proj"]?.text != nil)
        let parameters = provenance["parameters"]
        #expect(parameters?["method"]?.text == "dbscan")
        #expect(parameters?["min_points"]?.number == 5)
        // The radius was chosen, and is written, for each group.
        let radii = provenance["neighborhood_radius_m"]?.members ?? [:]
        #expect(radii.count == provenance["groups"]?["asked_for"]?.number.map { Int($0) })
        #expect(radii.values.allSatisfy { ($0.number ?? 0) > 0 })
    }

    @Test func propertiesAreWrittenInOrder() async throws {
        let run = try await CommandWorkspace(firms: SmallRegister.towns).detect()
        var position = try #require(run.text.range(of: "\"properties\":")).upperBound
        for name in Self.properties {
            let range = run.text.range(of: "\"\(name)\":", range: position..<run.text.endIndex)
            position = try #require(range, "\(name)").upperBound
        }
    }

    @Test func tableHasTheSameColumns() async throws {
        let workspace = try CommandWorkspace(firms: SmallRegister.towns)
        _ = try await workspace.detect("-o", "clusters.csv")
        let header = try workspace.text("clusters.csv").prefix { $0 != "\n" }
        #expect(header == Self.properties.joined(separator: ",")[...])
    }
}
