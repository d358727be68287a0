import ArgumentParser
import FirmClusters

/// `firmclusters inspect`: what is in a file, before anything is detected.
struct InspectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Show what is in a register: columns, rows left out, extent, industries, distances.",
        discussion: """
            Registers without coordinates can be inspected, too.

              firmclusters inspect firms.csv
              firmclusters inspect firms.csv --industry naics --level 3 --json
            """)

    @OptionGroup(title: "Input") var input: InputOptions
    @OptionGroup(title: "Run") var execution: RunOptions

    @Option(
        help: ArgumentHelp(
            "Show distances to the (n − 1)-th neighbor, as '--eps auto' looks at for this --min-points.", valueName: "n"
        ))
    var minPoints: Int = 5

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
            return try DistanceSurvey($0, minimumPoints: minPoints, workers: workers)
        }
        finishProgress()
        for warning in survey.warnings { console.warning(warning) }
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

/// Distances between the firms of a register: where they are and how far their neighbors.
struct DistanceSurvey {
    /// One industry's curve in short.
    struct Industry {
        var code: String
        var firms: Int
        /// The radius that `--eps auto` would choose; nil where it would skip the industry.
        var knee: Meters?
    }

    static let quantiles = [0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99]

    let sites: Int
    let west, east, south, north: Double
    let extent: Meters
    let frame: CoordinateFrame
    /// k-distances of all firms together at ``quantiles``; empty where there are too few firms.
    let kDistances: [Meters]
    let knee: Meters?
    /// The ten industries with most firms.
    let industries: [Industry]

    init(_ register: FirmRegister, minimumPoints: Int, workers: Workers) throws {
        let prepared = try PreparedRegister(register, workers: workers)
        let all = prepared.sites
        frame = register.frame
        sites = all.count
        extent = all.extent
        (west, east) = (all.x.first ?? 0, all.x.last ?? 0)
        (south, north) = (all.y.min() ?? 0, all.y.max() ?? 0)
        let firmsOnSite = (0..<all.count).map { all.firmStarts[$0 + 1] - all.firmStarts[$0] }
        let curve = try KDistanceCurve(
            of: .allFirms(of: all), in: all, firms: firmsOnSite, minimumWeight: Double(minimumPoints), workers: workers)
        let finite = curve.distances.prefix { $0.value.isFinite }
        kDistances = finite.isEmpty ? [] : Self.quantiles.map { finite[Int(Double(finite.count - 1) * $0)] }
        knee = curve.chordKnee

        let labelled = FirmsByIndustry(labels: prepared.industryOfFirm, industryCount: prepared.industries.count)
        let largest = prepared.industries.indices.sorted {
            let (a, b) = (labelled.count(of: $0), labelled.count(of: $1))
            return a != b ? a > b : $0 < $1
        }.prefix(10)
        var request = DetectionRequest()
        request.minimumPoints = Double(minimumPoints)
        let procedure = ClusteringProcedure(request)
        industries = try largest.map { industry in
            Industry(
                code: prepared.industries[industry], firms: labelled.count(of: industry),
                knee: try procedure.radius(for: labelled.firms(of: industry), in: prepared, workers: workers))
        }
    }
}
