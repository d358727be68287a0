import ArgumentParser
import FirmClusters

/// `firmclusters patterns`: register in, industries that sit together out.
struct PatternsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "patterns",
        abstract: "Find industries that sit together: the co-location patterns of a register.",
        discussion: """
            A pattern is a set of industries of which firms are often all neighbors of each other. Its participation index is \
            the share of firms that take part, of the industry with the smallest. Without -o, patterns go to standard output as \
            CSV, or on a terminal as a table.

              firmclusters patterns firms.csv
              firmclusters patterns firms.csv --neighbor-distance 300m --min-prevalence 0.1 --max-size 4 -o patterns.csv
              firmclusters patterns firms.csv --test --show significant -o patterns.csv
              firmclusters patterns firms.csv --level 3 --network industries.graphml --rules rules.csv -o patterns.json
              firmclusters patterns firms.csv --regions counties.geojson --region-table counties.csv -o patterns.csv
            """)

    private enum Content: String, CaseIterable {
        case patterns, network, rules, quotients, regions, rejects
    }

    @OptionGroup(title: "Input") var input: InputOptions
    @OptionGroup(title: "Patterns") var patterns: PatternOptions
    @OptionGroup(title: "Significance") var test: PatternTestOptions
    @OptionGroup(title: "Regions") var regions: RegionOptions
    @OptionGroup(title: "Output") var output: PatternOutputOptions
    @OptionGroup(title: "Run") var execution: RunOptions

    func validate() throws {
        // Options of the input that only say more about clusters and their members.
        let strays = [("--name", input.name != nil), ("--place", input.place != nil), ("--keep", !input.keep.isEmpty)]
        if let stray = strays.first(where: \.1) {
            throw ValidationError("\(stray.0) belongs to 'detect': patterns have no place and list no firms")
        }
        if !input.employment.isEmpty || input.employmentBands != nil, patterns.weight == nil {
            throw ValidationError("--employment and --employment-bands go with --weight employment")
        }
        if patterns.show == .significant, test.chosen == nil {
            throw ValidationError("--show significant needs --test, or --simulations")
        }
        if !patterns.furtherCodes.isEmpty, output.quotients != nil {
            throw ValidationError(
                "--quotients cannot take --further-codes: a colocation quotient is of firms with one industry each")
        }
    }

    func run() throws {
        let (console, progress, finishProgress) = execution.console()
        let workers = execution.workers
        // Everything that can be wrong before the work is found before the work.
        let format = try output.output.map { try PatternOutputOptions.Format(path: $0) }
        var request = try patterns.request(test: test.chosen)
        request.quotientNeighbors = output.quotients.map { _ in output.nearest ?? 1 }
        request.ruleAntecedents = output.ruleAntecedents ?? 1
        try request.validate()
        request.reportsRules = output.rules != nil
        request.reportsNetwork = output.network != nil || format == .json
        var options = try input.readingOptions()
        options.identifierUse = .checked
        options.furtherIndustries = patterns.furtherCodes
        options.region = regions.regions?.columnHeader
        options.stratum = test.strata
        request.regions = try regions.request(frame: options.frame)
        let auxiliaryInputs = try input.auxiliaryInputs(options, others: [("regions", regions.regions?.filePath)])
        let files = try OutputFiles<Content>(
            [
                .patterns: output.output, .network: output.network, .rules: output.rules,
                .quotients: output.quotients, .regions: regions.regionTable, .rejects: input.rejects,
            ], inputs: input.paths + [regions.regions?.filePath, execution.config], overwrite: output.force)

        let reading: RegisterReading
        do {
            reading = try RegisterReader.read(input.files, options: options, workers: workers, progress: progress)
        } catch let unusable as UnusableRegister {
            try files.write(.rejects(unusable.rejectedRows), as: .rejects, workers: workers)
            try files.commit(.rejects)
            throw unusable
        }
        finishProgress()
        ReadingNotes.say(reading, on: console)
        try files.write(.rejects(reading.rejectedRows), as: .rejects, workers: workers)

        let classification = options.classification
        let entries = try entries(of: reading, options, console: console)
        var report = try PatternAnalyzer(request, workers: workers, progress: progress).report(
            on: entries?.register ?? reading.register, firmOfRow: entries?.firmOfRow, source: reading.source,
            inputParameters: input.parameters(as: reading.source) + patterns.inputParameters
                + test.parameters(as: reading.source),
            title: { classification?.title(of: $0) })
        report.provenance.auxiliaryInputs = auxiliaryInputs
        finishProgress()
        for warning in report.warnings { console.warning(warning) }

        progress.began("writing", total: nil)
        if let format { try files.write(format.document(report), as: .patterns, workers: workers) }
        if let network = report.network {
            try files.write(.graphML(network, version: report.provenance.version), as: .network, workers: workers)
        }
        try files.write(.rules(report), as: .rules, workers: workers)
        try files.write(.quotients(report), as: .quotients, workers: workers)
        try files.write(.regions(report), as: .regions, workers: workers)
        try files.commit()
        finishProgress()
        PatternNotes.say(report, of: request, on: console)

        if output.json {
            try StandardOutput.write(.summary(report, outputs: files.written), workers: workers)
        } else if output.output == nil {
            try writeToStandardOutput(report, console: console, workers: workers)
        }
    }

    /// The register with an entry for each code of a firm; nil where there are no further codes.
    private func entries(
        of reading: RegisterReading, _ options: ReadingOptions, console: Console
    ) throws -> RegisterEntries? {
        guard !reading.furtherIndustries.isEmpty else { return nil }
        let entries = try RegisterEntries(reading.register, further: reading.furtherIndustries) {
            options.industryCode(of: $0)
        }
        console.note(
            "\(grouped(entries.firmsWithSeveral)) of \(grouped(reading.register.count)) firms have several codes: "
                + "\(grouped(entries.register.count)) entries")
        return entries
    }

    private func writeToStandardOutput(_ report: PatternReport, console: Console, workers: Workers) throws {
        guard Console.standardOutputIsTerminal else {
            return try StandardOutput.write(.table(report), workers: workers)
        }
        let table = TerminalTable(limit: 20, width: Console.width, usesColors: true)
        try StandardOutput.write(text: table.text(report))
        console.note("the strongest \(min(20, report.patterns.count)) patterns; -o FILE.csv writes them all")
    }
}
