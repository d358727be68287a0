import FirmClusters

/// A small CSV file as texts: reference totals, the truth of a synthetic register.
struct SmallTable {
    struct Row: Sendable {
        var line: Int
        var fields: [String]
    }

    let path: String
    let header: [String]
    let rows: [Row]
    private let allowsDecimalComma: Bool

    init(_ path: String) throws {
        self.path = path
        let reader = try DelimitedReader(paths: [path])
        let width = reader.header.count
        header = reader.header
        allowsDecimalComma = reader.dialect.allowsDecimalComma
        rows = try reader.mapBlocks(workers: Workers(count: 1)) { cursor, _ in
            var rows: [Row] = []
            while cursor.next() {
                guard cursor.status == .sound else {
                    throw InputError(.badData, file: path, line: cursor.line, "the row cannot be read")
                }
                // Nothing but delimiters, as spreadsheets leave them at the end, is no row.
                guard cursor.filledFieldCount > 0 else { continue }
                guard cursor.fieldCount == width else {
                    throw InputError(
                        .badData, file: path, line: cursor.line, "has not the \(width) fields of the header")
                }
                var fields: [String] = []
                for index in 0..<width { fields.append(String(decoding: cursor.field(index), as: UTF8.self)) }
                rows.append(Row(line: cursor.line, fields: fields))
            }
            return rows
        }.flatMap { $0 }
    }

    /// The number in a field, read as those of the register are; nil where it is none.
    func number(_ row: Row, _ column: Int) -> Double? {
        var text = row.fields[column]
        return text.withUTF8 { NumberParsing.number($0, decimalComma: allowsDecimalComma) }
    }

    func optionalColumn(_ name: String, or others: [String] = []) -> Int? {
        header.firstIndex { ([name] + others).contains($0.lowercased()) }
    }

    func column(_ name: String, or others: [String] = []) throws -> Int {
        guard let index = optionalColumn(name, or: others) else {
            throw InputError(
                .badData, file: path, "has no column '\(name)'; its columns are \(header.joined(separator: ", "))")
        }
        return index
    }
}
