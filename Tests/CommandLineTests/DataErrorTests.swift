import FirmClustersTestSupport
import Foundation
import Testing

/// Files that hold nothing to work with end with 65, files that cannot be read with 66; both say which file and why.
@Suite struct DataErrorTests {
    private func expectBadData(_ firms: String, _ reason: String, _ options: String...) async throws {
        let workspace = try CommandWorkspace(firms: firms)
        let run = try await workspace.run(["detect", "firms.csv", "-o", "clusters.geojson"] + options)
        #expect(run.status == 65)
        #expect(run.output.isEmpty)
        #expect(run.messages.contains("error: firms.csv"))
        #expect(run.messages.contains(reason), "\(run.messages)")
        #expect(try workspace.names() == ["firms.csv"])
    }

    @Test func emptyFile() async throws { try await expectBadData("", "is empty") }

    @Test func headerOnly() async throws { try await expectBadData("lon,lat,industry\n", "holds a header but no rows") }

    @Test func noUsableRow() async throws {
        try await expectBadData(
            "lon,lat,industry\nx,1,A\n,1,A\n0,0,A\n1,2,\n",
            "none of 4 rows is usable: 1 missing coordinate, 1 not a number, 1 0/0 island, 1 missing industry")
    }

    @Test func missingColumn() async throws {
        try await expectBadData("a,b,c\n1,2,3\n", "no column for longitude and latitude is recognized among a, b, c")
        try await expectBadData("lon,lat,c\n1,2,3\n", "no column for industry is recognized among lon, lat, c")
        try await expectBadData("lon,lat,c\n1,2,3\n", "there is no column 'naics'", "--industry", "naics")
    }

    @Test func ambiguousColumn() async throws {
        try await expectBadData("lon,lng,lat,industry\n1,1,2,A\n", "'lon', 'lng' could each be the longitude")
    }

    @Test func longitudeAndLatitudeExchanged() async throws {
        var firms = "longitude,latitude,industry\n"
        for index in 0..<100 { firms += "27.\(500 + index),120.\(500 + index),13\n" }
        try await expectBadData(firms, "use --lon 'latitude' --lat 'longitude'")
    }

    @Test func halfOfTheRowsOutOfRangeIsNotYetASignOfExchange() async throws {
        var firms = "longitude,latitude,industry\n"
        for index in 0..<50 { firms += "27.\(500 + index),120.5,13\n120.5,27.\(500 + index),13\n" }
        let run = try await CommandWorkspace(firms: firms).detectNothing()
        #expect(run.status == 0)
        #expect(run.messages.contains("100 rows read, 50 accepted, 50 left out (out of range 50)"))
    }

    @Test func strictMakesTheFirstBadRowAnError() async throws {
        try await expectBadData(
            SmallRegister.header + "F1,120.5,27.5,13,4,Liushi\nF2,x,27.5,13,4,Liushi\nF3,,27.5,13,4,Liushi\n",
            "line 3, column lon: not a number ('x')", "--strict")
    }

    @Test func oneRowFarOffIsLeftOut() async throws {
        var firms = "x,y,industry\n"
        for index in 0..<40 { firms += "\(1000 + index),\(index == 7 ? "3e9" : "2000"),13\n" }
        let run = try await CommandWorkspace(firms: firms).detectNothing("--crs", "local")
        #expect(run.status == 0)
        #expect(run.messages.contains("40 rows read, 39 accepted, 1 left out (out of range 1)"), "\(run.messages)")
    }

    @Test(arguments: ["detect", "inspect"])
    func rejectsAreWrittenThoughReadingFails(_ subcommand: String) async throws {
        let workspace = try CommandWorkspace()
        for (firms, options, rejects) in [
            ("lon,lat,industry\nx,1,A\n,1,A\n", [], "2,not a number,lon,x\nfirms.csv,3,missing coordinate,lon,\n"),
            ("lon,lat,industry\n27,120,A\n", [], "2,out of range,lat,120\n"),
            ("lon,lat,industry\n1,2,A\n1,2,\n", ["--strict"], "3,missing industry,industry,\n"),
            ("x,y,industry\n9e8,9e8,A\n", ["--crs", "EPSG:3035"], "2,out of range,,\"900000000.0, 900000000.0\"\n"),
        ] {
            try workspace.write("firms.csv", firms)
            let run = try await workspace.run(
                [subcommand, "firms.csv", "--rejects", "rejects.csv", "--force"] + options)
            #expect(run.status == 65)
            #expect(run.messages.contains("error: firms.csv"), "\(run.messages)")
            #expect(try workspace.text("rejects.csv") == "file,line,reason,column,text\nfirms.csv," + rejects)
            #expect(try workspace.names() == ["firms.csv", "rejects.csv"])
        }
    }

    @Test func filesWithDifferentHeaders() async throws {
        let workspace = try CommandWorkspace(firms: SmallRegister.towns)
        try workspace.write("more.csv", "lat,lon,industry\n1,2,A\n")
        let run = try await workspace.run("detect", "firms.csv", "more.csv")
        #expect(run.status == 65)
        #expect(run.messages.contains("error: more.csv: has another header than firms.csv"))
    }

    @Test(arguments: ["detect", "inspect"])
    func inputThatIsNotThereOrAFolder(_ subcommand: String) async throws {
        let workspace = try CommandWorkspace()
        let missing = try await workspace.run(subcommand, "firms.csv")
        #expect(missing.status == 66)
        #expect(missing.messages.contains("error: firms.csv: cannot be opened: No such file or directory"))
        let directory = try await workspace.run(subcommand, "/")
        #expect(directory.status == 66)
        #expect(directory.messages.contains("error: /: is a folder"))
        for run in [missing, directory] { #expect(run.output.isEmpty) }
    }

    @Test func otherFilesThatAreNotThere() async throws {
        let workspace = try CommandWorkspace(firms: SmallRegister.towns)
        for option in ["--reference", "--employment-bands", "--config"] {
            let run = try await workspace.detect(option, "missing.csv")
            #expect(run.status == 66, "\(option)")
            #expect(run.messages.contains("missing.csv"))
        }
        let truth = try await workspace.detect("--truth", "missing.csv", "-o", "clusters.csv")
        #expect(truth.status == 66)
        #expect(try workspace.names() == ["firms.csv"])
        let description = try await workspace.run("generate", "missing.txt", "-o", "made.csv")
        #expect(description.status == 66)
    }

    @Test func referenceAndDescriptionThatMakeNoSense() async throws {
        let workspace = try CommandWorkspace(firms: SmallRegister.towns)
        try workspace.write("totals.csv", "code,firms\n13,many\n")
        let reference = try await workspace.detect("--reference", "totals.csv")
        #expect(reference.status == 65)
        #expect(reference.messages.contains("totals.csv, line 2, column firms: 'many' is not a number of firms"))
        for (totals, reason) in [
            ("code,firms\n13,0x10\n", "'0x10' is not a number of firms"),
            ("code,firms,employment\n13,10,-3\n", "'-3' is not a number of employees"),
            ("code,firms\n13,1e308\n25,1e308\n", "the numbers of firms add up to more than 10^15"),
            ("code,firms,employment\n13,1,1e16\n", "the numbers of employees add up to more than 10^15"),
        ] {
            try workspace.write("totals.csv", totals)
            let run = try await workspace.detect("--reference", "totals.csv")
            #expect(run.status == 65)
            #expect(run.messages.contains(reason), "\(run.messages)")
        }
        // A row that cannot be read is not left out in silence.
        for option in ["--reference", "--truth"] {
            try workspace.write("broken.csv", "code,firms,id,cluster\n13,5,F0,A\n\"25\"x,3,F1,A\n47,7,F2,A\n")
            let broken = try await workspace.detectNothing("-o", "/dev/null", option, "broken.csv")
            #expect(broken.status == 65)
            #expect(broken.messages.contains("broken.csv, line 3: the row cannot be read"), "\(broken.messages)")
        }
        try FileManager.default.removeItem(at: workspace.folder.appendingPathComponent("broken.csv"))
        try workspace.write("region.txt", "[region]\nnonsense\n")
        let description = try await workspace.run("generate", "region.txt", "-o", "made.csv")
        #expect(description.status == 65)
        #expect(description.messages.contains("region.txt"))
        #expect(try workspace.names() == ["firms.csv", "region.txt", "totals.csv"])
    }
}
