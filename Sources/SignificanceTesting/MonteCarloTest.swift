public import ParallelWork

/// Compares observed statistics with those of simulated registers.
///
///     let outcome = try MonteCarloTest(simulations: 999).run(observed: [[8.9, 6.6], [1.7]], workers: workers) {
///         replicate, families, worker in
///         families.map { largestStatistic(of: $0, in: replicate) }
///     }
///     outcome.pValues[0][1].value         // of the second statistic of the first family
///
/// Statistics come in families: the clusters of one industry, say, or a single pattern, or a curve's largest deviation. A simulation
/// gives one number for each family, the largest of its statistics, with which every observed statistic of the family is compared: that
/// keeps the probability of any false alarm in a family at the p-value's level.
///
/// What a simulation is, is the caller's: a function of its number. It must give the same whichever thread calls it, and use the number
/// for its stream of random numbers (``Relabelling``).
public struct MonteCarloTest: Sendable, Equatable {
    /// M, the most simulations that are made.
    public var simulations: Int
    /// Leaves out simulations of families that are seen not to be significant; nil makes all.
    public var stopping: SequentialStopping?

    /// - Precondition: `simulations` is not negative.
    public init(simulations: Int, stopping: SequentialStopping? = nil) {
        precondition(simulations >= 0, "\(simulations) simulations")
        self.simulations = simulations
        self.stopping = stopping
    }

    /// Makes the simulations.
    ///
    /// - Parameters:
    ///   - observed: the statistics of each family; a family without any takes no part.
    ///   - workers: share the simulations, each one made by one of them.
    ///   - finished: told, from any thread, how many simulations were made or left out since it was told last.
    ///   - simulate: the largest statistic in each of some families (in their order) of the simulation with a number.
    /// - Returns: what does not depend on the number of workers.
    /// - Complexity: M calls of `simulate`, side by side; with ``stopping`` some h/p for a family of p-value p.
    /// - Throws: what `simulate` throws, `WorkCancelled`.
    public func run(
        observed: [[Double]], workers: Workers, finished: @Sendable (Int) -> Void = { _ in },
        simulate: @Sendable (_ replicate: Int, _ families: [Int], _ worker: Int) throws -> [Double]
    ) throws -> MonteCarloOutcome {
        try runTogether(
            observed: observed, workers: workers, atLeast: workers.count, atMost: simulations
        ) {
            block, families in
            let results = ResultSlots<[Double]>(count: block.count)
            try workers.forEach(in: block, grain: 1) { replicates, worker in
                for replicate in replicates {
                    results.set(replicate - block.lowerBound, try simulate(replicate, families, worker))
                    finished(1)
                }
            }
            return results.values
        } leftOut: {
            finished($0)
        }
    }

    /// Makes the simulations, several of them together.
    ///
    /// - Parameters:
    ///   - observed: the statistics of each family; a family without any takes no part.
    ///   - workers: that `simulate` uses.
    ///   - atLeast: so many simulations are asked for together, even if fewer may do.
    ///   - atMost: more are never asked for together.
    ///   - simulate: for each simulation with one of some numbers the largest statistic in each of some families.
    ///   - leftOut: told how many simulations were not needed.
    /// - Throws: what `simulate` throws.
    public func runTogether(
        observed: [[Double]], workers: Workers, atLeast: Int, atMost: Int,
        simulate: (_ replicates: Range<Int>, _ families: [Int]) throws -> [[Double]],
        leftOut: (Int) -> Void = { _ in }
    ) throws -> MonteCarloOutcome {
        var tallies = observed.map { FamilyTally(observed: $0, simulations: simulations, stopping: stopping) }
        var next = 0
        while next < simulations {
            let open = tallies.indices.filter { !tallies[$0].isFinished }
            guard !open.isEmpty else { break }
            let size = min(max(1, atMost), max(atLeast, blockSize(from: next)))
            let block = next..<min(simulations, next + size)
            let results = try simulate(block, open)
            precondition(results.count == block.count, "one result for each simulation that was asked for")
            for largest in results {
                precondition(largest.count == open.count, "one statistic for each family that was asked for")
                for (index, family) in open.enumerated() { tallies[family].count(largest[index]) }
            }
            next = block.upperBound
        }
        if next < simulations { leftOut(simulations - next) }
        return MonteCarloOutcome(pValues: tallies.map(\.pValues), largest: tallies.map(\.largest))
    }

    /// How many simulations are made before families are asked again whether they need more: at first as many as the quickest stop
    /// takes twice, then half of those made, so that what is made in vain stays a share of what was needed.
    private func blockSize(from made: Int) -> Int {
        guard let stopping else { return simulations }
        return max(2 * stopping.exceedances, made / 2)
    }
}

/// What simulations say of observed statistics.
public struct MonteCarloOutcome: Sendable, Equatable {
    /// For each family the p-values of its statistics, in their order.
    public let pValues: [[MonteCarloPValue]]
    /// For each family the largest statistic of each simulation that counted, in the order of their numbers: all M, or those until the
    /// simulations of the family were stopped.
    public let largest: [[Double]]
}

/// The simulations of one family as far as they were counted.
private struct FamilyTally {
    private let observed: [Double]
    private let simulations: Int
    private let stopping: SequentialStopping?
    private var exceedances: [Int]
    /// For each statistic the simulation at which it had enough exceedances.
    private var stoppedAt: [Int?]
    private(set) var isFinished: Bool
    private(set) var largest: [Double] = []

    init(observed: [Double], simulations: Int, stopping: SequentialStopping?) {
        self.observed = observed
        self.simulations = simulations
        self.stopping = stopping
        exceedances = [Int](repeating: 0, count: observed.count)
        stoppedAt = [Int?](repeating: nil, count: observed.count)
        isFinished = observed.isEmpty || simulations == 0
    }

    /// Counts the next simulation; those after the family's end make no difference.
    mutating func count(_ statistic: Double) {
        guard !isFinished else { return }
        largest.append(statistic)
        var isOpen = false
        for index in observed.indices where stoppedAt[index] == nil {
            if statistic >= observed[index] { exceedances[index] += 1 }
            if let stopping, exceedances[index] == stopping.exceedances {
                stoppedAt[index] = largest.count
            } else {
                isOpen = true
            }
        }
        isFinished = !isOpen || largest.count == simulations
    }

    var pValues: [MonteCarloPValue] {
        observed.indices.map { index in
            MonteCarloPValue(
                exceedances: exceedances[index], simulations: stoppedAt[index] ?? largest.count,
                isStopped: stoppedAt[index] != nil)
        }
    }
}
