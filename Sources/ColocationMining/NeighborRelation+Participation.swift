public import ParallelWork
import SpatialIndex

extension NeighborRelation {
    /// How many firms take part in each of some patterns.
    ///
    /// - Parameter candidates: sets of at least two industries of the labels, ascending, of any sizes.
    /// - Returns: the patterns in the order of the candidates.
    /// - Complexity: for each firm and candidate with industries around it a look at a few words of bits, and a search
    ///   for one clique where that does not tell. Memory: linear in firms, in candidates, and in the square of the
    ///   firms around one cell up to 32 MB, the latter two for each worker.
    /// - Throws: `WorkCancelled`, ``ColocationError/tooManyIndustries(_:limit:)``.
    public func participation(
        in candidates: [[Int32]], of labels: IndustryLabels, workers: Workers = Workers()
    ) throws -> [ColocationPattern] {
        let (occupants, list) = try numbered(candidates, of: labels, workers: workers)
        let tally = try tally(of: list, occupants, workers: workers)
        return candidates.indices.map { index in
            // Counts come in the order of the numbers.
            var counts: [Int32: Int64] = [:]
            for place in list.span(index) { counts[occupants.numbering[Int(list.industries[place])]] = tally[place] }
            return ColocationPattern(
                industries: candidates[index], participants: candidates[index].map { counts[$0, default: 0] },
                totals: candidates[index].map { labels.totals[Int($0)] })
        }
    }

    /// The firms that take part in a pattern, by canonical position, ascending.
    public func participants(
        in pattern: [Int32], of labels: IndustryLabels, workers: Workers = Workers()
    ) throws -> [Int32] {
        try participants(inEach: [pattern], of: labels, workers: workers)[0]
    }

    /// The firms that take part in each of some patterns, by canonical position, ascending.
    ///
    /// - Complexity: as ``participation(in:of:workers:)``; memory for 8 bytes a participant of each pattern.
    public func participants(
        inEach candidates: [[Int32]], of labels: IndustryLabels, workers: Workers = Workers()
    ) throws -> [[Int32]] {
        let (occupants, list) = try numbered(candidates, of: labels, workers: workers)
        let searches = try searched(list, occupants, workers: workers, listsHits: true)
        // The place of a counter in the list tells its pattern.
        var patternOfCounter: [Int32] = []
        for pattern in 0..<list.count { patternOfCounter += list.span(pattern).map { _ in Int32(pattern) } }
        var occupantsOfPattern = [[Int32]](repeating: [], count: list.count)
        for worker in 0..<workers.count {
            for hit in searches.byWorker[worker].search.hits {
                let counter = searches.forest.nodes[Int(hit.node)].counter
                occupantsOfPattern[Int(patternOfCounter[Int(counter)])].append(hit.occupant)
            }
        }
        let firms = FirmsOfOccupants(occupants, labels, self)
        return occupantsOfPattern.map { occupants in occupants.flatMap(firms.firms).sorted() }
    }

    /// The occupants of the industries of some candidates, and the candidates in the numbers of these.
    private func numbered(
        _ candidates: [[Int32]], of labels: IndustryLabels, workers: Workers
    ) throws -> (Occupants, PatternList) {
        let industries = labels.rarestFirst(Set(candidates.joined()))
        guard industries.count <= Int(UInt16.max) else {
            throw ColocationError.tooManyIndustries(industries.count, limit: Int(UInt16.max))
        }
        var numbers: [Int32: UInt16] = [:]
        for (number, industry) in industries.enumerated() { numbers[industry] = UInt16(number) }
        var list = PatternList()
        for candidate in candidates {
            precondition(candidate.count > 1, "a pattern has at least two industries")
            precondition(zip(candidate, candidate.dropFirst()).allSatisfy { $0 < $1 }, "industries ascend")
            list.append(candidate.map { numbers[$0, default: 0] }.sorted())
        }
        return (try Occupants(of: labels, in: self, industries: industries, workers: workers), list)
    }

    /// What takes part in each of some patterns: for each industry of each.
    func tally(of candidates: PatternList, _ occupants: Occupants, workers: Workers) throws -> [Int64] {
        let searches = try searched(candidates, occupants, workers: workers, listsHits: false)
        var tally = [Int64](repeating: 0, count: candidates.industryTotal)
        for worker in 0..<workers.count {
            for (index, node) in searches.forest.nodes.enumerated() where node.counter >= 0 {
                tally[Int(node.counter)] += searches.byWorker[worker].search.tally[index]
            }
        }
        return tally
    }

    private func searched(
        _ candidates: PatternList, _ occupants: Occupants, workers: Workers, listsHits: Bool
    ) throws -> (forest: CandidateForest, byWorker: PerWorker<WorkersSearch>) {
        let forest = CandidateForest(candidates, industryCount: occupants.industryCount)
        let searches = PerWorker(workers) {
            WorkersSearch(CliqueSearch(forest, of: occupants, in: self, listsHits: listsHits))
        }
        try workers.forEach(in: 0..<cells.count, grain: Self.grain) { cells, worker in
            searches[worker].search.search(cells)
        }
        return (forest, searches)
    }
}

/// One worker's search.
private final class WorkersSearch {
    var search: CliqueSearch

    init(_ search: consuming CliqueSearch) { self.search = search }
}

/// The firms that occupants stand for.
private struct FirmsOfOccupants {
    private let occupants: Occupants
    private let labels: IndustryLabels
    private let relation: NeighborRelation

    init(_ occupants: Occupants, _ labels: IndustryLabels, _ relation: NeighborRelation) {
        self.occupants = occupants
        self.labels = labels
        self.relation = relation
    }

    /// The canonical positions of an occupant's firms.
    func firms(_ occupant: Int32) -> [Int32] {
        // The last position whose occupants begin at or before this one, and that has any.
        var (low, high) = (0, occupants.starts.count - 1)
        while high - low > 1 {
            let middle = (low + high) / 2
            if occupants.starts[middle] <= occupant { low = middle } else { high = middle }
        }
        let site = Int(relation.cells.rows.order[low])
        let industry = occupants.numbering[Int(occupants.industries[Int(occupant)])]
        let firm = occupants.firmOfEntry.isEmpty ? nil : occupants.firmOfEntry[Int(occupant)]
        return (relation.sites.firmStarts[site]..<relation.sites.firmStarts[site + 1]).filter {
            labels.industryOfFirm[Int($0)] == industry && (firm == nil || labels.firmOfEntry?[Int($0)] == firm)
        }
    }
}
