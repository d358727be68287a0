import CTextKernels

/// What is known of a file once it has been read.
public struct FileRecord: Sendable, Equatable {
    /// As the user named it, `-` for standard input.
    public var path: String
    /// SHA-256 of its bytes as they are there (compressed, where they are), in hexadecimal.
    public var sha256: String
    /// The size of the file.
    public var byteCount: Int
    /// How its bytes stand for characters.
    public var encoding: TextEncoding
    /// How its records and fields are told apart.
    public var dialect: Dialect
}

/// One file, opened, its form detected, its header read.
final class DelimitedFile {
    let name: String
    let encoding: TextEncoding
    let dialect: Dialect
    /// The names of the columns, trimmed. Where the header is one name short, the first is empty.
    private(set) var header: [String] = []
    /// The first records after the header as texts, for a look at what columns hold.
    private(set) var sample: [[String]] = []

    private let source: any ByteSource
    private let stream: any ByteStream
    /// Bytes that have been read but not handed out; they start at the beginning of a record.
    private var pending: ByteBuffer
    private var ended: Bool
    private var nextLine = 1

    var bytesRead: Int { source.bytesRead }
    var expectedSize: Int? { source.expectedSize }
    /// Lines for each byte of the source, by what has been read of it.
    private(set) var lineDensity = 0.0
    var record: FileRecord {
        FileRecord(
            path: name, sha256: source.digest(), byteCount: source.bytesRead, encoding: encoding, dialect: dialect)
    }

    init(_ source: any ByteSource, hints: DialectHints, limits: RecordLimits) throws(InputError) {
        self.source = source
        name = source.name
        (stream, encoding) = try Self.decoded(source, hints: hints, limits: limits)
        pending = ByteBuffer(capacity: limits.sample)
        ended = try stream.fill(&pending, to: limits.sample)
        if pending.bytes.starts(with: [0xEF, 0xBB, 0xBF]) { pending.removeFirst(3) }
        var lineEnd = Dialect.lineEnd(in: pending.bytes, isWhole: ended)
        while lineEnd == nil, !ended, pending.count <= limits.record {
            ended = try stream.fill(&pending, to: pending.count * 2)
            lineEnd = Dialect.lineEnd(in: pending.bytes, isWhole: ended)
        }
        dialect = Dialect.detect(
            pending, lineEnd: lineEnd ?? Dialect.lineFeed, delimiter: hints.delimiter, limits: limits)
        lineDensity =
            Double(ByteSearch.count(dialect.lineEnd, in: pending.bytes) + 1) / Double(max(1, source.bytesRead))
        header = try readHeader(limits: limits)
    }

    /// Unpacks and transcodes what the first bytes show to be packed or in another encoding than UTF-8.
    private static func decoded(
        _ source: any ByteSource, hints: DialectHints, limits: RecordLimits
    ) throws(InputError) -> (any ByteStream, TextEncoding) {
        var magic = ByteBuffer(capacity: 4)
        _ = try source.fill(&magic, to: 4)
        guard magic.count > 0 else { throw InputError(.badData, file: source.name, "is empty") }
        var stream: any ByteStream = RewoundByteStream(Array(magic.bytes), then: source)
        if GzipByteStream.isGzip(magic.bytes) { stream = try GzipByteStream(stream, name: source.name) }

        var sample = ByteBuffer(capacity: limits.sample)
        let isWhole = try stream.fill(&sample, to: limits.sample)
        guard sample.count > 0 else { throw InputError(.badData, file: source.name, "is empty") }
        let (detected, mark) = TextEncoding.detect(sample.bytes, isWhole: isWhole)
        let encoding = hints.encoding?.settled(by: detected) ?? detected
        stream = RewoundByteStream(Array(sample.bytes.dropFirst(encoding == detected ? mark : 0)), then: stream)
        if encoding != .utf8 { stream = TranscodingByteStream(stream, from: encoding) }
        return (stream, encoding)
    }

    // MARK: Header

    private func readHeader(limits: RecordLimits) throws(InputError) -> [String] {
        let splitter = RecordSplitter(dialect: dialect, limits: limits)
        pending.clearPadding()
        var split = splitter.split(pending.bytes, atEnd: ended)
        while split.consumed == 0, !ended {
            guard pending.count <= limits.record else { throw badHeader("is longer than \(limits.record) bytes") }
            ended = try stream.fill(&pending, to: pending.count * 2)
            pending.clearPadding()
            split = splitter.split(pending.bytes, atEnd: ended)
        }
        var names = try walk(split, limits: limits)
        guard !names.isEmpty else { throw InputError(.badData, file: name, "is empty") }
        if isOneNameShort(names) { names.insert("", at: 0) }
        return names
    }

    /// Reads the names, and what follows them into `sample`; what is left pending starts at the first data record.
    private func walk(_ split: (consumed: Int, flaws: [RecordFlaw]), limits: RecordLimits) throws(InputError)
        -> [String]
    {
        var whole = ByteBuffer(capacity: split.consumed)
        whole.append(UnsafeBufferPointer(rebasing: pending.bytes[..<split.consumed]))
        whole.seal(with: dialect.lineEnd)
        let ticket = BlockTicket(
            block: 0, file: 0, dialect: dialect, firstLine: 1, flaws: split.flaws)
        let most = ByteSearch.count(dialect.delimiter, in: whole.bytes.prefixBuffer(limits.record)) + 1
        let memory = CursorMemory(fieldCapacity: most)
        var cursor = RecordCursor(whole, ticket: ticket, memory: memory, limits: limits)
        guard cursor.next() else { return [] }
        switch cursor.status {
        case .sound: break
        case .brokenQuoting: throw badHeader("has broken quoting", line: cursor.line)
        case .fieldTooLarge: throw badHeader("is too long", line: cursor.line)
        case .badBytes:
            throw badHeader(
                "holds bytes that are not \(encoding.rawValue) text; name the encoding of the file", line: cursor.line)
        }
        let names = Self.texts(&cursor).map { $0.trimmingBlanks() }
        let headerEnd = cursor.position
        nextLine = cursor.nextLine

        var cells = 0
        while sample.count < 100, cells + names.count < 200_000, cursor.next() {
            guard cursor.status == .sound, cursor.fieldCount <= most else { continue }
            cells += cursor.fieldCount
            sample.append(Self.texts(&cursor))
        }
        pending.removeFirst(headerEnd)
        return names
    }

    private static func texts(_ cursor: inout RecordCursor) -> [String] {
        var texts: [String] = []
        texts.reserveCapacity(cursor.fieldCount)
        for index in 0..<cursor.fieldCount { texts.append(String(decoding: cursor.field(index), as: UTF8.self)) }
        return texts
    }

    /// R's `write.table` names the columns but not the row names before them. A last field that is empty everywhere is a
    /// delimiter at the end of the line instead.
    private func isOneNameShort(_ names: [String]) -> Bool {
        !sample.isEmpty && sample.allSatisfy { $0.count == names.count + 1 }
            && sample.contains { !($0.last ?? "").isEmpty }
    }

    private func badHeader(_ what: String, line: Int? = nil) -> InputError {
        InputError(.badData, file: name, line: line, "the header \(what)")
    }

    // MARK: Blocks

    struct Block {
        var firstLine: Int
        var lineCount: Int
        var flaws: [RecordFlaw]
        var survey: text_survey?
        var isOversized = false
    }

    /// Fills `buffer` with whole records; nil at the end of the file.
    func nextBlock(into buffer: inout ByteBuffer, limits: RecordLimits) throws(InputError) -> Block? {
        buffer.count = 0
        buffer.append(pending.bytes)
        pending.count = 0
        var target = max(limits.block, buffer.count)
        let splitter = RecordSplitter(dialect: dialect, limits: limits)
        while true {
            if !ended { ended = try stream.fill(&buffer, to: target) }
            if buffer.count == 0 { return nil }
            buffer.clearPadding()
            let survey = survey_text(buffer.base, buffer.count, dialect.lineEnd, Dialect.quote)
            let split = splitter.split(buffer.bytes, atEnd: ended, hasQuotes: survey.quotes > 0)
            if split.consumed > 0 {
                pending.append(UnsafeBufferPointer(rebasing: buffer.bytes[split.consumed...]))
                buffer.count = split.consumed
                return sealed(&buffer, flaws: split.flaws, survey)
            }
            // Only beyond this length is it certain that the record is too long, wherever blocks happen to end.
            if buffer.count > limits.record + limits.field + 4 { return try skipOversized(&buffer) }
            target = max(target, buffer.count) * 2
        }
    }

    /// - Parameter survey: that of the block and what is pending.
    private func sealed(_ buffer: inout ByteBuffer, flaws: [RecordFlaw], _ survey: text_survey) -> Block {
        let lineEnds = survey.line_ends - ByteSearch.count(dialect.lineEnd, in: pending.bytes)
        defer { nextLine += lineEnds }
        // The last line of a file may have no end.
        let isEnded = buffer.bytes.last == dialect.lineEnd
        buffer.seal(with: dialect.lineEnd)
        return Block(
            firstLine: nextLine, lineCount: lineEnds + (isEnded ? 0 : 1), flaws: flaws, survey: survey)
    }

    /// Keeps the beginning of a record that is too long, and skips to the line end after it.
    private func skipOversized(_ buffer: inout ByteBuffer) throws(InputError) -> Block {
        let block = Block(firstLine: nextLine, lineCount: 1, flaws: [], isOversized: true)
        nextLine += ByteSearch.count(dialect.lineEnd, in: buffer.bytes) + 1
        let chunk = 1 << 16
        while !ended {
            pending.count = 0
            ended = try stream.fill(&pending, to: chunk)
            let lineEnd = ByteSearch.first(dialect.lineEnd, in: pending.base, from: 0, to: pending.count)
            if lineEnd < pending.count {
                pending.removeFirst(lineEnd + 1)
                break
            }
            if ended { pending.count = 0 }
        }
        buffer.count = min(buffer.count, 4096)
        buffer.count = ByteSearch.first(dialect.lineEnd, in: buffer.base, from: 0, to: buffer.count)
        buffer.seal(with: dialect.lineEnd)
        return block
    }
}

extension UnsafeBufferPointer<UInt8> {
    func prefixBuffer(_ length: Int) -> UnsafeBufferPointer {
        UnsafeBufferPointer(rebasing: self[..<Swift.min(length, count)])
    }
}

extension String {
    /// Without spaces, tabs and no-break spaces at both ends.
    func trimmingBlanks() -> String {
        func isBlank(_ character: Character) -> Bool {
            character == " " || character == "\t" || character == "\u{A0}"
        }
        guard let first, let last, isBlank(first) || isBlank(last) else { return self }
        let kept = drop(while: isBlank)
        guard let end = kept.lastIndex(where: { !isBlank($0) }) else { return "" }
        return String(kept[...end])
    }
}
