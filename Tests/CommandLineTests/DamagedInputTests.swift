import FirmClustersTestSupport
import Foundation
import Testing

/// Input that is damaged or out of all proportion: rows are left out and counted, or the run ends with a reason.
@Suite struct DamagedInputTests {
    /// Runs `detect` with rejects written; the rejects without their header, as "line,reason,column".
    private func rejects(
        _ firms: Data, status: Int32 = 0, _ options: String...
    ) async throws -> (messages: String, rows: [String]) {
        let workspace = try CommandWorkspace()
        try workspace.write("firms.csv", firms)
        let run = try await workspace.run(["detect", "firms.csv", "--rejects", "rejects.csv"] + options)
        #expect(run.status == status, "\(run.messages)")
        let rows = try workspace.text("rejects.csv").split(separator: "\n").dropFirst()
        return (
            run.messages,
            rows.map {
                $0.split(separator: ",", maxSplits: 4, omittingEmptySubsequences: false)[1...3].joined(separator: ",")
            }
        )
    }

    @Test func fieldOfTwentyMegabytes() async throws {
        let text =
            "lon,lat,industry,note\n1,1,A,ok\n1,1,A,\"" + String(repeating: "x", count: 20 << 20) + "\"\n1,1,A,ok\n"
        let result = try await rejects(Data(text.utf8))
        #expect(result.messages.contains("3 rows read, 2 accepted, 1 left out (field too large 1)"))
        #expect(result.rows == ["3,field too large,"])
    }

    @Test func quoteThatNeverEnds() async throws {
        let text = "lon,lat,industry\n1,1,A\n1,1,\"A\n" + String(repeating: "1,1,A\n", count: 1000)
        let result = try await rejects(Data(text.utf8))
        #expect(result.messages.contains("left out (broken quoting 1)"), "\(result.messages)")
        #expect(result.rows == ["3,broken quoting,"])
    }

    @Test func aMillionColumns() async throws {
        let count = 1_000_000
        var text = "lon,lat,industry"
        for index in 3..<count { text += ",c\(index)" }
        text += "\n1,1,A" + String(repeating: ",", count: count - 3) + "\n1,1,A\n"
        let result = try await rejects(Data(text.utf8))
        #expect(result.messages.contains("2 rows read, 1 accepted, 1 left out (wrong field count 1)"))
        #expect(result.rows == ["3,wrong field count,"])
    }

    @Test func nullBytes() async throws {
        let result = try await rejects(Data("lon,lat,industry\n1,1,A\n1,1,\0A\n1,\01,A\n\0\0\0\n1,1,A\n".utf8))
        #expect(result.messages.contains("5 rows read, 2 accepted, 3 left out (bad bytes 3)"))
        #expect(result.rows == ["3,bad bytes,", "4,bad bytes,", "5,bad bytes,"])
    }

    @Test func invalidUTF8() async throws {
        let bytes =
            Data("lon,lat,industry,name\n1,1,A,é\n1,1,A,".utf8) + Data([0xFF, 0xFE]) + Data("\n1,1,A,".utf8)
            + Data([0xC3]) + Data("\n".utf8)
        let result = try await rejects(bytes, "--encoding", "utf-8")
        #expect(result.messages.contains("3 rows read, 1 accepted, 2 left out (bad bytes 2)"))
        #expect(result.rows == ["3,bad bytes,", "4,bad bytes,"])
    }

    @Test func textThatIsNoFiniteNumber() async throws {
        let text = """
            lon,lat,industry,employees
            nan,1,A,1
            inf,1,A,1
            1e999,1,A,1
            1,-inf,A,1
            1,1,A,nan
            1,1,A,1e999
            1,1,A,5
            0x10,1,A,5
            1 000,1,A,5

            """
        let result = try await rejects(Data(text.utf8))
        #expect(result.messages.contains("9 rows read, 3 accepted, 6 left out (not a number 6)"), "\(result.messages)")
        #expect(
            result.rows == [
                "2,not a number,lon", "3,not a number,lon", "4,not a number,lon", "5,not a number,lat",
                "9,not a number,lon", "10,not a number,lon",
            ])
    }

    @Test func everyReasonIsCountedAndWritten() async throws {
        let text = """
            id,lon,lat,industry,employees
            1,120.5,27.5,13,4
            2,,27.5,13,4
            3,120.5,abc,13,4
            4,181,27.5,13,4
            5,0,0,13,4
            6,120.5,27.5,,4
            7,120.5,27.5,13
            1,120.5,27.5,13,4
            8,120.5,27.5,13,-4
            9,120.5,27.5,"13"x,4

            """
        let result = try await rejects(Data(text.utf8), "--weight", "employment")
        #expect(result.messages.contains("10 rows read, 1 accepted, 9 left out"))
        #expect(
            result.rows == [
                "3,missing coordinate,lon", "4,not a number,lat", "5,out of range,lon", "6,0/0 island,lon",
                "7,missing industry,industry", "8,wrong field count,", "9,duplicate id,id",
                "10,negative weight,employees", "11,broken quoting,",
            ])
    }

    @Test func gzipThatIsCutOff() async throws {
        // 400 KB of text in blocks that do not compress to nothing.
        let workspace = try CommandWorkspace()
        try workspace.write("firms.csv", try Data(contentsOf: URL(fileURLWithPath: Sample.path("wenzhou_firms.csv"))))
        #expect(try await workspace.shell("gzip -k firms.csv") == 0)
        let whole = try workspace.read("firms.csv.gz")
        for kept in [whole.count - 4, whole.count / 2, 20] {
            try workspace.write("cut.csv.gz", whole.prefix(kept))
            let run = try await workspace.run("detect", "cut.csv.gz", "-o", "clusters.csv")
            #expect(run.status == 65)
            #expect(run.messages.contains("error: cut.csv.gz: the gzip data is cut off"))
        }
        var damaged = whole
        damaged[whole.count / 2] ^= 0xFF
        try workspace.write("cut.csv.gz", damaged)
        let run = try await workspace.run("detect", "cut.csv.gz", "-o", "clusters.csv")
        #expect(run.status == 65)
        #expect(try workspace.names() == ["cut.csv.gz", "firms.csv", "firms.csv.gz"])
    }

    @Test func hundredThousandFirmsOnOnePoint() async throws {
        let workspace = try CommandWorkspace(firms: SmallRegister.onePoint(100_000, industries: 3))
        let fixed = try await workspace.detect()
        #expect(fixed.status == 0)
        let features = try fixed.json()["features"]?.items ?? []
        #expect(features.map { $0["properties"]?["firms"]?.number } == [33_334, 33_333, 33_333])
        #expect(features.allSatisfy { $0["properties"]?["sites"]?.number == 1 })
        #expect(features.allSatisfy { $0["properties"]?["footprint_firms"]?.number == 100_000 })
        // No positive distance to choose a radius from: all skipped, and said.
        let automatic = try await workspace.run("detect", "firms.csv")
        #expect(automatic.status == 0)
        #expect(try automatic.json()["features"]?.items.isEmpty == true)
        #expect(automatic.messages.contains("3 of 3 industries skipped: "))
    }
}
