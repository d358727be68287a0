import ColocationMining
import FirmModel
import ParallelWork
import PatternAnalysis
import SignificanceTesting
import SpatialIndex

/// The co-location patterns of a register that become groups, and what is needed to find their firms in other labellings of it.
struct PatternGroups: Sendable {
    /// A pattern that becomes a group.
    struct Chosen: Sendable {
        var pattern: ColocationPattern
        var pValue: Double
        var qValue: Double
    }

    /// By size, then by industries.
    let chosen: [Chosen]
    /// The search as a whole.
    let outcome: PatternSearchOutcome
    private let relation: NeighborRelation
    private let industryCount: Int

    /// The patterns that do not become groups though they were tested.
    var testedInVain: Int { outcome.tested - chosen.count }

    /// Searches a register.
    ///
    /// - Throws: `ColocationError` for more industries than can be mined, `WorkCancelled`.
    init(
        _ request: DetectionRequest, of selected: SelectedIndustries, in register: PreparedRegister, workers: Workers,
        progress: any WorkProgress
    ) throws {
        let search = request.patterns
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
        miner.minimumIndex = 0.3
        let industries = miner.industries(of: labels).count
        progress.began("mining patterns", total: nil)
        let found = try miner.patterns(of: labels, in: relation, workers: workers)
        let prevalent = found.filter { ($0.participationIndex ?? 0) >= search.minimumIndex }
        chosen = Self.maximal(prevalent.map { Chosen(pattern: $0, pValue: 0, qValue: 0) })
        outcome = PatternSearchOutcome(
            search: search, industries: industries, tested: found.count, significant: found.count,
            groups: chosen.count, procedure: "")
    }

    /// Those that are in no larger one.
    private static func maximal(_ patterns: [Chosen]) -> [Chosen] {
        var parts: Set<[Int32]> = []
        for pattern in patterns {
            let industries = pattern.pattern.industries
            // A part of a part is found by way of the part: all subsets of a significant pattern are significant.
            for left in industries.indices {
                parts.insert(Array(industries[..<left] + industries[(left + 1)...]))
            }
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
