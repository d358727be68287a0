import ClusterDetection
import FirmModel
import ParallelWork
import Testing

@testable import ReportWriting

@Suite struct TableTests {
    private func lines(_ document: ReportDocument, workers: Int = 2) throws -> [String] {
        String(decoding: try document.bytes(workers: Workers(count: workers)), as: UTF8.self)
            .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    @Test func theTableHasAColumnForEveryProperty() throws {
        let lines = try lines(.table(SampleReport.three))
        #expect(lines[0] == ClusterProperty.all.map(\.name.description).joined(separator: ","))
        #expect(
            lines[1]
                == "2733-1,1,industry,2733,Manufacture of wiring devices,\"Manufacture of wiring devices, Liushi\","
                + "\"柳市 \"\"Liushi\"\", Yueqing\",489,480,9,401,0.333333,1234567,2011,500,54321.5,250,8.81235,8.1,"
                + "9.55556,12.5,1,56.7,31.4159,1234.57,,,,,,0.25,12.5,39.04,0.017,5.5,120.9123457,28.03,,,,")
        #expect(lines[3].hasSuffix(",0.25,,,0.017,5.5,120.9123457,28.03,,,,"))
        #expect(lines.count == 5 && lines[4].isEmpty)
    }

    @Test func compositionNamesClusters() throws {
        var report = SampleReport.three
        report.composition = [
            CompositionRecord(
                cluster: 0, industry: "1520", title: "Footwear, all", firms: 12, share: 0.125, locationQuotient: nil),
            CompositionRecord(
                cluster: 2, industry: "2733", title: nil, firms: 500, share: 2.0 / 3, locationQuotient: 8.8),
        ]
        #expect(
            try lines(.composition(report)) == [
                "cluster_id,industry,title,firms,share,location_quotient", "2733-1,1520,\"Footwear, all\",12,0.125,",
                "2733-3,2733,,500,0.666667,8.8", "",
            ])
    }

    @Test func membersCarryTheirColumns() throws {
        var report = SampleReport.three
        var identifiers = TextColumn()
        var towns = TextColumn()
        for (identifier, town) in [("a-1", "Liushi"), ("b,2", "柳市"), ("", "")] {
            identifiers.append(identifier)
            towns.append(town)
        }
        let register = try FirmRegister(
            frame: .geographic, x: [120, 121, 122], y: [28, 28, 28],
            industry: CategoryColumn(["2733", "2733", "1520"]),
            identifier: identifiers, kept: [("town, or village", towns)])
        report.members = [
            MemberRecord(row: 0, cluster: 0, group: 1, role: .core, isAmbiguous: false, strength: 0.75),
            MemberRecord(row: 1, cluster: 1, group: 1, role: .border, isAmbiguous: true),
            MemberRecord(row: 2, cluster: nil, group: 0, role: nil, isAmbiguous: false),
        ]
        #expect(
            try lines(.members(report, of: register)) == [
                "id,\"town, or village\",cluster_id,group,role,ambiguous,strength",
                "a-1,Liushi,2733-1,2733,core,false,0.75", "\"b,2\",柳市,2733-2,2733,border,true,", "3,,,1520,,,", "",
            ])
    }

    @Test func firmsWithoutIdentifierAreNamedByLine() throws {
        var report = SampleReport.report([])
        report.members = [
            MemberRecord(row: 1, cluster: nil, group: 1, role: .noise, isAmbiguous: false),
            MemberRecord(row: 0, cluster: nil, group: nil, role: nil, isAmbiguous: false),
        ]
        func ids(lineNumber: [UInt32]) throws -> [Substring?] {
            let register = try FirmRegister(
                frame: .local, x: [0, 1], y: [0, 1], industry: CategoryColumn(["1", "2"]),
                lineNumber: LineNumbers(lineNumber))
            return try lines(.members(report, of: register)).dropFirst().dropLast().map {
                $0.split(separator: ",").first
            }
        }
        #expect(try ids(lineNumber: [2, 7]) == ["7", "2"])
        #expect(try ids(lineNumber: []) == ["2", "1"])
    }

    @Test func manyMembersComeInOrderForAnyWorkers() throws {
        let count = 100_000
        var report = SampleReport.three
        report.members = (0..<count).map { row -> MemberRecord in
            let isMember = row % 3 == 0
            let cluster: Int32? = isMember ? Int32(row % 2) : nil
            return MemberRecord(
                row: Int32(row), cluster: cluster, group: 1, role: isMember ? .core : .noise, isAmbiguous: false)
        }
        let register = try FirmRegister(
            frame: .local, x: Array(repeating: 0, count: count), y: Array(repeating: 0, count: count),
            industry: CategoryColumn(Array(repeating: "2733", count: count)))
        let document = ReportDocument.members(report, of: register)
        let one = try document.bytes(workers: Workers(count: 1))
        #expect(try document.bytes(workers: Workers(count: 4)) == one)
        #expect(one.count { $0 == UInt8(ascii: "\n") } == count + 1)
        let text = try lines(document)
        #expect(text[1] == "1,2733-1,2733,core,false,")
        #expect(text[2] == "2,,2733,noise,false,")
    }

    @Test func rejectsSayWhatWasWrong() throws {
        let rows = [
            RejectedRow(file: "firms.csv", line: 12, reason: .notANumber, column: "LON", text: "1,2"),
            RejectedRow(file: "-", line: 13, reason: .brokenQuoting, column: nil, text: "\"open\nline"),
        ]
        let text = String(decoding: try ReportDocument.rejects(rows).bytes(), as: UTF8.self)
        #expect(
            text == "file,line,reason,column,text\nfirms.csv,12,not a number,LON,\"1,2\"\n"
                + "-,13,broken quoting,,\"\"\"open\nline\"\n")
    }
}
