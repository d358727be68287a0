/// A worker's room for one column of texts: those of a block are never longer than the block.
struct BlockTexts: ~Copyable {
    /// Texts of up to 16 bytes are copied as 16 bytes; they are read from a block, which is as generous.
    private static let stride = 16

    private var bytes: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    private var byteCount = 0
    private var ends = ColumnPart<UInt32>()
    private var count = 0

    init() {
        capacity = Self.stride
        bytes = .allocate(capacity: capacity)
    }

    deinit { bytes.deallocate() }

    /// Makes room for the texts of a block; those of the one before are lost.
    mutating func prepare(rows: Int, bytes needed: Int) {
        byteCount = 0
        count = 0
        if rows > ends.capacity { ends = ColumnPart(capacity: rows) }
        guard needed + Self.stride > capacity else { return }
        bytes.deallocate()
        capacity = (needed + Self.stride) * 2
        bytes = .allocate(capacity: capacity)
    }

    /// Appends a field of the block's cursor.
    @inline(__always)
    mutating func append(_ text: UnsafeBufferPointer<UInt8>) {
        if let source = text.baseAddress {
            let target = UnsafeMutableRawPointer(bytes + byteCount)
            if text.count <= Self.stride {
                target.copyMemory(from: source, byteCount: Self.stride)
            } else {
                target.copyMemory(from: source, byteCount: text.count)
            }
        }
        byteCount += text.count
        ends[count] = UInt32(truncatingIfNeeded: byteCount)
        count += 1
    }

    /// The texts of the block.
    var run: TextRun {
        TextRun(
            bytes: Array(UnsafeBufferPointer(start: bytes, count: byteCount)),
            ends: Array(UnsafeBufferPointer(start: ends.base, count: count)))
    }
}

/// The same where there are as many columns as somebody asked for.
final class SharedBlockTexts {
    var texts = BlockTexts()
}
