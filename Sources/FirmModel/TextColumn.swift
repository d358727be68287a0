/// A column of short texts kept as one run of UTF-8 bytes with the end of each text: about 4 bytes a row beside the text
/// itself, where an array of `String` takes 16 and more.
///
/// An empty text stands for a missing value.
public struct TextColumn: Sendable, Equatable {
    /// All texts, one after the other.
    public private(set) var bytes: [UInt8] = []
    /// `ends[i]` is where text i ends in `bytes`; it starts where the one before it ends.
    public private(set) var ends: [UInt64] = []

    /// A column without texts.
    public init() {}

    /// The column with these bytes and ends.
    ///
    /// - Precondition: `ends` never fall, and the last is the number of bytes.
    public init(bytes: [UInt8], ends: [UInt64]) {
        precondition((ends.last ?? 0) == UInt64(bytes.count))
        precondition(zip(ends, ends.dropFirst()).allSatisfy { $0 <= $1 })
        self.bytes = bytes
        self.ends = ends
    }

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
    public mutating func append(utf8: some Sequence<UInt8>) {
        bytes.append(contentsOf: utf8)
        ends.append(UInt64(bytes.count))
    }

    /// Appends every text of another column, in order.
    public mutating func append(contentsOf other: TextColumn) {
        let base = UInt64(bytes.count)
        bytes.append(contentsOf: other.bytes)
        ends.append(contentsOf: other.ends.lazy.map { $0 + base })
    }

    /// The bytes of text `row`.
    public func utf8(_ row: Int) -> ArraySlice<UInt8> {
        bytes[(row == 0 ? 0 : Int(ends[row - 1]))..<Int(ends[row])]
    }

    /// Text `row`.
    public subscript(row: Int) -> String { String(decoding: utf8(row), as: UTF8.self) }

    public static func == (left: TextColumn, right: TextColumn) -> Bool {
        left.ends == right.ends && left.bytes == right.bytes
    }
}
