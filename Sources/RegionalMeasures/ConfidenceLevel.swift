import RealModule

/// How often limits drawn in the same way would hold the true value: 0.95 for the usual 95 percent.
///
/// Make one and use it for every cluster: the quantile is worked out once, when the level is made.
public struct ConfidenceLevel: Sendable, Equatable {
    /// Between 0 and 1, both excluded.
    public let value: Double
    /// z with P(|Z| > z) = 1 − `value` for a standard normal Z; 1.96 at 95 percent.
    public let normalQuantile: Double

    /// The usual level, α = 0.05.
    public static let ninetyFivePercent = ConfidenceLevel(0.95)

    /// - Precondition: 0 < `value` < 1.
    public init(_ value: Double) {
        precondition(value > 0 && value < 1, "a confidence level lies between 0 and 1, both excluded")
        self.value = value
        normalQuantile = Self.normalQuantile(twoSidedTail: 1 - value)
    }

    /// The probability left out at each side, α/2.
    var tail: Double { (1 - value) / 2 }

    /// Newton's method on log erfc(z/√2) − log α. That function is concave and falls, so from the second step on the
    /// iterates fall monotonically to the root and no bracket is needed.
    private static func normalQuantile(twoSidedTail alpha: Double) -> Double {
        var z = 0.0
        for step in 0..<64 {
            let tail = Double.erfc(z / 2.0.squareRoot())
            let density = (2 / Double.pi).squareRoot() * .exp(-z * z / 2)
            let next = z + .log(tail / alpha) * tail / density
            if step > 0 && next >= z { break }
            z = next
        }
        return z
    }
}

/// A lower and an upper limit for a ratio.
public struct ConfidenceLimits: Sendable, Equatable {
    /// The lower limit.
    public let lower: Double
    /// The upper limit.
    public let upper: Double

    /// A pair of limits.
    public init(lower: Double, upper: Double) {
        self.lower = lower
        self.upper = upper
    }
}
