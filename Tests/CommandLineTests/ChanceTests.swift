import FirmClustersTestSupport
import Foundation
import Testing

/// `--test` and the options that belong to it.
@Suite struct ChanceTests {
    /// A street of 120 firms, 60 m apart: 24 of industry 13 side by side, and three others that take turns, too thin for a cluster.
    static let street: String = {
        var text = SmallRegister.header
        for index in 0..<120 {
            let code = (40..<64).contains(index) ? "13" : ["25", "47", "56"][index % 3]
            text += "F\(index),\(120.5 + Double(index) * 0.0006),27.5,\(code),\(index % 9 + 1),Liushi\n"
        }
        return text
    }()

    /// Two towns of 60 firms. Industry 13 is every third firm of the first and nowhere in the second: whether it is there
    /// more than chance has it depends on whether chance may move it to the other town.
    static let twoTowns: String = {
        var text = SmallRegister.header
        for index in 0..<120 {
            let (town, place) = (index / 60, index % 60)
            let x = 120.5 + Double(town) + Double(place % 10) * 0.001
            let y = 27.5 + Double(place / 10) * 0.001
            let code = town == 0 && place % 3 == 0 ? "13" : place % 2 == 0 ? "25" : "47"
            text += "F\(index),\(x),\(y),\(code),\(place + 1),\(town == 0 ? "Liushi" : "Yueqing")\n"
        }
        return text
    }()

    /// Without footprints to draw, which takes most of the time of so small a run in a debug build.
    private static let quickly = ["--eps", "400m", "--footprint-radius", "0"]

    private func properties(_ run: CommandWorkspace.Run) throws -> [JSONTree] {
        #expect(run.status == 0, "\(run.messages)")
        return try run.json()["features"]?.items.compactMap { $0["properties"] } ?? []
    }

    private func pValue(of industry: String, _ run: CommandWorkspace.Run) throws -> Double {
        let clusters = try properties(run).filter { $0["industries"]?.text == industry }
        let smallest = clusters.compactMap { $0["p_value"]?.number }.min()
        return try #require(smallest)
    }

    private func parameters(_ run: CommandWorkspace.Run) throws -> JSONTree {
        let parameters = try run.json()["firmclusters"]?["parameters"]
        return try #require(parameters)
    }

    // MARK: Refusals

    @Test(arguments: [
        ["--alpha", "0.1"], ["--null", "cyclic-shift"], ["--strata", "town"], ["--stop-after", "never"],
        ["--adjustment", "benjamini-yekutieli"], ["--gumbel"],
    ])
    func optionsThatDoNothingWithoutATestAreRefused(_ options: [String]) async throws {
        let workspace = try CommandWorkspace(firms: Self.street)
        let run = try await workspace.run(["detect", "firms.csv"] + options)
        #expect(run.status == 64)
        #expect(run.messages.contains("\(options[0]) belongs to --test"))
        #expect(run.output.isEmpty)
    }

    @Test(arguments: [
        ["--simulations", "0"], ["--simulations=-9"], ["--simulations", "1000001"], ["--simulations", "many"],
        ["--alpha", "0", "--test"], ["--alpha", "1", "--test"], ["--alpha", "nan", "--test"],
        ["--alpha=-0.1", "--test"],
        ["--stop-after", "0", "--test"], ["--stop-after", "sometimes", "--test"], ["--null", "none", "--test"],
        ["--adjustment", "bonferroni", "--test"],
    ])
    func impossibleTestsAreRefused(_ options: [String]) async throws {
        let workspace = try CommandWorkspace(firms: Self.street)
        let run = try await workspace.run(["detect", "firms.csv"] + options)
        #expect(run.status == 64)
        #expect(run.messages.contains(options[0].prefix { $0 != "=" }))
        #expect(run.output.isEmpty)
    }

    @Test func aColumnOfStrataMustBeThere() async throws {
        let workspace = try CommandWorkspace(firms: Self.street)
        let run = try await workspace.detect("--test", "--strata", "province")
        #expect(run.status == 65)
        #expect(run.messages.contains("there is no column 'province' for stratum"))
    }

    // MARK: What is tested

    @Test func withoutATestNothingIsTestedAndALineSaysHow() async throws {
        let workspace = try CommandWorkspace(firms: Self.street)
        let run = try await workspace.detect()
        for cluster in try properties(run) {
            for name in ["p_value", "p_value_gumbel", "q_value", "significant"] { #expect(cluster[name] == .null) }
        }
        #expect(try run.json()["firmclusters"]?["test"] == .null)
        #expect(try parameters(run)["simulations"]?.number == 0)
        #expect(try parameters(run)["null_model"] == nil && parameters(run)["strata"] == nil)
        #expect(run.messages.contains("--test tests them against chance"))
    }

    @Test func clustersHavePValues() async throws {
        let workspace = try CommandWorkspace(firms: Self.street)
        let run = try await workspace.detect("--simulations", "39", "--stop-after", "never")
        let clusters = try properties(run)
        for cluster in clusters {
            let p = try #require(cluster["p_value"]?.number)
            // Counted: a multiple of 1/(M + 1).
            #expect(p * 40 == (p * 40).rounded() && p >= 1.0 / 40 && p <= 1)
            #expect(try #require(cluster["q_value"]?.number) >= 1.0 / 40)
            #expect(cluster["significant"] == .flag(true) || cluster["significant"] == .flag(false))
            #expect(cluster["llr_employment"]?.number != nil)
        }
        #expect(try pValue(of: "13", run) == 1.0 / 40)
        #expect(!run.messages.contains("--test tests them"))
        let parameters = try parameters(run)
        #expect(parameters["simulations"]?.number == 39)
        #expect(parameters["null_model"]?.text == "random-labelling")
        #expect(parameters["statistic"]?.text?.contains("firms") == true)
        #expect(parameters["alpha"]?.number == 0.05)
        #expect(parameters["stop_after"]?.text == "never")
        #expect(parameters["adjustment"]?.text == "benjamini-hochberg")
        #expect(parameters["gumbel"] == .flag(false))
        #expect(parameters["strata"] == .null)
        let schemaFile = SharedFolder.projectFolder.appendingPathComponent("Docs/cluster-report.schema.json")
        let schema = JSONSchema(try JSONTree(parsing: Data(contentsOf: schemaFile)))
        #expect(schema.violations(of: try run.json()) == [])
    }

    @Test func theTestAsAWholeIsReported() async throws {
        let workspace = try CommandWorkspace(firms: Self.street)
        let run = try await workspace.detect(
            "--simulations", "99", "--alpha", "0.1", "--adjustment", "benjamini-yekutieli", "--gumbel")
        let reported = try run.json()["firmclusters"]?["test"]
        let test = try #require(reported)
        #expect(test["simulations"]?.number == 99 && test["alpha"]?.number == 0.1)
        #expect(test["adjustment"]?.text == "benjamini-yekutieli")
        #expect(test["groups_tested"]?.number == 4)
        #expect(test["groups_rejected"]?.number == 1)
        let clusters = try properties(run)
        #expect(test["significant_clusters"]?.number == Double(clusters.count { $0["significant"] == .flag(true) }))
        #expect(test["group_p_values"]?["13"]?.number == 0.01)
        #expect(test["group_q_values"]?.members.count == 4)
        #expect(clusters.allSatisfy { $0["p_value_gumbel"]?.number != nil })
        #expect(run.messages.contains("are significant at 0.1, in 1 of 4 industries tested (random-labelling, 99 "))
    }

    /// Along the street the block of 13 is as much of a block elsewhere.
    @Test func theNullDecidesWhatIsAsked() async throws {
        let workspace = try CommandWorkspace(firms: Self.street)
        let arguments = ["detect", "firms.csv", "--simulations", "39"] + Self.quickly
        let dealt = try await workspace.run(arguments)
        let shifted = try await workspace.run(arguments + ["--null", "cyclic-shift"])
        #expect(try pValue(of: "13", dealt) == 1.0 / 40)
        #expect(try pValue(of: "13", shifted) > 0.2)
        #expect(try parameters(shifted)["null_model"]?.text == "cyclic-shift")
    }

    @Test func strataKeepCodesWhereTheyAre() async throws {
        let workspace = try CommandWorkspace(firms: Self.twoTowns)
        let arguments = ["detect", "firms.csv", "--simulations", "39", "--stop-after", "never"] + Self.quickly
        let together = try await workspace.run(arguments)
        let apart = try await workspace.run(arguments + ["--strata", "town"])
        #expect(try pValue(of: "13", together) == 1.0 / 40)
        #expect(try pValue(of: "13", apart) > 0.2)
        #expect(try parameters(apart)["strata"]?.text == "town")
        #expect(try apart.json()["firmclusters"]?["columns"]?["stratum"]?.text == "town")
        #expect(apart.messages.contains("stratum from 'town'"))
    }

    @Test func firmsWithoutAStratumAreOne() async throws {
        let firms = Self.twoTowns.replacingOccurrences(of: "Yueqing", with: "")
        let workspace = try CommandWorkspace(firms: firms)
        let arguments = ["--simulations", "39", "--stop-after", "never", "--strata", "town"] + Self.quickly
        let run = try await workspace.run(["detect", "firms.csv"] + arguments)
        #expect(run.messages.contains("the stratum is missing for 60 firms, which make one of their own"))
        try workspace.write("named.csv", Self.twoTowns)
        let named = try await workspace.run(["detect", "named.csv"] + arguments)
        #expect(try pValue(of: "13", run) == pValue(of: "13", named))
    }

    @Test func simulationsEndEarlyUnlessTold() async throws {
        let workspace = try CommandWorkspace(firms: Self.twoTowns)
        let arguments = ["detect", "firms.csv", "--simulations", "99", "--strata", "town"] + Self.quickly
        let stopped = try await workspace.run(arguments + ["--stop-after", "3"])
        let all = try await workspace.run(arguments + ["--stop-after", "never"])
        let (early, late) = (try pValue(of: "13", stopped), try pValue(of: "13", all))
        // Three of the first l did as well.
        #expect((3 / early).rounded() == 3 / early || abs((3 / early).rounded() - 3 / early) < 1e-4)
        #expect((late * 100).rounded() == late * 100 || abs((late * 100).rounded() - late * 100) < 1e-4)
        #expect(try parameters(stopped)["stop_after"]?.number == 3)
    }

    // MARK: The same again

    @Test(arguments: [[], ["--null", "cyclic-shift"], ["--weight", "employment", "--strata", "town"]])
    func threadsAndOrderOfRowsChangeNothing(_ options: [String]) async throws {
        let workspace = try CommandWorkspace(firms: Self.twoTowns)
        let arguments = ["--simulations", "29", "--seed", "5"] + Self.quickly + options
        let one = try await workspace.run(["detect", "firms.csv", "--threads", "1"] + arguments)
        #expect(one.status == 0)
        for threads in ["2", "4"] {
            let other = try await workspace.run(["detect", "firms.csv", "--threads", threads] + arguments)
            #expect(other.output == one.output, "\(threads) threads")
        }
        let lines = Self.twoTowns.split(separator: "\n").map(String.init)
        // 71 has no factor in common with 120: every row once, in another order.
        let shuffled = (0..<120).map { lines[1 + $0 * 71 % 120] }
        try workspace.write("firms.csv", ([lines[0]] + shuffled).joined(separator: "\n") + "\n")
        let other = try await workspace.run(["detect", "firms.csv"] + arguments)
        #expect(try other.json()["features"] == one.json()["features"])
        #expect(try other.json()["firmclusters"]?["test"] == one.json()["firmclusters"]?["test"])
        #expect(try !properties(one).isEmpty)
    }

    // MARK: What people and programs see

    @Test func theSummaryCountsSignificantClusters() async throws {
        let workspace = try CommandWorkspace(firms: Self.street)
        let run = try await workspace.detect("--simulations", "99", "--json", "-o", "clusters.geojson")
        let clusters = try workspace.json("clusters.geojson")["features"]?.items.compactMap { $0["properties"] } ?? []
        let summary = try run.json()
        #expect(
            summary["clusters"]?["significant"]?.number == Double(clusters.count { $0["significant"] == .flag(true) }))
        #expect(summary["strongest"]?[0]?["p_value"]?.number == 0.01)
        #expect(summary["strongest"]?[0]?["significant"] == .flag(true))
        let plain = try await workspace.detect("--json", "-o", "clusters.geojson", "--force").json()
        #expect(plain["clusters"]?["significant"] == .null && plain["test"] == .null)
    }

    @Test func theTableShowsPValues() async throws {
        let workspace = try CommandWorkspace(firms: Self.street)
        let run = try await workspace.detect("--simulations", "99", "--show", "5", "-o", "clusters.geojson")
        let lines = run.text.split(separator: "\n")
        #expect(lines[0].contains("p"))
        #expect(lines[1].contains("13") && lines[1].contains("0.010*"))
        #expect(lines.last?.hasPrefix("* significant") == true)
        let plain = try await workspace.detect("--show", "5", "-o", "clusters.geojson", "--force")
        #expect(!plain.text.contains("*"))
    }

    @Test func truthIsComparedWithSignificantClusters() async throws {
        let workspace = try CommandWorkspace(firms: Self.street)
        let planted = (0..<120).map { "F\($0),\((40..<64).contains($0) ? "block" : "")\n" }.joined()
        try workspace.write("truth.csv", "id,cluster\n" + planted)
        let arguments = ["detect", "firms.csv", "--eps", "300m", "--truth", "truth.csv", "-o", "c.geojson", "--force"]
        let run = try await workspace.run(arguments + ["--simulations", "99"])
        #expect(run.text.contains("Recall 1.00: 1 of 1; 1.00 by significant clusters: 1 of 1\n"))
        #expect(run.text.contains(", 1.00 of the 1 significant ones\n"))
        #expect(!(try await workspace.run(arguments)).text.contains("significant"))
    }

    @Test func aFileOfOptionsCanAskForATest() async throws {
        let workspace = try CommandWorkspace(firms: Self.street)
        try workspace.write("options.txt", "test\nsimulations = 19\nalpha = 0.1\nnull = cyclic-shift\n")
        let run = try await workspace.run(
            ["detect", "firms.csv", "--config", "options.txt", "--alpha", "0.2"] + Self.quickly)
        let parameters = try parameters(run)
        #expect(parameters["simulations"]?.number == 19 && parameters["alpha"]?.number == 0.2)
        #expect(parameters["null_model"]?.text == "cyclic-shift")
        #expect(parameters["stop_after"]?.number == 10)
    }
}
