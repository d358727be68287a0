import FirmClustersTestSupport
import Foundation
import Testing

/// `firmclusters patterns` with regions, further codes and larger antecedents, by running it.
@Suite struct PatternRegionsTests {
    /// The area around the town of ``SmallRegister/towns``, and one without firms.
    private static let areas = """
        {"type": "FeatureCollection", "features": [
        {"type": "Feature", "properties": {"code": "L", "label": "Liushi town"}, "geometry": {"type": "Polygon",
        "coordinates": [[[120.4, 27.4], [120.6, 27.4], [120.6, 27.6], [120.4, 27.6], [120.4, 27.4]]]}},
        {"type": "Feature", "properties": {"code": "S", "label": "Sea"}, "geometry": {"type": "Polygon",
        "coordinates": [[[125, 27], [126, 27], [126, 28], [125, 28], [125, 27]]]}}]}
        """

    /// Of 13 and 25 there are enough firms in the town, but the whole, with 31 as minimum, has no pattern.
    private static let options = [
        "--neighbor-distance", "300m", "--min-firms", "31", "--min-region-firms", "20", "--region-table", "regions.csv",
    ]
    private static let head =
        "region,name,firms,industries,patterns,distinctive,only_here,jaccard_distance,distinctive_patterns,skipped\n"

    private func workspace() throws -> CommandWorkspace {
        let workspace = try CommandWorkspace(firms: SmallRegister.towns)
        try workspace.write("areas.geojson", Self.areas)
        return workspace
    }

    @Test(arguments: [
        (
            ["areas.geojson", "--regions-id", "code", "--regions-name", "label"],
            "L,Liushi town,60,2,1,1,1,1,13|25,\nS,Sea,0,,,,,,,fewer than 20 firms\n", "1 of 2 regions"
        ),
        (
            ["town"], "Liushi,Liushi,60,2,1,1,1,1,13|25,\nYueqing,Yueqing,1,,,,,,,fewer than 20 firms\n",
            "1 of 2 regions"
        ),
        (["column:town"], "Liushi,Liushi,60,2,1,1,1,1,13|25,\nYueqing,Yueqing,1,,,,,,,fewer than 20 firms\n", "1 of 2"),
        (["clusters", "--region-min-points", "5"], "1,cluster 1,60,2,1,1,1,1,13|25,\n", "1 of 1 regions"),
        (["clusters", "--region-min-points", "500"], "", "no pattern was found in 0 of 0 regions; 61 firms are in"),
        (
            ["town", "--min-local-firms", "31", "--border-pairs", "kept"],
            "Liushi,Liushi,60,0,0,0,0,,,\nYueqing,Yueqing,1,,,,,,,fewer than 20 firms\n",
            "no pattern was found in 1 of 2"
        ),
    ])
    func regions(_ regions: [String], _ table: String, _ said: String) async throws {
        let workspace = try workspace()
        let run = try await workspace.run(["patterns", "firms.csv", "--regions"] + regions + Self.options)
        #expect(run.status == 0, "\(run.messages)")
        #expect(try workspace.text("regions.csv") == Self.head + table)
        #expect(run.messages.contains(said), "\(run.messages)")
        if table.contains("13|25") {
            #expect(run.messages.contains("100 % of the patterns of regions are not patterns of the whole (1 of 1, in"))
        }
    }

    @Test func gridsAreCells() async throws {
        let workspace = try workspace()
        let run = try await workspace.run(["patterns", "firms.csv", "--regions", "grid:50km"] + Self.options)
        #expect(run.status == 0, "\(run.messages)")
        let lines = try workspace.text("regions.csv").split(separator: "\n")
        #expect(lines.count == 3)
        #expect(lines[1].contains(/^x\d+y\d+,x\d+y\d+,60,2,1,1,1,1,13\|25,$/))
    }

    @Test func theReportSaysWhatRegionsWere() async throws {
        let workspace = try workspace()
        let run = try await workspace.run(
            ["patterns", "firms.csv", "--regions", "areas.geojson", "-o", "patterns.json", "--json"] + Self.options)
        #expect(run.status == 0, "\(run.messages)")
        let summary = try run.json()
        #expect(summary["regions"]?["local_share"]?.number == 1)
        #expect(summary["regions"]?["mined"]?.number == 1 && summary["regions"]?["skipped"]?.number == 1)
        // The one of 47.
        #expect(summary["regions"]?["firms_outside"]?.number == 1)
        #expect(summary["auxiliary_inputs"]?[0]?["role"]?.text == "regions")
        #expect(summary["auxiliary_inputs"]?[0]?["name"]?.text == "areas.geojson")
        #expect(summary["auxiliary_inputs"]?[0]?["sha256"]?.text?.count == 64)
        let report = try workspace.json("patterns.json")
        let parameters = report["firmclusters"]?["parameters"]
        #expect(parameters?["regions"]?.text == "areas.geojson")
        #expect(parameters?["min_region_firms"]?.number == 20 && parameters?["min_local_firms"]?.number == 5)
        #expect(parameters?["border_pairs"]?.text == "dropped")
        let region = report["regions"]?["regions"]?[0]
        #expect(region?["region"]?.text == "L" && region?["patterns"]?.number == 1)
        #expect(region?["distinctive_patterns"] == .array([.array([.text("13"), .text("25")])]))
        #expect(region?["skipped"] == .null)
        #expect(report["regions"]?["regions"]?[1]?["skipped"]?.text == "fewer than 20 firms")
        // Without regions there are none.
        let plain = try await workspace.run("patterns", "firms.csv", "-o", "patterns.json", "--force", "--json")
        #expect(try plain.json()["regions"] == .null)
        #expect(try workspace.json("patterns.json")["regions"] == .null)
    }

    /// Areas are in degrees, firms in meters of UTM zone 51.
    @Test func projectedFirmsAreLookedUpInDegrees() async throws {
        let workspace = try CommandWorkspace()
        var firms = "x,y,industry\n"
        // 120.5° E, 27.5° N is some 246 km west of the zone's meridian.
        for index in 0..<40 { firms += "\(253_040 + 50 * (index / 2)),3044000,\(index % 2 == 0 ? "13" : "25")\n" }
        try workspace.write("firms.csv", firms)
        try workspace.write("areas.geojson", Self.areas)
        let run = try await workspace.run(
            ["patterns", "firms.csv", "--crs", "EPSG:32651", "--x", "x", "--y", "y", "--regions", "areas.geojson"]
                + Self.options)
        #expect(run.status == 0, "\(run.messages)")
        #expect(try workspace.text("regions.csv").contains("L,L,40,2,1,1,1,1,13|25,\n"))
    }

    @Test(arguments: [
        (["--regions", "none.geojson"], 66, "none.geojson: cannot be read"),
        (["--regions", "firms.json"], 65, "firms.json: is not GeoJSON"),
        (["--regions", "areas.geojson", "--regions-id", "nuts"], 65, "has no property \"nuts\""),
        (["--regions", "district"], 65, "there is no column 'district' for region"),
        (["--further-codes", "scian2"], 65, "there is no column 'scian2' for further_industry"),
        (["--regions", "grid:0"], 64, "the size of a cell is 0.0 m"),
        (["--regions", "grid:wide"], 64, "--regions"), (["--regions", ""], 64, "--regions"),
        (["--regions", "town", "--min-region-firms", "0"], 64, "--min-region-firms"),
        (["--regions", "town", "--min-local-firms", "0"], 64, "--min-local-firms"),
        (["--regions", "clusters", "--region-min-points", "0"], 64, "--region-min-points"),
        (["--regions", "town", "--border-pairs", "cut"], 64, "border-pairs"),
        (["--regions", "town", "--regions-id", "code"], 64, "--regions-id belongs to --regions FILE.geojson"),
        (["--regions", "town", "--region-min-points", "5"], 64, "belongs to --regions clusters"),
        (["--region-table", "r.csv"], 64, "--region-table belongs to --regions"),
        (["--regions", "areas.geojson", "-o", "areas.geojson", "--force"], 64, "areas.geojson is an input"),
        (["--rule-antecedents", "2"], 64, "--rule-antecedents belongs to --rules"),
        (["--rules", "r.csv", "--rule-antecedents", "0"], 64, "--rule-antecedents 0: must be 1 or more"),
        (["--further-codes", "town", "--quotients", "q.csv"], 64, "--quotients cannot take --further-codes"),
    ])
    func impossibleOptions(_ options: [String], _ status: Int32, _ said: String) async throws {
        let workspace = try workspace()
        try workspace.write("firms.json", SmallRegister.towns)
        let run = try await workspace.run(["patterns", "firms.csv"] + options)
        #expect(run.status == status, "\(run.messages)")
        #expect(run.output.isEmpty)
        #expect(run.messages.contains(said), "\(run.messages)")
        #expect(try workspace.names() == ["areas.geojson", "firms.csv", "firms.json"])
    }

    @Test func furtherCodesAreEntries() async throws {
        // Pairs of firms side by side; the first has three codes, one twice and one that is the same at two characters.
        var firms = "lon,lat,industry,more,other\n"
        for index in 0..<20 {
            firms += "120.\(500 + index),27.5,13.10,\"25.1; 1320|NA\",25.1\n120.\(500 + index),27.5,47.1,,62\n"
        }
        let workspace = try CommandWorkspace(firms: firms)
        let run = try await workspace.run(
            "patterns", "firms.csv", "--level", "2", "--neighbor-distance", "10", "--further-codes", "more",
            "--further-codes", "other", "-o", "patterns.json", "--json")
        #expect(run.status == 0, "\(run.messages)")
        #expect(run.messages.contains("40 of 40 firms have several codes: 80 entries"))
        let summary = try run.json()
        #expect(summary["parameters"]?["further_codes"] == .array([.text("more"), .text("other")]))
        let report = try workspace.json("patterns.json")
        let patterns = report["patterns"]?.items ?? []
        // Codes of one firm, 13 and 25 or 47 and 62, are no pattern.
        let codes = patterns.map { pattern in (pattern["industries"]?.items ?? []).compactMap { $0.text } }
        #expect(codes == [["13", "47"], ["13", "62"], ["25", "47"], ["25", "62"]])
        let firmsOfIndustries = (report["industries"]?.items ?? []).compactMap { $0["firms"]?.number }
        #expect(firmsOfIndustries == [20, 20, 20, 20])
    }

    @Test func antecedentsOfSeveralIndustries() async throws {
        // Twenty places with three industries, of which five have a second firm of 13, and twenty with 13 and 25 only.
        var firms = "lon,lat,industry\n"
        for index in 0..<40 {
            let place = "120.\(500 + index),27.5,"
            firms += place + "13\n" + place + "25\n"
            if index < 20 { firms += place + "47\n" }
            if index < 5 { firms += place + "13\n" }
        }
        let workspace = try CommandWorkspace(firms: firms)
        let run = try await workspace.run(
            "patterns", "firms.csv", "--neighbor-distance", "10", "--rules", "rules.csv", "--rule-antecedents", "2",
            "-o", "patterns.csv")
        #expect(run.status == 0, "\(run.messages)")
        let lines = try workspace.text("rules.csv").split(separator: "\n").map { $0 }
        // A head, two rules for each of three pairs, six for the three together.
        #expect(lines.count == 13)
        // 45 row instances of 13 and 25, 25 of them with a firm of 47; every one of the others is complete.
        let last: [Substring] = ["13|25,47,0.555556,0.5", "13|47,25,1,0.5", "25|47,13,1,0.5"]
        #expect(Array(lines.suffix(3)) == last)
    }
}
