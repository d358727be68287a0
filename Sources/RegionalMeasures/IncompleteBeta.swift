import RealModule

/// The regularized incomplete beta function I_x(a, b), the distribution function of the beta distribution, and its inverse.
enum IncompleteBeta {
    /// I_x(a, b) for a, b > 0, x in [0, 1] and y = 1 − x.
    ///
    /// Complexity: the continued fraction takes O(√max(a, b)) terms at worst, at the mean; a handful away from it.
    static func value(x: Double, y: Double, _ a: Double, _ b: Double) -> Double {
        if x <= 0 { return 0 }
        if y <= 0 { return 1 }
        // xᵃ yᵇ / B(a, b)
        let front = a * b / (a + b) * BinomialMass.value(a, b, x: x, y: y)
        return x < (a + 1) / (a + b + 2)
            ? front * continuedFraction(x, a, b) / a
            : 1 - front * continuedFraction(y, b, a) / b
    }

    /// The x with I_x(a, b) = p, for a, b ≥ 1 and 0 < p < 1.
    ///
    /// Newton's method on log I as a function of u = log x. For b ≥ 1 the density of log X is log-concave, hence so is its
    /// distribution function: log I is concave in u, every tangent lies above it, and from the second step on the iterates
    /// climb to the root monotonically. No bracket is needed. The start at the mean is close enough that the first step,
    /// which may overshoot to the left, stays where I does not underflow.
    static func inverse(_ p: Double, _ a: Double, _ b: Double) -> Double {
        let logTarget = Double.log(p)
        var u = Double.log(a / (a + b))
        for _ in 0..<100 {
            let x = Double.exp(u)
            let y = -Double.expMinusOne(u)
            let reached = value(x: x, y: y, a, b)
            // d log I / du = xᵃ yᵇ⁻¹ / (B(a, b) I)
            let slope = a * b / (a + b) * BinomialMass.value(a, b, x: x, y: y) / (y * reached)
            let step = (logTarget - .log(reached)) / slope
            // Rounding can carry the last step past x = 1.
            guard step.isFinite, u + step < 0 else { break }
            u += step
            if abs(step) <= 1e-15 * max(1, abs(u)) { break }
        }
        return .exp(u)
    }

    /// The continued fraction of I_x(a, b) (NIST Digital Library of Mathematical Functions, 8.17.22) by Lentz's method.
    private static func continuedFraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
        let tiny = 1e-300
        func awayFromZero(_ value: Double) -> Double { abs(value) < tiny ? tiny : value }
        var c = 1.0
        var d = 1 / awayFromZero(1 - (a + b) * x / (a + 1))
        var product = d
        for term in 1...100_000 {
            let m = Double(term)
            let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
            d = 1 / awayFromZero(1 + even * d)
            c = awayFromZero(1 + even / c)
            product *= c * d
            let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
            d = 1 / awayFromZero(1 + odd * d)
            c = awayFromZero(1 + odd / c)
            product *= c * d
            if abs(c * d - 1) <= 1e-16 { break }
        }
        return product
    }
}
