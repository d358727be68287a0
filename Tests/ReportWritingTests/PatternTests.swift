import FirmClustersTestSupport
import FirmModel
import Foundation
import ParallelWork
import PatternAnalysis
import Testing

@testable import ReportWriting

@Suite struct PatternTests {
    /// A pattern of which all is known, and one of which little is.
    private static let report: PatternReport = {
        var tested = PatternRecord(
            industries: ["13", "2|5"], titles: ["Textiles, \"fine\"", "Steel <&> Sons\u{1}"],
            participationIndex: 1.0 / 3,
            participationRatios: [1.0 / 3, 0.5], maximumParticipationRatio: 0.5, participants: [10, 7])
        (tested.nullMean, tested.indexRatio, tested.pValue, tested.qValue) = (0.125, 8.0 / 3, 0.001, 0.0045)
        (tested.significant, tested.segregationPValue, tested.segregationQValue) = (true, 1, 1)
        tested.rowInstances = 123
        tested.isMaximal = false
        let bare = PatternRecord(
            industries: ["13", "2|5", "47"], titles: [nil, nil, nil], participationIndex: 0.25,
            participationRatios: [0.25, 1, 0.4], maximumParticipationRatio: 1, participants: [7, 14, 2])
        let industries = [
            IndustryOutcome(code: "13", title: "Textiles, \"fine\"", firms: 30),
            IndustryOutcome(code: "2|5", title: "Steel <&> Sons\u{1}", firms: 14),
            IndustryOutcome(code: "47", title: nil, firms: 5),
            IndustryOutcome(code: "99", title: nil, firms: 1, excluded: "fewer than 5 firms"),
        ]
        let patterns = [tested, bare]
        return PatternReport(
            patterns: patterns, industries: industries, tested: [(2, 3), (3, 1)],
            network: IndustryNetwork(industries: industries, patterns: patterns), rules: tested.rules,
            provenance: Provenance(
                version: "1.2.3", parameters: [("neighbor_distance_m", .number(300))], seed: 7,
                source: RegisterSource(rowsRead: 50, rowsAccepted: 50), frame: .geographic, libraries: []),
            warnings: ["mind the gap"])
    }()

    private func text(_ document: ReportDocument) throws -> String {
        String(decoding: try document.bytes(workers: Workers(count: 2)), as: UTF8.self)
    }

    @Test func table() throws {
        let lines = try text(.table(Self.report)).split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count == 4)
        #expect(
            lines[0]
                == "industries,size,participation_index,participation_ratios,firms,null_mean,pi_ratio,p_value,q_value,significant,"
                + "max_participation_ratio,segregation_p_value,segregation_q_value,row_instances,maximal,closed,"
                + "industry_titles,participants")
        #expect(
            lines[1]
                == "13|2/5,2,0.333333,0.333333|0.5,17,0.125,2.66667,0.001,0.0045,true,0.5,1,1,123,false,true,"
                + "\"Textiles, \"\"fine\"\"|Steel <&> Sons\u{1}\",10|7")
        #expect(lines[2] == "13|2/5|47,3,0.25,0.25|1|0.4,23,,,,,,1,,,,true,true,,7|14|2")
    }

    @Test func rules() throws {
        #expect(
            try text(.rules(Self.report))
                == "antecedent,consequent,conditional_probability,participation_index\n"
                + "13,2/5,0.333333,0.333333\n2/5,13,0.5,0.333333\n")
    }

    @Test func json() throws {
        let tree = try JSONTree(parsing: Data(try ReportDocument.patternJSON(Self.report).bytes()))
        #expect(Set(tree.members.keys) == ["firmclusters", "industries", "patterns", "network", "rules"])
        let provenance = tree["firmclusters"]
        #expect(provenance?["version"]?.text == "1.2.3")
        #expect(provenance?["seed"]?.number == 7)
        #expect(provenance?["parameters"]?["neighbor_distance_m"]?.number == 300)
        #expect(provenance?["tested"] == .object(["2": .number(3), "3": .number(1)]))
        #expect(provenance?["warnings"]?[0]?.text == "mind the gap")
        let pattern = tree["patterns"]?[0]
        #expect(pattern?["industries"] == .array([.text("13"), .text("2|5")]))
        #expect(pattern?["industry_titles"]?[1]?.text == "Steel <&> Sons\u{1}")
        #expect(pattern?["participation_ratios"] == .array([.number(0.333333), .number(0.5)]))
        #expect(pattern?["significant"] == .flag(true))
        #expect(tree["patterns"]?[1]?["industry_titles"] == .array([.null, .null, .null]))
        #expect(tree["patterns"]?[1]?["p_value"] == .null)
        #expect(tree["industries"]?[3]?["excluded"]?.text == "fewer than 5 firms")
        #expect(tree["network"]?["edges"]?[0]?["weight"]?.number == 2.66667)
        #expect(tree["rules"]?.items.count == 2)
    }

    @Test func emptyReport() throws {
        var report = Self.report
        (report.patterns, report.network, report.rules, report.tested) = ([], nil, nil, [])
        let tree = try JSONTree(parsing: Data(try ReportDocument.patternJSON(report).bytes()))
        #expect(tree["patterns"] == .array([]))
        #expect(tree["network"] == .null && tree["rules"] == .null)
        #expect(tree["firmclusters"]?["tested"] == .null)
        #expect(try text(.table(report)).split(separator: "\n").count == 1)
        #expect(try text(.rules(report)).split(separator: "\n").count == 1)
        #expect(TerminalTable().text(report).isEmpty)
    }

    @Test func graphML() throws {
        let network = try #require(Self.report.network)
        let text = try text(.graphML(network, version: "1.2.3"))
        #expect(
            text.hasPrefix(
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\""))
        #expect(text.hasSuffix("</graph>\n</graphml>\n"))
        for (scope, name, type) in [
            ("graph", "modularity", "double"), ("node", "title", "string"), ("node", "community", "int"),
            ("edge", "weight", "double"), ("edge", "significant", "boolean"),
        ] {
            #expect(
                text.contains(
                    "<key id=\"\(scope)_\(name)\" for=\"\(scope)\" attr.name=\"\(name)\" attr.type=\"\(type)\"/>\n"))
        }
        // Every piece of data has its key.
        let keys = Set(text.matches(of: /<key id="([a-z_]+)"/).map { String($0.1) })
        #expect(Set(text.matches(of: /<data key="([a-z_]+)"/).map { String($0.1) }).isSubset(of: keys))
        #expect(
            text.contains(
                """
                <node id="n1">
                <data key="node_code">2|5</data>
                <data key="node_title">Steel &lt;&amp;&gt; Sons\u{FFFD}</data>
                <data key="node_firms">14</data>
                <data key="node_degree">1</data>
                <data key="node_strength">2.66667</data>
                <data key="node_community">1</data>
                </node>
                <node id="n2">
                <data key="node_code">47</data>
                <data key="node_firms">5</data>

                """))
        #expect(
            text.contains(
                """
                <edge source="n0" target="n1">
                <data key="edge_weight">2.66667</data>
                <data key="edge_participation_index">0.333333</data>
                <data key="edge_firms">17</data>
                <data key="edge_pi_ratio">2.66667</data>
                <data key="edge_p_value">0.001</data>
                <data key="edge_q_value">0.0045</data>
                <data key="edge_significant">true</data>
                </edge>
                """))
    }

    @Test func xmlText() throws {
        var buffer = TextBuffer()
        buffer.appendXML("a\"b\r\n\t\u{0}\u{FFFE}柳市 👩‍🏭")
        #expect(String(decoding: buffer.finish(), as: UTF8.self) == "a&quot;b&#13;\n\t\u{FFFD}\u{FFFD}柳市 👩‍🏭")
    }

    @Test func terminalTable() {
        let text = TerminalTable(limit: 1, width: 60).text(Self.report)
        let lines = text.split(separator: "\n")
        #expect(lines.count == 4)
        #expect(lines[0].hasPrefix("#  Industries"))
        #expect(lines[0].hasSuffix("Firms     PI  Chance  Ratio      p "))
        #expect(lines[1].hasPrefix("1  13 Textiles"))
        #expect(lines[1].hasSuffix("17  0.333   0.125   2.67  0.001*"))
        #expect(lines[2] == "and 1 more")
        #expect(lines[3] == "* significant")
        var untested = Self.report
        untested.tested = []
        let second = TerminalTable(limit: 5, width: 80).text(untested).split(separator: "\n")
        #expect(second[0].hasSuffix("Firms     PI"))
        #expect(second[1].hasSuffix("17  0.333"))
        #expect(second[2].hasSuffix("23  0.250"))
        #expect(second[2].hasPrefix("2  13 + 2|5 + 47"))
    }

    @Test func summary() throws {
        let document = ReportDocument.summary(
            Self.report, outputs: [WrittenOutput(content: "patterns", path: "p.csv")])
        let tree = try JSONTree(parsing: Data(try document.bytes()))
        #expect(tree["summary_version"]?.number == 1)
        #expect(tree["industries"]?["considered"]?.number == 3)
        #expect(tree["industries"]?["excluded"] == .object(["fewer than 5 firms": .number(1)]))
        #expect(tree["patterns"]?["by_size"] == .object(["2": .number(1), "3": .number(1)]))
        #expect(tree["patterns"]?["significant"]?.number == 1)
        #expect(tree["network"]?["edges"]?.number == 1)
        #expect(tree["strongest"]?[0]?["industries"]?.items.count == 2)
        #expect(tree["outputs"]?[0]?["path"]?.text == "p.csv")
    }
}
