import FirmModel
public import PatternAnalysis

extension ReportDocument {
    /// The patterns as a GeoJSON feature collection (RFC 7946), a feature a line: the places of the firms that take part as points, with
    /// the columns of the table as properties; the provenance is the foreign member `firmclusters`.
    ///
    /// - Precondition: the report has ``PatternReport/places``.
    public static func patternGeoJSON(_ report: PatternReport) -> ReportDocument {
        let isGeographic = report.provenance.frame != .local
        let places = report.places ?? []
        let boxes = places.map { BoundingBox(points: $0) }
        var head = TextBuffer("{\"type\":\"FeatureCollection\",\n")
        if let box = BoundingBox(joining: boxes.lazy.compactMap { $0 }, isGeographic: isGeographic) {
            head.appendJSON(box)
            head.append(",\n")
        }
        head.append("\"firmclusters\":")
        head.appendJSON(report.provenanceObject)
        head.append(",\n\"features\":[")
        let patterns = report.patterns
        precondition(places.count == patterns.count, "\(places.count) lists of places, \(patterns.count) patterns")
        return ReportDocument(head: head, itemCount: patterns.count, grain: 16, tail: TextBuffer("\n]}\n")) {
            items, buffer in
            for item in items {
                buffer.append(item == 0 ? "\n" : ",\n")
                buffer.appendFeature(patterns[item], at: places[item], box: boxes[item])
            }
        }
    }
}

extension TextBuffer {
    fileprivate mutating func appendFeature(_ pattern: PatternRecord, at places: [Coordinate], box: BoundingBox?) {
        append("{\"type\":\"Feature\",\"id\":")
        appendJSON(pattern.industries.joined(separator: "+"))
        append(.comma)
        if let box {
            appendJSON(box)
            append(.comma)
        }
        append("\"geometry\":")
        if places.isEmpty {
            append("null")
        } else {
            append("{\"type\":\"MultiPoint\",\"coordinates\":[")
            appendPositions(places)
            append("]}")
        }
        append(",\"properties\":{")
        for (index, property) in PatternProperty.all.enumerated() {
            if index > 0 { append(.comma) }
            append("\"")
            append(property.name)
            append("\":")
            appendFlatJSON(property.value(pattern))
        }
        append("}}")
    }
}
