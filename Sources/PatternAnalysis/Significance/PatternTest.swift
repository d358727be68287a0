public import ColocationMining
public import ParallelWork
public import SignificanceTesting

/// Which industries sit together more, or less, than shared city centers explain: patterns tested against M registers
/// with other labels on the same firms (Barua & Sander 2011, 2014).
///
///     let tested = try PatternTest().run(miner: PatternMiner(), labels: labels, relation: relation, workers: workers)
///     for pattern in tested.significant { print(pattern.pattern.industries, pattern.indexRatio ?? 0, pattern.qValue) }
///
/// Which patterns are tested does not depend on how prevalent they are: all pairs of industries with enough firms are
/// (``/ColocationMining/PatternMiner/industries(of:)``), then, size by size, patterns all of whose parts one smaller
/// are significant. θ plays no role; it may only filter what is shown.
///
/// p↑ = (1 + g)/(M + 1), with g the simulations whose index is at least as large, tests co-location; p↓, with those at
/// most as large, segregation (under random labelling only). Each is adjusted over the patterns of its size. A pattern
/// is *significant* when its adjusted p↑ is at most α and all its parts are significant.
///
/// Results are the same for any number of workers and any order of rows.
public struct PatternTest: Sendable, Equatable {
    /// How p-values are adjusted for the number of patterns.
    public enum Adjustment: Sendable, Equatable {
        /// Over all patterns of the size that were tested: holds the expected share of false discoveries among them.
        /// With m patterns and M simulations a single one can only be significant if M + 1 ≥ m / α.
        case withinSize(FalseDiscoveryAdjustment)
        /// By the largest standardized index of each simulation (Westfall & Young 1993): holds the probability of any
        /// false discovery of the size, and needs few simulations whatever the number of patterns.
        case stepDownMaximum

        /// What output and command line call it.
        public var name: String {
            switch self {
            case .withinSize(let adjustment): adjustment.rawValue
            case .stepDownMaximum: "max-t"
            }
        }

        /// How p-values of colocation quotients are adjusted, which have no step-down maximum.
        var ofQuotients: FalseDiscoveryAdjustment {
            if case .withinSize(let adjustment) = self { adjustment } else { .benjaminiHochberg }
        }

        /// The adjustment that output and command line call by a name.
        public init?(name: String) {
            if name == Self.stepDownMaximum.name {
                self = .stepDownMaximum
            } else if let adjustment = FalseDiscoveryAdjustment(rawValue: name) {
                self = .withinSize(adjustment)
            } else {
                return nil
            }
        }
    }

    /// M.
    public var simulations: Int
    /// What is left to chance.
    public var nullModel: NullModel
    /// How p-values are adjusted.
    public var adjustment: Adjustment
    /// α.
    public var significanceLevel: Double
    /// Of all simulations.
    public var seed: UInt64

    /// Indices of simulations are kept for a second look up to so many bytes; beyond, registers are simulated a second
    /// time.
    var bytesKept = 1 << 28

    /// - Precondition: at least one simulation; a level between 0 and 1, both excluded.
    public init(
        simulations: Int = 999, nullModel: NullModel = .randomLabelling,
        adjustment: Adjustment = .withinSize(.benjaminiHochberg), significanceLevel: Double = 0.05, seed: UInt64 = 1
    ) {
        precondition(simulations > 0, "\(simulations) simulations")
        precondition(significanceLevel > 0 && significanceLevel < 1, "a level of \(significanceLevel)")
        self.simulations = simulations
        self.nullModel = nullModel
        self.adjustment = adjustment
        self.significanceLevel = significanceLevel
        self.seed = seed
    }

    /// The most patterns of one size that are tested.
    public static var mostPatterns: Int { 1 << 20 }

    /// Tests all pairs, and larger patterns whose parts are significant.
    ///
    /// - Parameters:
    ///   - miner: says which industries take part, up to which size patterns go, and which index is compared; its
    ///     threshold is not used.
    ///   - labels: observed. With several entries a firm, all entries of a firm go together to a firm with as many.
    ///   - strata: for each canonical position a number from 0 on, within which labels are dealt; all firms together
    ///     when nil.
    ///   - progress: hears of each size, in simulations.
    /// - Complexity: for each size M times ``/ColocationMining/NeighborRelation/participation(in:of:workers:)`` of the
    ///   patterns tested, much less for pairs. Memory: linear in firms (some 150 bytes each) and in patterns (some 40
    ///   bytes each beside the result); with ``Adjustment/stepDownMaximum`` 8 bytes for each pattern and simulation up
    ///   to 256 MB.
    /// - Throws: ``PatternTestError``, ``/ColocationMining/ColocationError``, `WorkCancelled`.
    public func run(
        miner: PatternMiner, labels: IndustryLabels, relation: NeighborRelation, strata: [Int32]? = nil,
        workers: Workers = Workers(), progress: any WorkProgress = SilentProgress()
    ) throws -> TestedPatterns {
        let industries = miner.industries(of: labels)
        let pairs = industries.count * (industries.count - 1) / 2
        guard pairs <= Self.mostPatterns else {
            throw PatternTestError.tooManyPairs(industries: industries.count, limit: Self.mostPatterns)
        }
        let simulation = FamilySimulation(
            relation: relation, labels: labels, measure: miner.measure,
            dealing: try LabelDealing(
                of: labels, on: relation.sites, nullModel, strata: strata, seed: seed, workers: workers),
            workers: workers)
        var tested = TestedPatterns(test: self, measure: miner.measure)
        var family = PatternsTested.allPairs(of: industries)
        var size = 2
        while size <= miner.maximumSize, family.count > 0 {
            guard family.count <= Self.mostPatterns else {
                tested.untested = (size, family.count)
                break
            }
            progress.began(
                size == 2 ? "simulating pairs" : "simulating patterns of \(size)", total: simulations)
            tested.add(try test(family, by: simulation, progress))
            family = .listed(Self.candidates(from: tested.significant(ofSize: size)))
            size += 1
        }
        tested.markMaximal()
        return tested
    }

    /// Tests a list of patterns, of any sizes, as one family; a pattern is significant by itself, whatever its parts
    /// are.
    ///
    /// The list has to be fixed before looking at the register: patterns picked for being prevalent are not.
    ///
    /// - Parameters:
    ///   - patterns: at least two industries each, ascending. One with an industry without firms, or without weight,
    ///     has no index and is left out.
    ///   - measure: the index that is compared.
    /// - Throws: ``/ColocationMining/ColocationError``, `WorkCancelled`.
    public func run(
        patterns: [[Int32]], measure: PatternMiner.Measure = .minimum, labels: IndustryLabels,
        relation: NeighborRelation, strata: [Int32]? = nil, workers: Workers = Workers(),
        progress: any WorkProgress = SilentProgress()
    ) throws -> TestedPatterns {
        let simulation = FamilySimulation(
            relation: relation, labels: labels, measure: measure,
            dealing: try LabelDealing(
                of: labels, on: relation.sites, nullModel, strata: strata, seed: seed, workers: workers),
            workers: workers)
        var tested = TestedPatterns(test: self, measure: measure)
        let family = patterns.filter { $0.allSatisfy { labels.totals[Int($0)] > 0 } }
        guard !family.isEmpty else { return tested }
        progress.began("simulating patterns", total: simulations)
        tested.add(try test(.listed(family), by: simulation, progress))
        tested.markMaximal()
        return tested
    }

    /// Simulates a family and compares.
    private func test(
        _ family: PatternsTested, by simulation: FamilySimulation, _ progress: any WorkProgress
    ) throws -> [TestedPattern] {
        let patterns = try simulation.observed(family)
        let observed = patterns.map { simulation.measure.index(of: $0) ?? 0 }
        var null = NullIndices(observed: observed)
        let keeps = adjustment == .stepDownMaximum && observed.count * simulations * 8 <= bytesKept
        var kept: [[Double]] = []
        try simulation.forEachRegister(family, simulations: simulations) { indices in
            null.add(indices)
            if keeps { kept.append(indices) }
            progress.advanced(by: 1)
        }
        let pValues = null.pValues
        let adjusted: (upper: [Double], lower: [Double])
        switch adjustment {
        case .withinSize(let adjustment):
            adjusted = (
                adjustment.adjusted(pValues.map(\.upper.value)).compactMap { $0 },
                adjustment.adjusted(pValues.map(\.lower.value)).compactMap { $0 }
            )
        case .stepDownMaximum:
            var maximum = StepDownMaximum(null)
            if keeps {
                for indices in kept { maximum.add(indices) }
            } else {
                try simulation.forEachRegister(family, simulations: simulations) { maximum.add($0) }
            }
            adjusted = maximum.pValues
        }
        let testsSegregation = nullModel == .randomLabelling
        return patterns.indices.map { index in
            TestedPattern(
                pattern: patterns[index], index: observed[index], nullMean: null.means[index],
                nullDeviation: null.deviation(index), pValue: pValues[index].upper.value,
                qValue: adjusted.upper[index], isSignificant: isAtMostLevel(adjusted.upper[index]),
                segregationPValue: testsSegregation ? pValues[index].lower.value : nil,
                segregationQValue: testsSegregation ? adjusted.lower[index] : nil,
                isSegregated: testsSegregation && isAtMostLevel(adjusted.lower[index]))
        }
    }

    /// p-values of simulations are ratios that can meet the level exactly; rounding decides nothing.
    private func isAtMostLevel(_ value: Double) -> Bool { value <= significanceLevel * (1 + 1e-12) }

    /// The patterns one larger than some of one size all of whose parts are among these; ascending.
    static func candidates(from patterns: [[Int32]]) -> [[Int32]] {
        let known = Set(patterns)
        let sorted = patterns.sorted { $0.lexicographicallyPrecedes($1) }
        var candidates: [[Int32]] = []
        for (first, pattern) in sorted.enumerated() {
            let prefix = pattern.dropLast()
            for other in sorted[(first + 1)...] {
                guard other.dropLast() == prefix, let last = other.last else { break }
                let candidate = pattern + [last]
                // Without one of its last two industries it is one of the two that were joined.
                let hasAllParts = candidate.indices.dropLast(2).allSatisfy { slot in
                    var part = candidate
                    part.remove(at: slot)
                    return known.contains(part)
                }
                if hasAllParts { candidates.append(candidate) }
                // One more than are tested is enough to say so.
                if candidates.count > mostPatterns { return candidates }
            }
        }
        return candidates
    }
}

/// Why patterns cannot be tested.
public enum PatternTestError: Error, Sendable, Equatable, CustomStringConvertible {
    /// All pairs of the industries are more than can be tested at once.
    case tooManyPairs(industries: Int, limit: Int)

    public var description: String {
        switch self {
        case .tooManyPairs(let industries, let limit):
            "\(industries) industries make \(industries * (industries - 1) / 2) pairs, and at most \(limit) patterns "
                + "are tested at once: shorten the codes, ask for more firms an industry, or name the industries"
        }
    }
}
