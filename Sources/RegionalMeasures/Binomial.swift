/// The number of successes in independent trials: X of the industry's plants in a region that each of them chooses with
/// the same probability, blind to the others.
public struct Binomial: Sendable, Equatable {
    /// Plants that choose.
    public let trials: Int
    /// The chance that one of them chooses the region.
    public let probability: Double

    /// - Precondition: `trials` is not negative and `probability` lies between 0 and 1.
    public init(trials: Int, probability: Double) {
        precondition(trials >= 0 && probability >= 0 && probability <= 1, "a number of trials and a probability")
        self.trials = trials
        self.probability = probability
    }

    /// P(X = count).
    public func probability(of count: Int) -> Double {
        guard count >= 0, count <= trials else { return 0 }
        return BinomialMass.value(Double(count), Double(trials - count), x: probability, y: 1 - probability)
    }

    /// P(X ≥ count), which is the incomplete beta function I_p(count, n − count + 1). Far tails keep their relative
    /// accuracy.
    ///
    /// For a region fixed beforehand; for a detected cluster descriptive, as ``Hypergeometric/upperTail(from:)`` says.
    public func upperTail(from count: Int) -> Double {
        if count <= 0 { return 1 }
        if count > trials { return 0 }
        return IncompleteBeta.value(
            x: probability, y: 1 - probability, Double(count), Double(trials - count + 1))
    }

    /// P(X ≤ count), which is I_{1 − p}(n − count, count + 1).
    public func lowerTail(through count: Int) -> Double {
        if count < 0 { return 0 }
        if count >= trials { return 1 }
        return IncompleteBeta.value(
            x: 1 - probability, y: probability, Double(trials - count), Double(count + 1))
    }
}
