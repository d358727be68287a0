extension Dialect {
    static let candidates = [comma, semicolon, tab, pipe]

    /// The dialect of a file that begins with `sample`.
    ///
    /// The first line end outside quotes says how lines end. The delimiter is the candidate for which most records have as
    /// many fields as the header (or one more, where the header is one name short), and among equals the one that makes
    /// most fields; comma where nothing separates.
    ///
    /// - Parameter lineEnd: as ``lineEnd(in:isWhole:)`` found it.
    static func detect(
        _ sample: borrowing ByteBuffer, lineEnd: UInt8, delimiter: UInt8?, limits: RecordLimits
    ) -> Dialect {
        if let delimiter { return Dialect(delimiter: delimiter, lineEnd: lineEnd) }
        var best = (score: 0.0, columns: 1, dialect: Dialect(delimiter: comma, lineEnd: lineEnd))
        for candidate in candidates {
            let dialect = Dialect(delimiter: candidate, lineEnd: lineEnd)
            let counts = fieldCounts(sample, dialect: dialect, limits: limits)
            guard let header = counts.first, header > 1 else { continue }
            let rows = counts.dropFirst()
            let regular = rows.filter { $0 == header || $0 == header + 1 }.count
            let score = rows.isEmpty ? 1 : Double(regular) / Double(rows.count)
            // A regular file of two columns beats an irregular one of ten, but not by the odd broken row.
            let isBetter = score > best.score + 0.1 || (score > best.score - 0.1 && header > best.columns)
            if isBetter { best = (score, header, dialect) }
        }
        return best.dialect
    }

    /// How the first line ends; nil when more than `sample` is needed to tell.
    static func lineEnd(in sample: UnsafeBufferPointer<UInt8>, isWhole: Bool) -> UInt8? {
        var isQuoted = false
        var startsField = true
        var previous: UInt8 = 0
        for (place, byte) in sample.enumerated() {
            if isQuoted {
                if byte == quote { isQuoted = false }
            } else if byte == quote, startsField || previous == quote {
                isQuoted = true
            } else if byte == lineFeed {
                return lineFeed
            } else if byte == carriageReturn {
                guard place + 1 < sample.count else { return isWhole ? carriageReturn : nil }
                return sample[place + 1] == lineFeed ? lineFeed : carriageReturn
            }
            startsField = candidates.contains(byte)
            previous = byte
        }
        return isWhole ? lineFeed : nil
    }

    private static func fieldCounts(_ sample: borrowing ByteBuffer, dialect: Dialect, limits: RecordLimits) -> [Int] {
        let length = min(sample.count, 1 << 16)
        var part = ByteBuffer(capacity: length)
        part.append(UnsafeBufferPointer(rebasing: sample.bytes[..<length]))
        part.seal(with: dialect.lineEnd)
        let memory = CursorMemory(fieldCapacity: 0)
        let ticket = BlockTicket(block: 0, file: 0, dialect: dialect, firstLine: 1, flaws: [])
        var cursor = RecordCursor(part, ticket: ticket, memory: memory, limits: limits)
        var counts: [Int] = []
        while counts.count < 200, cursor.next() {
            // The last record may be cut off by the end of the sample.
            if cursor.position == length, length < sample.count, counts.count > 0 { break }
            if cursor.status == .sound { counts.append(cursor.fieldCount) }
        }
        return counts
    }
}
