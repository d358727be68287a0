import FirmClustersTestSupport
import Foundation
import Testing

/// What is wrong with a request is found before any work, said, and ends with 64.
@Suite struct UsageTests {
    @Test(arguments: [
        ["--eps", "0"], ["--eps=-1"], ["--eps", "nan"], ["--eps", "inf"], ["--eps", "far"], ["--eps", "5miles"],
        ["--min-points", "0"], ["--min-points=-3"], ["--min-points", "nan"], ["--min-points", "2.5"],
        ["--min-sites", "0"], ["--min-lq", "nan"], ["--min-lq=-1"], ["--min-lq", "inf"],
        ["--footprint-radius", "0.0001"],
        ["--footprint-radius=-1"], ["--footprint-radius", "1000001km"], ["--eps", "1000001km"], ["--eps", "1e200"],
        ["--seed=-1"],
        ["--method", "kmeans"], ["--border", "far"], ["--footprint", "box"], ["--groups", "towns"],
        ["--weight", "turnover"], ["--industries", ","], ["--level", "0"], ["--delimiter", "dash"],
        ["--encoding", "klingon"], ["--classification", "naics1066"], ["--where", "town"], ["--crs", "EPSG:999999"],
        ["--crs", "nowhere"], ["--x", "lon"], ["--x", "lon", "--y", "lat"], ["--lon", "lon"], ["--threads", "0"],
        ["--threads", "many"], ["--show", "3"], ["--truth", "truth.csv"], ["--json"], ["-o", "clusters.xlsx"], ["-o"],
        ["--output", "a.csv", "--table", "a.csv"], ["--nonsense"],
        ["--lon", "lon", "--lat", "lat", "--location", "town"],
    ])
    func impossibleOptions(_ options: [String]) async throws {
        let workspace = try CommandWorkspace(firms: SmallRegister.towns)
        let run = try await workspace.run(["detect", "firms.csv"] + options)
        #expect(run.status == 64)
        #expect(run.output.isEmpty)
        #expect(run.messages.lowercased().contains("error: "))
        #expect(try workspace.names() == ["firms.csv"])
    }

    @Test(arguments: [
        ["detect"], ["detect", "-", "-"], ["detect", "firms.csv", "--config"], ["nonsense"], ["inspect"],
        ["inspect", "firms.csv", "--min-points", "1"], ["generate"], ["generate", "--preset", "galaxy"],
        ["generate", "--preset", "country", "--firms", "0"], ["generate", "a.txt", "--preset", "country"],
        ["generate", "--preset", "country", "-o", "a.csv", "--truth", "a.csv"],
    ])
    func impossibleCommands(_ arguments: [String]) async throws {
        let workspace = try CommandWorkspace(firms: SmallRegister.towns)
        let run = try await workspace.run(arguments)
        #expect(run.status == 64)
        #expect(run.output.isEmpty)
        #expect(run.messages.lowercased().contains("error: "))
        #expect(try workspace.names() == ["firms.csv"])
    }

    @Test func helpIsThereForEverySubcommand() async throws {
        let workspace = try CommandWorkspace()
        for subcommand in [[], ["detect"], ["patterns"], ["inspect"], ["generate"]] {
            let run = try await workspace.run(subcommand + ["--help"])
            #expect(run.status == 0)
            #expect(run.text.contains("USAGE: " + (["firmclusters"] + subcommand).joined(separator: " ")))
            #expect(run.messages.isEmpty)
        }
    }

    @Test func versionNamesTheLibrariesThatNumbersDependOn() async throws {
        let run = try await CommandWorkspace().run("--version")
        #expect(run.status == 0)
        let lines = run.text.split(separator: "\n").map(String.init)
        try #require(lines.count == 3)
        #expect(lines[0].wholeMatch(of: /firmclusters \d+\.\d+\.\d+/) != nil)
        #expect(lines[1].wholeMatch(of: /GEOS \d+\.\d+\..+/) != nil)
        #expect(lines[2].wholeMatch(of: /PROJ \d+\.\d+\..+/) != nil)
    }

    @Test(arguments: ["bash", "zsh", "fish"])
    func completions(_ shell: String) async throws {
        let run = try await CommandWorkspace().run("--generate-completion-script", shell)
        #expect(run.status == 0)
        for word in ["detect", "patterns", "inspect", "generate", "footprint-radius"] {
            #expect(run.text.contains(word))
        }
        #expect(run.messages.isEmpty)
    }
}
