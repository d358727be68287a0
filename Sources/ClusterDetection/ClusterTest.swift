public import SignificanceTesting

/// How clusters are tested against chance: M registers are simulated and the whole detection is run again on each.
///
///     request.test = ClusterTest()             // 999 simulations
///     request.test = ClusterTest(simulations: 99, stopping: nil)
public struct ClusterTest: Sendable, Equatable {
    /// M.
    public var simulations: Int
    /// What stays and what is left to chance.
    public var nullModel: NullModel
    /// α, the share of false discoveries that is accepted among the groups called significant.
    public var significanceLevel: Double
    /// Ends the simulations of a group early; nil makes all of them.
    public var stopping: SequentialStopping?
    /// How p-values of the groups are adjusted for their number.
    public var adjustment: FalseDiscoveryAdjustment
    /// Whether p-values from a fitted Gumbel distribution are wanted beside: an approximation below 1/(M + 1).
    public var reportsGumbel: Bool

    /// A test, by default with 999 simulations by random labelling at a level of 0.05.
    public init(
        simulations: Int = 999, nullModel: NullModel = .randomLabelling, significanceLevel: Double = 0.05,
        stopping: SequentialStopping? = .tenExceedances, adjustment: FalseDiscoveryAdjustment = .benjaminiHochberg,
        reportsGumbel: Bool = false
    ) {
        self.simulations = simulations
        self.nullModel = nullModel
        self.significanceLevel = significanceLevel
        self.stopping = stopping
        self.adjustment = adjustment
        self.reportsGumbel = reportsGumbel
    }
}
