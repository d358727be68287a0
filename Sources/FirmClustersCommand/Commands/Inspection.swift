import FirmClusters
import Foundation

/// What `inspect` has found, as text and as JSON.
struct Inspection {
    let survey: RegisterSurvey
    let distances: DistanceSurvey?
    let minimumPoints: Int
    let title: (String) -> String?

    private var source: RegisterSource { survey.source }

    // MARK: - Text

    var text: String {
        (filesText + columnsText + rowsText + extentText + industriesText + distancesText)
            .joined(separator: "\n") + "\n"
    }

    private var filesText: [String] {
        source.files.map { "\($0.name)  \(grouped($0.byteCount)) bytes, SHA-256 \($0.sha256)" }
            + ["Encoding \(source.encoding), delimiter \(source.delimiter)", ""]
    }

    private var columnsText: [String] {
        let width = min(40, survey.columns.map(\.header.count).max() ?? 0)
        return ["Columns"]
            + survey.columns.map { column in
                let padding = String(repeating: " ", count: max(0, width - column.header.count))
                return "  \(column.header)\(padding)  \(column.content.rawValue)"
                    + (column.role.map { "  → \($0)" } ?? "")
            } + [""]
    }

    private var rowsText: [String] {
        var lines = ["Rows", "  \(grouped(source.rowsRead)) read, \(grouped(source.rowsAccepted)) accepted"]
        for reason in RejectionReason.allCases {
            if let count = source.rejected[reason] { lines.append("  \(grouped(count)) left out: \(reason.rawValue)") }
        }
        if source.rowsFilteredOut > 0 { lines.append("  \(grouped(source.rowsFilteredOut)) filtered out before") }
        if let total = survey.employmentTotal {
            lines.append("  employees \(rounded(total)), unknown for \(grouped(source.employmentMissing)) firms")
        }
        return lines + [""]
    }

    private var extentText: [String] {
        guard let distances else { return ["No coordinates: nothing can be detected in this file.", ""] }
        let unit = distances.frame.isGeographic ? "°" : " m"
        return [
            "Extent",
            "  \(distances.frame.isGeographic ? "longitude" : "x") \(rounded(distances.west)) to \(rounded(distances.east))\(unit), "
                + "\(distances.frame.isGeographic ? "latitude" : "y") \(rounded(distances.south)) to \(rounded(distances.north))\(unit), "
                + "diagonal \(rounded(distances.extent.value / 1000)) km",
            "  \(grouped(distances.sites)) distinct locations", "",
        ]
    }

    private var industriesText: [String] {
        guard !survey.industries.isEmpty else { return ["No industry codes.", ""] }
        var lines = ["Industries", "  \(grouped(survey.industries.count)) codes; the largest:"]
        for industry in largestIndustries {
            lines.append(
                "  \(industry.code)  \(grouped(industry.rows))" + (title(industry.code).map { "  \($0)" } ?? ""))
        }
        if let unknown = source.unknownCodes, unknown > 0 {
            lines.append("  \(grouped(unknown)) firms have codes that the classification does not know")
        }
        return lines + [""]
    }

    private var distancesText: [String] {
        guard let distances, !distances.kDistances.isEmpty else { return [] }
        var lines = ["Distance to the \(ordinal(minimumPoints - 1)) neighbor, firms of all industries"]
        let longest = distances.kDistances.map(\.value).max() ?? 0
        for (share, distance) in zip(DistanceSurvey.quantiles, distances.kDistances) {
            let percent = String(Int((share * 100).rounded()))
            // The bar grows with the logarithm: distances differ by orders of magnitude.
            let length = longest > 0 ? Int((40 * logarithmicShare(distance.value, of: longest)).rounded()) : 0
            lines.append(
                "  \(padded(percent, 3)) %  \(padded(rounded(distance.value), 10)) m  "
                    + String(repeating: "▪", count: max(0, length)))
        }
        if let knee = distances.knee { lines.append("  knee of the curve at \(rounded(knee.value)) m") }
        lines += ["", "What --eps auto would choose with --min-points \(minimumPoints)"]
        for industry in distances.industries {
            let radius = industry.knee.map { "\(rounded($0.value)) m" } ?? "skipped"
            lines.append("  \(industry.code)  \(grouped(industry.firms)) firms  \(radius)")
        }
        return lines
    }

    // MARK: - JSON

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
            (
                "k_distance_m",
                .array(
                    zip(DistanceSurvey.quantiles, distances.kDistances).map {
                        .object([("share", .value(.measure($0))), ("distance_m", .value(.measure($1.value)))])
                    })
            ),
            ("knee_m", .value(.optional(distances.knee?.value))),
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
        ])
    }

    // MARK: - Parts of both

    private var largestIndustries: [(code: String, rows: Int)] {
        Array(survey.industries.sorted { $0.rows != $1.rows ? $0.rows > $1.rows : $0.code < $1.code }.prefix(10))
    }
}

/// log(1 + value) as a share of log(1 + largest).
private func logarithmicShare(_ value: Double, of largest: Double) -> Double {
    log1p(value) / log1p(largest)
}

private func padded(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
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

/// A number for reading: whole from a thousand on, else to a thousandth.
private func rounded(_ value: Double) -> String {
    if abs(value) >= 1000, abs(value) < 1e15 { return grouped(Int(value.rounded())) }
    return String((value * 1000).rounded() / 1000)
}
