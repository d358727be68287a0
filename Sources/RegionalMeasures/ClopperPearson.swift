import RealModule

/// Exact limits for the share behind a count, x of n (Clopper & Pearson 1934, Biometrika 26).
///
/// The lower limit is the share under which x or more has probability α/2, the upper the one under which x or fewer has;
/// they hold the true share at least as often as the level says, however small the counts.
public enum ClopperPearson {
    /// Limits for the share of `count` in `total`; nil for a total of 0.
    ///
    /// With x = 0 they are 0 and 1 − (α/2)^(1/n), with x = n (α/2)^(1/n) and 1. Relative accuracy about 1e-13.
    ///
    /// - Precondition: 0 ≤ `count` ≤ `total`.
    public static func limits(
        count: Int, total: Int, level: ConfidenceLevel = .ninetyFivePercent
    ) -> ConfidenceLimits? {
        precondition(count >= 0 && count <= total, "a count lies between 0 and its total")
        guard total > 0 else { return nil }
        let x = Double(count)
        let rest = Double(total - count)
        let logTail = Double.log(level.tail)
        let lower: Double =
            switch (count, total - count) {
            case (0, _): 0
            case (_, 0): .exp(logTail / x)
            default: IncompleteBeta.inverse(level.tail, x, rest + 1)
            }
        let upper: Double =
            switch (count, total - count) {
            case (0, _): -.expMinusOne(logTail / rest)
            case (_, 0): 1
            default: IncompleteBeta.inverse(1 - level.tail, x + 1, rest)
            }
        return ConfidenceLimits(lower: lower, upper: upper)
    }
}
