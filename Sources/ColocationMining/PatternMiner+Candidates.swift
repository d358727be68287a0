extension PatternMiner {
    /// The patterns one larger than some, of one size, that may be prevalent as far as these tell; ascending.
    ///
    /// - Throws: ``ColocationError/tooManyPatterns(size:limit:)``.
    func candidates(from patterns: PatternList, industryCount: Int) throws(ColocationError) -> PatternList {
        switch measure {
        case .minimum: try Self.joined(patterns)
        case .maximum: try Self.extended(patterns, industryCount: industryCount)
        }
    }

    /// The most candidates of a size: some hundred megabytes.
    static let mostCandidates = 1 << 20

    /// Patterns all of whose parts one smaller are in a list that ascends: those that agree but for the last industry
    /// are joined (Agrawal & Srikant 1994).
    private static func joined(_ patterns: PatternList) throws(ColocationError) -> PatternList {
        var candidates = PatternList()
        var start = 0
        while start < patterns.count {
            let prefix = patterns[start].dropLast()
            var end = start + 1
            while end < patterns.count, patterns[end].dropLast().elementsEqual(prefix) { end += 1 }
            for first in start..<end {
                for second in first + 1..<max(first + 1, end) {
                    guard let last = patterns[second].last else { continue }
                    let candidate = Array(patterns[first]) + [last]
                    // The parts without one of the last two industries are the two that were joined.
                    let hasAllParts = (0..<candidate.count - 2).allSatisfy { slot in
                        var part = candidate
                        part.remove(at: slot)
                        return patterns.contains(part)
                    }
                    guard hasAllParts else { continue }
                    candidates.append(candidate)
                    guard candidates.count <= mostCandidates else {
                        throw .tooManyPatterns(size: candidate.count, limit: mostCandidates)
                    }
                }
            }
            start = end
        }
        return candidates
    }

    /// Patterns of whose parts one smaller at most one is not in a list that ascends.
    private static func extended(
        _ patterns: PatternList, industryCount: Int
    ) throws(ColocationError) -> PatternList {
        var partners = [Bool](repeating: false, count: industryCount)
        for industry in patterns.industries { partners[Int(industry)] = true }
        let industries = partners.indices.filter { partners[$0] }.map { UInt16($0) }
        var found: Set<[UInt16]> = []
        for index in 0..<patterns.count {
            let pattern = Array(patterns[index])
            for industry in industries where !pattern.contains(industry) {
                let candidate = (pattern + [industry]).sorted()
                guard !found.contains(candidate) else { continue }
                var missing = 0
                for slot in candidate.indices {
                    var part = candidate
                    part.remove(at: slot)
                    if !patterns.contains(part) { missing += 1 }
                }
                guard missing <= 1 else { continue }
                found.insert(candidate)
                guard found.count <= mostCandidates else {
                    throw .tooManyPatterns(size: candidate.count, limit: mostCandidates)
                }
            }
        }
        var candidates = PatternList()
        for candidate in found.sorted(by: { $0.lexicographicallyPrecedes($1) }) { candidates.append(candidate) }
        return candidates
    }
}

/// Patterns and what takes part in them.
struct CountedPatterns: Sendable {
    private(set) var patterns = PatternList()
    /// For each industry of each pattern.
    private(set) var counts: [Int64] = []
    private let totals: [Int64]

    init(totals: [Int64]) { self.totals = totals }

    mutating func append(_ pattern: ArraySlice<UInt16>, _ counts: ArraySlice<Int64>) {
        patterns.append(pattern)
        self.counts.append(contentsOf: counts)
    }

    mutating func append(_ others: CountedPatterns) {
        for index in 0..<others.patterns.count {
            append(others.patterns[index], others.counts[others.patterns.span(index)])
        }
    }

    /// The patterns by the industries that their numbers stand for: by size, then by industries.
    func named(_ industries: [Int32]) -> [ColocationPattern] {
        (0..<patterns.count).map { index in
            let entries = patterns.span(index).map { place in
                let number = Int(patterns.industries[place])
                return (industry: industries[number], count: counts[place], total: totals[number])
            }.sorted { $0.industry < $1.industry }
            return ColocationPattern(
                industries: entries.map(\.industry), participants: entries.map(\.count), totals: entries.map(\.total))
        }
        .sorted {
            $0.size != $1.size ? $0.size < $1.size : $0.industries.lexicographicallyPrecedes($1.industries)
        }
    }
}
