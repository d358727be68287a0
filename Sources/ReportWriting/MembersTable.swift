public import ClusterDetection
public import FirmModel

extension ReportDocument {
    /// What became of each firm, as CSV: a line for each record of `report.members`, in their order.
    ///
    /// Columns: `id` (the identifier, else the line number), the columns that were carried along under their own headers,
    /// then `cluster_id`, `group`, `role`, `ambiguous` and `strength`, empty where there is nothing to say.
    ///
    /// - Parameter register: the register the report was made from.
    /// - Precondition: the rows of `report.members` are rows of `register`.
    public static func members(_ report: ClusterReport, of register: FirmRegister) -> ReportDocument {
        var head = TextBuffer()
        head.appendCSVLine(
            ["id"] + register.kept.map(\.header) + ["cluster_id", "group", "role", "ambiguous", "strength"])
        let members = report.members
        let clusterIDs = report.clusters.map { TextBuffer.csvField($0.clusterID) }
        let groupCodes = report.groups.map { TextBuffer.csvField($0.code) }
        return ReportDocument(head: head, itemCount: members.count, grain: 16_384) { items, buffer in
            buffer.reserveCapacity(items.count * 40)
            for member in members[items] {
                buffer.appendCSVLabel(Int(member.row), of: register)
                for column in register.kept {
                    buffer.append(.comma)
                    buffer.appendCSV(column.values, row: Int(member.row))
                }
                buffer.append(.comma)
                if let cluster = member.cluster { buffer.append(utf8: clusterIDs[Int(cluster)]) }
                buffer.append(.comma)
                if let group = member.group { buffer.append(utf8: groupCodes[Int(group)]) }
                buffer.append(.comma)
                if let role = member.role {
                    switch role {
                    case .core: buffer.append("core,")
                    case .border: buffer.append("border,")
                    case .noise: buffer.append("noise,")
                    }
                    buffer.append(member.isAmbiguous ? "true" : "false")
                } else {
                    buffer.append(.comma)
                }
                buffer.append(.comma)
                buffer.appendCSV(.optional(member.strength))
                buffer.append(.lineFeed)
            }
        }
    }
}

extension TextBuffer {
    /// What ``FirmRegister/label(_:)`` says, without a `String` for each firm.
    fileprivate mutating func appendCSVLabel(_ row: Int, of register: FirmRegister) {
        if let identifier = register.identifier {
            appendCSV(identifier, row: row)
        } else {
            append(register.lineNumber.isEmpty ? row + 1 : Int(register.lineNumber[row]))
        }
    }

    fileprivate mutating func appendCSV(_ column: TextColumn, row: Int) {
        column.utf8(row).withUnsafeBufferPointer { appendCSV(utf8: $0) }
    }
}
