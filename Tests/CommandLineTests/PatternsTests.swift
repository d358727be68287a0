import FirmClustersTestSupport
import Foundation
import Testing

/// `firmclusters patterns`, by running it.
@Suite struct PatternsTests {
    private static let row = "13|25,2,1,1|1,60,,,,,,1,,,,true,true,,30|30\n"

    private func workspace() throws -> CommandWorkspace { try CommandWorkspace(firms: SmallRegister.towns) }

    @Test func redirectedOutputIsATable() async throws {
        let run = try await workspace().run("patterns", "firms.csv", "--neighbor-distance", "300m")
        #expect(run.status == 0)
        #expect(run.text.hasPrefix("industries,size,participation_index,participation_ratios,firms,null_mean,"))
        #expect(run.text.hasSuffix("\n" + Self.row))
        #expect(run.messages.contains("61 rows read, 61 accepted"))
        #expect(run.messages.contains("1 of 3 industries left out: fewer than 10 firms"))
        #expect(
            run.messages.contains("1 patterns of 2 industries, within 300 m, with a prevalence of 0.3 or more"))
    }

    @Test func theDistanceIs500MetersAndEchoed() async throws {
        let workspace = try workspace()
        let run = try await workspace.run("patterns", "firms.csv", "-o", "patterns.json", "--json")
        #expect(run.status == 0)
        let summary = try run.json()
        #expect(summary["parameters"]?["neighbor_distance_m"]?.number == 500)
        #expect(summary["patterns"]?["total"]?.number == 1)
        #expect(summary["outputs"]?[0]?["content"]?.text == "patterns")
        let report = try workspace.json("patterns.json")
        let parameters = report["firmclusters"]?["parameters"]
        #expect(parameters?["neighbor_distance_m"]?.number == 500)
        #expect(parameters?["min_prevalence"]?.number == 0.3)
        #expect(parameters?["max_size"]?.number == 5)
        #expect(parameters?["min_firms"]?.number == 10)
        #expect(report["firmclusters"]?["inputs"]?[0]?["name"]?.text == "firms.csv")
        #expect(report["patterns"]?[0]?["participants"] == .array([.number(30), .number(30)]))
        #expect(report["network"]?["nodes"]?.items.count == 2)
        #expect(report["rules"] == .null)
        #expect(try workspace.names() == ["firms.csv", "patterns.json"])
    }

    @Test func allFiles() async throws {
        let workspace = try CommandWorkspace(firms: SmallRegister.towns + "F61,,27.5,13,1,Liushi\n")
        let run = try await workspace.run(
            "patterns", "firms.csv", "--neighbor-distance", "0.3km", "-o", "patterns.csv", "--network", "net.graphml",
            "--rules", "rules.csv", "--rejects", "rejects.csv", "--count-rows",
            "--quotients", "quotients.csv", "--nearest", "2")
        #expect(run.status == 0, "\(run.messages)")
        #expect(run.output.isEmpty)
        #expect(
            try workspace.names() == [
                "firms.csv", "net.graphml", "patterns.csv", "quotients.csv", "rejects.csv", "rules.csv",
            ])
        #expect(try workspace.text("rules.csv").hasSuffix("\n13,25,1,1\n25,13,1,1\n"))
        let quotients = try workspace.text("quotients.csv").split(separator: "\n")
        #expect(quotients.count == 6 && quotients[0] == "industry,toward,colocation_quotient,null_mean,p_value,q_value")
        #expect(quotients[1].hasPrefix("*,*,"))
        #expect(quotients[2].hasPrefix("13,13,") && quotients[5].hasPrefix("25,25,"))
        #expect(try workspace.text("net.graphml").contains("<data key=\"edge_participation_index\">1</data>"))
        #expect(try workspace.text("rejects.csv").contains("missing coordinate"))
        #expect(try workspace.text("patterns.csv").contains(/,1,,,\d+,true,true,,30\|30\n/))
        // Nothing is overwritten unasked.
        let again = try await workspace.run("patterns", "firms.csv", "-o", "patterns.csv")
        #expect(again.status == 73)
        #expect(again.messages.contains("patterns.csv exists already; --force overwrites it"))
        let forced = try await workspace.run("patterns", "firms.csv", "-o", "patterns.csv", "--force")
        #expect(forced.status == 0)
    }

    @Test func optionsChangeWhatIsFound() async throws {
        let workspace = try workspace()
        func lines(_ options: String...) async throws -> [Substring] {
            let run = try await workspace.run(["patterns", "firms.csv"] + options)
            #expect(run.status == 0, "\(run.messages)")
            return run.text.split(separator: "\n").dropFirst().map { $0 }
        }
        #expect(try await lines("--neighbor-distance", "50").isEmpty)
        #expect(try await lines("--min-firms", "31").isEmpty)
        #expect(try await lines("--industries", "13").isEmpty)
        // 47 is alone and takes part in nothing.
        #expect(try await lines("--min-firms", "1", "--min-prevalence", "0").count == 1)
        #expect(try await lines("--show", "maximal").count == 1)
        #expect(try await lines("--level", "1", "--min-firms", "1").first?.hasPrefix("1|2,2,1,") == true)
        let weighted = try await workspace.run(
            "patterns", "firms.csv", "--weight", "employment", "--employment", "employees", "--measure", "maximum")
        #expect(weighted.text.hasSuffix("\n" + Self.row))
    }

    @Test func threadsDoNotMatter() async throws {
        let workspace = try CommandWorkspace()
        let path = Sample.path("wenzhou_firms.csv")
        let options = [
            "patterns", path, "--level", "2", "--min-prevalence", "0.2", "--max-size", "3", "-q", "-o", "/dev/stdout",
        ]
        let one = try await workspace.run(options + ["--threads", "1"])
        let three = try await workspace.run(options + ["--threads", "3"])
        #expect(one.status == 0)
        #expect(one.text.split(separator: "\n").count > 10)
        #expect(one.output == three.output)
    }

    @Test(arguments: [
        (["--neighbor-distance", "0"], "--neighbor-distance"), (["--neighbor-distance=-5"], "--neighbor-distance"),
        (["--neighbor-distance", "nan"], "--neighbor-distance"), (["--neighbor-distance", "far"], "neighbor-distance"),
        (["--neighbor-distance", "1000001km"], "--neighbor-distance"),
        (["--min-prevalence", "1.1"], "--min-prevalence"),
        (["--min-prevalence=-0.1"], "--min-prevalence"), (["--min-prevalence", "nan"], "--min-prevalence"),
        (["--max-size", "1"], "--max-size"), (["--min-firms", "0"], "--min-firms"), (["--measure", "mean"], "measure"),
        (["--show", "some"], "show"), (["--weight", "turnover"], "weight"), (["--json"], "--json needs --output"),
        (["-o", "patterns.shp"], "the extension must be .csv, .json or .geojson"),
        (["--network", "net.xml"], "the extension must be .graphml"),
        (["--rules", "a.csv", "-o", "a.csv"], "named for two outputs"),
        (["-o", "firms.csv", "--force"], "is an input"),
        (["--place", "town"], "--place belongs to 'detect'"), (["--keep", "town"], "--keep belongs to 'detect'"),
        (["--employment", "employees"], "go with --weight employment"), (["--eps", "300m"], "Unknown option"),
        (["--nearest", "3"], "--nearest belongs to --quotients"),
        (["--quotients", "q.csv", "--nearest", "0"], "the number of nearest firms is 0"),
        (["--industries", ","], "--industries names no code"),
    ])
    func impossibleOptions(_ options: [String], _ said: String) async throws {
        let workspace = try workspace()
        let run = try await workspace.run(["patterns", "firms.csv"] + options)
        #expect(run.status == 64)
        #expect(run.output.isEmpty)
        #expect(run.messages.contains(said), "\(run.messages)")
        #expect(try workspace.names() == ["firms.csv"])
    }

    @Test func badData() async throws {
        for (firms, options, said) in [
            ("lon,lat,c\n1,2,3\n", [], "no column for industry is recognized among lon, lat, c"),
            (SmallRegister.towns, ["--industry", "naics"], "there is no column 'naics'"),
            ("", [], "is empty"),
        ] {
            let workspace = try CommandWorkspace(firms: firms)
            let run = try await workspace.run(["patterns", "firms.csv", "-o", "patterns.csv"] + options)
            #expect(run.status == 65)
            #expect(run.messages.contains(said), "\(run.messages)")
            #expect(try workspace.names() == ["firms.csv"])
        }
        let missing = try await CommandWorkspace().run("patterns", "firms.csv")
        #expect(missing.status == 66)
    }

    @Test func registersWithoutPatterns() async throws {
        // One industry; one firm; all firms on one point, where all are neighbors.
        for (firms, lines, said) in [
            (SmallRegister.onePoint(50, industries: 1), 0, "only one industry has 10 firms or more, of 1"),
            (SmallRegister.header + "F,1,2,13,1,X\n", 0, "no industry has 10 firms or more, of 1"),
            (SmallRegister.onePoint(40, industries: 4), 11, "11 patterns of 4 industries"),
        ] {
            let run = try await CommandWorkspace(firms: firms).run("patterns", "firms.csv")
            #expect(run.status == 0)
            #expect(run.text.split(separator: "\n").count == 1 + lines)
            #expect(run.messages.contains(said), "\(run.messages)")
        }
        let far = try await workspace().run("patterns", "firms.csv", "--neighbor-distance", "5000km")
        #expect(far.status == 0)
        #expect(far.messages.contains("warning: neighbor-distance of 5000000 m is over half the extent of the firms"))
    }
}
