/// The best zones around centers for one industry: all of them, or those that come first.
struct CandidateList {
    private(set) var candidates: [ZoneCandidate] = []
    /// Whether none was left out for want of room.
    private(set) var isComplete = true
    /// Candidates with a smaller ratio are not wanted, for good or for want of room.
    private(set) var floor: Double
    private let limit: Int

    /// - Parameter limit: how many are kept at least; there is room for twice as many.
    init(floor: Double, limit: Int) {
        self.floor = floor
        self.limit = limit
    }

    mutating func append(_ candidate: ZoneCandidate) {
        candidates.append(candidate)
        guard candidates.count == 2 * limit else { return }
        candidates.sort { $0.precedes($1) }
        candidates.removeLast(limit)
        isComplete = false
        floor = max(floor, candidates[limit - 1].ratio)
    }

    /// The candidates of several lists in order: when some list is not complete, as many as none has left out.
    init(merging lists: [CandidateList]) {
        self.init(floor: 0, limit: lists.map(\.limit).min() ?? 0)
        isComplete = lists.allSatisfy(\.isComplete)
        candidates = lists.flatMap(\.candidates)
        candidates.sort { $0.precedes($1) }
        // The first k of all are among the first k of each.
        if !isComplete { candidates.removeLast(max(0, candidates.count - limit)) }
    }
}
