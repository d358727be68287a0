#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Whether identifiers come in ascending order, longer ones after shorter ones, so that 9 comes before 10. Then none of
/// them repeats, and no table of them is needed to know it.
struct IdentifierOrder {
    private(set) var isAscending = true
    /// The bytes of `last` as a number that sorts as they do; of texts of up to eight bytes only.
    private var lastWord: UInt64 = 0
    private var last = UnsafeBufferPointer<UInt8>(start: nil, count: 0)

    /// Adds the next identifier, which is not empty and stays where it is.
    @inline(__always)
    mutating func add(_ text: UnsafeBufferPointer<UInt8>) {
        if text.count <= 8 {
            let word = ShortText.word(text).byteSwapped
            let ascends = last.count == text.count ? lastWord < word : last.count < text.count
            if !ascends { isAscending = false }
            lastWord = word
        } else if !Self.ascends(last, text) {
            isAscending = false
        }
        last = text
    }

    /// Whether the identifiers of all batches ascend as one sequence, empty ones left out.
    static func isAscending(_ batches: [RowBatch]) -> Bool {
        var previous: ArraySlice<UInt8> = []
        for batch in batches {
            guard batch.identifiersAscend else { return false }
            let ends = batch.identifier.ends
            guard let total = ends.last, let first = ends.firstIndex(where: { $0 > 0 }),
                let last = ends.firstIndex(of: total)
            else { continue }
            let (start, end) = (batch.identifier.text(first), batch.identifier.text(last))
            let continues = previous.withUnsafeBufferPointer { previous in
                start.withUnsafeBufferPointer { ascends(previous, $0) }
            }
            guard continues else { return false }
            previous = end
        }
        return true
    }

    @inline(__always)
    private static func ascends(_ first: UnsafeBufferPointer<UInt8>, _ second: UnsafeBufferPointer<UInt8>) -> Bool {
        guard first.count == second.count, let one = first.baseAddress, let other = second.baseAddress else {
            return first.count < second.count
        }
        return memcmp(one, other, first.count) < 0
    }
}
