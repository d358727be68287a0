import RealModule

/// The probability mass of the binomial distribution, extended to real arguments, in Loader's saddle-point form.
///
/// Differences of log-gamma values lose 1e-9 and more of relative accuracy at a million firms; this form keeps 1e-14
/// (Loader 2000, "Fast and accurate computation of binomial probabilities"). Incomplete beta function and hypergeometric
/// distribution are built on it.
enum BinomialMass {
    /// Γ(a + b + 1) / (Γ(a + 1) Γ(b + 1)) · xᵃ yᵇ for a, b ≥ 0 and x + y = 1.
    ///
    /// y is passed beside x so that neither is rounded where the other is close to 1.
    static func value(_ a: Double, _ b: Double, x: Double, y: Double) -> Double {
        if a == 0 { return x == 0 ? 1 : .exp(b * (x < y ? .log(onePlus: -x) : .log(y))) }
        if b == 0 { return y == 0 ? 1 : .exp(a * (y < x ? .log(onePlus: -y) : .log(x))) }
        if x == 0 || y == 0 { return 0 }
        let n = a + b
        // a − n x = a y − b x, the form without cancellation in n x.
        let excess = a * y - b * x
        let exponent =
            stirlingError(n) - stirlingError(a) - stirlingError(b)
            - deviance(a, expected: n * x, difference: excess) - deviance(b, expected: n * y, difference: -excess)
        return .exp(exponent) * (n / (2 * .pi * a * b)).squareRoot()
    }

    /// log Γ(n + 1) − [(n + ½) log n − n + ½ log 2π]: what Stirling's formula leaves out.
    static func stirlingError(_ n: Double) -> Double {
        guard n > 15 else {
            return .logGamma(n + 1) - (n + 0.5) * .log(n) + n - 0.5 * .log(2 * .pi)
        }
        let r = 1 / (n * n)
        return (1 / 12.0 - (1 / 360.0 - (1 / 1260.0 - (1 / 1680.0 - 1 / 1188.0 * r) * r) * r) * r) / n
    }
}
