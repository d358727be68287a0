public import ClusterDetection
import FirmModel

extension ReportDocument {
    /// The clusters as a GeoJSON feature collection (RFC 7946), a feature a line, with the provenance as the foreign member
    /// `firmclusters`.
    ///
    /// `Docs/Output.md` describes the members, `Docs/cluster-report.schema.json` says the same to machines. Without
    /// clusters it is a collection without features and without `bbox`.
    ///
    /// - Precondition: coordinates of footprints are finite.
    public static func geoJSON(_ report: ClusterReport) -> ReportDocument {
        let isGeographic = report.provenance.frame != .local
        let boxes = report.clusters.map { cluster in
            cluster.footprint.flatMap { BoundingBox($0, isGeographic: isGeographic) }
        }
        var head = TextBuffer("{\"type\":\"FeatureCollection\",\n")
        if let box = BoundingBox(joining: boxes.lazy.compactMap { $0 }, isGeographic: isGeographic) {
            head.appendJSON(box)
            head.append(",\n")
        }
        head.append("\"firmclusters\":")
        head.appendJSON(report.provenanceObject)
        head.append(",\n\"features\":[")
        let clusters = report.clusters
        return ReportDocument(head: head, itemCount: clusters.count, grain: 256, tail: TextBuffer("\n]}\n")) {
            items, buffer in
            for item in items {
                buffer.append(item == 0 ? "\n" : ",\n")
                buffer.appendFeature(clusters[item], box: boxes[item])
            }
        }
    }

    /// The features of ``geoJSON(_:)``, one a line and nothing else, for programs that read line by line.
    public static func geoJSONSequence(_ report: ClusterReport) -> ReportDocument {
        let isGeographic = report.provenance.frame != .local
        let clusters = report.clusters
        return ReportDocument(head: TextBuffer(), itemCount: clusters.count, grain: 256) { items, buffer in
            for cluster in clusters[items] {
                let box = cluster.footprint.flatMap { BoundingBox($0, isGeographic: isGeographic) }
                buffer.appendFeature(cluster, box: box)
                buffer.append(.lineFeed)
            }
        }
    }
}

extension TextBuffer {
    /// `,"name":` or, for the first, `"name":` of every property.
    private static let propertyKeys: [[UInt8]] = ClusterProperty.all.enumerated().map { index, property in
        var key = TextBuffer(index == 0 ? "\"" : ",\"")
        key.append(property.name)
        key.append("\":")
        return key.finish()
    }

    fileprivate mutating func appendFeature(_ cluster: ClusterRecord, box: BoundingBox?) {
        append("{\"type\":\"Feature\",\"id\":")
        appendJSON(cluster.clusterID)
        append(.comma)
        if let box {
            appendJSON(box)
            append(.comma)
        }
        append("\"geometry\":")
        appendGeometry(cluster.footprint)
        append(",\"properties\":{")
        for (property, key) in zip(ClusterProperty.all, Self.propertyKeys) {
            append(utf8: key)
            appendJSON(property.value(cluster))
        }
        append("}}")
    }

    private mutating func appendGeometry(_ footprint: Footprint?) {
        guard let footprint, let first = footprint.polygons.first else { return append("null") }
        if footprint.polygons.count == 1 {
            append("{\"type\":\"Polygon\",\"coordinates\":")
            appendRings(first)
        } else {
            append("{\"type\":\"MultiPolygon\",\"coordinates\":[")
            for (index, polygon) in footprint.polygons.enumerated() {
                if index > 0 { append(.comma) }
                appendRings(polygon)
            }
            append("]")
        }
        append("}")
    }

    private mutating func appendRings(_ polygon: Footprint.Polygon) {
        append("[")
        appendRing(polygon.shell)
        for hole in polygon.holes {
            append(.comma)
            appendRing(hole)
        }
        append("]")
    }

    private mutating func appendRing(_ ring: [Coordinate]) {
        append("[")
        appendPositions(ring)
        append("]")
    }
}
