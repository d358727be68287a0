import ArgumentParser
import FirmClusters

/// `firmclusters detect`: register in, clusters out.
struct DetectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "detect",
        abstract: "Find the industrial clusters of a register.",
        discussion: """
            Firms of each industry are clustered by density; each cluster is compared with all firms around it by its \
            location quotient, and with --test with what chance alone makes of the same firms. Without -o, clusters go to \
            standard output as GeoJSON, or on a terminal as a table.

              firmclusters detect firms.csv
              firmclusters detect firms.csv --eps 500m --min-points 10 --level 3 -o clusters.geojson
              firmclusters detect firms.csv --test -o clusters.geojson
              firmclusters detect firms.csv --groups patterns --neighbor-distance 300m --min-points 10 -o clusters.geojson
              firmclusters detect firms.csv --crs EPSG:3035 --x east --y north --members members.csv -o clusters.csv
            """)

    private enum Content: String, CaseIterable {
        case clusters, table, members, composition, rejects
    }

    @OptionGroup(title: "Input") var input: InputOptions
    @OptionGroup(title: "Detection") var detection: DetectionOptions
    @OptionGroup(title: "Test against chance") var testing: TestOptions
    @OptionGroup(title: "Output") var output: OutputOptions
    @OptionGroup(title: "Run") var execution: RunOptions

    @Option(
        help: ArgumentHelp("Print a table of the strongest clusters on standard output; with -o.", valueName: "n"))
    var show: Int?

    @Option(
        help: ArgumentHelp(
            "Say which planted clusters of a synthetic register were found: the truth file of 'generate'; with -o.",
            valueName: "file"))
    var truth: String?

    func validate() throws {
        if let show, show < 1 { throw ValidationError("--show \(show): must be 1 or more") }
        if show != nil || truth != nil, output.output == nil {
            throw ValidationError("--show and --truth need --output: without it standard output holds the clusters")
        }
        if truth != nil, detection.nested {
            throw ValidationError("--truth compares clusters that do not overlap: leave out --nested")
        }
        if truth != nil, detection.groups != .industry {
            throw ValidationError("--truth compares clusters that do not overlap: leave out --groups")
        }
        if output.json, show != nil || truth != nil {
            throw ValidationError("--json leaves standard output to the summary: leave out --show and --truth")
        }
    }

    func run() throws {
        let (console, progress, finishProgress) = execution.console()
        let workers = execution.workers
        // Everything that can be wrong before the work is found before the work.
        let format = try output.output.map { try OutputOptions.Format(path: $0) }
        var request = try detection.request(level: input.level)
        request.test = testing.chosen
        request.reportsMembers = output.members != nil || truth != nil
        request.reportsComposition = output.composition != nil
        var options = try input.readingOptions()
        options.stratum = testing.strata
        // Only lists of firms print identifiers.
        options.identifierUse = request.reportsMembers ? .kept : .checked
        let auxiliaryInputs = try input.auxiliaryInputs(options, others: [("reference", detection.reference)])
        let planted = try truth.map { try PlantedClusters($0) }
        let files = try OutputFiles<Content>(
            [
                .clusters: output.output, .table: output.table, .members: output.members,
                .composition: output.composition, .rejects: input.rejects,
            ], inputs: input.paths + [detection.reference, truth, execution.config], overwrite: output.force)

        let reading: RegisterReading
        do {
            reading = try RegisterReader.read(input.files, options: options, workers: workers, progress: progress)
        } catch let unusable as UnusableRegister {
            // The rejected rows are what the user needs now; the other files are not put in place.
            try files.write(.rejects(unusable.rejectedRows), as: .rejects, workers: workers)
            try files.commit(.rejects)
            throw unusable
        }
        finishProgress()
        ReadingNotes.say(reading, on: console)
        try files.write(.rejects(reading.rejectedRows), as: .rejects, workers: workers)

        let classification = options.classification
        var report = try ClusterDetector(request, workers: workers, progress: progress).report(
            on: reading.register, source: reading.source,
            inputParameters: input.parameters(as: reading.source) + testing.parameters(as: reading.source),
            title: { classification?.title(of: $0) })
        report.provenance.auxiliaryInputs = auxiliaryInputs
        finishProgress()
        for warning in report.warnings { console.warning(warning) }

        progress.began("writing", total: nil)
        if let format {
            try files.write(format.document(report), as: .clusters, workers: workers)
        }
        try files.write(.table(report), as: .table, workers: workers)
        try files.write(.composition(report), as: .composition, workers: workers)
        try files.write(.members(report, of: reading.register), as: .members, workers: workers)
        try files.commit()
        finishProgress()
        DetectionNotes.say(report, on: console)

        if output.json {
            try StandardOutput.write(.summary(report, outputs: files.written), workers: workers)
        } else if output.output == nil {
            try writeToStandardOutput(report, console: console, workers: workers)
        }
        if let show { try StandardOutput.write(text: TerminalTable(limit: show).text(report)) }
        if let planted {
            try StandardOutput.write(text: TruthComparison(planted, report: report, register: reading.register).text)
        }
    }

    private func writeToStandardOutput(_ report: ClusterReport, console: Console, workers: Workers) throws {
        guard Console.standardOutputIsTerminal else {
            return try StandardOutput.write(.geoJSON(report), workers: workers)
        }
        let table = TerminalTable(limit: 20, width: Console.width, usesColors: true)
        try StandardOutput.write(text: table.text(report))
        console.note("the strongest \(min(20, report.clusters.count)) clusters; -o FILE.geojson writes them all")
    }
}
