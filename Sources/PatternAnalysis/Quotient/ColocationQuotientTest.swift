public import ColocationMining
public import ParallelWork
public import SignificanceTesting
public import SpatialIndex

/// Which colocation quotients chance alone would not give: the quotients of M registers with other labels on the same firms, beside
/// those observed.
///
///     let test = ColocationQuotientTest(simulations: 999)
///     let tested = try test.run(on: labels, nearest: nearest, sites: sites, workers: workers)
///     tested[tanneries, shoemakers]?.attraction.value
///
/// The firms and who is near whom stay. In a simulation industries are as large as they were, so C_{a→b} is compared, whose ties are
/// exact, and the quotient with it. With (1 + g)/(M + 1) for each tail, p = min(1, 2 min(p↑, p↓)) tests both sides at once; it is
/// adjusted over all pairs that have a quotient.
public struct ColocationQuotientTest: Sendable, Equatable {
    /// M.
    public var simulations: Int
    /// What is left to chance.
    public var nullModel: NullModel
    /// Of all simulations.
    public var seed: UInt64
    /// How p-values are adjusted over the pairs.
    public var adjustment: FalseDiscoveryAdjustment

    /// - Precondition: `simulations` is not negative.
    public init(
        simulations: Int = 999, nullModel: NullModel = .randomLabelling, seed: UInt64 = 1,
        adjustment: FalseDiscoveryAdjustment = .benjaminiHochberg
    ) {
        precondition(simulations >= 0, "\(simulations) simulations")
        self.simulations = simulations
        self.nullModel = nullModel
        self.seed = seed
        self.adjustment = adjustment
    }

    /// Counts the register and its simulations.
    ///
    /// - Parameters:
    ///   - labels: the industry of each firm on the sites.
    ///   - nearest: the nearest firms among those that take part.
    ///   - sites: that `nearest` was made of; a cyclic shift needs their curve.
    ///   - strata: for each canonical position a number from 0 on, within which labels are dealt; all firms together when nil.
    ///   - finished: told, from any thread, how many simulations were made since it was told last.
    /// - Returns: what does not depend on the number of workers.
    /// - Complexity: O(M (n k + m²)) for m industries, shared by the workers; memory for 32 m² bytes and 4 n a worker.
    /// - Throws: ``/ColocationMining/ColocationQuotientError``, `WorkCancelled`.
    public func run(
        on labels: IndustryLabels, nearest: NearestFirms, sites: Sites, strata: [Int32]? = nil,
        workers: Workers = Workers(), finished: @Sendable (Int) -> Void = { _ in }
    ) throws -> TestedColocationQuotient {
        let industries = try nearest.industries(of: labels)
        let observed = ColocationShares(nearest, industryCount: labels.industryCount)
        observed.count(industries)
        let relabelling = Relabelling(
            nullModel, firmCount: industries.count,
            strata: strata.map { strata in nearest.firms.map { strata[Int($0)] } },
            curve: try curve(through: nearest, sites: sites, workers: workers))
        let units = observed.units
        let tallies = PerWorker(workers) {
            QuotientTally(observed: units, shares: ColocationShares(nearest, industryCount: labels.industryCount))
        }
        try workers.forEach(in: 0..<simulations, grain: 1) { replicates, worker in
            for replicate in replicates {
                tallies[worker].countSimulation {
                    relabelling.deal(industries, to: &$0, replicate: replicate, seed: seed)
                }
                finished(1)
            }
        }
        let tally = tallies[0]
        for worker in 1..<max(1, workers.count) { tally.add(tallies[worker]) }
        return TestedColocationQuotient(
            quotient: ColocationQuotient(observed, industries: industries), tally: tally, simulations: simulations,
            adjustment: adjustment)
    }

    /// The firms that take part in the order of a curve, by their place among them.
    private func curve(through nearest: NearestFirms, sites: Sites, workers: Workers) throws -> [Int32]? {
        guard nullModel == .cyclicShift else { return nil }
        let curve = try sites.firmsAlongHilbertCurve(seed: seed, workers: workers)
        guard nearest.firmCount < sites.firmCount else { return curve }
        var ranks = [Int32](repeating: -1, count: sites.firmCount)
        for (rank, firm) in nearest.firms.enumerated() { ranks[Int(firm)] = Int32(rank) }
        return curve.compactMap { ranks[Int($0)] >= 0 ? ranks[Int($0)] : nil }
    }
}

/// How simulated shares compare with the observed ones, as far as one worker counted them.
final class QuotientTally {
    private let observed: [Int64]
    private let shares: ColocationShares
    private var labels: [UInt16] = []
    private let observedGlobal: Int64

    /// For each pair simulations with at least, and with at most, the observed share, and the sum of the simulated ones.
    private(set) var atLeast: [Int32]
    private(set) var atMost: [Int32]
    private var sums: [UInt128]
    private(set) var global = (atLeast: 0, atMost: 0)

    init(observed: [Int64], shares: ColocationShares) {
        self.observed = observed
        self.shares = shares
        observedGlobal = Self.trace(observed, shares.industryCount)
        atLeast = [Int32](repeating: 0, count: observed.count)
        atMost = atLeast
        sums = [UInt128](repeating: 0, count: observed.count)
    }

    private static func trace(_ units: [Int64], _ width: Int) -> Int64 {
        (0..<width).reduce(0) { $0 + units[$1 * width + $1] }
    }

    func countSimulation(_ deal: (inout [UInt16]) -> Void) {
        deal(&labels)
        shares.count(labels)
        let units = shares.units
        units.withUnsafeBufferPointer { units in
            observed.withUnsafeBufferPointer { observed in
                atLeast.withUnsafeMutableBufferPointer { atLeast in
                    for pair in units.indices where units[pair] >= observed[pair] { atLeast[pair] &+= 1 }
                }
                atMost.withUnsafeMutableBufferPointer { atMost in
                    for pair in units.indices where units[pair] <= observed[pair] { atMost[pair] &+= 1 }
                }
            }
            sums.withUnsafeMutableBufferPointer { sums in
                for pair in units.indices { sums[pair] &+= UInt128(truncatingIfNeeded: units[pair]) }
            }
        }
        let own = Self.trace(units, shares.industryCount)
        if own >= observedGlobal { global.atLeast += 1 }
        if own <= observedGlobal { global.atMost += 1 }
    }

    func add(_ other: QuotientTally) {
        for pair in atLeast.indices {
            atLeast[pair] += other.atLeast[pair]
            atMost[pair] += other.atMost[pair]
            sums[pair] += other.sums[pair]
        }
        global.atLeast += other.global.atLeast
        global.atMost += other.global.atMost
    }

    /// The mean of simulated C_{a→b}.
    ///
    /// - Precondition: at least one simulation.
    func meanShare(_ pair: Int, simulations: Int) -> Double {
        Double(sums[pair]) / Double(simulations)
            / (Double(shares.unitsPerPlace) * Double(max(1, shares.nearest.places)))
    }
}
