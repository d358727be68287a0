import FirmClusters

/// The files one run writes: all opened before the work, all put in place after it.
final class OutputFiles<Content: Hashable & CaseIterable & RawRepresentable<String>> {
    private var files: [Content: OutputFile] = [:]
    private(set) var written: [WrittenOutput] = []

    /// - Parameters:
    ///   - paths: contents without a path are not written.
    ///   - inputs: files that are read, and not to be written over.
    init(_ paths: [Content: String?], inputs: [String?], overwrite: Bool) throws {
        try OutputPaths.check(Content.allCases.map { paths[$0] ?? nil }, inputs: inputs)
        for content in Content.allCases {
            guard let path = paths[content] ?? nil else { continue }
            files[content] = try OutputFile(path: path, overwrite: overwrite)
            written.append(WrittenOutput(content: content.rawValue, path: path))
        }
    }

    /// Writes a document if a file was asked for it.
    func write(_ document: @autoclosure () -> ReportDocument, as content: Content, workers: Workers) throws {
        guard let file = files[content] else { return }
        try keep(content, after: { try document().write(to: file, workers: workers) })
    }

    func commit() throws {
        for content in Content.allCases { try commit(content) }
    }

    func commit(_ content: Content) throws { try keep(content, after: { try files[content]?.commit() }) }

    /// Strikes an output off whose reader has gone.
    private func keep(_ content: Content, after write: () throws -> Void) throws {
        guard try !hasReader(after: write) else { return }
        files[content] = nil
        written.removeAll { $0.content == content.rawValue }
    }
}
