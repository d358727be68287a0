import RealModule

extension LocationQuotient {
    /// Var(log LQ) by the delta method (Moineddin, Beyene & Boyle 2003, Geographical Analysis 35).
    ///
    /// With p_r = x / n_r and, for a region nested in its study area, q = (x_k − x) / (n − n_r) for the rest of it,
    ///
    ///     Var = (1 − p_r)/x − 2 (1 − p_r)/x_k + [x (1 − p_r) + (x_k − x)(1 − q)]/x_k²
    ///         = (1 − p_r)(x_k − x)² / (x x_k²) + (x_k − x)(1 − q) / x_k²
    ///
    /// where the second form has no cancellation. An outside reference is taken as known: Var = (1 − p_r)/x.
    ///
    /// nil where LQ is undefined or 0. Of small counts (below 5) it is a poor guide; ``limits(_:)`` does not use it there.
    public var logVariance: Double? {
        guard let value, value > 0 else { return nil }
        let x = Double(industryInRegion)
        let outsideShare = Double(regionTotal - industryInRegion) / Double(regionTotal)
        guard case .studyArea(let industryTotal, let total) = reference else { return outsideShare / x }
        let industry = Double(industryTotal)
        let elsewhere = Double(industryTotal - industryInRegion)
        guard elsewhere > 0 else { return 0 }
        let rest = Double(total - regionTotal)
        return outsideShare * elsewhere * elsewhere / (x * industry * industry)
            + elsewhere * (1 - elsewhere / rest) / (industry * industry)
    }

    /// Confidence limits of LQ, nil where LQ is undefined.
    ///
    /// - x ≥ 5 and n_r − x ≥ 5: LQ · exp(± z √Var) with ``logVariance``.
    /// - Otherwise the exact limits of p_r (``ClopperPearson``) over the reference share, whose own sampling error is ignored;
    ///   for x = 0 they are 0 and (1 − (α/2)^(1/n_r)) / p.
    /// - Never above n / x_k, the largest value a quotient can take: 5 firms of 5 would otherwise give an upper limit above it.
    public func limits(_ level: ConfidenceLevel = .ninetyFivePercent) -> ConfidenceLimits? {
        guard let value, let referenceShare else { return nil }
        let ceiling = referenceTotal / referenceIndustry
        let isSmall = industryInRegion < 5 || regionTotal - industryInRegion < 5
        if !isSmall, let logVariance {
            let factor = Double.exp(level.normalQuantile * logVariance.squareRoot())
            return ConfidenceLimits(lower: value / factor, upper: min(ceiling, value * factor))
        }
        return ClopperPearson.limits(count: industryInRegion, total: regionTotal, level: level).map {
            ConfidenceLimits(
                lower: min(ceiling, $0.lower / referenceShare), upper: min(ceiling, $0.upper / referenceShare))
        }
    }

    /// P(X ≥ x) for firms of the industry falling blindly into a region of n_r firms; see ``Hypergeometric/upperTail(from:)``
    /// for why it is descriptive for a detected cluster. nil with an outside reference.
    public var upperTailProbability: Double? {
        guard case .studyArea(let industryTotal, let total) = reference else { return nil }
        return Hypergeometric(population: total, successes: industryTotal, draws: regionTotal)
            .upperTail(from: industryInRegion)
    }
}
