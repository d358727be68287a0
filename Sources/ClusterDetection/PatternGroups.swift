import ColocationMining
import FirmModel
import ParallelWork
import PatternAnalysis
import SignificanceTesting
import SpatialIndex

/// The co-location patterns of a register that become groups, and what is needed to find their firms in other labellings of it.
struct PatternGroups: Sendable {
    /// Those that become groups, by size, then by industries.
    let chosen: [TestedPattern]
    /// The search as a whole.
    let outcome: PatternSearchOutcome
    private let relation: NeighborRelation
    private let industryCount: Int

    /// The patterns that do not become groups though they were tested.
    var testedInVain: Int { outcome.tested - chosen.count }

    /// Searches a register.
    ///
    /// - Throws: `PatternTestError` and `ColocationError` for more industries than can be tested, `WorkCancelled`.
    init(
        _ request: DetectionRequest, of selected: SelectedIndustries, in register: PreparedRegister, workers: Workers,
        progress: any WorkProgress
    ) throws {
        let (search, test) = (request.patterns, PatternTest(request))
        relation = try NeighborRelation(register.sites, distance: search.neighborDistance, workers: workers)
        industryCount = register.industries.count
        // Firms of industries that were not asked for take no part.
        var isSelected = [Bool](repeating: false, count: industryCount)
        for industry in selected.industries { isSelected[Int(industry)] = true }
        let labels = IndustryLabels(
            industryOfFirm: register.industryOfFirm.map { isSelected[Int($0)] ? $0 : -1 }, industryCount: industryCount)
        var miner = PatternMiner()
        miner.maximumSize = search.maximumSize
        miner.minimumFirms = search.minimumFirms
        let tested = try test.run(
            miner: miner, labels: labels, relation: relation, strata: register.stratumOfFirm, workers: workers,
            progress: progress)
        let significant = tested.significant
        // The index never grows with a pattern: all parts of a prevalent one are prevalent.
        chosen = Self.maximal(significant.filter { $0.index >= search.minimumIndex })
        outcome = PatternSearchOutcome(
            search: search, test: test, industries: miner.industries(of: labels).count, tested: tested.patterns.count,
            significant: significant.count, groups: chosen.count, warnings: tested.warnings)
    }

    /// Those that no other holds.
    ///
    /// - Parameter patterns: all parts of each, of two industries or more, are among them.
    private static func maximal(_ patterns: [TestedPattern]) -> [TestedPattern] {
        var parts: Set<[Int32]> = []
        for tested in patterns {
            let industries = tested.pattern.industries
            for left in industries.indices { parts.insert(Array(industries[..<left] + industries[(left + 1)...])) }
        }
        return patterns.filter { !parts.contains($0.pattern.industries) }
    }

    /// The firms that take part in some of the patterns, by canonical position, ascending: all patterns in one pass over the ground.
    ///
    /// - Parameters:
    ///   - patterns: indices of ``chosen``; all when nil.
    ///   - labels: for each canonical position the industry of the firm.
    /// - Returns: the firms of every pattern, none for those that were not asked for.
    /// - Throws: `WorkCancelled`.
    func participants(in patterns: [Int]? = nil, labels: [Int32], workers: Workers) throws -> [[Int32]] {
        let patterns = patterns ?? Array(chosen.indices)
        var participants = [[Int32]](repeating: [], count: chosen.count)
        guard !patterns.isEmpty else { return participants }
        let found = try relation.participants(
            inEach: patterns.map { chosen[$0].pattern.industries },
            of: IndustryLabels(industryOfFirm: labels, industryCount: industryCount), workers: workers)
        for (pattern, firms) in zip(patterns, found) { participants[pattern] = firms }
        return participants
    }
}

extension PatternTest {
    /// As clusters are tested, or else as the search says; by the step-down maximum, which few simulations are enough for whatever the
    /// number of patterns.
    init(_ request: DetectionRequest) {
        let test = request.test ?? ClusterTest(simulations: request.patterns.simulations)
        self.init(
            simulations: test.simulations, nullModel: test.nullModel, adjustment: .stepDownMaximum,
            significanceLevel: test.significanceLevel, seed: request.seed)
    }
}
