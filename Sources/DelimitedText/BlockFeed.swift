import CTextKernels
import ParallelWork

/// What a worker has to know of the block it was given.
struct BlockTicket {
    var block: Int
    var file: Int
    var dialect: Dialect
    var firstLine: Int
    /// The lines in it, and in all blocks before.
    var lineCount = 0
    var linesBefore = 0
    var flaws: [RecordFlaw]
    /// What is known of the bytes of the block, or of more than it.
    var survey: text_survey?
    /// The block is the beginning of one record that is longer than the limit, the rest of which was skipped.
    var isOversized = false
}

/// Hands out the bytes of all files, block by block, each block made of whole records.
///
/// Unchecked: what changes is touched under `lock` only, by one thread at a time.
final class BlockFeed: @unchecked Sendable {
    private let lock = Guarded<Void>(())

    private let paths: [String]
    private let hints: DialectHints
    private let limits: RecordLimits
    private let header: [String]
    private var current: DelimitedFile?
    private var fileIndex = 0
    private var blockIndex = 0
    private var linesBefore = 0
    private var finishedFiles: [FileRecord] = []
    private var bytesReported = 0

    /// - Parameter first: the first of `paths`, opened and past its header.
    init(_ first: DelimitedFile, paths: [String], hints: DialectHints, limits: RecordLimits) {
        current = first
        header = first.header
        self.paths = paths
        self.hints = hints
        self.limits = limits
    }

    /// What has become of the files read to their end.
    var finished: [FileRecord] { lock.withLock { _ in finishedFiles } }

    /// Fills `buffer` with the next block; nil at the end of the last file.
    ///
    /// - Parameter progress: hears of the bytes read from the files, as they are there.
    func next(into buffer: inout ByteBuffer, progress: any WorkProgress) throws(InputError) -> BlockTicket? {
        try lock.withLock { _ throws(InputError) in
            let ticket = try nextBlock(into: &buffer)
            let total = current?.bytesRead ?? 0
            if total > bytesReported { progress.advanced(by: total - bytesReported) }
            bytesReported = total
            return ticket
        }
    }

    private func nextBlock(into buffer: inout ByteBuffer) throws(InputError) -> BlockTicket? {
        while let file = current {
            if let block = try file.nextBlock(into: &buffer, limits: limits) {
                let ticket = BlockTicket(
                    block: blockIndex, file: fileIndex, dialect: file.dialect, firstLine: block.firstLine,
                    lineCount: block.lineCount, linesBefore: linesBefore, flaws: block.flaws, survey: block.survey,
                    isOversized: block.isOversized)
                blockIndex += 1
                linesBefore += block.lineCount
                return ticket
            }
            finishedFiles.append(file.record)
            bytesReported = 0
            current = nil
            try openNext()
        }
        return nil
    }

    private func openNext() throws(InputError) {
        fileIndex += 1
        guard fileIndex < paths.count else { return }
        let file = try DelimitedFile(FileByteStream(path: paths[fileIndex]), hints: hints, limits: limits)
        guard file.header == header else {
            throw InputError(
                .badData, file: file.name,
                "has another header than \(paths[0]); files read together need the same columns in the same order")
        }
        current = file
    }
}
