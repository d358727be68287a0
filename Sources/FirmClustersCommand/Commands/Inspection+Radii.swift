import FirmClusters

/// What radii do, in both forms.
extension Inspection {
    // MARK: - Text

    func radiusText(_ survey: RadiusSurvey) -> [String] {
        let name = survey.industry.map { code in title(code).map { "\(code) \($0)" } ?? code } ?? "all industries"
        let firms = "\(counted(survey.firms, "firm")) on \(counted(survey.sites, "site"))"
        var lines = ["Distance to the \(ordinal(minimumPoints - 1)) neighbor, firms of \(name) (\(firms))"]
        guard !survey.kDistances.isEmpty else { return lines + ["  fewer than \(minimumPoints) firms", ""] }
        lines += alignedTable([
            ["firms"] + DistanceSurvey.quantiles.map { "\(Int(($0 * 100).rounded())) %" },
            ["within m"] + survey.kDistances.map { readable($0.value) },
        ])
        guard let chord = survey.chordKnee else { return lines + ["  no knee: no distance is positive", ""] }
        var marks = [CurvePlot.Mark(distance: chord.value, name: "chord")]
        if let kneedle = survey.kneedleKnee { marks.append(.init(distance: kneedle.value, name: "Kneedle")) }
        let finite = survey.curve.distances.prefix { $0.value.isFinite }
        lines += [""] + CurvePlot(finite.lazy.map(\.value), marks: marks).lines.map { "  " + $0 }
        let knees = [("chord", survey.chordKnee), ("Kneedle", survey.kneedleKnee)].map { name, knee in
            "\(name) " + (knee.map { "\(readable($0.value)) m" } ?? "none")
        }
        lines += ["", "  Knees of the curve: " + knees.joined(separator: ", "), ""]
        return lines + percolationText(survey) + criticalMassText(survey) + [""]
    }

    private func percolationText(_ survey: RadiusSurvey) -> [String] {
        let shares = RadiusSurvey.percolationShares.map { "\(Int(($0 * 100).rounded())) %" }
        let radii = survey.percolationRadii.map { $0.map { readable($0.value) } ?? "–" }
        return ["  Share of firms in the largest component, and eps from which it is that large"]
            + alignedTable([["firms"] + shares, ["eps m"] + radii]) + [""]
    }

    private func criticalMassText(_ survey: RadiusSurvey) -> [String] {
        guard let table = survey.criticalMass else { return [] }
        let heading = ["eps m", "min-points", "clusters", "firms in them", "share", "largest", "median"]
        let rows = table.rows.map { row in
            [
                readable(row.radius.value), readable(row.minimumWeight), grouped(row.clusters),
                grouped(row.clusteredFirms),
                row.clusteredShare.map(percent) ?? "–",
                row.largestFirms.map(grouped) ?? "–", row.medianFirms.map(readable) ?? "–",
            ]
        }
        return ["  Clusters by DBSCAN around the chord knee"] + alignedTable([heading] + rows)
    }

    /// To a tenth of a percent; 100 % is all.
    private func percent(_ share: Double) -> String {
        let tenths = min(Int((share * 1000).rounded()), share < 1 ? 999 : 1000)
        return "\(tenths / 10).\(tenths % 10) %"
    }

    private func counted(_ number: Int, _ noun: String) -> String {
        "\(grouped(number)) \(noun)" + (number == 1 ? "" : "s")
    }

    private func ordinal(_ number: Int) -> String {
        switch (number % 10, number % 100) {
        case (_, 11...13): "\(number)th"
        case (1, _): "\(number)st"
        case (2, _): "\(number)nd"
        case (3, _): "\(number)rd"
        default: "\(number)th"
        }
    }

    // MARK: - JSON

    func quantilesJSON(_ curve: KDistanceCurve) -> JSONValue {
        .array(
            zip(DistanceSurvey.quantiles, curve.finiteDistances(at: DistanceSurvey.quantiles)).map {
                .object([("share", .value(.measure($0))), ("distance_m", .value(.measure($1.value)))])
            })
    }

    func radiusJSON(_ survey: RadiusSurvey) -> JSONValue {
        .object([
            ("industry", .value(.optional(survey.industry))),
            ("firms", .integer(survey.firms)),
            ("sites", .integer(survey.sites)),
            ("k_distance_m", quantilesJSON(survey.curve)),
            ("chord_knee_m", .value(.optional(survey.chordKnee?.value))),
            ("kneedle_knee_m", .value(.optional(survey.kneedleKnee?.value))),
            (
                "percolation",
                .array(
                    zip(RadiusSurvey.percolationShares, survey.percolationRadii).map {
                        .object([("share", .value(.measure($0))), ("eps_m", .value(.optional($1?.value)))])
                    })
            ),
            ("critical_mass", .array(survey.criticalMass?.rows.map(criticalMassJSON) ?? [])),
        ])
    }

    private func criticalMassJSON(_ row: CriticalMassTable.Row) -> JSONValue {
        .object([
            ("eps_m", .value(.exact(row.radius.value))),
            ("min_points", .value(.exact(row.minimumWeight))),
            ("clusters", .integer(row.clusters)),
            ("clustered_firms", .integer(row.clusteredFirms)),
            ("clustered_share", .value(.optional(row.clusteredShare))),
            ("largest_firms", row.largestFirms.map { .integer($0) } ?? .value(.undefined)),
            ("median_firms", .value(.optional(row.medianFirms))),
        ])
    }
}
