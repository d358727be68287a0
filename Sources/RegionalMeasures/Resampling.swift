/// What bootstraps share: an unbiased draw of an index, and percentile limits.
enum Resampling {
    /// An index drawn evenly from 0 ..< count, by Lemire's multiplication (2019, ACM Transactions on Modeling and
    /// Computer Simulation 29). Written out because the generic draw of the standard library, not specialized here,
    /// takes seven times as long.
    ///
    /// - Precondition: `count` is positive.
    static func index(below count: Int, using generator: inout some RandomNumberGenerator) -> Int {
        let bound = UInt64(count)
        var draw = bound.multipliedFullWidth(by: generator.next())
        if draw.low < bound {
            let uneven = (0 &- bound) % bound
            while draw.low < uneven { draw = bound.multipliedFullWidth(by: generator.next()) }
        }
        return Int(draw.high)
    }

    /// Percentile limits of bootstrap replicates in rising order: the k-th smallest and the k-th largest of B,
    /// k = (B + 1) α/2 rounded down (Efron & Tibshirani 1993, section 13.3).
    ///
    /// - Precondition: B is large enough for k ≥ 1.
    static func percentileLimits(ofSorted replicates: [Double], level: ConfidenceLevel) -> ConfidenceLimits {
        let k = rank(replicates: replicates.count, level: level)
        precondition(k >= 1, "too few resamples for limits of this level")
        return ConfidenceLimits(lower: replicates[k - 1], upper: replicates[replicates.count - k])
    }

    /// k, with (B + 1) α/2 taken as whole where only rounding keeps it from being so.
    static func rank(replicates: Int, level: ConfidenceLevel) -> Int {
        Int(Double(replicates + 1) * level.tail * (1 + 1e-12))
    }
}
