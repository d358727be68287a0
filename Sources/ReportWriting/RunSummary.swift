public import ClusterDetection
import FirmModel

/// A file that a run has written.
public struct WrittenOutput: Sendable, Equatable {
    /// What is in it, for example `clusters` or `members`.
    public var content: String
    /// The path as it was given.
    public var path: String

    /// Makes one of these values.
    public init(content: String, path: String) {
        self.content = content
        self.path = path
    }
}

extension ReportDocument {
    /// The summary of a run for programs (`--json`). `summary_version` counts up when a member changes its meaning or goes.
    public static func summary(_ report: ClusterReport, outputs: [WrittenOutput]) -> ReportDocument {
        let skipped = report.skippedGroups.map { (name: $0.reason, value: JSONValue.integer($0.codes.count)) }
        var members: [(name: String, value: JSONValue)] = [
            ("summary_version", .integer(1)),
            ("firmclusters_version", .text(report.provenance.version)),
            ("inputs", report.provenance.inputsArray),
            ("auxiliary_inputs", report.provenance.auxiliaryInputsArray),
            ("rows", report.provenance.rowsObject),
            ("groups", report.groupsObject),
            ("groups_skipped", .object(skipped)),
            ("clusters", clustersObject(report)),
            ("test", report.testMembers.map { .object($0) } ?? .value(.undefined)),
        ]
        if let patterns = report.patternSearchMembers { members.append(("patterns", .object(patterns))) }
        members += [
            ("strongest", .array(report.strongest(10).map(strongestObject))),
            ("parameters", report.provenance.parametersObject),
            ("seed", .value(.unsigned(report.provenance.seed))),
            ("outputs", .outputs(outputs)),
            ("warnings", .texts(report.warnings)),
        ]
        return json(.object(members))
    }

    private static func clustersObject(_ report: ClusterReport) -> JSONValue {
        let clusters = report.clusters
        let significant = clusters.count { $0.significant == true }
        return .object([
            ("total", .integer(clusters.count)),
            // Members of a cluster within another are members of that one, too.
            ("member_firms", .integer(clusters.reduce(0) { $0 + ($1.parentID == nil ? $1.firms : 0) })),
            ("lq_low_above_1", .integer(clusters.count { ($0.locationQuotientLow ?? 0) > 1 })),
            ("significant", report.isTested ? .integer(significant) : .value(.undefined)),
        ])
    }

    private static func strongestObject(_ cluster: ClusterRecord) -> JSONValue {
        .object([
            ("cluster_id", .text(cluster.clusterID)),
            ("name", .text(cluster.name)),
            ("firms", .integer(cluster.firms)),
            ("location_quotient", .value(.optional(cluster.locationQuotient))),
            ("lq_low", .value(.optional(cluster.locationQuotientLow))),
            ("lq_high", .value(.optional(cluster.locationQuotientHigh))),
            ("log_likelihood_ratio", .value(.optional(cluster.logLikelihoodRatio))),
            ("llr_employment", .value(.optional(cluster.logLikelihoodRatioByEmployment))),
            ("p_value", .value(.optional(cluster.pValue))),
            ("q_value", .value(.optional(cluster.qValue))),
            ("significant", .value(cluster.significant.map(OutputValue.flag) ?? .undefined)),
        ])
    }
}

extension JSONValue {
    /// The files that a run has written.
    static func outputs(_ outputs: [WrittenOutput]) -> JSONValue {
        .array(outputs.map { .object([("content", .text($0.content)), ("path", .text($0.path))]) })
    }
}
