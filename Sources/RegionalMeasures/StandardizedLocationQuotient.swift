import RealModule

/// How unusual each region's location quotient is among all regions, for one industry (O'Donoghue & Gleave 2004,
/// Regional Studies 38):
///
///     z_r = (LQ_r − mean) / sd
///
/// with the mean and the sample standard deviation over regions. A region with z above 1.96 (1.645 one-tailed) is an
/// agglomeration *if* quotients are about normal; they seldom are, log quotients more often: see ``normality`` and
/// ``preferred(_:significance:)``, or take the cut-off from ``bootstrapCutOff(tail:resamples:using:)``, which supposes
/// no distribution.
///
///     let standardized = StandardizedLocationQuotient.preferred([0.6, 0.9, nil, 1.1, 0, 4.2, 0.8, 1.3])
///     standardized?.agglomerations(above: StandardizedLocationQuotient.twoTailedThreshold)
///
/// It says which regions stand out from the others, not whether chance could have made them: a region of five firms
/// stands out as easily as one of five hundred. ``DartboardTest`` answers the second question.
public struct StandardizedLocationQuotient: Sendable, Equatable {
    /// What is standardized.
    public enum Form: String, Sendable, CaseIterable {
        /// LQ itself.
        case quotient
        /// log LQ; regions where LQ is 0 drop out.
        case logarithm
    }

    /// What was standardized.
    public let form: Form
    /// Mean of LQ or log LQ over the regions used.
    public let mean: Double
    /// Sample standard deviation (divisor one less than the regions) of LQ or log LQ.
    public let standardDeviation: Double
    /// z of each region in the order given; nil where LQ is undefined, or 0 in logarithmic form.
    public let scores: [Double?]
    /// Regions whose LQ is 0, which the logarithmic form leaves out; 0 in the other.
    public let droppedZeros: Int
    /// Whether the values could be normal, as the thresholds suppose; nil for fewer than 5 regions.
    public let normality: LillieforsTest?

    /// z that a standard normal variable leaves on either side with probability 0.05.
    public static let twoTailedThreshold = 1.96
    /// z that a standard normal variable exceeds with probability 0.05.
    public static let oneTailedThreshold = 1.645

    /// Standardizes the quotients of one industry, a region each; nil stands for an undefined one.
    ///
    /// nil with fewer than two regions to use, and where all of them have the same quotient (sd = 0).
    ///
    /// - Precondition: quotients are finite and not negative.
    /// - Complexity: O(n log n).
    public init?(_ quotients: [Double?], form: Form = .quotient) {
        precondition(
            quotients.allSatisfy { $0.map { $0 >= 0 && $0.isFinite } ?? true },
            "a location quotient is finite and not negative")
        let values = quotients.map { quotient -> Double? in
            switch form {
            case .quotient: quotient
            case .logarithm: quotient.flatMap { $0 > 0 ? .log($0) : nil }
            }
        }
        let used = values.compactMap { $0 }
        guard let moments = SampleMoments(used) else { return nil }
        self.form = form
        mean = moments.mean
        standardDeviation = moments.standardDeviation
        scores = values.map { $0.map(moments.score) }
        droppedZeros = form == .logarithm ? quotients.count { $0 == 0 } : 0
        normality = LillieforsTest(used)
    }

    /// O'Donoghue & Gleave's order: the quotients themselves unless their normality is rejected, then their logarithms.
    /// Whether those are normal is in ``normality`` of the result. With fewer than 5 regions there is no test, and
    /// quotients are used.
    public static func preferred(
        _ quotients: [Double?], significance: Double = 0.05
    ) -> StandardizedLocationQuotient? {
        guard let plain = StandardizedLocationQuotient(quotients) else { return nil }
        guard let normality = plain.normality, normality.pValue <= significance else { return plain }
        return StandardizedLocationQuotient(quotients, form: .logarithm) ?? plain
    }

    /// Number of regions with a score.
    public var regions: Int { scores.count { $0 != nil } }

    /// Regions, by their place in the order given, whose score is above a threshold.
    public func agglomerations(above threshold: Double) -> [Int] {
        scores.indices.filter { index in scores[index].map { $0 > threshold } ?? false }
    }

    /// A cut-off for the score that supposes no distribution (after Tian 2013, J. Regional Analysis & Policy 43(2)):
    /// scores are drawn anew with replacement, as many as there are; the cut-off is the mean over the resamples of
    /// their 1 − `tail` quantile, interpolated between order statistics, and the limits leave out 2.5 percent of the
    /// resamples on either side.
    ///
    /// The same generator in the same state gives the same cut-off; the order of regions matters to it.
    ///
    /// - Precondition: 0 < `tail` < 1 and at least 39 resamples.
    /// - Complexity: O(resamples · n log n).
    public func bootstrapCutOff(
        tail: Double = 0.05, resamples: Int = 1999, using generator: inout some RandomNumberGenerator
    ) -> (value: Double, limits: ConfidenceLimits) {
        precondition(tail > 0 && tail < 1, "a share of regions above the cut-off")
        let pool = scores.compactMap { $0 }
        let place = (1 - tail) * Double(pool.count - 1)
        let below = Int(place)
        let above = min(below + 1, pool.count - 1)
        let quantiles = (0..<resamples).map { _ -> Double in
            let sample = pool.map { _ in pool[Resampling.index(below: pool.count, using: &generator)] }.sorted()
            return sample[below] + (place - Double(below)) * (sample[above] - sample[below])
        }.sorted()
        let mean = quantiles.reduce(0, +) / Double(resamples)
        return (mean, Resampling.percentileLimits(ofSorted: quantiles, level: .ninetyFivePercent))
    }
}
