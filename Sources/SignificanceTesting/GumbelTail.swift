import RealModule

/// **An approximation**: p-values below the floor 1/(M + 1) of M simulations, from a Gumbel distribution fitted to the
/// simulated maxima by its moments (Abrams, Kulldorff & Kleinman 2010, International Journal of Health Geographics
/// 9:61).
///
/// The largest statistic of many places is roughly of the extreme-value form
///
///     P(T ≥ t) = 1 − exp(−exp(−(t − μ)/β)),   β = s √6 / π,   μ = mean − γ β
///
/// Simulations that found nothing have the maximum 0, a mass of their own: the distribution is fitted to the positive
/// maxima, and P(T ≥ t) = P(T > 0) · (the fitted tail), with the share of positive maxima for P(T > 0).
///
/// How far out it can be trusted depends on how well the form fits the procedure at hand, which the simulations cannot
/// show out there. Use it to rank what is all at the floor; significance is decided by ``MonteCarloPValue``, which is
/// valid.
public struct GumbelTail: Sendable, Equatable {
    /// The share of simulations with a positive maximum.
    public let positiveShare: Double
    /// μ, the mode of the fitted distribution.
    public let location: Double
    /// β.
    public let scale: Double

    /// Fits the maxima of the simulations. nil with fewer than 20 positive ones, and where these do not vary.
    ///
    /// - Precondition: no maximum is negative or infinite.
    public init?(maxima: [Double]) {
        precondition(maxima.allSatisfy { $0 >= 0 && $0.isFinite }, "a maximum is finite and not negative")
        let positive = maxima.filter { $0 > 0 }
        guard positive.count >= 20 else { return nil }
        let size = Double(positive.count)
        let mean = positive.reduce(0, +) / size
        let squares = positive.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        let scale = (6 * squares / (size - 1)).squareRoot() / .pi
        // Equal maxima leave nothing but the rounding of their mean.
        guard scale > 1e-14 * mean else { return nil }
        positiveShare = size / Double(maxima.count)
        location = mean - Self.eulerGamma * scale
        self.scale = scale
    }

    /// P(T ≥ t), with full relative accuracy however small; 1 for t ≤ 0. Beyond what can be written it stays at the
    /// smallest positive number, since chance is never ruled out.
    ///
    /// - Precondition: `statistic` is not NaN.
    public func pValue(of statistic: Double) -> Double {
        precondition(!statistic.isNaN, "a statistic is a number")
        guard statistic > 0 else { return 1 }
        let tail = -Double.expMinusOne(-.exp(-(statistic - location) / scale))
        return max(.leastNonzeroMagnitude, positiveShare * tail)
    }

    /// γ, minus the derivative of Γ at 1.
    private static let eulerGamma = 0.577_215_664_901_532_9
}
