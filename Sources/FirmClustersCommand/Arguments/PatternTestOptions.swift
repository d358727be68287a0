import ArgumentParser
import FirmClusters

/// How `patterns` tests patterns against chance.
struct PatternTestOptions: ParsableArguments {
    @Flag(
        help: ArgumentHelp(
            "Test patterns against chance, in 999 registers whose codes are dealt anew: all pairs, and larger patterns whose parts are "
                + "significant. --min-prevalence then only filters what is shown; its default is 0."))
    var test = false

    @Option(help: ArgumentHelp("Test with so many simulated registers. Default with --test: 999.", valueName: "m"))
    var simulations: Int?

    @Option(
        help: ArgumentHelp(
            "Share of false discoveries among the patterns called significant. Default: 0.05.", valueName: "share"))
    var alpha: Double?

    @Option(
        name: .customLong("null"),
        help: ArgumentHelp(
            "What chance does: deals the codes anew, or moves them all along a curve through the firms, which keeps each "
                + "industry's own clustering. Default: random-labelling.", valueName: "random-labelling|cyclic-shift"))
    var nullModel: NullModel?

    @Option(
        help: ArgumentHelp("Column within whose values codes are dealt: a region, a year, a kind.", valueName: "column")
    )
    var strata: String?

    @Option(
        help: ArgumentHelp(
            "How p-values are adjusted for the number of patterns of a size; max-t, the step-down maximum, needs few simulations. "
                + "Default: benjamini-hochberg.", valueName: "benjamini-hochberg|benjamini-yekutieli|max-t"))
    var adjustment: PatternAdjustment?

    @Option(help: ArgumentHelp("Seed of the simulations. Default: 1.", valueName: "n"))
    var seed: UInt64?

    func validate() throws {
        guard test || simulations != nil else {
            let options: [(name: String, isGiven: Bool)] = [
                ("--alpha", alpha != nil), ("--null", nullModel != nil), ("--strata", strata != nil),
                ("--adjustment", adjustment != nil), ("--seed", seed != nil),
            ]
            if let stray = options.first(where: \.isGiven) {
                throw ValidationError(
                    "\(stray.name) belongs to --test, or --simulations: without them nothing is tested")
            }
            return
        }
        if let simulations, !(1...Self.mostSimulations).contains(simulations) {
            throw ValidationError("--simulations: \(simulations) registers; there must be 1 to \(Self.mostSimulations)")
        }
        if let alpha, !(alpha > 0 && alpha < 1) {
            throw ValidationError("--alpha: a level of \(alpha); it must be between 0 and 1")
        }
    }

    private static let mostSimulations = 1_000_000

    /// The test that was asked for; nil for none.
    var chosen: PatternTest? {
        guard test || simulations != nil else { return nil }
        var chosen = PatternTest()
        if let simulations { chosen.simulations = simulations }
        if let alpha { chosen.significanceLevel = alpha }
        if let nullModel { chosen.nullModel = nullModel }
        if let adjustment { chosen.adjustment = adjustment.adjustment }
        if let seed { chosen.seed = seed }
        return chosen
    }

    /// The parameters that decided what was read for the test, for the provenance.
    func parameters(as source: RegisterSource) -> [(name: String, value: ParameterValue)] {
        guard chosen != nil else { return [] }
        let column = strata == nil ? nil : source.columns.first { $0.role == ColumnRole.stratum.rawValue }
        return [("strata", column.map { .text($0.header) } ?? .none)]
    }
}

/// How p-values of patterns are adjusted, by name.
struct PatternAdjustment: ExpressibleByArgument {
    let adjustment: PatternTest.Adjustment

    init?(argument: String) {
        guard let adjustment = PatternTest.Adjustment(name: argument) else { return nil }
        self.adjustment = adjustment
    }
}
