import ClusterDetection
import FirmModel

extension ClusterReport {
    /// The member `firmclusters` of GeoJSON output: what is needed to repeat the run, and nothing that changes when it is
    /// repeated.
    var provenanceObject: JSONValue {
        var members: [(name: String, value: JSONValue)] = [
            ("version", .text(provenance.version)),
            ("parameters", parametersObject),
            ("neighborhood_radius_m", radiiObject),
            ("seed", .value(.unsigned(provenance.seed))),
            ("test", testObject),
        ]
        if let patternsObject { members.append(("patterns", patternsObject)) }
        members += [
            ("inputs", inputsArray),
            ("auxiliary_inputs", auxiliaryInputsArray),
            ("columns", columnsObject),
            ("rows", rowsObject),
            ("groups", groupsObject),
            ("groups_skipped", skippedGroupsObject),
            ("coordinates", .text(provenance.frame == .local ? "local" : "WGS 84")),
            ("crs", .value(.optional(projectedSystem))),
            ("libraries", .object(provenance.libraries.map { ($0.name, .text($0.version)) })),
            ("warnings", .texts(warnings)),
        ]
        return .object(members)
    }

    var parametersObject: JSONValue { .object(provenance.parameters.map { ($0.name, JSONValue($0.value)) }) }

    var inputsArray: JSONValue { .array(provenance.source.files.map { .object(Self.members($0)) }) }

    var auxiliaryInputsArray: JSONValue {
        .array(provenance.auxiliaryInputs.map { .object([("role", .text($0.role))] + Self.members($0.file)) })
    }

    private static func members(_ file: RegisterSource.File) -> [(name: String, value: JSONValue)] {
        [("name", .text(file.name)), ("sha256", .text(file.sha256)), ("bytes", .integer(file.byteCount))]
    }

    /// Each role once, in the order of the source, with its headers. Columns that rows were filtered by are in the parameters.
    private var columnsObject: JSONValue {
        var headers: [(role: String, headers: [String])] = []
        for (role, header) in provenance.source.columns where role != "where" {
            if let position = headers.firstIndex(where: { $0.role == role }) {
                headers[position].headers.append(header)
            } else {
                headers.append((role, [header]))
            }
        }
        return .object(headers.map { ($0.role, .text($0.headers.joined(separator: "|"))) })
    }

    var rowsObject: JSONValue {
        let source = provenance.source
        let rejected = RejectionReason.allCases.compactMap { reason in
            source.rejected[reason].map { (name: reason.rawValue, value: JSONValue.integer($0)) }
        }
        return .object([
            ("read", .integer(source.rowsRead)),
            ("accepted", .integer(source.rowsAccepted)),
            ("rejected", .integer(source.rejected.values.reduce(0, +))),
            ("rejected_by_reason", .object(rejected)),
            ("filtered_out", .integer(source.rowsFilteredOut)),
            ("employment_missing", .integer(source.employmentMissing)),
            ("unknown_codes", .value(source.unknownCodes.map(OutputValue.integer) ?? .undefined)),
        ])
    }

    var groupsObject: JSONValue {
        .object([
            ("asked_for", .integer(groups.count)),
            ("clustered", .integer(groups.count { $0.skipped == nil })),
            ("with_clusters", .integer(groups.count { $0.clusters > 0 })),
            ("noise_firms", .integer(groups.reduce(0) { $0 + ($1.skipped == nil ? $1.noiseFirms : 0) })),
        ])
    }

    /// The groups that were not clustered, by reason, reasons in the order in which they first occur.
    var skippedGroups: [(reason: String, codes: [String])] {
        var skipped: [(reason: String, codes: [String])] = []
        var positions: [String: Int] = [:]
        for group in groups {
            guard let reason = group.skipped else { continue }
            if let position = positions[reason] {
                skipped[position].codes.append(group.code)
            } else {
                positions[reason] = skipped.count
                skipped.append((reason, [group.code]))
            }
        }
        return skipped
    }

    /// The test as a whole, with the p- and q-value of every group; undefined where none was made.
    private var testObject: JSONValue {
        guard let members = testMembers else { return .value(.undefined) }
        return .object(
            members + [
                ("group_p_values", Self.byCode(groups, \.pValue)),
                ("group_q_values", Self.byCode(groups, \.qValue)),
            ])
    }

    /// The test as a whole as far as it fits a summary.
    var testMembers: [(name: String, value: JSONValue)]? {
        test?.parameters.map { ($0.name, JSONValue($0.value)) }
    }

    /// The search for patterns as a whole, with what is known of each that became a group; nil where groups are industries only.
    private var patternsObject: JSONValue? {
        guard let members = patternSearchMembers else { return nil }
        return .object(
            members + [
                ("participation_index", Self.byCode(groups) { $0.pattern?.participationIndex }),
                ("p_values", Self.byCode(groups) { $0.pattern?.pValue }),
                ("q_values", Self.byCode(groups) { $0.pattern?.qValue }),
            ])
    }

    /// The search for patterns as far as it fits a summary.
    var patternSearchMembers: [(name: String, value: JSONValue)]? {
        patterns?.parameters.map { ($0.name, JSONValue($0.value)) }
    }

    /// A measure of every group that has it.
    private static func byCode(_ groups: [GroupOutcome], _ measure: (GroupOutcome) -> Double?) -> JSONValue {
        .object(groups.compactMap { group in measure(group).map { (group.code, .value(.measure($0))) } })
    }

    private var skippedGroupsObject: JSONValue {
        .object(skippedGroups.map { ($0.reason, .texts($0.codes)) })
    }

    /// The radius of every group that has one.
    private var radiiObject: JSONValue {
        Self.byCode(groups) { $0.neighborhoodRadius?.value }
    }

    private var projectedSystem: String? {
        if case .projected(let crs) = provenance.frame { crs } else { nil }
    }
}

extension JSONValue {
    init(_ parameter: ParameterValue) {
        switch parameter {
        case .text(let text): self = .text(text)
        case .integer(let number): self = .integer(number)
        case .number(let number): self = .value(.exact(number))
        case .flag(let flag): self = .value(.flag(flag))
        case .list(let texts): self = .texts(texts)
        case .none: self = .value(.undefined)
        }
    }
}
