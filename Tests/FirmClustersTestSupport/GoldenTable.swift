public import Foundation

/// A small CSV of known answers: a header and rows of plain fields.
public struct GoldenTable {
    public let header: [String]
    public let rows: [[String]]

    /// Reads `Golden/<name>` beside the test file that asks.
    public init(_ name: String, beside testFile: String = #filePath) throws {
        let url = URL(fileURLWithPath: testFile).deletingLastPathComponent().appendingPathComponent("Golden/\(name)")
        try self.init(contentsOf: url)
    }

    public init(contentsOf url: URL) throws {
        let lines = try String(contentsOf: url, encoding: .utf8).split(whereSeparator: \.isNewline)
        let fields = lines.map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
        header = fields.first ?? []
        rows = Array(fields.dropFirst())
    }

    /// The column with a header, each field read by `value`.
    public func column<Value>(_ name: String, _ value: (String) -> Value?) throws -> [Value] {
        guard let index = header.firstIndex(of: name) else { throw MissingColumn(name: name) }
        return try rows.map { row in
            guard let value = value(row[index]) else { throw MissingColumn(name: name) }
            return value
        }
    }

    public func doubles(_ name: String) throws -> [Double] { try column(name) { Double($0) } }
    public func integers(_ name: String) throws -> [Int] { try column(name) { Int($0) } }

    public struct MissingColumn: Error { public let name: String }
}
