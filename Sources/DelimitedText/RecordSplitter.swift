/// What is wrong with a record as a whole.
public enum RecordStatus: Sendable, Equatable {
    /// Nothing: its fields can be read.
    case sound
    /// A quoted field never closes, or goes on after its closing quote.
    case brokenQuoting
    /// A field or the record is longer than ``RecordLimits`` allow.
    case fieldTooLarge
    /// Invalid UTF-8, or a zero byte.
    case badBytes
}

/// A record whose end could not be told from its own bytes, and how reading goes on after it.
struct RecordFlaw: Equatable {
    var status: RecordStatus
    /// The record is cut off at a line end beyond the record limit; otherwise it is its first line only.
    var isCut: Bool
}

/// Finds where the last whole record of a block ends, exactly: which quotes open and close a field is decided here, once,
/// for all bytes in order, so that the blocks can then be parsed independently of each other.
///
/// The rules, which ``RecordCursor`` follows too:
/// - A quote opens a field only as its first byte. Two quotes inside are one; a single one closes, and only a delimiter
///   or a line end may follow.
/// - A field that breaks this rule, does not close before the end, or not within the field limit, breaks its record: the
///   record is then its *first line* only, and reading resumes on the next line. A stray quote so costs one row.
/// - A record that does not end within the record limit is cut off at the first line end beyond that limit.
///
/// Work is proportional to the bytes: quotes of a broken record are looked at again at most once, because a later
/// field that opens in the same stretch finds its close, or breaks, at the quote that follows it.
struct RecordSplitter {
    let dialect: Dialect
    let limits: RecordLimits

    /// - Parameters:
    ///   - bytes: start at the beginning of a record.
    ///   - atEnd: nothing follows these bytes.
    ///   - hasQuotes: false when it is known that there are none.
    /// - Returns: how many bytes make up whole records, and their flaws in order. 0 bytes: more are needed.
    func split(_ bytes: UnsafeBufferPointer<UInt8>, atEnd: Bool, hasQuotes: Bool = true) -> (
        consumed: Int, flaws: [RecordFlaw]
    ) {
        guard let base = bytes.baseAddress else { return (0, []) }
        let count = bytes.count
        let lineEnd = dialect.lineEnd
        var flaws: [RecordFlaw] = []
        var recordStart = 0
        /// Outside quotes; everything before it has been looked at.
        var position = 0

        while hasQuotes {
            let opening = ByteSearch.first(Dialect.quote, in: base, from: position, to: count)
            guard opening < count else { break }
            if let last = ByteSearch.last(lineEnd, in: base, from: position, to: opening) { recordStart = last + 1 }
            // A line feed after a lone carriage return belongs to the line end before.
            let isLineFeedFirst = lineEnd == Dialect.carriageReturn && base[recordStart] == Dialect.lineFeed
            let contentStart = isLineFeedFirst ? recordStart + 1 : recordStart
            guard startsField(base, opening) else {
                position = opening + 1
                continue
            }

            let flaw: RecordFlaw
            if opening - contentStart > limits.record {
                // The cursor sees this without help, so it is not listed.
                flaw = RecordFlaw(status: .fieldTooLarge, isCut: true)
            } else {
                switch closing(base, count: count, opening: opening, atEnd: atEnd) {
                case .closed(let quote) where quote - contentStart <= limits.record:
                    position = quote + 1
                    continue
                case .closed: flaw = RecordFlaw(status: .fieldTooLarge, isCut: true)
                case .broken: flaw = RecordFlaw(status: .brokenQuoting, isCut: false)
                case .tooLarge: flaw = RecordFlaw(status: .fieldTooLarge, isCut: false)
                case .undecided: return (recordStart, flaws)
                }
                flaws.append(flaw)
            }
            let searchStart = flaw.isCut ? contentStart + limits.record : contentStart
            let end = ByteSearch.first(lineEnd, in: base, from: searchStart, to: count)
            guard end < count else {
                if atEnd { return (count, flaws) }
                if opening - contentStart <= limits.record { flaws.removeLast() }
                return (recordStart, flaws)
            }
            recordStart = end + 1
            position = recordStart
        }
        if atEnd { return (count, flaws) }
        let last = ByteSearch.last(lineEnd, in: base, from: position, to: count)
        return (last.map { $0 + 1 } ?? recordStart, flaws)
    }

    private func startsField(_ base: UnsafePointer<UInt8>, _ place: Int) -> Bool {
        guard place > 0 else { return true }
        let before = base[place - 1]
        if before == dialect.delimiter || before == dialect.lineEnd { return true }
        return dialect.lineEnd == Dialect.carriageReturn && before == Dialect.lineFeed
            && (place == 1 || base[place - 2] == Dialect.carriageReturn)
    }

    private enum Closing {
        case closed(Int)
        case broken
        case tooLarge
        case undecided
    }

    private func closing(_ base: UnsafePointer<UInt8>, count: Int, opening: Int, atEnd: Bool) -> Closing {
        let limit = min(count, opening + 1 + limits.field + 1)
        var place = opening + 1
        while true {
            place = ByteSearch.first(Dialect.quote, in: base, from: place, to: limit)
            guard place < limit else {
                if limit < count { return .tooLarge }
                return atEnd ? .broken : .undecided
            }
            guard place + 1 < count else { return atEnd ? .closed(place) : .undecided }
            let next = base[place + 1]
            if next == Dialect.quote {
                place += 2
                continue
            }
            if next == dialect.delimiter || next == dialect.lineEnd { return .closed(place) }
            guard next == Dialect.carriageReturn, dialect.lineEnd == Dialect.lineFeed else { return .broken }
            guard place + 2 < count else { return atEnd ? .closed(place) : .undecided }
            return base[place + 2] == Dialect.lineFeed ? .closed(place) : .broken
        }
    }
}
