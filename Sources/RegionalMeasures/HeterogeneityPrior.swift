import RealModule

/// How relative risks θ (true location quotients) differ between regions, before the counts of one region are looked
/// at.
public enum HeterogeneityPrior: Sendable, Equatable {
    /// θ ~ Gamma(a, b) with shape a and rate b: mean a/b, variance a/b².
    case gamma(shape: Double, rate: Double)
    /// Every region has the same θ: counts vary no more between regions than chance makes them.
    case none(mean: Double)

    /// Gamma(1, 1): a quotient of 1, worth one expected firm.
    public static let weak = HeterogeneityPrior.gamma(shape: 1, rate: 1)
    /// Gamma(5, 5): a quotient of 1, worth five expected firms.
    public static let strong = HeterogeneityPrior.gamma(shape: 5, rate: 5)

    /// The prior whose moments fit the regions (Marshall 1991, Applied Statistics 40): with O_r firms where E_r are
    /// expected,
    ///
    ///     m = ΣO/ΣE,   s² = ΣE (O/E − m)² / ΣE − m / mean(E),   b = m/s²,   a = m²/s²
    ///
    /// and ``none(mean:)`` with mean m where s² ≤ 0. Regions where nothing is expected say nothing and are left out.
    /// nil where nothing is expected anywhere, and where no region has a firm (m = 0).
    ///
    /// - Precondition: as many counts as expectations, none negative, expectations finite.
    public static func marshall(observed: [Int], expected: [Double]) -> HeterogeneityPrior? {
        precondition(observed.count == expected.count, "a count and an expectation for every region")
        precondition(
            observed.allSatisfy { $0 >= 0 } && expected.allSatisfy { $0 >= 0 && $0.isFinite },
            "counts and expectations are not negative")
        let regions = zip(observed, expected).filter { $0.1 > 0 }.map { (observed: Double($0.0), expected: $0.1) }
        let expectedTotal = regions.reduce(0) { $0 + $1.expected }
        let mean = regions.reduce(0) { $0 + $1.observed } / expectedTotal
        guard expectedTotal > 0, mean > 0 else { return nil }
        let squares = regions.reduce(0) { sum, region in
            let excess = region.observed / region.expected - mean
            return sum + region.expected * excess * excess
        }
        let variance = squares / expectedTotal - mean * Double(regions.count) / expectedTotal
        return variance > 0 ? .gamma(shape: mean * mean / variance, rate: mean / variance) : .none(mean: mean)
    }
}
