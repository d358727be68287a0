import SpatialIndex

/// The points of a question, site by site, and the order in which ties between them are decided.
struct RankedPoints {
    /// Site s of the subset holds points `starts[s]..<starts[s + 1]`.
    let starts: [Int32]
    /// In the same places the ranks of the site's points, ascending.
    let ranks: [Int32]
    /// The point with each rank; nil when points rank by their number.
    private let pointOfRank: [Int32]?

    /// The number of points.
    var count: Int { ranks.count }

    init(of subset: SiteSubset?, in sites: Sites, ranks: [Int32]?) throws(OPTICSError) {
        var starts: [Int32]
        if let subset {
            starts = [0]
            starts.reserveCapacity(subset.count + 1)
            for site in 0..<subset.count {
                let isCrowded = subset.countsFirms && !subset.counts.isEmpty
                starts.append(starts[site] + (isCrowded ? subset.counts[site] : 1))
            }
        } else {
            starts = sites.firmStarts
        }
        let count = Int(starts[starts.count - 1])
        self.starts = starts
        guard var ranks else {
            self.ranks = (0..<Int32(count)).map { $0 }
            pointOfRank = nil
            return
        }
        guard ranks.count == count else { throw .badRanks }
        var pointOfRank = [Int32](repeating: -1, count: count)
        for (point, rank) in ranks.enumerated() {
            guard pointOfRank.indices.contains(Int(rank)), pointOfRank[Int(rank)] < 0 else { throw .badRanks }
            pointOfRank[Int(rank)] = Int32(point)
        }
        for site in 0..<starts.count - 1 where starts[site + 1] - starts[site] > 1 {
            ranks[Int(starts[site])..<Int(starts[site + 1])].sort()
        }
        self.ranks = ranks
        self.pointOfRank = pointOfRank
    }

    /// Ranks as points; negative numbers stay.
    func points(_ ranks: [Int32]) -> [Int32] {
        guard let pointOfRank else { return ranks }
        return ranks.map { $0 < 0 ? $0 : pointOfRank[Int($0)] }
    }
}
