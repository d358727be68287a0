import FirmClusters

/// The inspection for a person at a terminal.
extension Inspection {
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
            lines.append("  employees \(readable(total)), unknown for \(grouped(source.employmentMissing)) firms")
        }
        return lines + [""]
    }

    private var extentText: [String] {
        guard let distances else { return ["No coordinates: nothing can be detected in this file.", ""] }
        let unit = distances.frame.isGeographic ? "°" : " m"
        return [
            "Extent",
            "  \(distances.frame.isGeographic ? "longitude" : "x") \(readable(distances.west)) to \(readable(distances.east))\(unit), "
                + "\(distances.frame.isGeographic ? "latitude" : "y") \(readable(distances.south)) to \(readable(distances.north))\(unit), "
                + "diagonal \(readable(distances.extent.value / 1000)) km",
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
        guard let distances else { return [] }
        var lines = distances.radii.flatMap(radiusText)
        lines.append("What --eps auto would choose with --min-points \(minimumPoints)")
        for industry in distances.industries {
            let radius = industry.knee.map { "\(readable($0.value)) m" } ?? "skipped"
            lines.append("  \(industry.code)  \(grouped(industry.firms)) firms  \(radius)")
        }
        return lines
    }
}
