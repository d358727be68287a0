/// How often firms of one industry have those of another among their nearest firms, compared with what the industries'
/// numbers alone would give (Leslie & Kronenfeld 2011).
///
///     CLQ_{a→b} = (C_{a→b} / N_a) / (N′_b / (N − 1)),   N′_b = N_b − 1 if a = b, else N_b
///
/// C_{a→b} adds up what industry b is of the nearest firms of each firm of a (``NearestFirms``). Above 1, a is drawn to
/// b; it is not symmetric, since b may be all around a, and a rare around b. Dealt at random, each quotient is 1 on
/// average, exactly.
///
///     let nearest = try NearestFirms(sites, count: 10, workers: workers)
///     let quotient = try ColocationQuotient(of: labels, nearest: nearest)
///     quotient.quotient(of: tanneries, toward: shoemakers)      // 2.3, say
///
/// Undefined (nil, never 0) where N_a = 0 or N′_b = 0, and with a single firm. An industry b that no firm of a has near
/// is 0. Firms weigh the same whatever their employment.
public struct ColocationQuotient: Sendable, Equatable {
    /// k: how many nearest firms were looked at.
    public let neighborCount: Int
    /// N_a for each industry, of the firms that take part.
    public let firmCounts: [Int]
    /// N.
    public let firms: Int
    /// C_{a→b} row by row, in units.
    private let units: [Int64]
    private let unitsPerFirm: Double

    /// - Complexity: O(n k + m²) for m industries.
    /// - Throws: ``ColocationQuotientError``.
    public init(of labels: IndustryLabels, nearest: NearestFirms) throws {
        let industries = try nearest.industries(of: labels)
        let shares = ColocationShares(nearest, industryCount: labels.industryCount)
        shares.count(industries)
        self.init(shares, industries: industries)
    }

    /// The quotients of what was counted last.
    ///
    /// - Parameter industries: the labels that were counted, or others with as many firms of each industry.
    public init(_ shares: ColocationShares, industries: [UInt16]) {
        var counts = [Int](repeating: 0, count: shares.industryCount)
        for industry in industries { counts[Int(industry)] += 1 }
        firmCounts = counts
        firms = industries.count
        neighborCount = shares.nearest.count
        units = shares.units
        unitsPerFirm = Double(shares.unitsPerPlace) * Double(max(1, shares.nearest.places))
    }

    /// The number of industries.
    public var industryCount: Int { firmCounts.count }

    /// C_{a→b}: between 0 and N_a; rows add up to N_a.
    public func share(of a: Int, toward b: Int) -> Double { Double(units[a * industryCount + b]) / unitsPerFirm }

    /// CLQ_{a→b}.
    public func quotient(of a: Int, toward b: Int) -> Double? {
        quotient(ofShare: share(of: a, toward: b), of: a, toward: b)
    }

    /// What CLQ_{a→b} would be if C_{a→b} were `share`: the mean over simulations, say.
    public func quotient(ofShare share: Double, of a: Int, toward b: Int) -> Double? {
        let others = a == b ? firmCounts[b] - 1 : firmCounts[b]
        guard firmCounts[a] > 0, others > 0 else { return nil }
        return share / Double(firmCounts[a]) * Double(firms - 1) / Double(others)
    }

    /// Whether firms have their own industry near, all industries together:
    ///
    ///     CLQ = Σ_a C_{a→a} / Σ_a N_a (N_a − 1)/(N − 1)
    ///
    /// Nil where no industry has two firms.
    public var global: Double? {
        let pairs = firmCounts.reduce(0.0) { $0 + Double($1) * Double($1 - 1) }
        guard pairs > 0 else { return nil }
        let own = (0..<industryCount).reduce(Int64(0)) { $0 + units[$1 * industryCount + $1] }
        return Double(own) / unitsPerFirm / (pairs / Double(firms - 1))
    }
}
