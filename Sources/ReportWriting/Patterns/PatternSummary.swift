import FirmModel
public import PatternAnalysis

extension ReportDocument {
    /// The summary of a search for patterns for programs (`--json`). `summary_version` counts up when a member changes its meaning or
    /// goes.
    public static func summary(_ report: PatternReport, outputs: [WrittenOutput]) -> ReportDocument {
        json(
            .object([
                ("summary_version", .integer(1)),
                ("firmclusters_version", .text(report.provenance.version)),
                ("inputs", report.provenance.inputsArray),
                ("auxiliary_inputs", report.provenance.auxiliaryInputsArray),
                ("rows", report.provenance.rowsObject),
                ("industries", report.industriesObject),
                ("patterns", report.patternsObject),
                ("tested", report.testedObject),
                ("network", report.network?.summaryObject ?? .value(.undefined)),
                ("regions", report.regions?.summaryObject ?? .value(.undefined)),
                ("strongest", .array(report.strongest(10).map(\.summaryObject))),
                ("parameters", report.provenance.parametersObject),
                ("seed", .value(.unsigned(report.provenance.seed))),
                ("outputs", .outputs(outputs)),
                ("warnings", .texts(report.warnings)),
            ]))
    }
}

extension PatternReport {
    fileprivate var industriesObject: JSONValue {
        let reasons = Set(industries.compactMap(\.excluded)).sorted().map { reason in
            (name: reason, value: JSONValue.integer(industries.count { $0.excluded == reason }))
        }
        return .object([
            ("asked_for", .integer(industries.count)),
            ("considered", .integer(industries.count { $0.excluded == nil })),
            ("excluded", .object(reasons)),
        ])
    }

    fileprivate var patternsObject: JSONValue {
        let sizes = Set(patterns.map(\.size)).sorted().map { size in
            (name: String(size), value: JSONValue.integer(patterns.count { $0.size == size }))
        }
        return .object([
            ("total", .integer(patterns.count)),
            ("by_size", .object(sizes)),
            ("maximal", .integer(patterns.count(where: \.isMaximal))),
            ("closed", .integer(patterns.count(where: \.isClosed))),
            (
                "significant",
                isTested ? .integer(patterns.count { $0.significant == true }) : .value(.undefined)
            ),
        ])
    }
}

extension PatternRecord {
    fileprivate var summaryObject: JSONValue {
        .object([
            ("industries", .texts(industries)),
            ("participation_index", .value(.measure(participationIndex))),
            ("firms", .integer(firms)),
            ("pi_ratio", .value(.optional(indexRatio))),
            ("p_value", .value(.optional(pValue))),
            ("q_value", .value(.optional(qValue))),
            ("significant", .value(significant.map(OutputValue.flag) ?? .undefined)),
        ])
    }
}

extension IndustryNetwork {
    fileprivate var summaryObject: JSONValue {
        .object([
            ("nodes", .integer(nodes.count)), ("edges", .integer(edges.count)), ("blocks", .integer(blocks.count)),
            ("modularity", .value(.optional(modularity))),
        ])
    }
}
