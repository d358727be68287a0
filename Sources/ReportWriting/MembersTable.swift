public import ClusterDetection
public import FirmModel

extension ReportDocument {
    /// What became of each firm, as CSV: a line for each record of `report.members`, in their order: several for a firm in several groups.
    ///
    /// Columns: `id` (the identifier, else the line number), `name` where the register has names, the columns that were
    /// carried along under their own headers, then `cluster_id`, `group`, `role`, `ambiguous` and `strength`, empty where there is nothing to say.
    ///
    /// - Parameters:
    ///   - report: made with its members.
    ///   - register: the register it was made from.
    /// - Precondition: the rows of `report.members` are rows of `register`.
    public static func members(_ report: ClusterReport, of register: FirmRegister) -> ReportDocument {
        var head = TextBuffer()
        head.appendCSVLine(
            ["id"] + (register.name == nil ? [] : ["name"]) + register.kept.map(\.header) + [
                "cluster_id", "group", "role", "ambiguous", "strength",
            ])
        let members = report.members
        let clusterIDs = TextColumn(csvFields: report.clusters.lazy.map(\.clusterID))
        let groupCodes = TextColumn(csvFields: report.groups.lazy.map(\.code))
        let lineNumber = register.lineNumber
        let identifiers = register.identifier.map { [$0] } ?? []
        let names = register.name.map { [$0] } ?? []
        let carried = identifiers + names + register.kept.map(\.values)
        return ReportDocument(head: head, itemCount: members.count, grain: 16_384) { items, buffer in
            TextView.with([clusterIDs, groupCodes] + carried) { views in
                let (clusterIDs, groupCodes, carried) = (views[0], views[1], views[2...])
                for member in members[items] {
                    let row = Int(member.row)
                    let identifier = identifiers.isEmpty ? nil : carried[carried.startIndex][row]
                    if let identifier, !identifier.isEmpty {
                        buffer.appendCSV(utf8: identifier)
                    } else {
                        buffer.append(lineNumber.isEmpty ? row + 1 : Int(lineNumber[row]))
                    }
                    for column in carried.indices.dropFirst(identifiers.count) {
                        buffer.append(.comma)
                        buffer.appendCSV(utf8: carried[column][row])
                    }
                    buffer.append(.comma)
                    if let cluster = member.cluster { buffer.append(utf8: clusterIDs[Int(cluster)]) }
                    buffer.append(.comma)
                    if let group = member.group { buffer.append(utf8: groupCodes[Int(group)]) }
                    switch member.role {
                    case .core: buffer.append(",core,")
                    case .border: buffer.append(",border,")
                    case .noise: buffer.append(",noise,")
                    case nil: buffer.append(",,")
                    }
                    if member.role != nil { buffer.append(member.isAmbiguous ? "true" : "false") }
                    buffer.append(.comma)
                    if let strength = member.strength { buffer.appendCSV(.measure(strength)) }
                    buffer.append(.lineFeed)
                }
            }
        }
    }
}

extension TextColumn {
    /// Texts as they stand in lines of CSV, for those that stand in many.
    fileprivate init(csvFields texts: some Sequence<String>) {
        self.init()
        for text in texts { append(utf8: TextBuffer.csvField(text)) }
    }
}
