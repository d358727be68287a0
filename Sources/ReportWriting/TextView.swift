import FirmModel

/// The texts of a column as memory, for loops over many rows on several workers: taking a slice of the column for each text
/// would have all workers count references to the same array.
struct TextView {
    private let bytes: UnsafeBufferPointer<UInt8>
    private let ends: UnsafeBufferPointer<UInt64>

    subscript(row: Int) -> UnsafeBufferPointer<UInt8> {
        let start = row == 0 ? 0 : Int(ends[row - 1])
        return UnsafeBufferPointer(rebasing: bytes[start..<Int(ends[row])])
    }

    /// Calls `body` with a view of each column; the views end with the call.
    static func with(_ columns: [TextColumn], _ body: ([TextView]) -> Void) {
        collect(columns[...], [], body)
    }

    private static func collect(
        _ columns: ArraySlice<TextColumn>, _ views: [TextView], _ body: ([TextView]) -> Void
    ) {
        guard let column = columns.first else { return body(views) }
        column.bytes.withUnsafeBufferPointer { bytes in
            column.ends.withUnsafeBufferPointer { ends in
                collect(columns.dropFirst(), views + [TextView(bytes: bytes, ends: ends)], body)
            }
        }
    }
}
