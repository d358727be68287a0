import RealModule

extension LocationQuotient {
    /// How limits are drawn around a location quotient.
    public enum LimitForm: Sendable, CaseIterable {
        /// LQ · exp(± z √Var) with ``LocationQuotient/logVariance``: never negative, and the usual choice from 5 firms
        /// on. nil for LQ = 0.
        case logDelta
        /// LQ ± z LQ √Var, for comparison with studies that use it: the lower limit of small counts is negative, the
        /// level poorly kept. nil for LQ = 0.
        case linearDelta
        /// The exact limits of p_r = x / n_r (``ClopperPearson``) over the reference share, whose own sampling error is
        /// ignored; for x = 0 they are 0 and (1 − (α/2)^(1/n_r)) / p.
        case exact
    }

    /// Var(log LQ) by the delta method (Moineddin, Beyene & Boyle 2003, Geographical Analysis 35).
    ///
    /// With p_r = x / n_r and, for a region nested in its study area, q = (x_k − x) / (n − n_r) for the rest of it,
    ///
    ///     Var = (1 − p_r)/x − 2 (1 − p_r)/x_k + [x (1 − p_r) + (x_k − x)(1 − q)]/x_k²
    ///         = (1 − p_r)(x_k − x)² / (x x_k²) + (x_k − x)(1 − q) / x_k²
    ///
    /// where the second form has no cancellation. An outside reference is taken as known: Var = (1 − p_r)/x.
    ///
    /// nil where LQ is undefined or 0. Of small counts (below 5) it is a poor guide; ``limits(_:)`` does not use it
    /// there.
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

    /// Confidence limits of LQ in the form that the counts allow, nil where LQ is undefined.
    ///
    /// - x ≥ 5 and n_r − x ≥ 5: ``LimitForm/logDelta``.
    /// - Otherwise: ``LimitForm/exact``.
    /// - Never above n / x_k, the largest value a quotient can take: 5 firms of 5 would otherwise give an upper limit above it.
    public func limits(_ level: ConfidenceLevel = .ninetyFivePercent) -> ConfidenceLimits? {
        let isSmall = industryInRegion < 5 || regionTotal - industryInRegion < 5
        guard let limits = limits(level, form: isSmall ? .exact : .logDelta) else { return nil }
        let ceiling = referenceTotal / referenceIndustry
        return ConfidenceLimits(lower: min(ceiling, limits.lower), upper: min(ceiling, limits.upper))
    }

    /// Confidence limits of LQ in the form asked for, whatever the counts and not cut at n / x_k; nil where LQ is
    /// undefined, and for the delta forms where it is 0.
    public func limits(_ level: ConfidenceLevel = .ninetyFivePercent, form: LimitForm) -> ConfidenceLimits? {
        guard let value, let referenceShare else { return nil }
        switch form {
        case .logDelta:
            return logVariance.map { variance in
                let factor = Double.exp(level.normalQuantile * variance.squareRoot())
                return ConfidenceLimits(lower: value / factor, upper: value * factor)
            }
        case .linearDelta:
            return logVariance.map { variance in
                let margin = level.normalQuantile * value * variance.squareRoot()
                return ConfidenceLimits(lower: value - margin, upper: value + margin)
            }
        case .exact:
            return ClopperPearson.limits(count: industryInRegion, total: regionTotal, level: level).map {
                ConfidenceLimits(lower: $0.lower / referenceShare, upper: $0.upper / referenceShare)
            }
        }
    }

    /// The same counts against the same totals taken as known without error, as if they came from outside: their limits
    /// leave out the sampling of x_k / n.
    public var withFixedReference: LocationQuotient {
        LocationQuotient(
            industryInRegion: industryInRegion, regionTotal: regionTotal, outsideIndustryTotal: referenceIndustry,
            outsideTotal: referenceTotal)
    }

    /// P(X ≥ x) for firms of the industry falling blindly into a region of n_r firms; see
    /// ``Hypergeometric/upperTail(from:)`` for why it is descriptive for a detected cluster. nil with an outside
    /// reference.
    public var upperTailProbability: Double? {
        guard case .studyArea(let industryTotal, let total) = reference else { return nil }
        return Hypergeometric(population: total, successes: industryTotal, draws: regionTotal)
            .upperTail(from: industryInRegion)
    }
}
