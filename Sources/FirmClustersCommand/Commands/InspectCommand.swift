import ArgumentParser
import FirmClusters

/// `firmclusters inspect`: what is in a file, before anything is detected.
struct InspectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Show what is in a register: columns, rows left out, extent, industries, distances.",
        discussion: """
            Registers without coordinates can be inspected, too. Distances are those of all firms together, or, one after the
            other, of the industries asked for.

              firmclusters inspect firms.csv
              firmclusters inspect firms.csv --industry naics --level 3 --json
              firmclusters inspect firms.csv --industries 13,14 --min-points 10
            """)

    @OptionGroup(title: "Input") var input: InputOptions
    @OptionGroup(title: "Run") var execution: RunOptions

    @Option(
        help: ArgumentHelp(
            "Show distances to the (n − 1)-th neighbor, as '--eps auto' looks at for this --min-points.", valueName: "n"
        ))
    var minPoints: Int = 5

    @Option(
        help: ArgumentHelp(
            "Show the distances of these industries instead of all firms together; '15*' for all that begin so.",
            valueName: "13,14,15*"))
    var industries: String?

    @Flag(help: "Print JSON instead of text.")
    var json = false

    @Flag(help: "Overwrite the rejects file if it is there already.")
    var force = false

    func validate() throws {
        if minPoints < 2 { throw ValidationError("--min-points \(minPoints): must be 2 or more") }
    }

    func run() throws {
        let (console, progress, finishProgress) = execution.console()
        let workers = execution.workers
        try OutputPaths.check([input.rejects], inputs: input.paths + [execution.config])
        let rejects = try input.rejects.map { try OutputFile(path: $0, overwrite: force) }
        var options = try input.readingOptions()
        options.identifierUse = .checked
        let selection = try industries.map { try IndustrySelection(argument: $0) }
        func writeRejects(_ rows: [RejectedRow]) throws {
            guard let rejects else { return }
            try ReportDocument.rejects(rows).write(to: rejects, workers: workers)
            try rejects.commit()
        }
        let survey: RegisterSurvey
        do {
            survey = try RegisterReader.survey(input.files, options: options, workers: workers, progress: progress)
        } catch let unusable as UnusableRegister {
            try writeRejects(unusable.rejectedRows)
            throw unusable
        }
        let distances = try survey.register.map {
            progress.began("measuring distances", total: nil)
            return try DistanceSurvey($0, minimumPoints: minPoints, of: selection, workers: workers)
        }
        finishProgress()
        for warning in survey.warnings { console.warning(warning) }
        let unmatched = selection?.unmatched(in: survey.industries.map(\.code)) ?? []
        if !unmatched.isEmpty {
            console.warning("no firm has an industry code matching \(unmatched.joined(separator: ", "))")
        }
        _ = try hasReader { try writeRejects(survey.rejectedRows) }
        let inspection = Inspection(
            survey: survey, distances: distances, minimumPoints: minPoints,
            title: { options.classification?.title(of: $0) })
        if json {
            try StandardOutput.write(.json(inspection.json), workers: workers)
        } else {
            try StandardOutput.write(text: inspection.text)
        }
    }
}
