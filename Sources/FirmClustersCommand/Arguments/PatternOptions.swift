import ArgumentParser
import FirmClusters

/// What `patterns` computes.
struct PatternOptions: ParsableArguments {
    /// What participation ratios are shares of.
    enum Weight: String, ExpressibleByArgument, CaseIterable {
        case employment
    }

    @Option(
        help: ArgumentHelp(
            "Distance within which firms of different industries are neighbors; what is found depends on it.",
            valueName: "500m|1.2km"))
    var neighborDistance: Meters = 500

    @Option(
        help: ArgumentHelp(
            "Prevalence of a pattern, at least: the share of firms that take part, of the industry with the smallest. From 0 to 1. "
                + "Default: 0.3; 0 with --test.", valueName: "share"))
    var minPrevalence: Double?

    @Option(help: ArgumentHelp("Industries in a pattern, at most.", valueName: "n"))
    var maxSize: Int = 5

    @Option(help: ArgumentHelp("Leave out industries with fewer firms.", valueName: "n"))
    var minFirms: Int = 10

    @Option(
        help: ArgumentHelp(
            "The index of a pattern: the smallest participation ratio of its industries, or the largest, which shows patterns that a "
                + "rare industry keeps to.", valueName: "minimum|maximum"))
    var measure: PatternMiner.Measure = .minimum

    @Option(help: "Let participation ratios be shares of employees instead of firms.")
    var weight: Weight?

    @Option(
        help: ArgumentHelp(
            "Industries to make patterns of; '15*' for all that begin so. Default: all.", valueName: "13,14,15*"))
    var industries: String?

    @Option(
        help: ArgumentHelp(
            "Column of further codes of a firm, several separated by '|', ';' or ','; repeatable. Each code is an entry of its own.",
            valueName: "column"))
    var furtherCodes: [String] = []

    @Option(
        help: ArgumentHelp(
            "Patterns to report: all, those that are part of no larger one, or of no larger one with the same index, or those that "
                + "are significant.", valueName: "all|maximal|closed|significant"))
    var show: PatternRequest.Selection = .all

    @Flag(help: "Count the row instances of every pattern reported; takes long where firms crowd.")
    var countRows = false

    func validate() throws {
        var request = plainRequest
        // Whether something is tested is known to another group of options.
        if show == .significant { request.test = PatternTest() }
        do throws(PatternRequestError) {
            try request.validate()
        } catch {
            throw ValidationError("\(error.option): \(error)")
        }
    }

    /// The request as far as it needs no file.
    private var plainRequest: PatternRequest {
        var request = PatternRequest()
        request.neighborDistance = neighborDistance
        if let minPrevalence { request.miner.minimumIndex = minPrevalence }
        request.miner.maximumSize = maxSize
        request.miner.minimumFirms = minFirms
        request.miner.measure = measure
        request.weighting = weight == .employment ? .employment : .firms
        request.selection = show
        request.countsRowInstances = countRows
        return request
    }

    /// The parameters that decided what was read for patterns, for the provenance.
    var inputParameters: [(name: String, value: ParameterValue)] {
        [("further_codes", furtherCodes.isEmpty ? .none : .list(furtherCodes))]
    }

    /// - Parameter test: how patterns are tested; nil for not at all.
    func request(test: PatternTest?) throws -> PatternRequest {
        var request = plainRequest
        request.test = test
        // What is tested is shown whatever its prevalence, unless asked otherwise.
        if test != nil { request.miner.minimumIndex = minPrevalence ?? 0 }
        request.seed = test?.seed ?? request.seed
        request.industries = try industries.map { try IndustrySelection(argument: $0) }
        return request
    }
}

extension PatternRequestError {
    /// The option that sets what is wrong.
    var option: String {
        switch self {
        case .badNeighborDistance: "--neighbor-distance"
        case .badMinimumIndex: "--min-prevalence"
        case .badMaximumSize: "--max-size"
        case .badMinimumFirms: "--min-firms"
        case .nothingTested: "--show"
        case .badQuotientNeighbors: "--nearest"
        case .badRuleAntecedents: "--rule-antecedents"
        case .badCellSize, .noRegionColumn: "--regions"
        case .badClusterFirms: "--region-min-points"
        case .badMinimumRegionFirms: "--min-region-firms"
        case .badMinimumLocalFirms: "--min-local-firms"
        }
    }
}
