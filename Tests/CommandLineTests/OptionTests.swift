import FirmClustersTestSupport
import Foundation
import Testing

/// Options that choose what is read, detected and compared.
@Suite struct OptionTests {
    private func properties(_ run: CommandWorkspace.Run) throws -> [JSONTree] {
        #expect(run.status == 0, "\(run.messages)")
        return try run.json()["features"]?.items.compactMap { $0["properties"] } ?? []
    }

    @Test func standardInputIsAFileLikeOthers() async throws {
        let workspace = try CommandWorkspace(firms: SmallRegister.towns)
        let fromFile = try await workspace.detect()
        let firms = Data(SmallRegister.towns.utf8)
        let fromInput = try await workspace.run(["detect", "-", "--eps", "300m"], input: .bytes(firms))
        #expect(
            fromInput.text.replacingOccurrences(of: "\"name\":\"-\"", with: "\"name\":\"firms.csv\"") == fromFile.text)
        // Through a pipe, in pieces.
        #expect(
            try await workspace.shell(
                "(head -c 700; sleep 0.3; cat) < firms.csv | \"$FIRMCLUSTERS\" detect - --eps 300m > piped.geojson")
                == 0)
        #expect(try workspace.read("piped.geojson") == fromInput.output)
    }

    @Test func severalFilesAreOneRegister() async throws {
        let lines = SmallRegister.towns.split(separator: "\n").map(String.init)
        let workspace = try CommandWorkspace(firms: SmallRegister.towns)
        try workspace.write("a.csv", lines[...30].joined(separator: "\n") + "\n")
        try workspace.write("b.csv", ([lines[0]] + lines[31...]).joined(separator: "\n") + "\n")
        let together = try await workspace.run("detect", "a.csv", "b.csv", "--eps", "300m")
        let one = try await workspace.detect()
        #expect(try properties(together) == properties(one))
        #expect(try together.json()["firmclusters"]?["inputs"]?.items.map { $0["name"]?.text } == ["a.csv", "b.csv"])
        // The same file twice holds every identifier twice.
        let twice = try await workspace.run("detect", "firms.csv", "firms.csv", "--eps", "300m")
        #expect(twice.messages.contains("122 rows read, 61 accepted, 61 left out (duplicate id 61)"))
    }

    @Test func whereFiltersBeforeEverything() async throws {
        let workspace = try CommandWorkspace(firms: SmallRegister.towns)
        let run = try await workspace.detect("--where", "town=Liushi", "--where", "industry=13")
        #expect(run.messages.contains("30 rows read, 30 accepted; 31 rows filtered out before"))
        // Only one industry is left, so nothing can be more concentrated than all.
        let clusters = try properties(run)
        #expect(clusters.map { $0["cluster_id"]?.text } == ["13-1"])
        #expect(clusters.first?["location_quotient"]?.number == 1)
        let none = try await workspace.detect("--where", "town=Atlantis")
        #expect(none.status == 65)
    }

    @Test func industriesChoosesGroupsAndKeepsDenominators() async throws {
        let workspace = try CommandWorkspace(firms: SmallRegister.towns)
        let all = try properties(try await workspace.detect())
        for selection in ["13", "13,47", "1*"] {
            let some = try properties(try await workspace.detect("--industries", selection))
            #expect(some.map { $0["cluster_id"]?.text } == ["13-1"])
            #expect(some.first?["location_quotient"] == all.first?["location_quotient"])
            #expect(some.first?["footprint_firms"]?.number == 60)
        }
        let unknown = try await workspace.detect("--industries", "99")
        #expect(try properties(unknown).isEmpty)
        #expect(unknown.messages.contains("warning: no firm has an industry code matching 99"))
    }

    @Test func referenceReplacesTheTotals() async throws {
        let workspace = try CommandWorkspace(firms: SmallRegister.towns)
        try workspace.write("totals.csv", "code,firms,employment\n13,100,1000\n25,900,1000\n")
        let clusters = try properties(try await workspace.detect("--reference", "totals.csv"))
        // Half of the footprint's firms against a tenth and nine tenths outside.
        #expect(clusters.map { $0["location_quotient"]?.number } == [5, 0.555556])
    }

    @Test func referenceIsReadLikeARegister() async throws {
        let workspace = try CommandWorkspace(firms: SmallRegister.towns)
        try workspace.write("totals.csv", "code;firms;employment\n13;100,5;1000\n25;904,5;1000\n")
        let clusters = try properties(try await workspace.detect("--reference", "totals.csv"))
        #expect(clusters.map { $0["location_quotient"]?.number } == [5, 0.555556])
    }

    @Test func levelCutsCodes() async throws {
        var firms = SmallRegister.header
        for index in 0..<30 {
            firms += "F\(index),120.\(500 + index),27.5,\(index % 2 == 0 ? "13.1" : "13 20"),1,Liushi\n"
        }
        let run = try await CommandWorkspace(firms: firms).detect("--level", "2")
        #expect(try properties(run).map { $0["industries"]?.text } == ["13"])
        #expect(try run.json()["firmclusters"]?["parameters"]?["level"]?.number == 2)
    }

    @Test func codesOfOptionsAreSpelledLikeThoseOfTheRegister() async throws {
        var firms = SmallRegister.header
        for index in 0..<30 {
            firms += "F\(index),120.\(500 + index),27.5,\(index % 2 == 0 ? "13.1a" : "25 20"),1,Liushi\n"
        }
        let workspace = try CommandWorkspace(firms: firms)
        for selection in ["13.1a", "13-1A", "131a", "13.1*", "1*"] {
            let some = try properties(try await workspace.detect("--min-points", "3", "--industries", selection))
            #expect(some.map { $0["industries"]?.text } == ["131A"], "\(selection)")
        }
        try workspace.write("totals.csv", "code,firms\n13.1a,60\n13.2,40\n25.20,500\n25.10,400\n")
        let whole = try properties(try await workspace.detect("--min-points", "3", "--reference", "totals.csv"))
        #expect(whole.map { $0["location_quotient"]?.number } == [8.33333, 1])
        // At two digits the totals are 100 and 900.
        let cut = try await workspace.detect("--min-points", "3", "--reference", "totals.csv", "--level", "2")
        #expect(try properties(cut).map { $0["location_quotient"]?.number } == [5, 0.555556])
        #expect(!cut.messages.contains("the reference has no totals"))
    }

    @Test func classificationGivesTitles() async throws {
        let run = try await CommandWorkspace(firms: SmallRegister.towns).detect("--classification", "isic4")
        let clusters = try properties(run)
        #expect(
            clusters.map { $0["industry_titles"]?.text } == [
                "Manufacture of textiles", "Manufacture of fabricated metal products, except machinery and equipment",
            ])
        #expect(clusters.first?["name"]?.text == "Manufacture of textiles, Liushi")
    }

    @Test func minimumLocationQuotient() async throws {
        let workspace = try CommandWorkspace(firms: SmallRegister.towns)
        // 61/60 for both clusters.
        #expect(try properties(try await workspace.detect("--min-lq", "1.016")).count == 2)
        #expect(try properties(try await workspace.detect("--min-lq", "1.017")).isEmpty)
    }

    @Test func weightsBordersAndFootprints() async throws {
        let workspace = try CommandWorkspace(firms: SmallRegister.towns)
        let heavy = try await workspace.detect("--weight", "employment", "--min-points", "1000")
        #expect(try properties(heavy).isEmpty)
        let radius = try properties(try await workspace.detect("--footprint-radius", "1.2km"))
        #expect(radius.allSatisfy { $0["footprint_radius_m"]?.number == 1200 })
        for shape in ["convex", "concave"] {
            let drawn = try await workspace.detect("--footprint", shape)
            #expect(try properties(drawn).count == 2)
        }
        // Six firms on a line 100 m apart, each seeing its neighbors: the ends are border firms.
        var line = SmallRegister.header
        for index in 0..<6 { line += "F\(index),120.\(5000 + index * 10),0.1,13,1,Liushi\n" }
        let ends = try CommandWorkspace(firms: line)
        let nearest = try properties(try await ends.run("detect", "firms.csv", "--eps", "120", "--min-points", "3"))
        #expect(nearest.first?["firms"]?.number == 6)
        #expect(nearest.first?["border_firms"]?.number == 2)
        let none = try properties(
            try await ends.run("detect", "firms.csv", "--eps", "120", "--min-points", "3", "--border", "none"))
        #expect(none.first?["firms"]?.number == 4)
    }

    @Test func configurationFile() async throws {
        let workspace = try CommandWorkspace(firms: SmallRegister.towns)
        try workspace.write(
            "study.conf",
            "# the study\n\neps = 300m\nmin-points = 31\nindustries = 13\nkeep = town\nkeep = employees\nforce\n")
        let fromFile = try await workspace.run(
            "detect", "firms.csv", "--config", "study.conf", "-o", "a.geojson", "--members", "members.csv")
        #expect(fromFile.status == 0)
        #expect(try workspace.json("a.geojson")["features"]?.items.isEmpty == true)
        #expect(try workspace.text("members.csv").hasPrefix("id,town,employees,cluster_id,"))
        // The command line wins, the rest of the file still holds: force, eps, industries.
        let overridden = try await workspace.run(
            "detect", "firms.csv", "--config=study.conf", "--min-points=5", "-o", "a.geojson")
        #expect(overridden.status == 0)
        let parameters = try workspace.json("a.geojson")["firmclusters"]?["parameters"]
        #expect(parameters?["min_points"]?.number == 5)
        #expect(parameters?["eps_m"]?.number == 300)
        #expect(try workspace.json("a.geojson")["features"]?.items.count == 1)
        for (line, reason) in [("nonsense = 1", "nonsense"), ("--eps = 3", "line 1"), ("config = x", "line 1")] {
            try workspace.write("wrong.conf", line)
            let run = try await workspace.detect("--config", "wrong.conf")
            #expect(run.status == 64)
            #expect(run.messages.contains(reason))
        }
    }

    @Test func configurationFileOfAnotherSystem() async throws {
        let workspace = try CommandWorkspace(firms: SmallRegister.towns)
        // With a comment on top, lines that are not told apart make a file that says nothing.
        for (mark, lineEnd) in [("", "\r\n"), ("\u{FEFF}", "\n"), ("\u{FEFF}", "\r\n")] {
            let lines = mark.isEmpty ? ["# the study"] : []
            let text = (lines + ["eps = 300m", "min-points = 31", "industries = 13", ""]).joined(separator: lineEnd)
            try workspace.write("study.conf", mark + text)
            let parameters = try await workspace.run("detect", "firms.csv", "--config", "study.conf")
                .json()["firmclusters"]?["parameters"]
            #expect(parameters?["eps_m"]?.number == 300)
            #expect(parameters?["min_points"]?.number == 31)
            #expect(parameters?["industries"]?.items.map(\.text) == ["13"])
        }
    }

    @Test func strongestClustersAndPlantsFound() async throws {
        let workspace = try CommandWorkspace()
        let run = try await workspace.run(
            "detect", Sample.path("wenzhou_firms.csv"), "--truth", Sample.path("wenzhou_truth.csv"), "--show", "5",
            "-o",
            "clusters.csv", "--industries", "18*")
        #expect(run.status == 0)
        #expect(run.text.contains("Longgang"))
        #expect(run.text.contains("found   Longgang printing"))
        #expect(run.text.contains("Recall 0.05: 1 of 22"))
    }

    @Test func inspection() async throws {
        let workspace = try CommandWorkspace(firms: SmallRegister.towns + "F61,,27.5,13,1,Liushi\n")
        let text = try await workspace.run("inspect", "firms.csv", "--rejects", "rejects.csv")
        #expect(text.status == 0)
        for part in [
            "62 read, 61 accepted", "1 left out: missing coordinate", "→ longitude", "61 distinct locations",
            "3 codes; the largest:",
        ] {
            #expect(text.text.contains(part), "\(part)")
        }
        #expect(try workspace.text("rejects.csv").hasSuffix("firms.csv,63,missing coordinate,lon,\n"))
        let json = try await workspace.run("inspect", "firms.csv", "--json", "-q")
        #expect(json.status == 0)
        let inspection = try json.json()
        #expect(inspection["rows"]?["accepted"]?.number == 61)
        #expect(inspection["industries"]?.number == 3)
        #expect(inspection["distances"]?["sites"]?.number == 61)
        #expect(json.messages.isEmpty)
        // A file without coordinates is a survey's business, too.
        try workspace.write("plain.csv", "region,naics\nA,13\nB,14\n")
        let plain = try await workspace.run("inspect", "plain.csv")
        #expect(plain.status == 0)
        #expect(plain.text.contains("No coordinates"))
    }
}
