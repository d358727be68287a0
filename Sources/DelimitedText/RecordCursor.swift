import CTextKernels

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

    /// The lines of the block: it has no more records than this.
    public let lineCount: Int
    /// The lines of all blocks before this one, headers left out: there are no more records before it than this.
    public let linesBefore: Int
    /// The bytes of the block.
    public var byteCount: Int { end }

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

    /// Owns `spans` and `places`.
    private let memory: CursorMemory
    private let places: UnsafeMutablePointer<UInt32>
    private var nextPlace = 0
    private var placeCount = 0
    /// Where the bytes end in which structure has been looked for.
    private var structureEnd = 0

    /// - Parameters:
    ///   - bytes: whole records; ``ByteBuffer/seal(with:)`` has been called. They outlive the cursor.
    init(_ bytes: borrowing ByteBuffer, ticket: BlockTicket, memory: CursorMemory, limits: RecordLimits) {
        block = ticket.block
        file = ticket.file
        dialect = ticket.dialect
        line = ticket.firstLine
        nextLine = ticket.firstLine
        lineCount = ticket.lineCount
        linesBefore = ticket.linesBefore
        base = bytes.base
        end = bytes.count
        self.memory = memory
        spans = memory.spans
        spanCapacity = memory.fieldCapacity
        places = memory.places
        self.limits = limits
        flaws = ticket.flaws
        isOversized = ticket.isOversized
        let survey = ticket.survey ?? survey_text(base, end, dialect.lineEnd, Dialect.quote)
        checksBytes = !UTF8Validation.isValidWithoutZeros(bytes.bytes, survey)
    }

    /// The content of field `index` of a sound record: without the quotes around it, doubled quotes made single. At least 16
    /// bytes after it can be read, though nothing follows from what they are.
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

    /// The number that field `index` of a sound record spells in the plainest way, or NaN: digits with no more than a minus
    /// before them and a point among them. What ``NumberParsing`` reads beyond that takes longer.
    ///
    /// - Precondition: as for ``field(_:)``.
    @inlinable
    public func plainNumber(_ index: Int) -> Double {
        // Inlined down to the two words that are needed: a call would be given a copy of the whole cursor.
        let span = spans[index]
        return NumberParsing.plain(base + Int(span.start), count: Int(span.end &- span.start))
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
                skipStructure()
            } else if base[position] == Dialect.carriageReturn, base[position + 1] == lineEnd {
                position += 2
                nextLine += 1
                skipStructure()
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
            if !UTF8Validation.isValidWithoutZeros(text) { status = .badBytes }
        }
        return true
    }

    /// Goes from one delimiter, line end or quote to the next: the bytes between them are not looked at.
    private mutating func parseFields() {
        let base = UnsafePointer(self.base)
        let spans = self.spans
        let places = self.places
        // Kept out of memory while they change: a loop over short fields is as fast as they can be stored and loaded again.
        var (nextPlace, placeCount) = (self.nextPlace, self.placeCount)
        let (delimiter, lineEnd) = (dialect.delimiter, dialect.lineEnd)
        let returnBeforeLineEnd = lineEnd == Dialect.lineFeed ? Dialect.carriageReturn : lineEnd
        var start = position
        var count = 0
        var filled = 0
        var longest = 0
        var linesInside = 0

        while true {
            if nextPlace == placeCount {
                findStructure()
                (nextPlace, placeCount) = (self.nextPlace, self.placeCount)
            }
            let place = Int(places[nextPlace])
            nextPlace &+= 1
            let byte = base[place]
            if byte == delimiter {
                longest = max(longest, place &- start)
                spans[min(count, spanCapacity)] = FieldSpan(start: start, end: place)
                count &+= 1
                if place > start { filled = count }
                start = place &+ 1
            } else if byte == lineEnd {
                longest = max(longest, place &- start)
                let hasReturn = place > start && base[place - 1] == returnBeforeLineEnd
                recordEnd = hasReturn ? place - 1 : place
                spans[min(count, spanCapacity)] = FieldSpan(start: start, end: recordEnd)
                count += 1
                self.nextPlace = nextPlace
                fieldCount = count
                filledFieldCount = recordEnd > start ? count : filled
                return finish(at: place, linesInside: linesInside, isTooLarge: longest > limits.field)
            } else if place == start {
                self.nextPlace = nextPlace
                if place - recordStart > limits.record { return cut() }
                let (quote, lines, isDoubled) = closingQuote(of: place)
                guard let quote, quote - recordStart <= limits.record else { return resumeAfterFlaw() }
                linesInside += lines
                spans[min(count, spanCapacity)] = FieldSpan(
                    start: place + 1, end: quote, holdsDoubledQuotes: isDoubled)
                count += 1
                if quote > place + 1 { filled = count }
                var after = quote + 1
                if base[after] == Dialect.carriageReturn, lineEnd == Dialect.lineFeed, base[after + 1] == lineEnd {
                    after += 1
                }
                if base[after] == lineEnd {
                    skipStructure()
                    fieldCount = count
                    filledFieldCount = filled
                    recordEnd = quote + 1
                    return finish(at: after, linesInside: linesInside, isTooLarge: longest > limits.field)
                }
                guard base[after] == delimiter else { return resumeAfterFlaw() }
                skipStructure()
                (nextPlace, placeCount) = (self.nextPlace, self.placeCount)
                start = after + 1
            }
        }
    }

    /// The quote that closes the field that the one at `opening` opens, and the line ends and doubled quotes between them;
    /// nil where none closes it in time.
    private mutating func closingQuote(of opening: Int) -> (quote: Int?, lineEnds: Int, isDoubled: Bool) {
        let base = UnsafePointer(self.base)
        let lineEnd = dialect.lineEnd
        let limit = min(end, opening + 1 + limits.field + 1)
        var lineEnds = 0
        var isDoubled = false
        while true {
            let place = nextStructure()
            guard place < limit else { return (nil, lineEnds, isDoubled) }
            if base[place] == Dialect.quote {
                guard base[place + 1] == Dialect.quote else { return (place, lineEnds, isDoubled) }
                isDoubled = true
                skipStructure()
            } else if base[place] == lineEnd {
                lineEnds += 1
            }
        }
    }

    // MARK: Structure

    /// The next delimiter, line end or quote; the line end that seals the block comes last, and again and again.
    @inline(__always)
    private mutating func nextStructure() -> Int {
        if nextPlace == placeCount { findStructure() }
        let place = Int(places[nextPlace])
        nextPlace += 1
        return place
    }

    @inline(__always)
    private mutating func skipStructure() { _ = nextStructure() }

    /// Fills `places` from where it ends now. A stretch at a time, so that it stays in the nearest cache.
    private mutating func findStructure() {
        nextPlace = 0
        placeCount = 0
        while structureEnd <= end, placeCount == 0 {
            let start = structureEnd
            structureEnd = min(start + CursorMemory.stretch, end + 1)
            placeCount = find_structure(
                base, start, structureEnd, dialect.delimiter, dialect.lineEnd, Dialect.quote, places)
        }
        if placeCount == 0 {
            places[0] = UInt32(truncatingIfNeeded: end)
            placeCount = 1
        }
    }

    /// Goes on at `place`, which may lie before what has been walked already.
    private mutating func move(to place: Int) {
        position = place
        structureEnd = place
        nextPlace = 0
        placeCount = 0
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
        move(to: min(end, lineEndPlace + 1))
        nextLine = line + 1
        status = lineEndPlace - recordStart > limits.record ? .fieldTooLarge : flaw.status
    }

    private mutating func cut() {
        let lineEndPlace = ByteSearch.first(
            dialect.lineEnd, in: base, from: min(end, recordStart + limits.record), to: end)
        recordEnd = lineEndPlace
        move(to: min(end, lineEndPlace + 1))
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
        spans[index] = FieldSpan(start: Int(span.start), end: target)
    }
}
