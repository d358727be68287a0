/// A band that simulated curves seldom leave, and what "seldom" means for it.
///
/// A curve that leaves a *pointwise* 5 percent band somewhere is no finding: over fifty distances a third of the curves
/// of chance do, or more. Only a *global* band is a test of the whole curve.
public struct Envelope: Sendable, Equatable {
    /// What the level of an envelope is about.
    public enum Kind: String, Sendable, CaseIterable {
        /// Local: at a point chosen beforehand a curve of chance is outside with probability α.
        case pointwise
        /// Global: a curve of chance is outside anywhere with probability α, by its largest standardized deviation.
        case maximumDeviation = "maximum-deviation"
        /// Global, by extreme rank length.
        case extremeRankLength = "extreme-rank-length"
    }

    /// Where the band comes from.
    public let kind: Kind
    /// α, the probability of leaving the band by chance: what the simulations can resolve, at most the level asked for.
    public let level: Double
    /// M, the simulated curves behind it.
    public let simulations: Int
    /// The lower bound at each point; nil where a curve was undefined.
    public let lower: [Double?]
    /// The upper bound at each point; nil where a curve was undefined.
    public let upper: [Double?]

    /// Whether the level is about the whole curve.
    public var isGlobal: Bool { kind != .pointwise }

    /// Points at which a curve is outside: below the lower or above the upper bound, not on it. Undefined points are
    /// never outside.
    ///
    /// - Precondition: the curve is as long as the bounds.
    public func pointsOutside(_ curve: [Double?]) -> [Int] {
        precondition(curve.count == lower.count, "a curve taken at the points of the envelope")
        return curve.indices.filter { point in
            guard let value = curve[point], let lower = lower[point], let upper = upper[point] else { return false }
            return value < lower || value > upper
        }
    }
}

extension SimulatedCurves {
    /// The pointwise band between the k-th smallest and the k-th largest of the M simulated values at each point. At a
    /// point chosen beforehand a further curve of chance is outside with probability 2k/(M + 1), which is the level of
    /// the result.
    ///
    /// - Precondition: 1 ≤ `rank` and 2 · `rank` ≤ M.
    /// - Complexity: O(points · M log M).
    public func pointwiseEnvelope(rank: Int) -> Envelope {
        precondition(rank >= 1 && 2 * rank <= simulations, "the rank \(rank) of \(simulations) simulations")
        let sorted = columns.map { $0.dropFirst().sorted() }
        return Envelope(
            kind: .pointwise, level: Double(2 * rank) / Double(simulations + 1), simulations: simulations,
            lower: curve(sorted.map { $0[rank - 1] }), upper: curve(sorted.map { $0[simulations - rank] }))
    }

    /// The widest-ranked pointwise band whose level is at most `level`: k = α (M + 1)/2 rounded down. nil where that is
    /// 0, too few simulations for the level.
    ///
    /// - Precondition: 0 < `level` < 1.
    public func pointwiseEnvelope(level: Double) -> Envelope? {
        let rank = resolved(level) / 2
        return rank >= 1 ? pointwiseEnvelope(rank: min(rank, simulations / 2)) : nil
    }

    /// α (M + 1) rounded down, whole where only rounding keeps it from being so: the rank among the M + 1 curves that
    /// the level means.
    func resolved(_ level: Double) -> Int {
        precondition(level > 0 && level < 1, "a level lies between 0 and 1, both excluded")
        return Int(level * Double(simulations + 1) * (1 + 1e-12))
    }
}
