/// The global rank envelope test of a whole curve (Myllymäki, Mrkvička, Grabarnik, Seijo & Hahn 2017, J. Royal
/// Statistical Society B 79): a test of all points at once that supposes nothing of the curves but that simulations
/// treat them alike.
///
/// At each point every one of the M + 1 curves has a rank from below and one from above; the smaller is its pointwise
/// rank, equal values sharing the mean of theirs. R_i, the smallest pointwise rank of curve i, says how extreme it
/// gets. Many curves share R, so it gives p only as an interval,
///
///     p₋ = #{R_i < R_obs} / (M + 1),   p₊ = #{R_i ≤ R_obs} / (M + 1)
///
/// The *extreme rank length* breaks these ties: curves are compared by all their pointwise ranks in rising order, first
/// difference deciding, which gives the one p-value within the interval, p = #{curves at least as extreme as the
/// observed} / (M + 1).
///
/// It needs many simulations: with K points and M curves the smallest ranks are shared by up to 2 K curves. The authors
/// advise 2,500 for the interval, some hundreds for the extreme rank length.
public struct GlobalRankTest: Sendable, Equatable {
    /// p by extreme rank length.
    public let pValue: MonteCarloPValue
    /// p₋ … p₊ by extreme rank.
    public let pInterval: ClosedRange<Double>
    /// R of the observed curve; a half is possible where values are equal.
    public let extremeRank: Double

    private let curves: RankedCurves

    init(_ curves: SimulatedCurves) {
        let ranked = RankedCurves(curves)
        let observed = ranked.sortedRanks[0]
        let size = Double(curves.simulations + 1)
        let smallest = ranked.sortedRanks.map { $0[0] }
        extremeRank = observed[0]
        pInterval =
            Double(smallest.count { $0 < observed[0] }) / size...Double(smallest.count { $0 <= observed[0] }) / size
        pValue = MonteCarloPValue(
            exceedances: ranked.sortedRanks.dropFirst().count { !observed.lexicographicallyPrecedes($0) },
            simulations: curves.simulations)
        self.curves = ranked
    }

    /// The global band at a level: the hull of the curves, the observed one among them, that are left when the most
    /// extreme by extreme rank length are taken away, as many as α (M + 1) allows; curves that are equally extreme go
    /// or stay together.
    ///
    /// As long as no values are equal, the observed curve is outside somewhere exactly when p ≤ α. nil where not one
    /// curve may be taken away, too few simulations for the level.
    ///
    /// - Precondition: 0 < `level` < 1.
    /// - Complexity: O(points · M log M).
    public func envelope(level: Double) -> Envelope? {
        precondition(level > 0 && level < 1, "a level lies between 0 and 1, both excluded")
        let size = curves.sortedRanks.count
        let allowed = min(Int(level * Double(size) * (1 + 1e-12)), size - 1)
        guard allowed >= 1 else { return nil }
        let order = curves.sortedRanks.indices.sorted {
            curves.sortedRanks[$0].lexicographicallyPrecedes(curves.sortedRanks[$1])
        }
        // Curves like the first that has to stay have to stay too.
        let mildest = curves.sortedRanks[order[allowed]]
        let taken = order.prefix(allowed).prefix { curves.sortedRanks[$0] != mildest }.count
        guard taken >= 1 else { return nil }
        let kept = order.dropFirst(taken)
        func hull(_ choose: (Double, Double) -> Double) -> [Double?] {
            curves.values.curve(
                curves.values.columns.map { column in
                    kept.dropFirst().reduce(column[kept[kept.startIndex]]) { choose($0, column[$1]) }
                })
        }
        return Envelope(
            kind: .extremeRankLength, level: Double(taken) / Double(size), simulations: size - 1,
            lower: hull(min), upper: hull(max))
    }
}

extension SimulatedCurves {
    /// The global rank envelope test of the whole curve.
    ///
    /// - Complexity: O(points · M log M).
    public func rankTest() -> GlobalRankTest { GlobalRankTest(self) }
}

/// Curves with their pointwise ranks.
struct RankedCurves: Sendable, Equatable {
    let values: SimulatedCurves
    /// The pointwise ranks of each curve, the observed one first, in rising order.
    let sortedRanks: [[Double]]

    init(_ curves: SimulatedCurves) {
        values = curves
        let size = curves.simulations + 1
        var ranks = [[Double]](repeating: [], count: size)
        for column in curves.columns {
            let order = (0..<size).sorted { column[$0] < column[$1] }
            var start = 0
            while start < size {
                var end = start + 1
                while end < size, column[order[end]] == column[order[start]] { end += 1 }
                // Ranks start + 1 … end are shared; their mean from below, and from above.
                let below = Double(start + 1 + end) / 2
                let rank = min(below, Double(size + 1) - below)
                for place in start..<end { ranks[order[place]].append(rank) }
                start = end
            }
        }
        sortedRanks = ranks.map { $0.sorted() }
    }
}
