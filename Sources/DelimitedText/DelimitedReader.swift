public import ParallelWork

/// Reads delimited text in parallel: several files of the same header, one after the other, as one sequence of records.
///
///     let reader = try DelimitedReader(paths: ["firms.csv.gz"])
///     let counts = try reader.mapBlocks(workers: Workers()) { cursor, worker in
///         var count = 0
///         while cursor.next() { count += 1 }
///         return count
///     }
///
/// One worker at a time takes the next few megabytes of whole records from the file, hashing and unpacking them and
/// finding the record boundary; it then parses them while the next worker reads on. Memory: a block or two for each
/// worker, whatever the size of the files.
public final class DelimitedReader: Sendable {
    /// The names of the columns; where the header is one name short (R's row names), the first is empty.
    public let header: [String]
    /// The first records of the first file, for a look at what columns hold.
    public let sample: [[String]]
    /// The dialect and encoding of the first file.
    public let dialect: Dialect
    /// The encoding of the first file.
    public let encoding: TextEncoding
    /// The size of all files together, nil where it is not known beforehand.
    public let expectedByteCount: Int?

    /// About as many lines as there are in all files, rather more than fewer, if their beginning is like the rest of them;
    /// nil where their size is not known.
    public let expectedLineCount: Int?

    private let limits: RecordLimits
    private let feed: BlockFeed

    /// Opens the first file and reads its header.
    ///
    /// - Parameters:
    ///   - paths: at least one; `-` is standard input. Gzip is recognized by its first bytes, not by name.
    ///   - hints: what is not to be detected.
    /// - Throws: ``InputError`` when a file cannot be opened, is empty, or has no header that can be read.
    public convenience init(
        paths: [String], hints: DialectHints = DialectHints(), limits: RecordLimits = RecordLimits()
    ) throws(InputError) {
        guard let path = paths.first else { throw InputError(.usage, "no file is named") }
        guard paths.lazy.filter({ $0 == "-" }).count <= 1 else {
            throw InputError(.usage, file: "-", "can be read only once")
        }
        var total: Int? = 0
        // Every name is looked up before the first file is read, so that a wrong one is not found after minutes.
        for other in paths.dropFirst() {
            let size = try FileByteStream.expectedSize(path: other)
            total = total.flatMap { sum in size.map { sum + $0 } }
        }
        let first = try FileByteStream(path: path)
        total = total.flatMap { sum in first.expectedSize.map { sum + $0 } }
        try self.init(first, paths: paths, expectedByteCount: total, hints: hints, limits: limits)
    }

    /// Reads text that is in memory already; `name` stands for it in messages.
    public convenience init(
        bytes: [UInt8], name: String, hints: DialectHints = DialectHints(), limits: RecordLimits = RecordLimits()
    ) throws(InputError) {
        let source = MemoryByteStream(bytes, name: name)
        try self.init(source, paths: [name], expectedByteCount: bytes.count, hints: hints, limits: limits)
    }

    private init(
        _ first: any ByteSource, paths: [String], expectedByteCount: Int?, hints: DialectHints, limits: RecordLimits
    ) throws(InputError) {
        let file = try DelimitedFile(first, hints: hints, limits: limits)
        header = file.header
        sample = file.sample
        dialect = file.dialect
        encoding = file.encoding
        self.expectedByteCount = expectedByteCount
        expectedLineCount = expectedByteCount.map { Int(Double($0) * file.lineDensity * 1.125) + 64 }
        self.limits = limits
        feed = BlockFeed(file, paths: paths, hints: hints, limits: limits)
    }

    /// The files that have been read to their end, in order: all of them after ``mapBlocks(workers:progress:_:)``.
    public var files: [FileRecord] { feed.finished }

    /// Calls `body` for each block of records, in parallel, and returns the results in the order of the input.
    ///
    /// Records are read once: a second call finds none.
    ///
    /// - Parameters:
    ///   - progress: hears of the bytes of the files as they are read.
    ///   - body: walks all records of its block. `worker` is below `workers.count`, for buffers of its own.
    /// - Throws: ``InputError``, `WorkCancelled`, or the error of the first block whose `body` threw.
    public func mapBlocks<Result: Sendable>(
        workers: Workers, progress: any WorkProgress = SilentProgress(),
        _ body: @Sendable (_ cursor: inout RecordCursor, _ worker: Int) throws -> Result
    ) throws -> [Result] {
        let results = Guarded<[(block: Int, result: Result)]>([])
        let failure = Guarded<(block: Int, error: any Error)?>(nil)
        let columnCount = header.count
        let (feed, limits) = (feed, limits)

        try workers.forEach(in: 0..<workers.count, grain: 1) { _, worker in
            var buffer = ByteBuffer(capacity: limits.block)
            let memory = CursorMemory(fieldCapacity: columnCount)
            // A block that was handed out before a failed one is still parsed: the first failure is then the same for
            // any number of workers.
            while !workers.cancellation.isCancelled, failure.withLock({ $0 == nil }) {
                var taken: BlockTicket?
                do {
                    taken = try feed.next(into: &buffer, progress: progress)
                } catch {
                    failure.withLock { if $0 == nil { $0 = (Int.max, error) } }
                }
                guard let ticket = taken else { return }
                do {
                    var cursor = RecordCursor(buffer, ticket: ticket, memory: memory, limits: limits)
                    let result = try body(&cursor, worker)
                    results.withLock { $0.append((ticket.block, result)) }
                } catch {
                    failure.withLock {
                        if $0.map({ ticket.block < $0.block }) ?? true { $0 = (ticket.block, error) }
                    }
                }
            }
        }
        if let failure = failure.withLock({ $0?.error }) { throw failure }
        return results.withLock { $0.sorted { $0.block < $1.block }.map(\.result) }
    }
}
