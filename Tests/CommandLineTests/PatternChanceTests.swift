import FirmClustersTestSupport
import Testing

/// `patterns --test`, and registers with more patterns than can be looked for.
@Suite struct PatternChanceTests {
    /// Places of two kinds: 13 and 25 always together, 46 and 47 each alone.
    private static let firms: String = {
        var text = "id,lon,lat,industry\n"
        for place in 0..<40 {
            let longitude = 120 + Double(place) * 0.05
            let codes = place % 2 == 0 ? ["13", "25"] : place % 4 == 1 ? ["46"] : ["47"]
            for (index, code) in codes.enumerated() {
                text += "\(place)-\(index),\(longitude + 0.0005 * Double(index)),28,\(code)\n"
            }
        }
        return text
    }()

    @Test func significantPatternsAreFoundWhateverTheThreads() async throws {
        let workspace = try CommandWorkspace()
        try workspace.write("firms.csv", Self.firms)
        let options = ["--simulations", "199", "--adjustment", "max-t", "--quotients"]
        let run = try await workspace.run(
            ["patterns", "firms.csv", "-o", "one.csv", "--threads", "1"] + options + ["quotients.csv"])
        #expect(run.status == 0, "\(run.messages)")
        #expect(run.messages.contains("6 patterns tested; 1 of those reported are significant"))
        let lines = try workspace.text("one.csv").split(separator: "\n")
        #expect(lines.count == 7, "all pairs, whatever their index")
        let found = lines.filter { $0.contains(",true,") }
        #expect(found.count == 1 && found[0].hasPrefix("13|25,2,1,1|1,40,"))
        let again = try await workspace.run(
            ["patterns", "firms.csv", "-o", "three.csv", "--threads", "3"] + options + ["more.csv"])
        #expect(again.status == 0)
        #expect(try workspace.text("three.csv") == workspace.text("one.csv"))
        #expect(try workspace.text("more.csv") == workspace.text("quotients.csv"))
        let quotients = try workspace.text("quotients.csv").split(separator: "\n")
        #expect(quotients[0] == "industry,toward,colocation_quotient,null_mean,p_value,q_value")
        #expect(quotients[1].hasPrefix("*,*,"))
        // A firm of 13 has one of 25 next to it, always: 1 / (20 / 59).
        #expect(quotients.contains { $0.hasPrefix("13,25,2.95,") })
        let shown = try await workspace.run("patterns", "firms.csv", "--test", "--show", "significant", "--json")
        #expect(shown.status == 64, "a summary needs a file")
    }

    @Test func placesAreValidGeoJSON() async throws {
        let workspace = try CommandWorkspace()
        try workspace.write("firms.csv", Self.firms)
        let run = try await workspace.run("patterns", "firms.csv", "-o", "places.geojson")
        #expect(run.status == 0, "\(run.messages)")
        let report = try workspace.json("places.geojson")
        let feature = report["features"]?[0]
        #expect(feature?["id"]?.text == "13+25")
        #expect(feature?["geometry"]?["type"]?.text == "MultiPoint")
        #expect(feature?["geometry"]?["coordinates"]?[0]?[0]?.number == 120)
        #expect(feature?["properties"]?["industries"]?.text == "13|25")
        #expect(feature?["properties"]?["participation_ratios"]?.text == "1|1")
    }

    @Test(arguments: [
        (["--show", "significant"], "--show significant needs --test"),
        (["--alpha", "0.1"], "--alpha belongs to --test"),
        (["--seed", "2"], "--seed belongs to --test"), (["--simulations", "0"], "there must be 1"),
        (["--test", "--alpha", "1"], "between 0 and 1"), (["--test", "--adjustment", "sidak"], "adjustment"),
    ]) func optionsThatSayNothingAreRefused(options: [String], message: String) async throws {
        let workspace = try CommandWorkspace()
        try workspace.write("firms.csv", Self.firms)
        let run = try await workspace.run(["patterns", "firms.csv"] + options)
        #expect(run.status == 64)
        #expect(run.messages.contains(message), "\(run.messages)")
    }

    @Test func morePatternsThanCanBeLookedForAreRefusedWithTheNumber() async throws {
        let workspace = try CommandWorkspace()
        var text = "id,lon,lat,industry\n"
        for firm in 0..<600 { text += "\(firm),7,51,\(100 + firm / 10)\n" }
        try workspace.write("one-site.csv", text)
        let run = try await workspace.run("patterns", "one-site.csv")
        #expect(run.status == 65)
        #expect(run.messages.contains("more than 1048576 patterns of 5 industries may be as prevalent as asked for"))
        let small = try await workspace.run("patterns", "one-site.csv", "--max-size", "2")
        #expect(small.status == 0)
        let pairs = 60 * 59 / 2
        #expect(small.text.split(separator: "\n").count == 1 + pairs)
    }
}
