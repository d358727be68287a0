extension EmploymentQuotient {
    /// Var(LQ) = H_k (1 − x_r) / x_r if the industry's plants chose regions blindly, x_r = e_r / e, H_k the Herfindahl
    /// index of the plants of the whole industry; see ``EmploymentDartboardTest``. nil where LQ is undefined.
    public func blindVariance(plantHerfindahl: Double) -> Double? {
        precondition(plantHerfindahl > 0 && plantHerfindahl <= 1, "a Herfindahl index lies above 0 and up to 1")
        return value.map { _ in plantHerfindahl * (total - regionTotal) / regionTotal }
    }

    /// z = (LQ − 1) / √Var(LQ) with ``blindVariance(plantHerfindahl:)``; nil where LQ is undefined and where the region
    /// is the whole area.
    public func blindScore(plantHerfindahl: Double) -> Double? {
        guard let value, let variance = blindVariance(plantHerfindahl: plantHerfindahl), variance > 0
        else { return nil }
        return (value - 1) / variance.squareRoot()
    }

    /// Limits of LQ with plants as they are and their choice of region left to chance: the quotients p / x_r of all
    /// preferences p that the dartboard test does not reject,
    ///
    ///     |s − p| ≤ z √(H_k p (1 − p)),   s = e_rk / e_k,   x_r = e_r / e
    ///
    /// They leave out 1 exactly when ``blindScore(plantHerfindahl:)`` is beyond ±z. For N plants of one size they are
    /// the score limits of Wilson (1927) for a share of N; an industry of a few large plants has wide ones.
    ///
    /// The question answered: *would plants of these sizes, were they to choose again, give another quotient?* x_r is
    /// taken as known. Never above n / x_k in employees, e / e_k, the largest value a quotient can take. nil where LQ
    /// is undefined.
    ///
    /// - Parameter plantHerfindahl: H_k over the plants of the whole industry (``Herfindahl/index(of:)``).
    /// - Precondition: 0 < `plantHerfindahl` ≤ 1, and region and industry are parts of the reference area.
    public func limits(
        plantHerfindahl: Double, level: ConfidenceLevel = .ninetyFivePercent
    ) -> ConfidenceLimits? {
        precondition(plantHerfindahl > 0 && plantHerfindahl <= 1, "a Herfindahl index lies above 0 and up to 1")
        guard let value else { return nil }
        precondition(
            industryInRegion <= industryTotal && regionTotal <= total, "a region is a part of the reference area")
        guard regionTotal < total else { return ConfidenceLimits(lower: value, upper: value) }
        let share = industryInRegion / industryTotal
        // The roots of (1 + c) p² − (2 s + c) p + s² = 0 with c = z² H.
        let c = level.normalQuantile * level.normalQuantile * plantHerfindahl
        let middle = (2 * share + c) / 2
        let margin = (c * (c / 4 + share * (1 - share))).squareRoot()
        let upper = (middle + margin) / (1 + c)
        // The product of the roots, s² / (1 + c), instead of a difference that cancels.
        let lower = share * share / (middle + margin)
        let regionShare = regionTotal / total
        let ceiling = total / industryTotal
        return ConfidenceLimits(lower: min(ceiling, lower / regionShare), upper: min(ceiling, upper / regionShare))
    }
}
