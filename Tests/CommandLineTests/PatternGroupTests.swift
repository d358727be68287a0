import FirmClustersTestSupport
import Foundation
import Testing

/// `--groups patterns|all` and the options that belong to it.
@Suite struct PatternGroupTests {
    /// Three towns of 60 firms. Industries 13 and 27 share a street of the first and are nowhere else; three others are everywhere and
    /// take turns, so that each has the two others nearby more often than chance has it.
    static let streets: String = {
        var text = SmallRegister.header
        for index in 0..<180 {
            let (town, place) = (index / 60, index % 60)
            let x = 120.5 + Double(town) + Double(place % 10) * 0.001
            let y = 27.5 + Double(place / 10) * 0.001
            let code =
                town == 0 && place < 24 ? ["13", "27"][place % 2] : ["25", "47", "56"][(place + place / 10) % 3]
            text += "F\(index),\(x),\(y),\(code),\(place + 1),\(["Liushi", "Yueqing", "Rui'an"][town])\n"
        }
        return text
    }()

    /// Without footprints to draw, which takes most of the time of so small a run in a debug build.
    private static let quickly = [
        "detect", "firms.csv", "--eps", "300m", "--footprint-radius", "0", "--neighbor-distance", "150m",
    ]

    private func schemaViolations(_ collection: JSONTree) throws -> [String] {
        let file = SharedFolder.projectFolder.appendingPathComponent("Docs/cluster-report.schema.json")
        return JSONSchema(try JSONTree(parsing: Data(contentsOf: file))).violations(of: collection).map { "\($0)" }
    }

    @Test func patternsAreClusteredAndTested() async throws {
        let workspace = try CommandWorkspace(firms: Self.streets)
        let run = try await workspace.run(
            Self.quickly + [
                "--groups", "all", "--simulations", "299", "-o", "all.geojson", "--members", "members.csv", "--table",
                "table.csv", "--composition", "composition.csv", "--json",
            ])
        #expect(run.status == 0, "\(run.messages)")
        #expect(run.messages.contains("2 patterns became groups, of 5 that are significant at 0.05 among 11 tested"))
        let collection = try workspace.json("all.geojson")
        #expect(try schemaViolations(collection) == [])
        let features = collection["features"]?.items ?? []
        let pattern = try #require(features.first { $0["properties"]?["kind"]?.text == "pattern" }?["properties"])
        #expect(pattern["cluster_id"]?.text == "13+27-1")
        #expect(pattern["industries"]?.text == "13|27")
        #expect(pattern["name"]?.text == "Industry 13 + Industry 27, Liushi")
        #expect(pattern["firms"]?.number == 24)
        #expect(pattern["footprint_group_firms"]?.number == 24)
        #expect(pattern["share_of_industry"]?.number == 1)
        #expect(pattern["participation_index"]?.number == 1)
        #expect(pattern["location_quotient"]?.number == 7.5)
        #expect(pattern["significant"] == .flag(true))
        // Patterns stand among industries, by their codes.
        let codes = features.compactMap { $0["properties"]?["industries"]?.text?.replacing("|", with: "+") }
        #expect(codes == codes.sorted())
        #expect(Set(codes) == ["13", "13+27", "25", "25+47+56", "27", "47", "56"])

        let searched = try #require(collection["firmclusters"]?["patterns"])
        #expect(searched["tested"]?.number == 11)
        #expect(searched["groups"]?.number == 2)
        #expect(searched["participation_index"]?["13+27"]?.number == 1)
        #expect(collection["firmclusters"]?["test"]?["groups_tested"]?.number == 16)
        #expect(try run.json()["patterns"]?["groups"]?.number == 2)

        let members = try workspace.text("members.csv").split(separator: "\n")
        #expect(members.count == 1 + 180 + 180)
        #expect(members[1] == "F0,13-1,13,core,false," && members[2] == "F0,13+27-1,13+27,core,false,")
        #expect(try workspace.text("table.csv").contains("13+27-1,"))
        #expect(try workspace.text("composition.csv").contains("13+27-1,13,"))
    }

    @Test func industriesAloneSayNothingOfPatterns() async throws {
        let workspace = try CommandWorkspace(firms: Self.streets)
        let plain = try await workspace.run(["detect", "firms.csv", "--eps", "300m", "--footprint-radius", "0"])
        #expect(try plain.json()["firmclusters"]?["patterns"] == nil)
        let named = try await workspace.run(
            ["detect", "firms.csv", "--eps", "300m", "--footprint-radius", "0", "--groups", "industry"])
        #expect(plain.output == named.output)
    }

    @Test(arguments: [["--groups", "patterns"], ["--groups", "all", "--simulations", "19"]])
    func threadsDoNotMatter(_ options: [String]) async throws {
        let workspace = try CommandWorkspace(firms: Self.streets)
        let runs = [
            try await workspace.run(Self.quickly + options + ["--threads", "1"]),
            try await workspace.run(Self.quickly + options + ["--threads", "4"]),
        ]
        #expect(runs.map(\.status) == [0, 0])
        #expect(runs[0].output == runs[1].output)
        #expect(try schemaViolations(runs[0].json()) == [])
    }

    // MARK: Refusals, and nothing to find

    @Test(arguments: [
        (["--neighbor-distance", "300m"], "--neighbor-distance belongs to --groups patterns"),
        (["--min-prevalence", "0.1"], "--min-prevalence belongs to --groups patterns"),
        (["--groups", "patterns", "--neighbor-distance", "0"], "--neighbor-distance: the neighbor distance is 0.0 m"),
        (["--groups", "patterns", "--max-size", "1"], "--max-size: the largest size of a pattern is 1"),
        (["--groups", "patterns", "--min-prevalence", "2"], "--min-prevalence: the minimum prevalence is 2.0"),
        (["--groups", "patterns", "--min-firms", "0"], "--min-firms: the minimum number of firms is 0"),
        (["--groups", "all", "--method", "scan"], "--groups: a scan compares all firms"),
        (["--groups", "both"], "both"),
        (
            ["--groups", "all", "--truth", "truth.csv", "-o", "out.csv"],
            "--truth compares clusters that do not overlap"
        ),
    ])
    func impossibleRequestsAreRefused(_ options: [String], _ reason: String) async throws {
        let workspace = try CommandWorkspace(firms: Self.streets)
        let run = try await workspace.run(["detect", "firms.csv"] + options)
        #expect(run.status == 64)
        #expect(run.messages.contains(reason), "\(run.messages)")
    }

    @Test func oneIndustryMakesNoPattern() async throws {
        let workspace = try CommandWorkspace(firms: SmallRegister.onePoint(40, industries: 1))
        let run = try await workspace.run(["detect", "firms.csv", "--groups", "patterns"])
        #expect(run.status == 0)
        #expect(run.messages.contains("only one has 10 firms or more"))
        #expect(try run.json()["features"]?.items == [])
        #expect(try schemaViolations(run.json()) == [])
    }

    /// Everything neighbors everything whatever the codes are: no pattern, and no long wait.
    @Test func allFirmsOnOnePoint() async throws {
        let workspace = try CommandWorkspace(firms: SmallRegister.onePoint(300, industries: 12))
        let run = try await workspace.run(["detect", "firms.csv", "--groups", "all", "--eps", "300m"])
        #expect(run.status == 0)
        #expect(run.messages.contains("no pattern became a group: of 66 sets"))
    }

    /// More industries than pairs can be tested of, and the ways out.
    @Test func thousandsOfIndustries() async throws {
        var text = SmallRegister.header
        for index in 0..<3000 {
            text += "F\(index),\(120.5 + Double(index % 95) * 0.001),\(27.5 + Double(index / 95) * 0.001),"
            text += "\(100_000 + index % 1500),1,Liushi\n"
        }
        let workspace = try CommandWorkspace(firms: text)
        let options = ["detect", "firms.csv", "--groups", "patterns", "--eps", "300m", "--min-firms"]
        let run = try await workspace.run(options + ["2"])
        #expect(run.status == 65)
        #expect(run.messages.contains("1500 industries make 1124250 pairs"))
        #expect(run.messages.contains("ask for more firms an industry"))
        let spared = try await workspace.run(options + ["10"])
        #expect(spared.status == 0)
        #expect(spared.messages.contains("none has 10 firms or more"))
    }
}
