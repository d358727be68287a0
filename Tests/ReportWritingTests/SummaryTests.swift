import ClusterDetection
import FirmClustersTestSupport
import FirmModel
import Foundation
import Testing

@testable import ReportWriting

@Suite struct SummaryTests {
    @Test func theSummaryCounts() throws {
        let outputs = [WrittenOutput(content: "clusters", path: "out/clusters.geojson")]
        let tree = try JSONTree(parsing: Data(ReportDocument.summary(SampleReport.three, outputs: outputs).bytes()))
        #expect(tree["summary_version"] == .number(1))
        #expect(tree["rows"]?["read"] == .number(105))
        #expect(
            tree["rows"]?["rejected_by_reason"]
                == .object(["not a number": .number(2), "missing coordinate": .number(3)]))
        #expect(tree["groups_skipped"] == .object(["fewer than 5 distinct sites": .number(2)]))
        #expect(tree["groups"]?["clustered"] == .number(1))
        #expect(
            tree["clusters"]
                == .object([
                    "total": .number(3), "member_firms": .number(1470), "lq_low_above_1": .number(2),
                    "significant": .null,
                ]))
        #expect(tree["test"] == .null)
        #expect(tree["strongest"]?.items.compactMap { $0["cluster_id"]?.text } == ["2733-1", "2733-3", "2733-2"])
        #expect(tree["outputs"]?[0]?["path"] == .text("out/clusters.geojson"))
        #expect(tree["warnings"]?.items.count == 1)
    }

    @Test func theSummaryOfATest() throws {
        let tree = try JSONTree(parsing: Data(ReportDocument.summary(SampleReport.tested, outputs: []).bytes()))
        #expect(tree["clusters"]?["significant"] == .number(1))
        #expect(tree["test"]?["groups_rejected"] == .number(1))
        #expect(tree["test"]?["group_p_values"] == nil)
        #expect(tree["strongest"]?.items.compactMap { $0["cluster_id"]?.text } == ["2733-2", "2733-1", "2733-3"])
        #expect(tree["strongest"]?[0]?["significant"] == .flag(true))
        #expect(tree["strongest"]?[0]?["q_value"] == .number(0.0002))
    }

    @Test func theTableMarksWhatIsSignificant() {
        let text = TerminalTable(limit: 2).text(SampleReport.tested)
        let lines = text.split(separator: "\n").map(String.init)
        #expect(lines.count == 5)
        #expect(lines[0].hasSuffix("LLR       p    km²"), "\(text)")
        #expect(lines[1].hasPrefix("1  2733 ") && lines[1].hasSuffix("     –  0.0001*  12.5"), "\(text)")
        #expect(lines[2].hasPrefix("2  2733 Manu") && lines[2].hasSuffix("  1235   0.250   12.5"), "\(text)")
        #expect(lines[3...] == ["and 1 more", "* significant at 0.1"])
        for line in lines { #expect(DisplayWidth.of(line) <= 100) }
        let colored = TerminalTable(usesColors: true).text(SampleReport.tested)
        #expect(colored.contains("\u{1B}[2m2") && colored.contains("\u{1B}[2m3") && !colored.contains("\u{1B}[2m1"))
    }

    @Test func theTableFitsTheTerminal() {
        let text = TerminalTable(limit: 2).text(SampleReport.three)
        let expected = """
            #  Industry                            Place                   Firms    LQ  95% limits   LLR   km²
            1  2733 Manufacture of wiring devices  柳市 "Liushi", Yueqing    489  8.81   8.10–9.56  1235  12.5
            2  2733 Manufacture of wiring devices  柳市 "Liushi", Yueqing    491  8.81   8.10–9.56   412     –
            and 1 more

            """
        #expect(text == expected)
        for line in text.split(separator: "\n") { #expect(DisplayWidth.of(String(line)) <= 100) }
        let narrow = TerminalTable(width: 80).text(SampleReport.three).split(separator: "\n")
        #expect(narrow.allSatisfy { DisplayWidth.of(String($0)) == 80 && $0.contains(/…|Industry|–/) })
        #expect(TerminalTable().text(SampleReport.report([])) == "")
    }

    @Test func colorsOnlyWhenAsked() {
        let plain = TerminalTable().text(SampleReport.three)
        #expect(!plain.contains("\u{1B}"))
        var unremarkable = SampleReport.three
        unremarkable.clusters[0].locationQuotientLow = 0.9
        let colored = TerminalTable(usesColors: true).text(unremarkable)
        #expect(colored.contains("\u{1B}[1m#") && colored.contains("\u{1B}[2m1"))
    }

    @Test func widthsOfCharacters() {
        let expected = [
            ("abc", 3), ("柳市", 4), ("e\u{301}", 1), ("ｱ", 1), ("ア", 2), ("한국", 4), ("🏭", 2), ("", 0), ("é–…", 3),
            ("\u{200B}", 0), ("❤\u{FE0F}", 2),
        ]
        for (text, width) in expected { #expect(DisplayWidth.of(text) == width, "\(text)") }
        #expect(DisplayWidth.cut("柳市鎮", to: 6) == "柳市鎮")
        #expect(DisplayWidth.cut("柳市鎮", to: 5) == "柳市…")
        #expect(DisplayWidth.cut("柳市鎮", to: 4) == "柳…")
        #expect(DisplayWidth.fitted("柳市鎮", to: 4) == "柳… ")
        #expect(DisplayWidth.cut("a\u{1B}[2Jb\n", to: 10) == "a [2Jb ")
    }
}
