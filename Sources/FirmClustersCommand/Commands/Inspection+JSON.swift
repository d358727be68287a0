import FirmClusters

/// The inspection for a program.
extension Inspection {
    var json: JSONValue {
        .object([
            ("inspection_version", .integer(1)),
            (
                "inputs",
                .array(
                    source.files.map {
                        .object([
                            ("name", .text($0.name)), ("sha256", .text($0.sha256)), ("bytes", .integer($0.byteCount)),
                        ])
                    })
            ),
            ("encoding", .text(source.encoding)),
            ("delimiter", .text(source.delimiter)),
            (
                "columns",
                .array(
                    survey.columns.map {
                        .object([
                            ("header", .text($0.header)), ("content", .text($0.content.rawValue)),
                            ("role", .value(.optional($0.role))),
                        ])
                    })
            ),
            (
                "rows",
                .object([
                    ("read", .integer(source.rowsRead)), ("accepted", .integer(source.rowsAccepted)),
                    ("filtered_out", .integer(source.rowsFilteredOut)),
                    (
                        "rejected",
                        .object(
                            RejectionReason.allCases.compactMap { reason in
                                source.rejected[reason].map { (reason.rawValue, .integer($0)) }
                            })
                    ),
                    ("employment_missing", .integer(source.employmentMissing)),
                    ("unknown_codes", source.unknownCodes.map { .integer($0) } ?? .value(.undefined)),
                ])
            ),
            ("employment_total", .value(.optional(survey.employmentTotal))),
            ("industries", .integer(survey.industries.count)),
            (
                "largest_industries",
                .array(
                    largestIndustries.map {
                        .object([
                            ("code", .text($0.code)), ("firms", .integer($0.rows)),
                            ("title", .value(.optional(title($0.code)))),
                        ])
                    })
            ),
            ("distances", distances.map(distancesJSON) ?? .value(.undefined)),
            ("warnings", .texts(survey.warnings)),
        ])
    }

    private func distancesJSON(_ distances: DistanceSurvey) -> JSONValue {
        .object([
            ("sites", .integer(distances.sites)),
            ("x_min", .value(.coordinate(distances.west))), ("x_max", .value(.coordinate(distances.east))),
            ("y_min", .value(.coordinate(distances.south))), ("y_max", .value(.coordinate(distances.north))),
            ("extent_m", .value(.measure(distances.extent.value))),
            ("min_points", .integer(minimumPoints)),
            ("k_distance_m", quantilesJSON(distances.curve)),
            ("knee_m", .value(.optional(distances.curve.chordKnee?.value))),
            (
                "automatic_eps",
                .array(
                    distances.industries.map {
                        .object([
                            ("industry", .text($0.code)), ("firms", .integer($0.firms)),
                            ("eps_m", .value(.optional($0.knee?.value))),
                        ])
                    })
            ),
            ("radii", .array(distances.radii.map(radiusJSON))),
        ])
    }
}
