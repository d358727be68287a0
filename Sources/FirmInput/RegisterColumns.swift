import DelimitedText
import FirmModel
import IndustryClassifications
import ParallelWork

/// Everything that was read, as columns: what registers and surveys are made of.
struct RegisterColumns {
    let choice: ColumnChoice
    private let frame: CoordinateFrame
    let sample: [[String]]
    private(set) var source: RegisterSource
    let rejectedRows: [RejectedRow]
    private(set) var warnings: [String] = []

    private(set) var x: [Double] = []
    private(set) var y: [Double] = []
    private(set) var industry: CategoryColumn?
    private(set) var employment: [Double]?
    private(set) var identifier: TextColumn?
    private(set) var name: TextColumn?
    private(set) var place: CategoryColumn?
    private(set) var stratum: CategoryColumn?
    private(set) var region: CategoryColumn?
    private(set) var kept: [(header: String, values: TextColumn)] = []
    private(set) var furtherIndustries: [TextColumn] = []
    private(set) var lineNumber = LineNumbers()

    /// The register; nil without coordinates or industries.
    func register() throws -> FirmRegister? {
        guard let industry, choice.coordinates != nil, source.rowsAccepted > 0 else { return nil }
        return try FirmRegister(
            frame: frame, x: x, y: y, industry: industry, employment: employment, identifier: identifier,
            lineNumber: lineNumber, place: place, stratum: stratum, region: region, name: name, kept: kept)
    }

    static func read(
        _ paths: [String], options: ReadingOptions, isComplete: Bool, workers: Workers, progress: any WorkProgress
    ) throws -> RegisterColumns {
        if let level = options.level, level < 1 { throw InputError(.usage, "--level needs a number from 1 on") }
        let placement = try Placement(options.frame)
        let reader = try DelimitedReader(paths: paths, hints: options.form)
        let choice = try ColumnChoice(
            header: reader.header, sample: reader.sample, file: paths[0], options: options, frame: placement.frame,
            isComplete: isComplete)
        let bands = try options.employmentBands.map(EmploymentBand.table) ?? [:]
        progress.began("reading", total: reader.expectedByteCount)

        // Where filters leave out most rows, room for all of them would be room for nothing.
        let columns = FillingColumns(
            choice, capacity: options.filters.isEmpty ? min(reader.expectedLineCount ?? 0, FillingColumns.most) : 0)
        nonisolated(unsafe) let parsers = (0..<workers.count).map {
            ParserOfWorker(
                RowParser(
                    choice, placement, into: columns, worker: $0,
                    keepsRejectedRows: options.keepsRejectedRows || options.isStrict, bands: bands))
        }
        var batches = try reader.mapBlocks(workers: workers, progress: progress) { cursor, worker in
            try parsers[worker].parser.parse(&cursor)
        }
        return try RegisterColumns(
            reader, choice, placement.frame, &batches, columns,
            DistinctTexts(
                industries: parsers.map { $0.parser.industries }, places: parsers.map { $0.parser.places },
                strata: parsers.map { $0.parser.strata }, regions: parsers.map { $0.parser.regions }),
            paths: paths, options: options, workers: workers)
    }

    private init(
        _ reader: DelimitedReader, _ choice: ColumnChoice, _ frame: CoordinateFrame, _ batches: inout [RowBatch],
        _ columns: FillingColumns, _ texts: DistinctTexts, paths: [String], options: ReadingOptions, workers: Workers
    ) throws {
        self.choice = choice
        self.frame = frame
        sample = reader.sample
        let duplicates =
            choice.identifier == nil
            ? []
            : Self.removeDuplicates(try DuplicateIdentifiers.find(batches, workers: workers), from: &batches, choice)

        var rejections = Rejections(keepsAll: true)
        for batch in batches { rejections.append(batch.rejections) }
        for row in duplicates { rejections.add(row) }
        let rowsRead = batches.reduce(0) { $0 + $1.rowsRead }
        let accepted = batches.reduce(0) { $0 + $1.count }
        source = RegisterSource(
            files: reader.files.map {
                RegisterSource.File(name: Self.nameWithoutFolder($0.path), sha256: $0.sha256, byteCount: $0.byteCount)
            },
            columns: choice.roles.map { ($0.role, choice.header[$0.column]) },
            encoding: Self.distinct(reader.files.map(\.encoding.rawValue)),
            delimiter: Self.distinct(reader.files.map(\.dialect.delimiterName)), rowsRead: rowsRead,
            rowsFilteredOut: batches.reduce(0) { $0 + $1.rowsFilteredOut }, rowsAccepted: accepted,
            rejected: rejections.counts)
        let rejected = rejections.rows.sorted { ($0.file, $0.line) < ($1.file, $1.line) }
        let files = source.files
        rejectedRows = rejected.map { RejectedRow($0, files: files) }
        if let flaw = flaw(batches, firstRejected: rejected.first, paths: paths, options: options) {
            throw UnusableRegister(reason: flaw, rejectedRows: rejectedRows)
        }

        try join(&batches, columns, texts, options: options, workers: workers)
        warn(options)
    }

    // MARK: Joining blocks

    private mutating func join(
        _ batches: inout [RowBatch], _ columns: FillingColumns, _ texts: DistinctTexts, options: ReadingOptions,
        workers: Workers
    ) throws {
        let shares = batches.map { (file: $0.file, count: $0.count) }
        lineNumber = ColumnJoining.joinedLines(&batches)
        if choice.coordinates != nil {
            x = columns.x.joined(&batches, \.x)
            y = columns.y.joined(&batches, \.y)
        }
        if choice.industry != nil {
            if let classification = options.classification {
                source.unknownCodes = Self.countUnknown(batches, texts.industries, classification)
            }
            industry = try ColumnJoining.joinedCategories(
                &batches, \.industry, of: columns.industry, tables: texts.industries, workers: workers
            ) {
                IndustryCode.truncated(IndustryCode.normalized($0), level: options.level)
            }
        }
        if !choice.employment.isEmpty {
            let parts = batches.map(\.employment)
            let missing = Guarded(0)
            try workers.forEach(in: 0..<parts.count, grain: 1) { range, _ in
                let count = parts[range].reduce(0) { $0 + $1.values.count { $0.isNaN } }
                missing.withLock { $0 += count }
            }
            source.employmentMissing = missing.withLock { $0 }
            employment = columns.employment.joined(&batches, \.employment)
        }
        if choice.place != nil {
            place = try ColumnJoining.joinedCategories(
                &batches, \.place, of: columns.place, tables: texts.places, workers: workers
            ) { $0 }
        }
        if choice.stratum != nil {
            stratum = try ColumnJoining.joinedCategories(
                &batches, \.stratum, of: columns.stratum, tables: texts.strata, workers: workers
            ) { $0 }
        }
        if choice.region != nil {
            region = try ColumnJoining.joinedCategories(
                &batches, \.region, of: columns.region, tables: texts.regions, workers: workers
            ) { $0 }
        }
        if options.identifierUse == .kept {
            if choice.identifier != nil { identifier = ColumnJoining.joinedTexts(&batches, \.identifier) }
            if source.files.count > 1 { identifier = Self.withFilesAndLines(identifier, shares, lineNumber) }
        }
        if choice.name != nil { name = ColumnJoining.joinedTexts(&batches, \.name) }
        for (index, column) in choice.kept.enumerated() {
            let texts = ColumnJoining.joinedTexts(&batches, \.kept[index])
            if index < options.kept.count {
                kept.append((choice.header[column], texts))
            } else {
                furtherIndustries.append(texts)
            }
        }
    }

    /// Names for those firms of several files that have none, since lines come again in every file: `2:17`.
    private static func withFilesAndLines(
        _ identifiers: TextColumn?, _ shares: [(file: Int, count: Int)], _ lines: LineNumbers
    ) -> TextColumn {
        var labels = TextColumn()
        var row = 0
        for share in shares {
            for _ in 0..<share.count {
                let own = identifiers?.utf8(row) ?? []
                if own.isEmpty {
                    labels.append("\(share.file + 1):\(lines[row])")
                } else {
                    labels.append(utf8: own)
                }
                row += 1
            }
        }
        return labels
    }

    private static func countUnknown(
        _ batches: [RowBatch], _ industries: [ByteInterner], _ classification: Classification
    ) -> Int {
        let isKnown = industries.map { table in
            (0..<table.count).map { classification.contains(String(decoding: table.text($0), as: UTF8.self)) }
        }
        return batches.reduce(0) { total, batch in
            total + batch.industry.values.reduce(0) { $0 + (isKnown[batch.worker][Int($1)] ? 0 : 1) }
        }
    }

    private static func removeDuplicates(
        _ rows: [Int], from batches: inout [RowBatch], _ choice: ColumnChoice
    ) -> [RejectedRecord] {
        guard let column = choice.identifier, !rows.isEmpty else { return [] }
        var rejected: [RejectedRecord] = []
        var start = 0
        var next = 0
        for index in batches.indices {
            let end = start + batches[index].count
            var own: [Int] = []
            while next < rows.count, rows[next] < end {
                let row = rows[next] - start
                own.append(row)
                rejected.append(
                    RejectedRecord(
                        file: batches[index].file, line: Int(batches[index].line[row]), reason: .duplicateIdentifier,
                        column: choice.header[column],
                        text: String(decoding: batches[index].identifier.text(row).prefix(200), as: UTF8.self)))
                next += 1
            }
            if !own.isEmpty { batches[index].remove(own) }
            start = end
        }
        return rejected
    }

    // MARK: Judging the whole

    /// Why the rows make no register; nil when they do.
    private func flaw(
        _ batches: [RowBatch], firstRejected: RejectedRecord?, paths: [String], options: ReadingOptions
    ) -> InputError? {
        let swapped = batches.reduce(0) { $0 + $1.mendedBySwapping }
        if source.rejected[.outOfRange, default: 0] * 2 > source.rowsRead, swapped * 2 > source.rowsRead,
            case .pair(let x, let y) = choice.coordinates
        {
            return InputError(
                .badData, file: paths[0],
                """
                \(swapped) of \(source.rowsRead) rows are out of range and would not be with longitude and latitude \
                exchanged: use --lon '\(choice.header[y])' --lat '\(choice.header[x])'
                """)
        }
        if options.isStrict, let first = firstRejected {
            let shown = first.text.isEmpty ? "" : " ('\(first.text)')"
            return InputError(
                .badData, file: paths[first.file], line: first.line, column: first.column,
                "\(first.reason.rawValue)\(shown); mend the row, or read without --strict to leave such rows out")
        }
        guard source.rowsAccepted == 0 else { return nil }
        if source.rowsRead == 0 {
            return InputError(
                .badData, file: paths[0],
                source.rowsFilteredOut > 0
                    ? "no row is left: the filters leave out all \(source.rowsFilteredOut)"
                    : "holds a header but no rows")
        }
        let reasons = RejectionReason.allCases.compactMap { reason in
            source.rejected[reason].map { "\($0) \(reason.rawValue)" }
        }
        return InputError(
            .badData, file: paths[0], "none of \(source.rowsRead) rows is usable: \(reasons.joined(separator: ", "))")
    }

    private mutating func warn(_ options: ReadingOptions) {
        if let bad = source.rejected[.badBytes], options.form.encoding == nil {
            warnings.append(
                """
                \(bad) rows hold bytes that are not \(source.encoding); if the file is in another encoding, name it \
                with --encoding
                """)
        }
        if !choice.employment.isEmpty, source.rowsAccepted > 0, source.employmentMissing == source.rowsAccepted {
            warnings.append("no row has an employment that can be read")
        }
    }

    private static func nameWithoutFolder(_ path: String) -> String {
        path.split(separator: "/").last.map(String.init) ?? path
    }

    private static func distinct(_ texts: [String]) -> String {
        var seen: [String] = []
        for text in texts where !seen.contains(text) { seen.append(text) }
        return seen.joined(separator: ", ")
    }
}

/// The texts that numbers in batches stand for: a table for each worker.
private struct DistinctTexts {
    var industries, places, strata, regions: [ByteInterner]
}

/// Where a worker finds its parser.
private final class ParserOfWorker {
    var parser: RowParser

    init(_ parser: consuming RowParser) { self.parser = parser }
}
