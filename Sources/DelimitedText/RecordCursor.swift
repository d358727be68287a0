/// Walks the records of one block of a file.
///
///     while cursor.next() {
///         guard cursor.status == .sound else { ... }
///         let name = cursor.field(2)
///     }
///
/// Fields are slices of the block: they are valid inside the closure that was given the cursor. Blank lines are skipped.
public struct RecordCursor: ~Copyable {
    /// The number of the block in the input, from 0: results by it are in the order of the input.
    public let block: Int
    /// The number of the file in the list of files, from 0.
    public let file: Int
    /// The dialect of the file.
    public let dialect: Dialect

    /// What is wrong with the current record. Only a sound record has fields.
    public private(set) var status: RecordStatus = .sound
    /// The line on which the current record starts, counted from 1; line breaks inside quotes count.
    public private(set) var line: Int
    /// How many fields the current record has.
    public private(set) var fieldCount = 0
    /// The same without empty fields at its end.
    public private(set) var filledFieldCount = 0

    @usableFromInline let base: UnsafeMutablePointer<UInt8>
    @usableFromInline let spans: UnsafeMutablePointer<FieldSpan>
    private let spanCapacity: Int
    private let end: Int
    private let limits: RecordLimits
    private let flaws: [RecordFlaw]
    private let isOversized: Bool
    private let checksBytes: Bool

    private var nextFlaw = 0
    /// The line after the current record.
    private(set) var nextLine: Int
    private var recordStart = 0
    private var recordEnd = 0
    private(set) var position = 0

    /// - Parameters:
    ///   - bytes: whole records; ``ByteBuffer/seal(with:)`` has been called.
    ///   - spans: room for the fields that can be asked for; more are counted but not kept.
    init(
        _ bytes: borrowing ByteBuffer, ticket: BlockTicket, spans: UnsafeMutableBufferPointer<FieldSpan>,
        limits: RecordLimits, emptySpans: UnsafeMutablePointer<FieldSpan>
    ) {
        block = ticket.block
        file = ticket.file
        dialect = ticket.dialect
        line = ticket.firstLine
        nextLine = ticket.firstLine
        base = bytes.base
        end = bytes.count
        self.spans = spans.baseAddress ?? emptySpans
        spanCapacity = spans.count
        self.limits = limits
        flaws = ticket.flaws
        isOversized = ticket.isOversized
        let survey = UTF8Validation.survey(bytes.bytes)
        checksBytes = survey.hasZero || (!survey.isASCII && !UTF8Validation.isValid(bytes.bytes))
    }

    /// The content of field `index` of a sound record: without the quotes around it, doubled quotes made single.
    ///
    /// - Precondition: `index` is below `fieldCount` and below the number of columns of the file.
    @inlinable
    public mutating func field(_ index: Int) -> UnsafeBufferPointer<UInt8> {
        if spans[index].holdsDoubledQuotes { undouble(index) }
        let span = spans[index]
        return UnsafeBufferPointer(start: base + Int(span.start), count: Int(span.end &- span.start))
    }

    /// Whether the file encloses field `index` in quotes.
    public func isQuoted(_ index: Int) -> Bool {
        let start = Int(spans[index].start)
        return start > 0 && base[start - 1] == Dialect.quote
    }

    /// The bytes of the current record without its line end; not parsed, and after ``field(_:)`` not quite the original.
    public var text: UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: base + recordStart, count: recordEnd - recordStart)
    }

    /// Moves to the next record; false at the end of the block.
    public mutating func next() -> Bool {
        if isOversized { return nextOversized() }
        let lineEnd = dialect.lineEnd
        while true {
            if lineEnd == Dialect.carriageReturn, position < end, base[position] == Dialect.lineFeed { position += 1 }
            guard position < end else { return false }
            line = nextLine
            if base[position] == lineEnd {
                position += 1
                nextLine += 1
            } else if base[position] == Dialect.carriageReturn, base[position + 1] == lineEnd {
                position += 2
                nextLine += 1
            } else {
                break
            }
        }
        recordStart = position
        fieldCount = 0
        filledFieldCount = 0
        status = .sound
        parseFields()
        if checksBytes, status == .sound {
            let survey = UTF8Validation.survey(text)
            if survey.hasZero || (!survey.isASCII && !UTF8Validation.isValid(text)) { status = .badBytes }
        }
        return true
    }

    private mutating func parseFields() {
        let base = UnsafePointer(self.base)
        let (delimiter, lineEnd) = (dialect.delimiter, dialect.lineEnd)
        let delimiters = ByteSearch.pattern(delimiter)
        let lineEnds = ByteSearch.pattern(lineEnd)
        var place = position
        var linesInside = 0
        var isTooLarge = false

        while true {
            if base[place] == Dialect.quote {
                if place - recordStart > limits.record { return cut() }
                let start = place + 1
                var isDoubled = false
                let limit = min(end, start + limits.field + 1)
                var quote = start
                while true {
                    quote = ByteSearch.first(Dialect.quote, in: base, from: quote, to: limit)
                    guard quote < limit, base[quote + 1] == Dialect.quote else { break }
                    isDoubled = true
                    quote += 2
                }
                guard quote < limit, quote - recordStart <= limits.record else { return resumeAfterFlaw() }
                linesInside += ByteSearch.count(
                    lineEnd, in: UnsafeBufferPointer(start: base + start, count: quote - start))
                let after = base[quote + 1]
                append(start, quote, holdsDoubledQuotes: isDoubled)
                place = quote + 1
                if after == delimiter {
                    place += 1
                    continue
                }
                if after == lineEnd { break }
                guard after == Dialect.carriageReturn, lineEnd == Dialect.lineFeed, base[quote + 2] == lineEnd else {
                    return resumeAfterFlaw()
                }
                place += 1
                recordEnd = place - 1
                finish(at: place, linesInside: linesInside, isTooLarge: isTooLarge)
                return
            }
            let start = place
            while true {
                let word = ByteSearch.word(base + place)
                let found = ByteSearch.matches(word, delimiters) | ByteSearch.matches(word, lineEnds)
                if found != 0 {
                    place += found.trailingZeroBitCount >> 3
                    break
                }
                place += 8
            }
            if place - start > limits.field { isTooLarge = true }
            if base[place] == delimiter, place < end {
                append(start, place, holdsDoubledQuotes: false)
                place += 1
                continue
            }
            let hasReturn = lineEnd == Dialect.lineFeed && place > start && base[place - 1] == Dialect.carriageReturn
            let contentEnd = hasReturn ? place - 1 : place
            append(start, contentEnd, holdsDoubledQuotes: false)
            recordEnd = contentEnd
            finish(at: place, linesInside: linesInside, isTooLarge: isTooLarge)
            return
        }
        recordEnd = place
        finish(at: place, linesInside: linesInside, isTooLarge: isTooLarge)
    }

    @inline(__always)
    private mutating func append(_ start: Int, _ end: Int, holdsDoubledQuotes: Bool) {
        if fieldCount < spanCapacity {
            spans[fieldCount] = FieldSpan(
                start: UInt32(truncatingIfNeeded: start), end: UInt32(truncatingIfNeeded: end),
                holdsDoubledQuotes: holdsDoubledQuotes)
        }
        fieldCount += 1
        if end > start { filledFieldCount = fieldCount }
    }

    @inline(__always)
    private mutating func finish(at lineEndPlace: Int, linesInside: Int, isTooLarge: Bool) {
        position = min(end, lineEndPlace + 1)
        nextLine = line + linesInside + 1
        if isTooLarge || lineEndPlace - recordStart > limits.record { status = .fieldTooLarge }
    }

    /// The splitter has seen this record, and more of what follows it than this block holds.
    private mutating func resumeAfterFlaw() {
        let flaw = nextFlaw < flaws.count ? flaws[nextFlaw] : RecordFlaw(status: .brokenQuoting, isCut: false)
        nextFlaw += 1
        if flaw.isCut { return cut() }
        let lineEndPlace = ByteSearch.first(dialect.lineEnd, in: base, from: recordStart, to: end)
        recordEnd = lineEndPlace
        position = min(end, lineEndPlace + 1)
        nextLine = line + 1
        status = lineEndPlace - recordStart > limits.record ? .fieldTooLarge : flaw.status
    }

    private mutating func cut() {
        let lineEndPlace = ByteSearch.first(
            dialect.lineEnd, in: base, from: min(end, recordStart + limits.record), to: end)
        recordEnd = lineEndPlace
        position = min(end, lineEndPlace + 1)
        nextLine =
            line
            + ByteSearch.count(
                dialect.lineEnd, in: UnsafeBufferPointer(start: base + recordStart, count: position - recordStart))
        status = .fieldTooLarge
    }

    private mutating func nextOversized() -> Bool {
        guard position == 0 else { return false }
        position = max(1, end)
        recordEnd = end
        status = .fieldTooLarge
        return true
    }

    @usableFromInline
    mutating func undouble(_ index: Int) {
        let span = spans[index]
        var (source, target) = (Int(span.start), Int(span.start))
        while source < Int(span.end) {
            base[target] = base[source]
            target += 1
            source += base[source] == Dialect.quote ? 2 : 1
        }
        spans[index] = FieldSpan(start: span.start, end: UInt32(truncatingIfNeeded: target), holdsDoubledQuotes: false)
    }
}

/// Where a field is in its block.
@usableFromInline
struct FieldSpan {
    @usableFromInline var start: UInt32
    private var endAndFlag: UInt32

    @usableFromInline
    init(start: UInt32, end: UInt32, holdsDoubledQuotes: Bool) {
        self.start = start
        endAndFlag = end | (holdsDoubledQuotes ? 0x8000_0000 : 0)
    }

    @usableFromInline var end: UInt32 { endAndFlag & 0x7FFF_FFFF }
    @usableFromInline var holdsDoubledQuotes: Bool { endAndFlag & 0x8000_0000 != 0 }
}
