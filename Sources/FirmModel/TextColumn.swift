/// A column of short texts kept as one run of UTF-8 bytes with the end of each text: 4 bytes a row beside the text itself,
/// where an array of `String` takes 16 and more.
///
/// An empty text stands for a missing value.
public struct TextColumn: Sendable, Equatable {
    /// All texts, one after the other.
    public private(set) var bytes: [UInt8] = []
    private var rising = RisingNumbers<UInt32>()

    /// A column without texts.
    public init() {}

    /// The number of texts.
    public var count: Int { rising.count }

    /// `ends[i]` is where text i ends in `bytes`, modulo 2³²; it starts where the one before it ends.
    public var ends: [UInt32] { rising.low }

    /// The rows at which ends pass another multiple of 2³², ascending: none in a column of less than 4 GiB.
    public var carries: [Int] { rising.carries }

    /// Makes room for texts to come.
    public mutating func reserveCapacity(rows: Int, bytes byteCount: Int) {
        rising.reserveCapacity(rows)
        bytes.reserveCapacity(byteCount)
    }

    /// Appends a text.
    public mutating func append(_ text: String) { append(utf8: text.utf8) }

    /// Appends a text by its bytes.
    public mutating func append(utf8: some Sequence<UInt8>) {
        bytes.append(contentsOf: utf8)
        rising.append(bytes.count)
    }

    /// Appends texts that stand one after the other in `run`, by where they end in it.
    ///
    /// - Precondition: `ends` never fall, and the last is the number of bytes.
    public mutating func append(run: [UInt8], ends: [UInt32]) {
        let start = bytes.count
        bytes.append(contentsOf: run)
        rising.append(ends, from: start)
        precondition(rising.last == bytes.count)
    }

    /// The bytes of text `row`.
    public func utf8(_ row: Int) -> ArraySlice<UInt8> { bytes[(row == 0 ? 0 : rising[row - 1])..<rising[row]] }

    /// Text `row`.
    public subscript(row: Int) -> String { String(decoding: utf8(row), as: UTF8.self) }
}
