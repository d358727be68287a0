import ColocationMining
import ParallelWork

/// Patterns that are tested together.
enum PatternsTested: Sendable {
    /// Every two of some industries, ascending.
    case allPairs(of: [Int32])
    case listed([[Int32]])

    var count: Int {
        switch self {
        case .allPairs(let industries): industries.count * (industries.count - 1) / 2
        case .listed(let patterns): patterns.count
        }
    }

    /// Calls `body` with every two of some numbers below a count.
    @inline(__always)
    static func forEachPair(below count: Int, _ body: (Int, Int) -> Void) {
        for i in 0..<count {
            for j in i + 1..<max(i + 1, count) { body(i, j) }
        }
    }
}

/// The indices of patterns in the register, and in simulated ones as often as they are asked for.
///
/// Who is near whom is looked up in the one neighbor relation; a simulated register costs the dealing of its labels and the counting of the
/// patterns asked for, no others. Pairs are counted for several registers at once. Few firms leave threads little to share, so small
/// registers are simulated side by side, large ones one after the other, each by all workers: memory is then that of one.
struct FamilySimulation: Sendable {
    let relation: NeighborRelation
    let labels: IndustryLabels
    let measure: PatternMiner.Measure
    let dealing: LabelDealing
    let workers: Workers

    /// Below it registers are simulated side by side.
    private static var fewFirms: Int { 1 << 17 }

    /// The patterns as they are in the register.
    func observed(_ family: PatternsTested) throws -> [ColocationPattern] {
        switch family {
        case .listed(let patterns): return try relation.participation(in: patterns, of: labels, workers: workers)
        case .allPairs(let industries):
            guard
                let pairs = try relation.pairParticipation(of: [labels], industries: industries, workers: workers).first
            else { return [] }
            var patterns: [ColocationPattern] = []
            PatternsTested.forEachPair(below: industries.count) { i, j in
                patterns.append(
                    ColocationPattern(
                        industries: [industries[i], industries[j]],
                        participants: [pairs.participants(of: i, near: j), pairs.participants(of: j, near: i)],
                        totals: [labels.totals[Int(industries[i])], labels.totals[Int(industries[j])]]))
            }
            return patterns
        }
    }

    /// Calls `body` with the indices of the patterns in each simulated register, in the order of their numbers.
    ///
    /// - Throws: `WorkCancelled`, between registers as well.
    func forEachRegister(_ family: PatternsTested, simulations: Int, _ body: ([Double]) -> Void) throws {
        let together =
            switch family {
            case .allPairs(let industries): NeighborRelation.labellingsTogether(industryCount: industries.count)
            case .listed: 1
            }
        let isSideBySide = labels.industryOfFirm.count < Self.fewFirms
        let (outer, inner) = isSideBySide ? (workers, workers.single) : (workers.single, workers)
        // Enough for all workers, at most some 64 MB of indices.
        let pieces = isSideBySide ? max(1, min(8 * workers.count, (1 << 23) / (together * max(1, family.count)))) : 1
        var next = 0
        while next < simulations {
            let block = next..<min(simulations, next + pieces * together)
            let results = ResultSlots<[[Double]]>(count: (block.count + together - 1) / together)
            try outer.forEach(in: block, grain: together) { replicates, _ in
                results.set(
                    (replicates.lowerBound - block.lowerBound) / together,
                    try indices(of: family, in: replicates, workers: inner))
            }
            for indices in results.values.joined() { body(indices) }
            next = block.upperBound
        }
    }

    private func indices(of family: PatternsTested, in replicates: Range<Int>, workers: Workers) throws -> [[Double]] {
        let dealt = ResultSlots<IndustryLabels>(count: replicates.count)
        try workers.forEach(in: 0..<replicates.count, grain: 1) { range, _ in
            for index in range { dealt.set(index, dealing.labels(replicate: replicates.lowerBound + index)) }
        }
        switch family {
        case .listed(let patterns):
            return try dealt.values.map { labels in
                try relation.participation(in: patterns, of: labels, workers: workers)
                    .map { measure.index(of: $0) ?? 0 }
            }
        case .allPairs(let industries):
            let totals = industries.map { Double(labels.totals[Int($0)]) }
            return try relation.pairParticipation(of: dealt.values, industries: industries, workers: workers)
                .map { pairs in
                    var indices: [Double] = []
                    indices.reserveCapacity(family.count)
                    PatternsTested.forEachPair(below: industries.count) { i, j in
                        let first = Double(pairs.participants(of: i, near: j)) / totals[i]
                        let second = Double(pairs.participants(of: j, near: i)) / totals[j]
                        indices.append(measure == .minimum ? min(first, second) : max(first, second))
                    }
                    return indices
                }
        }
    }
}

extension PatternMiner.Measure {
    /// The index of a pattern; nil when one of its industries has no firms, or none that weighs anything.
    func index(of pattern: ColocationPattern) -> Double? {
        switch self {
        case .minimum: pattern.participationIndex
        case .maximum: pattern.maximumParticipationRatio
        }
    }
}
