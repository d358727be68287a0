import ParallelWork

/// Which firms state their employees, as a bit each with the count before every 64: three bytes for 16 firms, where running
/// counts would take 64.
struct KnownFirms: Sendable {
    private let words: [UInt64]
    /// Known firms before word i.
    private let before: [Int32]

    /// - Parameter isKnown: whether a firm states its employees; asked once for each, from several threads.
    init(count: Int, workers: Workers, isKnown: @Sendable (Int) -> Bool) throws {
        // A word more than needed, so that the count of all firms has one to look at.
        let wordCount = count / 64 + 1
        let words = try [UInt64](count: wordCount) { words in
            try workers.forEach(in: 0..<wordCount, grain: 1 << 10) { range, _ in
                for word in range {
                    var bits: UInt64 = 0
                    for firm in 64 * word..<min(count, 64 * word + 64) where isKnown(firm) {
                        bits |= 1 << UInt64(firm & 63)
                    }
                    words[word] = bits
                }
            }
        }
        var total: Int32 = 0
        before = words.map { word in
            defer { total += Int32(word.nonzeroBitCount) }
            return total
        }
        self.words = words
    }

    /// How many of the firms `0..<firm` are known.
    func count(before firm: Int) -> Int {
        let below = (1 << UInt64(firm & 63)) - 1 as UInt64
        return Int(before[firm >> 6]) + (words[firm >> 6] & below).nonzeroBitCount
    }
}
