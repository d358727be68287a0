public import ParallelWork
import SpatialIndex

/// For every ordered pair of some industries how much of the first takes part in the pattern of the two: has a neighbor of the second.
public struct PairParticipation: Sendable, Equatable {
    /// The industries, as they were asked for.
    public let industries: [Int32]
    /// Element i · m + j: the firms of the i-th of m industries, or their weight, with a neighbor of the j-th.
    let counts: [Int64]

    /// The firms of the i-th industry, or their weight, with a neighbor of the j-th.
    public func participants(of i: Int, near j: Int) -> Int64 { counts[i * industries.count + j] }
}

extension NeighborRelation {
    /// How many labellings of so many industries ``pairParticipation(of:industries:workers:)`` takes at once. Each then costs a fraction of
    /// one by itself.
    public static func labellingsTogether(industryCount: Int) -> Int {
        max(1, InterleavedLabellings.mostWords / max(1, (industryCount + 63) / 64))
    }

    /// Which firms of each industry have neighbors of each other one, in several labellings of the same firms.
    ///
    /// Neighbors are looked up once for ``labellingsTogether(industryCount:)`` labellings, whose industries are kept as bits of one row of
    /// memory for each site: what is near a firm is the union of its neighbors' rows.
    ///
    /// - Parameters:
    ///   - labellings: all with weights, or none.
    ///   - industries: those whose pairs are counted, each once.
    /// - Returns: for each labelling the same as one by one.
    /// - Complexity: a pass over the neighbors of every firm for each 8 ⌊m / 64⌋ labellings; memory for 80 bytes a firm, and 64 m² to
    ///   512 m² bytes a worker. With more than 512 industries, or several entries a firm, a pass for each labelling.
    /// - Throws: `WorkCancelled`, ``ColocationError/tooManyIndustries(_:limit:)``.
    public func pairParticipation(
        of labellings: [IndustryLabels], industries: [Int32], workers: Workers = Workers()
    ) throws -> [PairParticipation] {
        let words = (industries.count + 63) / 64
        guard words <= InterleavedLabellings.mostWords, labellings.allSatisfy({ $0.firmOfEntry == nil }) else {
            return try labellings.map { labels in
                let occupants = try Occupants(of: labels, in: self, industries: industries, workers: workers)
                return PairParticipation(
                    industries: industries, counts: try PairTable(occupants, in: self, workers: workers).counts)
            }
        }
        let together = Self.labellingsTogether(industryCount: industries.count)
        return try stride(from: 0, to: labellings.count, by: together).flatMap { first in
            let some = try InterleavedLabellings(
                Array(labellings[first..<min(first + together, labellings.count)]), industries: industries, in: self,
                workers: workers)
            return try pairCounts(of: some, workers: workers)
                .map { PairParticipation(industries: industries, counts: $0) }
        }
    }

    /// For each labelling the counts of ordered pairs.
    private func pairCounts(of labellings: InterleavedLabellings, workers: Workers) throws -> [[Int64]] {
        let counters = PerWorker(workers) { LabellingCounter(labellings, self) }
        try workers.forEach(in: 0..<cells.count, grain: Self.grain) { cells, worker in counters[worker].count(cells) }
        let count = labellings.industryCount
        return (0..<labellings.count).map { labelling in
            var counts = [Int64](repeating: 0, count: count * count)
            for worker in 0..<workers.count { counters[worker].add(labelling, to: &counts) }
            return counts
        }
    }
}
