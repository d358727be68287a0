/// The p-value of an observed statistic among those of simulated registers: p = (1 + g) / (M + 1), with g the number of the M
/// simulations whose statistic is at least as large (Davison & Hinkley 1997, section 4.2).
///
/// The observed register counts as one of the M + 1, so p is never 0: the smallest is 1/(M + 1), which is as much as M
/// simulations can say. Stopped early (``SequentialStopping``), M is the number of simulations until then.
public struct MonteCarloPValue: Sendable, Equatable {
    /// g: simulations with a statistic at least as large as the observed one.
    public let exceedances: Int
    /// M: simulations that were looked at.
    public let simulations: Int
    /// Whether M is where a ``SequentialStopping`` ended the simulations.
    public let isStopped: Bool

    /// - Precondition: 0 ≤ `exceedances` ≤ `simulations`.
    public init(exceedances: Int, simulations: Int, isStopped: Bool = false) {
        precondition(exceedances >= 0 && exceedances <= simulations, "\(exceedances) of \(simulations) simulations")
        self.exceedances = exceedances
        self.simulations = simulations
        self.isStopped = isStopped
    }

    /// p: (1 + g) / (M + 1), or g / M where simulations stopped at the g-th exceedance (Besag & Clifford 1991).
    public var value: Double {
        isStopped ? Double(exceedances) / Double(simulations) : Double(1 + exceedances) / Double(1 + simulations)
    }
}
