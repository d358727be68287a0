public import PatternAnalysis

extension ReportDocument {
    /// The patterns as CSV: a column for each property.
    public static func table(_ report: PatternReport) -> ReportDocument {
        var head = TextBuffer()
        head.appendCSVLine(PatternProperty.all.map(\.name.description))
        let patterns = report.patterns
        return ReportDocument(head: head, itemCount: patterns.count, grain: 1024) { items, buffer in
            for pattern in patterns[items] {
                for (index, property) in PatternProperty.all.enumerated() {
                    if index > 0 { buffer.append(.comma) }
                    buffer.appendCSV(property.value(pattern))
                }
                buffer.append(.lineFeed)
            }
        }
    }

    /// The colocation quotients as CSV, a line for each two industries in each direction; a head alone for a report without them.
    public static func quotients(_ report: PatternReport) -> ReportDocument {
        var head = TextBuffer()
        head.appendCSVLine(["industry", "toward", "colocation_quotient", "null_mean", "p_value", "q_value"])
        let quotients = report.quotients ?? []
        return ReportDocument(head: head, itemCount: quotients.count, grain: 4096) { items, buffer in
            for record in quotients[items] {
                buffer.appendCSV(record.industry)
                buffer.append(.comma)
                buffer.appendCSV(record.toward)
                buffer.append(.comma)
                buffer.appendCSV(.measure(record.quotient))
                for value in [record.nullMean, record.pValue, record.qValue] {
                    buffer.append(.comma)
                    buffer.appendCSV(.optional(value))
                }
                buffer.append(.lineFeed)
            }
        }
    }

    /// The rules of the patterns as CSV, codes joined by `|`; a head alone for a report without rules.
    public static func rules(_ report: PatternReport) -> ReportDocument {
        var head = TextBuffer()
        head.appendCSVLine(["antecedent", "consequent", "conditional_probability", "participation_index"])
        let rules = report.rules ?? []
        return ReportDocument(head: head, itemCount: rules.count, grain: 4096) { items, buffer in
            for rule in rules[items] {
                buffer.appendCSV(.list(rule.antecedent))
                buffer.append(.comma)
                buffer.appendCSV(.list(rule.consequent))
                buffer.append(.comma)
                buffer.appendCSV(.measure(rule.conditionalProbability))
                buffer.append(.comma)
                buffer.appendCSV(.measure(rule.support))
                buffer.append(.lineFeed)
            }
        }
    }
}
