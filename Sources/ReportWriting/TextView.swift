import FirmModel

/// The texts of a column as memory, for loops over many rows on several workers: taking a slice of the column for each text
/// would have all workers count references to the same array.
struct TextView {
    private let bytes: UnsafeBufferPointer<UInt8>
    private let ends: UnsafeBufferPointer<UInt32>
    private let carries: UnsafeBufferPointer<Int>

    subscript(row: Int) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(rebasing: bytes[end(row - 1)..<end(row)])
    }

    private func end(_ row: Int) -> Int {
        guard row >= 0 else { return 0 }
        return carries.isEmpty ? Int(ends[row]) : Int(ends[row]) + carries.count { $0 <= row } << 32
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
                column.carries.withUnsafeBufferPointer { carries in
                    let view = TextView(bytes: bytes, ends: ends, carries: carries)
                    collect(columns.dropFirst(), views + [view], body)
                }
            }
        }
    }
}
