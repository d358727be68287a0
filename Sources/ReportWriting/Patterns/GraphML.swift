public import PatternAnalysis

extension ReportDocument {
    /// A network as GraphML (Brandes et al. 2002, Graph Drawing), for Gephi, Cytoscape, networkx or igraph.
    ///
    /// Every attribute is declared with its type; one that is undefined is absent from its node or edge.
    public static func graphML(_ network: IndustryNetwork, version: String) -> ReportDocument {
        var head = TextBuffer(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <graphml xmlns="http://graphml.graphdrawing.org/xmlns" \
            xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
            xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">

            """)
        for attribute in GraphAttribute.graph { head.appendKey(attribute, of: "graph") }
        for attribute in NodeAttribute.all { head.appendKey(attribute, of: "node") }
        for attribute in EdgeAttribute.all { head.appendKey(attribute, of: "edge") }
        head.append("<graph id=\"industries\" edgedefault=\"undirected\">\n")
        head.appendData(GraphAttribute.graph, of: (network, version), scope: "graph")
        for (index, node) in network.nodes.enumerated() {
            head.append("<node id=\"n")
            head.append(index)
            head.append("\">\n")
            head.appendData(NodeAttribute.all, of: node, scope: "node")
            head.append("</node>\n")
        }
        let edges = network.edges
        return ReportDocument(
            head: head, itemCount: edges.count, grain: 1024, tail: TextBuffer("</graph>\n</graphml>\n")
        ) { items, buffer in
            for edge in edges[items] {
                buffer.append("<edge source=\"n")
                buffer.append(edge.first)
                buffer.append("\" target=\"n")
                buffer.append(edge.second)
                buffer.append("\">\n")
                buffer.appendData(EdgeAttribute.all, of: edge, scope: "edge")
                buffer.append("</edge>\n")
            }
        }
    }
}

/// An attribute that a key of GraphML declares.
private struct Attribute<Owner>: Sendable {
    enum Kind: String {
        case string, int, double, boolean
    }

    let name: StaticString
    let kind: Kind
    let value: @Sendable (Owner) -> OutputValue

    init(_ name: StaticString, _ kind: Kind, _ value: @escaping @Sendable (Owner) -> OutputValue) {
        self.name = name
        self.kind = kind
        self.value = value
    }
}

private enum GraphAttribute {
    static let graph: [Attribute<(network: IndustryNetwork, version: String)>] = [
        Attribute("firmclusters_version", .string) { .text($0.version) },
        Attribute("weight_is", .string) { .text($0.network.weight.rawValue) },
        Attribute("resolution", .double) { .exact($0.network.resolution) },
        Attribute("modularity", .double) { .optional($0.network.modularity) },
    ]
}

private enum NodeAttribute {
    static let all: [Attribute<IndustryNetwork.Node>] = [
        Attribute("code", .string) { .text($0.code) },
        Attribute("title", .string) { .optional($0.title) },
        Attribute("firms", .int) { .integer($0.firms) },
        Attribute("degree", .int) { .integer($0.degree) },
        Attribute("strength", .double) { .measure($0.strength) },
        Attribute("community", .int) { .integer($0.community) },
    ]
}

private enum EdgeAttribute {
    static let all: [Attribute<IndustryNetwork.Edge>] = [
        Attribute("weight", .double) { .measure($0.weight) },
        Attribute("participation_index", .double) { .measure($0.pair.participationIndex) },
        Attribute("firms", .int) { .integer($0.pair.firms) },
        Attribute("pi_ratio", .double) { .optional($0.pair.indexRatio) },
        Attribute("p_value", .double) { .optional($0.pair.pValue) },
        Attribute("q_value", .double) { .optional($0.pair.qValue) },
        Attribute("significant", .boolean) { $0.pair.significant.map(OutputValue.flag) ?? .undefined },
    ]
}

extension TextBuffer {
    /// Keys are named by what they belong to, for nodes and edges have attributes of the same name.
    fileprivate mutating func appendKey<Owner>(_ attribute: Attribute<Owner>, of scope: StaticString) {
        append("<key id=\"")
        append(scope)
        append("_")
        append(attribute.name)
        append("\" for=\"")
        append(scope)
        append("\" attr.name=\"")
        append(attribute.name)
        append("\" attr.type=\"")
        append(attribute.kind.rawValue)
        append("\"/>\n")
    }

    fileprivate mutating func appendData<Owner>(
        _ attributes: [Attribute<Owner>], of owner: Owner, scope: StaticString
    ) {
        for attribute in attributes {
            let value = attribute.value(owner)
            guard value != .undefined else { continue }
            append("<data key=\"")
            append(scope)
            append("_")
            append(attribute.name)
            append("\">")
            if case .text(let text) = value { appendXML(text) } else { _ = appendPlain(value) }
            append("</data>\n")
        }
    }
}
