public import ColocationMining
public import ParallelWork
public import SignificanceTesting

/// Around which firms an industry is more, or less, than chance would have it: local colocation quotients beside those of M random
/// dealings of the types of all *other* firms (the firm keeps its own).
///
///     let test = LocalColocationQuotientTest(simulations: 999)
///     let tested = try test.run(of: tanneries, toward: shoemakers, labels, nearest: nearest, workers: workers)
///     for (firm, q) in zip(tested.local.firms, tested.qValues) { … }
///
/// Dealings, drawn once, serve all firms: each firm's p-value is that of a random labelling, but firms share the luck of the
/// draw. A firm's dealings are compared exactly, ties included.
public struct LocalColocationQuotientTest: Sendable, Equatable {
    /// M.
    public var simulations: Int
    /// Of all simulations.
    public var seed: UInt64
    /// How p-values are adjusted over the firms.
    public var adjustment: FalseDiscoveryAdjustment

    /// - Precondition: `simulations` is not negative.
    public init(
        simulations: Int = 999, seed: UInt64 = 1, adjustment: FalseDiscoveryAdjustment = .benjaminiHochberg
    ) {
        precondition(simulations >= 0, "\(simulations) simulations")
        self.simulations = simulations
        self.seed = seed
        self.adjustment = adjustment
    }

    /// Measures and tests the firms of an industry.
    ///
    /// - Parameters:
    ///   - industry: whose firms are asked about; all firms when nil.
    ///   - target: the industry looked for around them.
    ///   - nearest: of m firms.
    /// - Returns: what does not depend on the number of workers.
    /// - Complexity: O(n (m + d)) with d ≤ M different dealings to a neighborhood, and O(M f) for the largest one of f firms.
    /// - Throws: ``/ColocationMining/ColocationQuotientError``, `WorkCancelled`.
    public func run(
        of industry: Int? = nil, toward target: Int, _ labels: IndustryLabels, nearest: NearestFirms,
        workers: Workers = Workers()
    ) throws -> TestedLocalColocationQuotient {
        let local = try LocalColocationQuotient(
            of: industry, toward: target, labels, nearest: nearest, workers: workers)
        let industries = try nearest.industries(of: labels)
        let deals = try deals(of: industry, toward: target, industries, nearest: nearest, workers: workers)
        let comparisons = PerWorker(workers) { DealComparison(deals) }
        var atMost: [Int32] = []
        let atLeast = try [Int32](count: nearest.firmCount) { atLeast in
            atMost = try [Int32](count: nearest.firmCount) { atMost in
                for rank in 0..<nearest.firmCount { (atLeast[rank], atMost[rank]) = (0, 0) }
                try nearest.forEachKernelNeighborhood(
                    of: industry, toward: target, labels: industries, workers: workers
                ) { neighborhood, worker in
                    let found = comparisons[worker].compare(neighborhood)
                    for rank in neighborhood.ranks {
                        atLeast[Int(rank)] = Int32(found.atLeast)
                        atMost[Int(rank)] = Int32(found.atMost)
                    }
                }
            }
        }
        let ranks = industries.indices.filter { industry == nil || Int(industries[$0]) == industry }
        let pValues = zip(ranks, local.quotients).map { rank, quotient in
            quotient.map { _ in
                TwoSidedPValue(
                    atLeast: Int(atLeast[rank]), atMost: Int(atMost[rank]), simulations: simulations)
            }
        }
        return TestedLocalColocationQuotient(
            local: local, pValues: pValues, qValues: adjustment.adjusted(pValues.map { $0?.value }))
    }

    /// The dealings around firms that are not, and that are, of the target industry.
    private func deals(
        of industry: Int?, toward target: Int, _ industries: [UInt16], nearest: NearestFirms, workers: Workers
    ) throws -> [NeighborDeals] {
        let sizes = NeighborhoodSizes()
        let bySize = PerWorker(workers) { NeighborhoodSizes() }
        try nearest.forEachKernelNeighborhood(
            of: industry, toward: target, labels: industries, workers: workers
        ) { neighborhood, worker in
            bySize[worker].insert(neighborhood.nearerWeights.count, neighborhood.tiedCount)
        }
        for worker in 0..<workers.count { sizes.add(bySize[worker]) }
        let targets = industries.count { Int($0) == target }
        return try [UInt64(0), 1].map { ofTarget in
            try NeighborDeals(
                targets: max(0, targets - Int(ofTarget)), others: industries.count - 1, singly: sizes.mostNearer,
                lengths: sizes.lengths.sorted(), simulations: simulations, seed: seed,
                stream: { 2 * UInt64($0) + ofTarget }, workers: workers)
        }
    }
}

/// Local quotients beside those of simulated registers: the outcome of ``LocalColocationQuotientTest``.
public struct TestedLocalColocationQuotient: Sendable, Equatable {
    /// What was observed.
    public let local: LocalColocationQuotient
    /// For each of its firms; nil where the quotient is undefined.
    public let pValues: [TwoSidedPValue?]
    /// Two-sided p-values adjusted over the firms.
    public let qValues: [Double?]
}

/// How large neighborhoods are, as far as one worker saw them.
private final class NeighborhoodSizes {
    private(set) var lengths: Set<Int> = []
    private(set) var mostNearer = 0

    func insert(_ nearer: Int, _ tied: Int) {
        lengths.insert(nearer + tied)
        mostNearer = max(mostNearer, nearer)
    }

    func add(_ other: NeighborhoodSizes) {
        lengths.formUnion(other.lengths)
        mostNearer = max(mostNearer, other.mostNearer)
    }
}

/// Compares neighborhoods with what is dealt to them. Belongs to one worker.
private final class DealComparison {
    private struct Kind: Hashable {
        let isOfTarget: Bool
        let nearer: Int
        let tied: Int
    }

    private let deals: [NeighborDeals]
    private var patterns: [Kind: DealPatterns] = [:]
    private var table: [Int64] = []

    init(_ deals: [NeighborDeals]) { self.deals = deals }

    func compare(_ neighborhood: borrowing KernelNeighborhood) -> (atLeast: Int, atMost: Int) {
        let kind = Kind(
            isOfTarget: neighborhood.isOfTarget, nearer: neighborhood.nearerWeights.count,
            tied: neighborhood.tiedCount)
        let patterns = self.patterns[kind] ?? patterns(of: kind)
        return patterns.compare(
            with: neighborhood.weightToward, weights: neighborhood.nearerWeights,
            tiedWeight: neighborhood.tiedWeight, table: &table)
    }

    private func patterns(of kind: Kind) -> DealPatterns {
        let made = deals[kind.isOfTarget ? 1 : 0].patterns(singly: kind.nearer, together: kind.tied)
        patterns[kind] = made
        return made
    }
}
