import FirmModel
public import PatternAnalysis

extension ReportDocument {
    /// The whole report as one JSON object: the provenance (`firmclusters`), `industries`, `patterns` (one a line), `network`,
    /// `rules` and `regions`. `Docs/Output.md` describes the members.
    public static func patternJSON(_ report: PatternReport) -> ReportDocument {
        var head = TextBuffer("{\"firmclusters\":")
        head.appendJSON(report.provenanceObject)
        head.append(",\n\"industries\":")
        head.appendJSON(.array(report.industries.map(\.object)))
        head.append(",\n\"patterns\":[")
        var tail = TextBuffer("\n],\n\"network\":")
        tail.appendJSON(report.network?.object ?? .value(.undefined))
        tail.append(",\n\"rules\":")
        tail.appendJSON(report.rules.map { .array($0.map(\.object)) } ?? .value(.undefined))
        tail.append(",\n\"regions\":")
        tail.appendJSON(report.regions?.object ?? .value(.undefined))
        tail.append("\n}\n")
        let patterns = report.patterns
        return ReportDocument(head: head, itemCount: patterns.count, grain: 256, tail: tail) { items, buffer in
            for item in items {
                buffer.append(item == 0 ? "\n" : ",\n")
                buffer.appendJSON(patterns[item].object)
            }
        }
    }
}

extension PatternReport {
    /// The member `firmclusters`: what is needed to repeat the run.
    fileprivate var provenanceObject: JSONValue {
        .object([
            ("version", .text(provenance.version)),
            ("parameters", provenance.parametersObject),
            ("seed", .value(.unsigned(provenance.seed))),
            ("tested", testedObject),
            ("inputs", provenance.inputsArray),
            ("auxiliary_inputs", provenance.auxiliaryInputsArray),
            ("columns", provenance.columnsObject),
            ("rows", provenance.rowsObject),
            ("coordinates", provenance.coordinates),
            ("crs", provenance.projectedSystem),
            ("libraries", provenance.librariesObject),
            ("warnings", .texts(warnings)),
        ])
    }

    /// The number of patterns tested by size, undefined where none were.
    var testedObject: JSONValue {
        tested.isEmpty
            ? .value(.undefined) : .object(tested.map { (String($0.size), .integer($0.patterns)) })
    }
}

extension PatternRecord {
    fileprivate var object: JSONValue {
        .object(PatternProperty.all.map { ($0.name.description, JSONValue($0.value(self))) })
    }
}

extension IndustryOutcome {
    fileprivate var object: JSONValue {
        .object([
            ("code", .text(code)), ("title", .value(.optional(title))), ("firms", .integer(firms)),
            ("excluded", .value(.optional(excluded))),
        ])
    }
}

extension ColocationRule {
    fileprivate var object: JSONValue {
        .object([
            ("antecedent", .texts(antecedent)), ("consequent", .texts(consequent)),
            ("conditional_probability", .value(.measure(conditionalProbability))),
            ("participation_index", .value(.measure(support))),
        ])
    }
}

extension IndustryNetwork {
    /// Edges name their industries by code.
    fileprivate var object: JSONValue {
        .object([
            ("weight", .text(weight.rawValue)),
            ("resolution", .value(.exact(resolution))),
            ("modularity", .value(.optional(modularity))),
            (
                "nodes",
                .array(
                    nodes.map { node in
                        .object([
                            ("code", .text(node.code)), ("title", .value(.optional(node.title))),
                            ("firms", .integer(node.firms)), ("degree", .integer(node.degree)),
                            ("strength", .value(.measure(node.strength))), ("community", .integer(node.community)),
                        ])
                    })
            ),
            (
                "edges",
                .array(
                    edges.map { edge in
                        .object([
                            ("source", .text(nodes[edge.first].code)), ("target", .text(nodes[edge.second].code)),
                            ("weight", .value(.measure(edge.weight))),
                        ])
                    })
            ),
        ])
    }
}
