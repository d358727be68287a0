public import ClusterDetection

extension ReportDocument {
    /// The clusters as CSV: a column for each property of the GeoJSON features, under the same names in the same order.
    public static func table(_ report: ClusterReport) -> ReportDocument {
        var head = TextBuffer()
        head.appendCSVLine(ClusterProperty.all.map(\.name.description))
        let clusters = report.clusters
        return ReportDocument(head: head, itemCount: clusters.count, grain: 1024) { items, buffer in
            for cluster in clusters[items] {
                for (index, property) in ClusterProperty.all.enumerated() {
                    if index > 0 { buffer.append(.comma) }
                    buffer.appendCSV(property.value(cluster))
                }
                buffer.append(.lineFeed)
            }
        }
    }

    /// The industries of each cluster's footprint as CSV: a line for each cluster and industry.
    public static func composition(_ report: ClusterReport) -> ReportDocument {
        var head = TextBuffer()
        head.appendCSVLine(["cluster_id", "industry", "title", "firms", "share", "location_quotient"])
        let records = report.composition
        let clusterIDs = report.clusters.map { TextBuffer.csvField($0.clusterID) }
        return ReportDocument(head: head, itemCount: records.count, grain: 4096) { items, buffer in
            for record in records[items] {
                buffer.append(utf8: clusterIDs[record.cluster])
                buffer.append(.comma)
                buffer.appendCSV(record.industry)
                buffer.append(.comma)
                buffer.appendCSV(.optional(record.title))
                buffer.append(.comma)
                buffer.append(record.firms)
                buffer.append(.comma)
                buffer.appendCSV(.optional(record.share))
                buffer.append(.comma)
                buffer.appendCSV(.optional(record.locationQuotient))
                buffer.append(.lineFeed)
            }
        }
    }
}
