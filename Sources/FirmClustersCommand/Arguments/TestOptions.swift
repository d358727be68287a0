import ArgumentParser
import FirmClusters

/// How `detect` tests clusters against chance.
struct TestOptions: ParsableArguments {
    @Flag(help: "Test clusters against chance: detect again in 999 registers whose codes are shuffled.")
    var test = false

    @Option(help: ArgumentHelp("Test with so many simulated registers. Default with --test: 999.", valueName: "m"))
    var simulations: Int?

    @Option(
        help: ArgumentHelp(
            "Share of false discoveries among the industries called significant. Default: 0.05.", valueName: "share"))
    var alpha: Double?

    @Option(
        name: .customLong("null"),
        help: ArgumentHelp(
            "What chance does: deals the codes anew, or moves them all along a curve through the firms. "
                + "Default: random-labelling.", valueName: "random-labelling|cyclic-shift"))
    var nullModel: NullModel?

    @Option(
        help: ArgumentHelp("Column within whose values codes are dealt: a region, a year, a kind.", valueName: "column")
    )
    var strata: String?

    @Option(
        help: ArgumentHelp(
            "Simulations of an industry end when n of them do as well; 'never' makes all. Default: 10.",
            valueName: "n|never"))
    var stopAfter: StoppingArgument?

    @Option(
        help: ArgumentHelp(
            "How p-values are adjusted for the number of industries. Default: benjamini-hochberg.",
            valueName: "benjamini-hochberg|benjamini-yekutieli"))
    var adjustment: FalseDiscoveryAdjustment?

    @Flag(help: "Also fit a Gumbel distribution, for approximate p-values below those that can be counted.")
    var gumbel = false

    func validate() throws {
        guard let chosen else { return try validateBelonging() }
        var request = DetectionRequest()
        request.test = chosen
        do throws(DetectionRequestError) {
            try request.validate()
        } catch {
            throw ValidationError(error.option.map { "\($0): \(error)" } ?? "\(error)")
        }
    }

    /// An option of a test that is not made would do nothing: it is refused.
    private func validateBelonging() throws {
        let options: [(name: String, isGiven: Bool)] = [
            ("--alpha", alpha != nil), ("--null", nullModel != nil), ("--strata", strata != nil),
            ("--stop-after", stopAfter != nil), ("--adjustment", adjustment != nil), ("--gumbel", gumbel),
        ]
        if let stray = options.first(where: \.isGiven) {
            throw ValidationError("\(stray.name) belongs to --test, or --simulations: without them nothing is tested")
        }
    }

    /// The test that was asked for; nil for none.
    var chosen: ClusterTest? {
        guard test || simulations != nil else { return nil }
        var chosen = ClusterTest()
        if let simulations { chosen.simulations = simulations }
        if let alpha { chosen.significanceLevel = alpha }
        if let nullModel { chosen.nullModel = nullModel }
        if let stopAfter { chosen.stopping = stopAfter.stopping }
        if let adjustment { chosen.adjustment = adjustment }
        chosen.reportsGumbel = gumbel
        return chosen
    }

    /// The parameters that decided what was read for the test, for the provenance.
    ///
    /// - Parameter source: what reading made of the files.
    func parameters(as source: RegisterSource) -> [(name: String, value: ParameterValue)] {
        guard chosen != nil else { return [] }
        let column = strata == nil ? nil : source.columns.first { $0.role == ColumnRole.stratum.rawValue }
        return [("strata", column.map { .text($0.header) } ?? .none)]
    }
}

/// When simulations end: at a number of them that do as well, or `never`.
struct StoppingArgument: ExpressibleByArgument {
    let stopping: SequentialStopping?

    init?(argument: String) {
        if argument == "never" {
            stopping = nil
        } else if let number = Int(argument), number >= 1 {
            stopping = SequentialStopping(exceedances: number)
        } else {
            return nil
        }
    }
}
