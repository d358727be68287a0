/// The number of events that fall at a rate: X firms of an industry in a region where E are expected.
public struct Poisson: Sendable, Equatable {
    /// E, the expected number.
    public let mean: Double

    /// - Precondition: `mean` is finite and not negative.
    public init(mean: Double) {
        precondition(mean >= 0 && mean.isFinite, "an expected number is finite and not negative")
        self.mean = mean
    }

    /// P(X = count).
    public func probability(of count: Int) -> Double {
        guard count >= 0 else { return 0 }
        return mean == 0 ? (count == 0 ? 1 : 0) : IncompleteGamma.density(Double(count), mean)
    }

    /// P(X ≥ count), which is the incomplete gamma function P(count, E). 1 for a count of 0 or less.
    ///
    /// For a region fixed beforehand; for a detected cluster descriptive, as ``Hypergeometric/upperTail(from:)`` says.
    public func upperTail(from count: Int) -> Double {
        count <= 0 ? 1 : IncompleteGamma.lower(Double(count), mean)
    }

    /// P(X ≤ count), which is Q(count + 1, E). 0 for a negative count.
    public func lowerTail(through count: Int) -> Double {
        count < 0 ? 0 : IncompleteGamma.upper(Double(count + 1), mean)
    }
}
