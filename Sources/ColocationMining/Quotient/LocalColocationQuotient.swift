public import ParallelWork

/// For each firm, how much of an industry it has around, compared with the industry's share of all other firms
/// (Cromley, Hanink & Bentley 2014; Wang et al. 2017): where, on the map, one industry is drawn to another.
///
///     LCLQ_{i→b} = N_{i→b} / (N′_b / (N − 1)),   N_{i→b} = Σ_j w_ij [f(j) = b] / Σ_j w_ij
///
/// with N′_b = N_b − 1 for a firm of b itself, else N_b, and the weights of ``KernelNeighborhood``.
///
///     let nearest = try NearestFirms(sites, count: 10, workers: workers)
///     let local = try LocalColocationQuotient(of: tanneries, toward: shoemakers, labels, nearest: nearest)
///     zip(local.firms, local.quotients)
///
/// Undefined (nil) where N′_b = 0 and with a single firm.
public struct LocalColocationQuotient: Sendable, Equatable {
    /// The industry whose firms were asked about; nil for all firms.
    public let industry: Int?
    /// The industry that was looked for around them, b.
    public let target: Int
    /// Canonical positions of the firms, ascending.
    public let firms: [Int32]
    /// LCLQ_{i→b} of each.
    public let quotients: [Double?]

    /// - Parameters:
    ///   - industry: whose firms are asked about; all firms when nil.
    ///   - target: the industry looked for around them.
    ///   - nearest: of m firms.
    /// - Complexity: O(n m).
    /// - Throws: ``ColocationQuotientError``, `WorkCancelled`.
    public init(
        of industry: Int? = nil, toward target: Int, _ labels: IndustryLabels, nearest: NearestFirms,
        workers: Workers = Workers()
    ) throws {
        let industries = try nearest.industries(of: labels)
        let targets = industries.count { Int($0) == target }
        let others = Double(nearest.firmCount - 1)
        // By rank: NaN for firms that were not asked about.
        let byRank = try [Double](count: nearest.firmCount) { byRank in
            for rank in 0..<nearest.firmCount { byRank[rank] = .nan }
            try nearest.forEachKernelNeighborhood(
                of: industry, toward: target, labels: industries, workers: workers
            ) { neighborhood, _ in
                let expected = Double(neighborhood.isOfTarget ? targets - 1 : targets) / others
                let share = Double(neighborhood.weightToward) / Double(neighborhood.weight)
                for rank in neighborhood.ranks where expected > 0 { byRank[Int(rank)] = share / expected }
            }
        }
        let ranks = industries.indices.filter { industry == nil || Int(industries[$0]) == industry }
        self.industry = industry
        self.target = target
        firms = ranks.map { nearest.firms[$0] }
        quotients = ranks.map { byRank[$0].isNaN ? nil : byRank[$0] }
    }
}
