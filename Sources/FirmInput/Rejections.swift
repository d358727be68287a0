import FirmModel

/// A row that did not become a firm: where it is and why.
struct RejectedRecord: Sendable, Equatable {
    /// The number of its file among the files read, from 0.
    var file: Int
    /// The line on which its record starts.
    var line: Int
    var reason: RejectionReason
    /// The header of the column at fault; nil when it is the row as a whole.
    var column: String?
    /// The offending text, at most 200 bytes of it.
    var text: String

    static let longestText = 200

    init(file: Int, line: Int, reason: RejectionReason, column: String?, text: UnsafeBufferPointer<UInt8>) {
        self.file = file
        self.line = line
        self.reason = reason
        self.column = column
        // A character cut in two, or bytes that are no text, become U+FFFD.
        self.text = String(decoding: text.prefix(Self.longestText), as: UTF8.self)
    }

    init(file: Int, line: Int, reason: RejectionReason, column: String?, text: String) {
        self.file = file
        self.line = line
        self.reason = reason
        self.column = column
        self.text = text
    }
}

/// Rejected rows counted by reason; the first of each reason is kept, or all of them.
struct Rejections {
    let keepsAll: Bool
    private(set) var counts: [RejectionReason: Int] = [:]
    private(set) var rows: [RejectedRecord] = []

    init(keepsAll: Bool) { self.keepsAll = keepsAll }

    var total: Int { counts.values.reduce(0, +) }

    mutating func add(
        _ reason: RejectionReason, file: Int, line: Int, column: String? = nil, text: UnsafeBufferPointer<UInt8>
    ) {
        let count = counts[reason, default: 0]
        counts[reason] = count + 1
        if keepsAll || count == 0 {
            rows.append(RejectedRecord(file: file, line: line, reason: reason, column: column, text: text))
        }
    }

    /// Adds a row that may stand before rows added already.
    mutating func add(_ row: RejectedRecord) {
        counts[row.reason, default: 0] += 1
        if !keepsAll, let kept = rows.firstIndex(where: { $0.reason == row.reason }) {
            if (row.file, row.line) < (rows[kept].file, rows[kept].line) { rows[kept] = row }
        } else {
            rows.append(row)
        }
    }

    /// Adds what was found further on in the input.
    mutating func append(_ later: Rejections) {
        for (reason, count) in later.counts { counts[reason, default: 0] += count }
        rows.append(contentsOf: later.rows)
    }
}

extension RejectedRow {
    /// - Parameter files: the files read, in order.
    init(_ record: RejectedRecord, files: [RegisterSource.File]) {
        self.init(
            file: record.file < files.count ? files[record.file].name : "", line: record.line, reason: record.reason,
            column: record.column, text: record.text)
    }
}
