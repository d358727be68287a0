/// A column of short texts kept as one run of UTF-8 bytes with the end of each text: 4 bytes a row beside the text itself,
/// where an array of `String` takes 16 and more.
///
/// An empty text stands for a missing value.
public struct TextColumn: Sendable, Equatable {
    /// All texts, one after the other.
    public private(set) var bytes: [UInt8] = []
    /// `ends[i]` is where text i ends in `bytes`, modulo 2³²; it starts where the one before it ends.
    public private(set) var ends: [UInt32] = []
    /// The rows at which ends pass another multiple of 2³², ascending: none in a column of less than 4 GiB.
    public private(set) var carries: [Int] = []

    /// A column without texts.
    public init() {}

    /// The number of texts.
    public var count: Int { ends.count }

    /// Makes room for texts to come.
    public mutating func reserveCapacity(rows: Int, bytes byteCount: Int) {
        ends.reserveCapacity(rows)
        bytes.reserveCapacity(byteCount)
    }

    /// Appends a text.
    public mutating func append(_ text: String) { append(utf8: text.utf8) }

    /// Appends a text by its bytes.
    ///
    /// - Precondition: it is shorter than 4 GiB.
    public mutating func append(utf8: some Sequence<UInt8>) {
        let before = bytes.count
        bytes.append(contentsOf: utf8)
        precondition(bytes.count - before <= UInt32.max)
        appendEnd(from: before)
    }

    /// Appends texts that stand one after the other in `run`, by where they end in it.
    ///
    /// - Precondition: `ends` never fall, and the last is the number of bytes.
    public mutating func append(run: [UInt8], ends runEnds: [UInt32]) {
        let start = bytes.count
        bytes.append(contentsOf: run)
        if UInt64(start) >> 32 == UInt64(bytes.count) >> 32 {
            let base = UInt32(truncatingIfNeeded: start)
            for end in runEnds { ends.append(base + end) }
        } else {
            for end in runEnds {
                let before = self.end(ends.count - 1)
                ends.append(UInt32(truncatingIfNeeded: start + Int(end)))
                if (start + Int(end)) >> 32 > before >> 32 { carries.append(ends.count - 1) }
            }
        }
        precondition(end(count - 1) == bytes.count)
    }

    private mutating func appendEnd(from before: Int) {
        if UInt64(before) >> 32 < UInt64(bytes.count) >> 32 { carries.append(ends.count) }
        ends.append(UInt32(truncatingIfNeeded: bytes.count))
    }

    /// Where text `row` ends in `bytes`; 0 for row −1.
    private func end(_ row: Int) -> Int {
        guard row >= 0 else { return 0 }
        let end = Int(ends[row])
        return carries.isEmpty ? end : end + carries.count { $0 <= row } << 32
    }

    /// The bytes of text `row`.
    public func utf8(_ row: Int) -> ArraySlice<UInt8> { bytes[end(row - 1)..<end(row)] }

    /// Text `row`.
    public subscript(row: Int) -> String { String(decoding: utf8(row), as: UTF8.self) }
}
