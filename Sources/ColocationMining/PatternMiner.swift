public import ParallelWork

/// Finds all co-location patterns of industries: level by level, from pairs on (Huang, Shekhar & Xiong 2004).
///
///     var miner = PatternMiner()
///     miner.minimumIndex = 0.1
///     let patterns = try miner.patterns(of: labels, in: relation, workers: workers)
///
/// A pattern is *prevalent* when its index is at least θ. The participation index never grows with a pattern, so larger
/// patterns are looked for only where all parts are prevalent. The maximum participation ratio is only weakly monotone:
/// of the parts of a prevalent pattern that are one smaller at most one is not, the one without the industry with the
/// largest ratio (Huang, Pei & Xiong 2006).
public struct PatternMiner: Sendable {
    /// The index that θ bounds.
    public enum Measure: String, Sendable, CaseIterable {
        /// The participation index: every industry of the pattern keeps to it.
        case minimum
        /// The maximum participation ratio: some industry, maybe a rare one, keeps to the pattern.
        case maximum
    }

    /// The largest number of industries of a pattern.
    public var maximumSize = 5
    /// θ.
    public var minimumIndex = 0.3
    /// Industries with fewer firms take no part: with one firm, a single accidental neighbor makes a ratio of 1.
    public var minimumFirms = 10
    /// The index that θ bounds.
    public var measure = Measure.minimum

    /// The defaults.
    public init() {}

    /// The industries with enough firms, ascending; with weights, those that weigh something.
    public func industries(of labels: IndustryLabels) -> [Int32] {
        (0..<Int32(labels.industryCount)).filter {
            labels.firmCounts[Int($0)] >= max(1, minimumFirms) && labels.totals[Int($0)] > 0
        }
    }

    /// All prevalent patterns, by size, then by their industries.
    ///
    /// - Complexity: one pass over the neighbors of every firm for all pairs, and one more for each size; see
    ///   ``NeighborRelation/participation(in:of:workers:)``.
    /// - Throws: `WorkCancelled`, ``ColocationError``: more industries, or candidates of a size, than can be mined at once.
    public func patterns(
        of labels: IndustryLabels, in relation: NeighborRelation, workers: Workers = Workers()
    ) throws -> [ColocationPattern] {
        let industries = labels.rarestFirst(industries(of: labels))
        guard industries.count > 1, maximumSize > 1 else { return [] }
        let occupants = try Occupants(of: labels, in: relation, industries: industries, workers: workers)
        let totals = industries.map { labels.totals[Int($0)] }
        var found = CountedPatterns(totals: totals)
        let table = try PairTable(occupants, in: relation, workers: workers)
        var level = pairs(table, totals)
        let filter = maximumSize > 2 ? try StarFilter(table, occupants, workers: workers) : nil
        found.append(level)
        var size = 3
        while size <= maximumSize, level.patterns.count > 1 {
            // Looking around every firm costs as much as many candidates do: where the filter leaves few, the next size
            // is looked for in the same pass, as if all of this size were prevalent.
            let first = try survivors(of: level.patterns, filter, totals, workers: workers)
            guard first.count > 0 else { break }
            var candidates = first
            if size < maximumSize, filter != nil, first.count > 1 {
                // Too many of them is no reason to give up: fewer may be left when this size is known.
                do {
                    let second = try survivors(of: first, filter, totals, workers: workers)
                    if second.count <= max(Self.fewCandidates, 2 * first.count) { candidates.append(second) }
                } catch is ColocationError {}
            }
            let tally = try relation.tally(of: candidates, occupants, workers: workers)
            level = CountedPatterns(totals: totals)
            for index in 0..<candidates.count {
                let (pattern, counts) = (candidates[index], tally[candidates.span(index)])
                guard isPrevalent(pattern, counts, totals) else { continue }
                if pattern.count > size, level.patterns.count > 0, level.patterns[0].count == size {
                    found.append(level)
                    level = CountedPatterns(totals: totals)
                }
                level.append(pattern, counts)
            }
            found.append(level)
            guard candidates.count > first.count else {
                size += 1
                continue
            }
            // Patterns that were looked for and not found need no second look.
            guard level.patterns.count > 0, level.patterns[0].count > size else { break }
            size += 2
        }
        return found.named(industries)
    }

    /// So many candidates of the next size are always looked for in the same pass.
    private static let fewCandidates = 4096

    /// The patterns one larger than some that may be prevalent.
    private func survivors(
        of patterns: PatternList, _ filter: StarFilter?, _ totals: [Int64], workers: Workers
    ) throws -> PatternList {
        let candidates = try candidates(from: patterns, industryCount: totals.count)
        return try filter?.survivors(of: candidates, workers: workers) { isPrevalent($0, $1, totals) } ?? candidates
    }

    private func pairs(_ table: PairTable, _ totals: [Int64]) -> CountedPatterns {
        var pairs = CountedPatterns(totals: totals)
        for first in totals.indices {
            for second in first + 1..<max(first + 1, totals.count) {
                let counts = [table.count(of: first, near: second), table.count(of: second, near: first)]
                let pair = [UInt16(first), UInt16(second)]
                if isPrevalent(pair[...], counts[...], totals) { pairs.append(pair[...], counts[...]) }
            }
        }
        return pairs
    }

    /// Whether the index is at least θ.
    func isPrevalent(_ industries: ArraySlice<UInt16>, _ counts: ArraySlice<Int64>, _ totals: [Int64]) -> Bool {
        var (smallest, largest) = (1.0, 0.0)
        for (industry, count) in zip(industries, counts) {
            let ratio = Double(count) / Double(totals[Int(industry)])
            smallest = min(smallest, ratio)
            largest = max(largest, ratio)
        }
        return (measure == .minimum ? smallest : largest) >= minimumIndex
    }
}
