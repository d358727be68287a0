import ClusterDetection
public import ParallelWork

/// One output of a run, ready to be turned into bytes: a head, a block of text for each of a number of items (a feature, a
/// line), and a tail.
///
///     let output = try OutputFile(path: "clusters.geojson")
///     try ReportDocument.geoJSON(report).write(to: output, workers: workers)
///     try output.commit()
///
/// Blocks are made by several workers at once and written in order: the bytes do not depend on how many there are.
public struct ReportDocument: Sendable {
    private let head: [UInt8]
    private let itemCount: Int
    /// Items to a piece of work.
    private let grain: Int
    private let appendItems: @Sendable (_ items: Range<Int>, _ buffer: inout TextBuffer) -> Void
    private let tail: [UInt8]

    /// - Parameter appendItems: appends the blocks of consecutive items; what it appends for one may not depend on which
    ///   others are in its range.
    init(
        head: TextBuffer, itemCount: Int = 0, grain: Int = 1, tail: TextBuffer = TextBuffer(),
        appendItems: @escaping @Sendable (_ items: Range<Int>, _ buffer: inout TextBuffer) -> Void = { _, _ in }
    ) {
        self.head = head.finish()
        self.itemCount = itemCount
        self.grain = grain
        self.appendItems = appendItems
        self.tail = tail.finish()
    }

    /// A JSON document of its own, indented for reading, that ends with a line feed.
    public static func json(_ value: JSONValue) -> ReportDocument {
        var text = TextBuffer()
        text.appendJSON(value, depth: 0)
        text.append(.lineFeed)
        return ReportDocument(head: text)
    }

    /// Writes the document.
    ///
    /// - Throws: ``OutputError`` from the sink; `WorkCancelled`.
    /// - Complexity: linear in the number of bytes; memory for the pieces that are being made.
    public func write(to sink: any ByteSink, workers: Workers = Workers()) throws {
        try sink.write(head)
        let output = OrderedOutput(to: sink)
        try workers.forEach(in: 0..<itemCount, grain: grain) { items, _ in
            var buffer = TextBuffer()
            appendItems(items, &buffer)
            try output.pass(buffer.finish(), number: items.lowerBound / grain)
        }
        try sink.write(tail)
    }

    /// The whole document in memory.
    ///
    /// - Throws: `WorkCancelled`.
    public func bytes(workers: Workers = Workers()) throws -> [UInt8] {
        let sink = MemorySink()
        try write(to: sink, workers: workers)
        return sink.bytes
    }
}
