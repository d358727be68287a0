import ClusterDetection
import FirmModel

extension ClusterReport {
    /// The member `firmclusters` of GeoJSON output: what is needed to repeat the run, and nothing that changes when it is
    /// repeated.
    var provenanceObject: JSONValue {
        var members: [(name: String, value: JSONValue)] = [
            ("version", .text(provenance.version)),
            ("parameters", provenance.parametersObject),
            ("neighborhood_radius_m", radiiObject),
            ("seed", .value(.unsigned(provenance.seed))),
            ("test", testObject),
        ]
        if let patternsObject { members.append(("patterns", patternsObject)) }
        members += [
            ("inputs", provenance.inputsArray),
            ("auxiliary_inputs", provenance.auxiliaryInputsArray),
            ("columns", provenance.columnsObject),
            ("rows", provenance.rowsObject),
            ("groups", groupsObject),
            ("groups_skipped", skippedGroupsObject),
            ("coordinates", provenance.coordinates),
            ("crs", provenance.projectedSystem),
            ("libraries", provenance.librariesObject),
            ("warnings", .texts(warnings)),
        ]
        return .object(members)
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
}
