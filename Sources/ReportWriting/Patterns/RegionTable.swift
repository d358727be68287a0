public import PatternAnalysis

extension ReportDocument {
    /// The regions as CSV, a line for each, those that were not mined included; a head alone for a report without them.
    public static func regions(_ report: PatternReport) -> ReportDocument {
        var head = TextBuffer()
        head.appendCSVLine(RegionProperty.all.map(\.name.description))
        let regions = report.regions?.regions ?? []
        return ReportDocument(head: head, itemCount: regions.count, grain: 256) { items, buffer in
            for region in regions[items] {
                for (index, property) in RegionProperty.all.enumerated() {
                    if index > 0 { buffer.append(.comma) }
                    switch property.value(region) {
                    case .single(let value): buffer.appendCSV(value)
                    case .patterns(let patterns): buffer.appendCSV(.patterns(patterns))
                    }
                }
                buffer.append(.lineFeed)
            }
        }
    }
}

/// One property of a region as output names it: a column of the table, a member of JSON.
private struct RegionProperty: Sendable {
    enum Value {
        case single(OutputValue)
        case patterns([[String]]?)
    }

    let name: StaticString
    let value: @Sendable (RegionRecord) -> Value

    private init(_ name: StaticString, _ value: @escaping @Sendable (RegionRecord) -> Value) {
        self.name = name
        self.value = value
    }

    static let all: [RegionProperty] = [
        RegionProperty("region") { .single(.text($0.identifier)) },
        RegionProperty("name") { .single(.text($0.name)) },
        RegionProperty("firms") { .single(.integer($0.firms)) },
        RegionProperty("industries") { .single(.optional($0.industries)) },
        RegionProperty("patterns") { .single(.optional($0.patterns)) },
        RegionProperty("distinctive") { .single(.optional($0.distinctive?.count)) },
        RegionProperty("only_here") { .single(.optional($0.onlyHere)) },
        RegionProperty("jaccard_distance") { .single(.optional($0.jaccardDistance)) },
        RegionProperty("distinctive_patterns") { .patterns($0.distinctive) },
        RegionProperty("skipped") { .single(.optional($0.skipped)) },
    ]
}

extension OutputValue {
    fileprivate static func optional(_ number: Int?) -> OutputValue { number.map(OutputValue.integer) ?? .undefined }

    /// Patterns joined by `;`, which is written `,` inside them, their industries by `|`.
    fileprivate static func patterns(_ patterns: [[String]]?) -> OutputValue {
        guard let patterns, !patterns.isEmpty else { return .undefined }
        let texts = patterns.map { codes in
            codes.map { code in String(code.map { $0 == "|" ? "/" : $0 == ";" ? "," : $0 }) }.joined(separator: "|")
        }
        return .text(texts.joined(separator: ";"))
    }
}

extension RegionReport {
    /// The numbers over all regions.
    var summaryObject: JSONValue { .object(members) }

    /// The same, and the regions.
    var object: JSONValue {
        let objects = regions.map { region -> JSONValue in
            .object(
                RegionProperty.all.map { property in
                    switch property.value(region) {
                    case .single(let value): (property.name.description, .value(value))
                    case .patterns(let patterns):
                        (
                            property.name.description,
                            patterns.map { .array($0.map { .texts($0) }) } ?? .value(.undefined)
                        )
                    }
                })
        }
        return .object(members + [("regions", .array(objects))])
    }

    private var members: [(name: String, value: JSONValue)] {
        let mined = regions.count { $0.skipped == nil }
        return [
            ("local_share", .value(.optional(localShare))),
            ("regional_patterns", .integer(regionalPatterns)),
            ("local_patterns", .integer(localPatterns)),
            ("mined", .integer(mined)),
            ("skipped", .integer(regions.count - mined)),
            ("firms_outside", .integer(firmsOutside)),
        ]
    }
}
