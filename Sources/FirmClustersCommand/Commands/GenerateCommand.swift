import ArgumentParser
import FirmClusters

/// `firmclusters generate`: a synthetic register with planted clusters.
struct GenerateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "generate",
        abstract: "Write a synthetic register with planted clusters and the truth beside it.",
        discussion: """
            The register follows a description: towns, planted clusters, the mix of other industries. Firms are made up. \
            The same description, seed and number of firms give the same file.

              firmclusters generate SampleData/wenzhou.txt -o firms.csv --truth truth.csv
              firmclusters generate --preset country --firms 1000000 -o firms.csv
            """)

    /// Descriptions that are built in.
    enum Preset: String, ExpressibleByArgument, CaseIterable {
        case country
    }

    @Argument(help: ArgumentHelp("Description of the register; see Docs/SampleData.md.", valueName: "description.txt"))
    var description: String?

    @Option(help: "A built-in description: a country of 4,000 towns and 300 industries.")
    var preset: Preset?

    @Option(help: ArgumentHelp("Number of firms; plants and background grow in proportion.", valueName: "n"))
    var firms: Int?

    @Option(help: ArgumentHelp("Seed of the random draws.", valueName: "n"))
    var seed: UInt64 = 1

    @Option(
        name: [.customShort("o"), .long], help: ArgumentHelp("CSV file; standard output without it.", valueName: "file")
    )
    var output: String?

    @Option(help: ArgumentHelp("CSV file for the truth: each firm's planted cluster.", valueName: "file"))
    var truth: String?

    @Flag(help: "Overwrite files that are there already.")
    var force = false

    @OptionGroup(title: "Run") var execution: RunOptions

    func validate() throws {
        if (description == nil) == (preset == nil) {
            throw ValidationError("give either a description file or --preset country")
        }
        if let firms, firms < 1 || firms > Int(Int32.max) - 1 {
            throw ValidationError("--firms \(firms): must be from 1 to \(Int32.max - 1)")
        }
    }

    func run() throws {
        let (console, progress, finishProgress) = execution.console()
        try OutputPaths.check([output, truth], inputs: [self.description, execution.config])
        let description = try registerDescription()
        let register = SyntheticRegister(description, seed: seed, firms: firms)
        // Nil once its reader has gone.
        var output: OutputFile? =
            try self.output.map { try OutputFile(path: $0, overwrite: force) } ?? .standardOutput()
        var truth = try self.truth.map { try OutputFile(path: $0, overwrite: force) }
        // The country has no owners and origins to tell of.
        let columns: RegisterColumns = preset == nil ? .full : .essential

        progress.began("writing firms", total: register.count)
        if try !hasReader(after: { try output?.write(register.csvHeader(columns)) }) { output = nil }
        if try !hasReader(after: { try truth?.write(register.truthHeader) }) { truth = nil }
        let workers = execution.workers
        let chunk = 20_000
        // Rows are made side by side, a batch of chunks at a time, and written in order.
        let batch = chunk * workers.count * 4
        for start in stride(from: 0, to: register.count, by: batch) where output != nil || truth != nil {
            let end = min(start + batch, register.count)
            let parts = ResultSlots<(rows: [UInt8], truth: [UInt8])>(count: (end - start + chunk - 1) / chunk)
            let wantsTruth = truth != nil
            try workers.forEach(in: start..<end, grain: chunk) { rows, _ in
                var part: (rows: [UInt8], truth: [UInt8]) = ([], [])
                register.appendCSV(rows: rows, columns: columns, to: &part.rows)
                if wantsTruth { register.appendTruth(rows: rows, to: &part.truth) }
                parts.set((rows.lowerBound - start) / chunk, part)
            }
            for part in parts.values {
                if try !hasReader(after: { try output?.write(part.rows) }) { output = nil }
                if try !hasReader(after: { try truth?.write(part.truth) }) { truth = nil }
            }
            progress.advanced(by: end - start)
        }
        _ = try hasReader(after: { try output?.commit() })
        _ = try hasReader(after: { try truth?.commit() })
        finishProgress()
        console.note("\(grouped(register.count)) firms of \(description.name), seed \(seed)")
    }

    private func registerDescription() throws -> RegisterDescription {
        guard let path = description else { return .country() }
        let text = try DescriptionFile.text(path)
        do {
            return try RegisterDescription(parsing: text)
        } catch {
            throw InputError(.badData, file: path, error.description)
        }
    }
}
