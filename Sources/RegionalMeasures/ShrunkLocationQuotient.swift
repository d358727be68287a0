/// A location quotient drawn towards what is common among regions, the more the fewer firms are expected: 1 firm where
/// 0.2 are expected has LQ 5 and a shrunk one of 1.67, 12 where 2.4 are expected 5 and 3.82.
///
/// x firms are Poisson with mean E θ, E = x_k n_r / n, and θ follows a ``HeterogeneityPrior``. Under Gamma(a, b)
///
///     θ | x ~ Gamma(x + a, E + b),   posterior mean (x + a) / (E + b)
///
/// Use it to rank or map many small regions; one region's evidence is in ``LocationQuotient/limits(_:)``. Defined for
/// regions without firms too, where it is the prior mean: nothing was seen.
public struct ShrunkLocationQuotient: Sendable, Equatable {
    /// x, firms of the industry in the region.
    public let observed: Int
    /// E, firms expected at the reference share.
    public let expected: Double
    /// What is common among regions.
    public let prior: HeterogeneityPrior

    /// - Precondition: neither number is negative, `expected` is finite, shape and rate of a gamma prior are positive.
    public init(observed: Int, expected: Double, prior: HeterogeneityPrior = .weak) {
        precondition(observed >= 0 && expected >= 0 && expected.isFinite, "a count and an expectation")
        if case .gamma(let shape, let rate) = prior {
            precondition(shape > 0 && rate > 0 && shape.isFinite && rate.isFinite, "a gamma distribution")
        }
        self.observed = observed
        self.expected = expected
        self.prior = prior
    }

    /// The counts of a location quotient; nil for an empty reference.
    public init?(_ quotient: LocationQuotient, prior: HeterogeneityPrior = .weak) {
        guard let expected = quotient.expectedFirms else { return nil }
        self.init(observed: quotient.industryInRegion, expected: expected, prior: prior)
    }

    /// The posterior mean of θ; m without heterogeneity.
    public var value: Double {
        switch prior {
        case .gamma(let shape, let rate): (Double(observed) + shape) / (expected + rate)
        case .none(let mean): mean
        }
    }

    /// The central interval that holds θ with the probability of the level: quantiles of Gamma(x + a, E + b), to about
    /// 1e-11. It takes the prior as known, so with fitted moments it is a little too short. nil without heterogeneity:
    /// no spread was found that an interval could be made of.
    public func limits(_ level: ConfidenceLevel = .ninetyFivePercent) -> ConfidenceLimits? {
        guard case .gamma(let shape, let rate) = prior else { return nil }
        let posteriorShape = Double(observed) + shape
        let posteriorRate = expected + rate
        return ConfidenceLimits(
            lower: IncompleteGamma.inverse(level.tail, posteriorShape) / posteriorRate,
            upper: IncompleteGamma.inverse(1 - level.tail, posteriorShape) / posteriorRate)
    }
}
