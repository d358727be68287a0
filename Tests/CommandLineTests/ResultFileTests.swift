import FirmClustersTestSupport
import Foundation
import Testing

/// Where results go, and what is left when that fails.
@Suite struct ResultFileTests {
    @Test func resultsGoToStandardOutputWithoutAFileAndMessagesNever() async throws {
        let workspace = try CommandWorkspace(firms: SmallRegister.towns)
        let run = try await workspace.detect()
        #expect(run.status == 0)
        #expect(try run.json()["type"]?.text == "FeatureCollection")
        #expect(run.messages.contains("61 rows read, 61 accepted"))
        #expect(run.messages.contains("2 clusters in 2 industries"))
        #expect(run.messages.split(separator: "\n").allSatisfy { $0.hasPrefix("firmclusters: ") })
        #expect(try workspace.names() == ["firms.csv"])
    }

    @Test func everyFileThatIsAskedFor() async throws {
        let workspace = try CommandWorkspace(firms: SmallRegister.towns + "F61,,27.5,13,1,Liushi\n")
        let run = try await workspace.detect(
            "-o", "clusters.geojson", "--table", "table.csv", "--members", "members.csv", "--composition",
            "composition.csv", "--rejects", "rejects.csv")
        #expect(run.status == 0)
        #expect(run.output.isEmpty)
        #expect(
            try workspace.names() == [
                "clusters.geojson", "composition.csv", "firms.csv", "members.csv", "rejects.csv", "table.csv",
            ])
        #expect(try workspace.json("clusters.geojson")["features"]?.items.count == 2)
        let table = try workspace.text("table.csv").split(separator: "\n")
        #expect(table.count == 3)
        #expect(table[0].hasPrefix("cluster_id,cluster_number,kind,"))
        #expect(table.dropFirst().map { $0.prefix(5) } == ["13-1,", "25-1,"])
        let members = try workspace.text("members.csv").split(separator: "\n")
        #expect(members.count == 62)
        #expect(members[0].hasPrefix("id,cluster_id,group,role,ambiguous,strength"))
        #expect(members.count { $0.contains(",13-1,13,") } == 30)
        #expect(members.count { $0.contains(",25-1,25,") } == 30)
        #expect(members.last?.hasPrefix("F60,,47,") == true)
        let composition = try workspace.text("composition.csv").split(separator: "\n")
        // Two footprints with two industries each.
        #expect(composition.count == 5)
        #expect(
            try workspace.text("rejects.csv") == "file,line,reason,column,text\nfirms.csv,63,missing coordinate,lon,\n")
    }

    @Test func formatFollowsTheExtension() async throws {
        let workspace = try CommandWorkspace(firms: SmallRegister.towns)
        for name in ["clusters.geojson", "clusters.geojsonl", "clusters.csv"] {
            #expect(try await workspace.detect("-o", name).status == 0)
        }
        let collection = try workspace.json("clusters.geojson")
        let lines = try workspace.text("clusters.geojsonl").split(separator: "\n")
        // The same features, one on a line.
        let features = try lines.map { try JSONTree(parsing: Data($0.utf8)) }.filter { $0["type"]?.text == "Feature" }
        #expect(features == collection["features"]?.items)
        #expect(try workspace.text("clusters.csv").hasPrefix("cluster_id,"))
    }

    @Test func summaryAsJSON() async throws {
        let workspace = try CommandWorkspace(firms: SmallRegister.towns + "F61,,27.5,13,1,Liushi\n")
        let run = try await workspace.detect("-o", "clusters.geojson", "--table", "table.csv", "--json")
        #expect(run.status == 0)
        let summary = try run.json()
        #expect(summary["rows"]?["read"]?.number == 62)
        #expect(summary["rows"]?["accepted"]?.number == 61)
        #expect(summary["rows"]?["rejected_by_reason"] == .object(["missing coordinate": .number(1)]))
        #expect(summary["clusters"]?["total"]?.number == 2)
        #expect(summary["clusters"]?["member_firms"]?.number == 60)
        #expect(summary["groups"]?["noise_firms"]?.number == 1)
        #expect(summary["outputs"]?.items.map { $0["path"]?.text } == ["clusters.geojson", "table.csv"])
    }

    @Test func provenanceNamesEverythingThatWasRead() async throws {
        let workspace = try CommandWorkspace(firms: SmallRegister.towns)
        try FileManager.default.createDirectory(
            at: workspace.folder.appendingPathComponent("lists"), withIntermediateDirectories: false)
        try workspace.write("lists/totals.csv", "code,firms\n13,100\n25,900\n47,5\n")
        try workspace.write("lists/bands.csv", "label,low,high\nsmall,1,9\n")
        try workspace.write("lists/codes.csv", "code,title\n13,Textiles\n")
        let run = try await workspace.detectNothing(
            "--reference", "lists/totals.csv", "--employment-bands", "lists/bands.csv", "--classification",
            workspace.folder.path + "/lists/codes.csv")
        #expect(run.status == 0, "\(run.messages)")
        #expect(!run.text.contains("lists/"))
        let provenance = try #require(try run.json()["firmclusters"])
        let files = provenance["auxiliary_inputs"]?.items ?? []
        #expect(files.map { $0["role"]?.text } == ["employment_bands", "classification", "reference"])
        #expect(files.map { $0["name"]?.text } == ["bands.csv", "codes.csv", "totals.csv"])
        #expect(files.map { $0["bytes"]?.number } == [25, 23, 30])
        #expect(
            try await workspace.shell("sha256sum lists/bands.csv lists/codes.csv lists/totals.csv | cut -c1-64 > sums")
                == 0)
        #expect(
            files.compactMap { $0["sha256"]?.text }.joined(separator: "\n") + "\n" == (try workspace.text("sums")))
        let parameters = provenance["parameters"]
        #expect(parameters?["reference"]?.text == "totals.csv")
        #expect(parameters?["employment_bands"]?.text == "bands.csv")
        #expect(parameters?["classification"]?.text == "codes.csv")
        #expect(parameters?["encoding"]?.text?.isEmpty == false)
        #expect(parameters?["delimiter"]?.text == "comma")
        // Built-in lists are no files, and what was not given is null.
        let plain = try await workspace.detectNothing("--classification", "isic4").json()["firmclusters"]
        #expect(plain?["auxiliary_inputs"]?.items.isEmpty == true)
        #expect(plain?["parameters"]?["reference"] == .null)
        #expect(plain?["parameters"]?["classification"]?.text == "isic4")
    }

    @Test func existingFilesAreKeptUnlessForced() async throws {
        let workspace = try CommandWorkspace(firms: SmallRegister.towns)
        for option in ["-o", "--table", "--members", "--composition", "--rejects"] {
            try workspace.write("there.csv", "mine")
            let refused = try await workspace.detectNothing(option, "there.csv")
            #expect(refused.status == 73)
            #expect(refused.output.isEmpty)
            #expect(refused.messages.contains("there.csv exists already; --force overwrites it"))
            #expect(try workspace.text("there.csv") == "mine")
            let forced = try await workspace.detectNothing(option, "there.csv", "--force")
            #expect(forced.status == 0)
            #expect(try workspace.text("there.csv") != "mine")
        }
        for option in ["-o", "--truth"] {
            try workspace.write("there.csv", "mine")
            let arguments = ["generate", "--preset", "country", "--firms", "20", option, "there.csv"]
            #expect(try await workspace.run(arguments).status == 73)
            #expect(try workspace.text("there.csv") == "mine")
            #expect(try await workspace.run(arguments + ["--force"]).status == 0)
        }
        #expect(try workspace.names() == ["firms.csv", "there.csv"])
    }

    @Test func placesWhereNothingCanBeCreated() async throws {
        let workspace = try CommandWorkspace(firms: SmallRegister.towns)
        try FileManager.default.createDirectory(
            at: workspace.folder.appendingPathComponent("folder.csv"), withIntermediateDirectories: false)
        // A missing folder, a file taken for a folder, a folder in the place of the file.
        for path in ["missing/clusters.csv", "firms.csv/clusters.csv", "folder.csv"] {
            for option in ["-o", "--table", "--members", "--composition", "--rejects"] {
                let run = try await workspace.detectNothing(option, path, "--force")
                #expect(run.status == 73, "\(option) \(path)")
                #expect(run.output.isEmpty)
                #expect(run.messages.hasPrefix("firmclusters: error: cannot create \(path): "))
            }
        }
        #expect(try workspace.names() == ["firms.csv", "folder.csv"])
    }

    @Test func aFailureLeavesNoneOfTheFiles() async throws {
        // The table cannot be made; the other outputs, opened before and after it, must not appear either.
        let workspace = try CommandWorkspace(firms: SmallRegister.towns)
        let run = try await workspace.detectNothing(
            "-o", "clusters.geojson", "--table", "missing/table.csv", "--members", "members.csv")
        #expect(run.status == 73)
        #expect(try workspace.names() == ["firms.csv"])
        // Nor when the work fails after they were opened.
        try workspace.write("bad.csv", "lon,lat,industry\n,,\n")
        let bad = try await workspace.run("detect", "bad.csv", "-o", "clusters.geojson", "--members", "members.csv")
        #expect(bad.status == 65)
        #expect(try workspace.names() == ["bad.csv", "firms.csv"])
    }

    @Test func theRegisterItselfIsNoOutput() async throws {
        let workspace = try CommandWorkspace(firms: SmallRegister.towns)
        for path in ["firms.csv", "./firms.csv", workspace.folder.path + "/firms.csv"] {
            for option in ["-o", "--members", "--rejects"] {
                let run = try await workspace.detectNothing(option, path, "--force")
                #expect(run.status == 64, "\(option) \(path)")
                #expect(run.messages.contains("is an input"))
            }
            #expect(try await workspace.run("inspect", "firms.csv", "--rejects", path, "--force").status == 64)
        }
        #expect(try workspace.text("firms.csv") == SmallRegister.towns)
        // Nor is what is read beside it.
        try workspace.write("totals.csv", "code,firms\n13,5\n")
        let totals = try await workspace.detectNothing(
            "--reference", "totals.csv", "--table", "./totals.csv", "--force")
        #expect(totals.status == 64)
        #expect(try workspace.text("totals.csv") == "code,firms\n13,5\n")
    }

    @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full"), "/dev/full is not here"))
    func fullDisk() async throws {
        let workspace = try CommandWorkspace(firms: SmallRegister.towns)
        for option in ["-o", "--table", "--members", "--composition"] {
            let run = try await workspace.detectNothing(option, "/dev/full")
            #expect(run.status == 74, "\(option)")
            #expect(run.messages.contains("error: cannot write /dev/full: No space left on device"))
        }
        for arguments in [
            ["detect", "firms.csv", "--min-points", "1000"], ["inspect", "firms.csv"],
            ["detect", "firms.csv", "--min-points", "1000", "-o", "clusters.csv", "--json"], ["patterns", "firms.csv"],
            ["generate", "--preset", "country", "--firms", "100"],
        ] {
            let run = try await workspace.run(arguments, standardOutput: "/dev/full")
            #expect(run.status == 74, "\(arguments)")
            #expect(run.messages.contains("error: cannot write standard output: No space left on device"))
        }
    }

    @Test func readerThatHasGone() async throws {
        let workspace = try CommandWorkspace(firms: SmallRegister.towns)
        for command in [
            "detect firms.csv --eps 300m", "patterns firms.csv", "inspect firms.csv",
            "generate --preset country --firms 5000",
            "detect firms.csv --min-points 1000 -o clusters.geojson --force --json",
        ] {
            // Standard output is a pipe whose only reader has ended before anything is written.
            let status = try await workspace.shell(
                "{ sleep 0.2; \"$FIRMCLUSTERS\" \(command) 2>messages.txt; echo $? >status.txt; } | true")
            #expect(status == 0)
            #expect(try workspace.text("status.txt") == "0\n", "\(command)")
            #expect(try !workspace.text("messages.txt").contains("error"))
        }
    }

    @Test func readerThatHasGoneEndsOneOutput() async throws {
        let workspace = try CommandWorkspace(firms: SmallRegister.towns + "F61,,27.5,13,1,Liushi\n")
        for (command, files) in [
            ("detect firms.csv --eps 300m -o /dev/stdout --members m.csv --table t.csv", ["m.csv", "t.csv"]),
            ("detect firms.csv --eps 300m --rejects /dev/stdout -o c.csv --members m.csv", ["c.csv", "m.csv"]),
            ("patterns firms.csv -o /dev/stdout --rules r.csv --network n.graphml", ["n.graphml", "r.csv"]),
            ("generate --preset country --firms 5000 -o /dev/stdout --truth t.csv", ["t.csv"]),
            ("generate --preset country --firms 5000 --truth /dev/stdout -o f.csv", ["f.csv"]),
        ] {
            let status = try await workspace.shell(
                "{ sleep 0.2; \"$FIRMCLUSTERS\" \(command) 2>messages.txt; echo $? >status.txt; } | true")
            #expect(status == 0)
            #expect(try workspace.text("status.txt") == "0\n", "\(command)")
            #expect(
                try workspace.names() == (files + ["firms.csv", "messages.txt", "status.txt"]).sorted(), "\(command)")
            for file in files {
                #expect(try workspace.text(file).hasSuffix("\n"))
                try FileManager.default.removeItem(at: workspace.folder.appendingPathComponent(file))
            }
        }
    }

    @Test func oneFileForTwoOutputs() async throws {
        let workspace = try CommandWorkspace(firms: SmallRegister.towns)
        try FileManager.default.createSymbolicLink(
            at: workspace.folder.appendingPathComponent("here"), withDestinationURL: workspace.folder)
        for other in ["dd.csv", "./dd.csv", "here/dd.csv", workspace.folder.path + "/dd.csv"] {
            for option in ["--table", "--members", "--composition", "--rejects"] {
                let run = try await workspace.detectNothing("-o", "dd.csv", option, other, "--force")
                #expect(run.status == 64, "\(option) \(other)")
                #expect(run.messages.contains("\(other) is named for two outputs"))
            }
            let made = try await workspace.run(
                "generate", "--preset", "country", "--firms", "20", "-o", "dd.csv", "--truth", other, "--force")
            #expect(made.status == 64)
        }
        #expect(try workspace.names() == ["firms.csv", "here"])
        // Devices can take several.
        #expect(try await workspace.detectNothing("-o", "/dev/null", "--members", "/dev/null").status == 0)
    }

    @Test func quietSaysNothing() async throws {
        let workspace = try CommandWorkspace(firms: SmallRegister.towns)
        for flag in ["-q", "--quiet"] {
            let run = try await workspace.detectNothing("-o", "clusters.csv", "--force", flag)
            #expect(run.status == 0)
            #expect(run.output.isEmpty && run.messages.isEmpty)
        }
        // Errors are said all the same.
        let run = try await workspace.run("detect", "missing.csv", "-q")
        #expect(run.messages.hasPrefix("firmclusters: error: "))
    }

    @Test func noProgressWhereStandardErrorIsNoTerminal() async throws {
        let workspace = try CommandWorkspace(firms: SmallRegister.onePoint(20_000, industries: 3))
        let run = try await workspace.detectNothing("-o", "clusters.csv")
        #expect(!run.messages.contains("\u{1B}") && !run.messages.contains("\r"))
        let silenced = try await workspace.detectNothing("-o", "clusters.csv", "--force", "--no-progress")
        #expect(silenced.messages == run.messages)
    }
}

extension CommandWorkspace {
    /// Runs a line of shell in the folder, with the command's path in `$FIRMCLUSTERS`.
    func shell(_ line: String) async throws -> Int32 {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", line]
        process.currentDirectoryURL = folder
        process.standardInput = FileHandle.nullDevice
        process.environment = ProcessInfo.processInfo.environment.merging(
            ["FIRMCLUSTERS": try Self.executable().path]) { $1 }
        let (ends, end) = AsyncStream.makeStream(of: Void.self)
        process.terminationHandler = { _ in end.finish() }
        try process.run()
        for await _ in ends {}
        return process.terminationStatus
    }
}
