import RealModule

/// The regularized incomplete gamma functions P(a, x) and Q(a, x) = 1 − P(a, x), the two tails of the gamma
/// distribution with shape a and rate 1, and their inverse. Poisson and χ² tails are the same functions.
enum IncompleteGamma {
    /// P(a, x) = γ(a, x) / Γ(a) for a > 0 and x ≥ 0, with full relative accuracy where it is the smaller tail.
    ///
    /// Complexity: O(√a) terms at worst, at the mean; a handful away from it.
    static func lower(_ a: Double, _ x: Double) -> Double {
        if x <= 0 { return 0 }
        if x == .infinity { return 1 }
        return x < a + 1 ? density(a, x) * series(a, x) : 1 - density(a, x) * a * continuedFraction(a, x)
    }

    /// Q(a, x) = Γ(a, x) / Γ(a) for a > 0 and x ≥ 0, with full relative accuracy where it is the smaller tail.
    static func upper(_ a: Double, _ x: Double) -> Double {
        if x <= 0 { return 1 }
        if x == .infinity { return 0 }
        return x < a + 1 ? 1 - density(a, x) * series(a, x) : density(a, x) * a * continuedFraction(a, x)
    }

    /// The x with P(a, x) = p, for a > 0 and 0 < p < 1; 0 where it is too small to be written.
    ///
    /// Newton's method on the logarithm of the smaller tail as a function of u = log x. The density of log X is
    /// log-concave, and so are both tails: every tangent lies above its curve. From a start outside the root, on the
    /// side of the tail, the iterates therefore run to it monotonically, and no bracket is needed. Such starts are
    /// known bounds: P(a, x) ≤ xᵃ/Γ(a + 1), P(a, a − √(2aL)) ≤ e⁻ᴸ and Q(a, a + √(2aL) + L) ≤ e⁻ᴸ (Boucheron, Lugosi &
    /// Massart 2013, section 2.4).
    static func inverse(_ p: Double, _ a: Double) -> Double {
        let isLower = p <= lower(a, a)
        let logTarget = isLower ? Double.log(p) : .log(onePlus: -p)
        let reach = (-2 * a * logTarget).squareRoot()
        var u = Double.log(a + reach - logTarget)
        if isLower {
            u = (logTarget + .logGamma(a + 1)) / a
            if reach < a { u = max(u, .log(a - reach)) }
        }
        for _ in 0..<200 {
            let x = Double.exp(u)
            // The tail as a multiple of the density, so that its logarithm does not underflow. dP/du = −dQ/du = a · density.
            let factor = isLower ? series(a, x) : upperFactor(a, x)
            let slope = (isLower ? a : -a) / factor
            let step = (logTarget - logDensity(a, x) - .log(factor)) / slope
            guard step.isFinite else { break }
            u += step
            if abs(step) <= 1e-15 * max(1, abs(u)) { break }
        }
        return .exp(u)
    }

    /// xᵃ e⁻ˣ / Γ(a + 1), the Poisson mass extended to real a.
    static func density(_ a: Double, _ x: Double) -> Double { a == 0 ? .exp(-x) : .exp(logDensity(a, x)) }

    /// The logarithm of the density for a > 0, in Loader's saddle-point form (see ``BinomialMass``).
    private static func logDensity(_ a: Double, _ x: Double) -> Double {
        -BinomialMass.stirlingError(a) - deviance(a, expected: x, difference: a - x) - 0.5 * .log(2 * .pi * a)
    }

    /// Q over the density.
    private static func upperFactor(_ a: Double, _ x: Double) -> Double {
        x < a + 1 ? 1 / density(a, x) - series(a, x) : a * continuedFraction(a, x)
    }

    /// Σ xⁿ / ((a + 1) … (a + n)), which times the density gives P.
    private static func series(_ a: Double, _ x: Double) -> Double {
        var sum = 1.0
        var term = 1.0
        var denominator = a
        while term > sum * 1e-17 {
            denominator += 1
            term *= x / denominator
            sum += term
        }
        return sum
    }

    /// The continued fraction of eˣ x⁻ᵃ Γ(a, x) (NIST Digital Library of Mathematical Functions, 8.9.2) by Lentz's
    /// method.
    private static func continuedFraction(_ a: Double, _ x: Double) -> Double {
        let tiny = 1e-300
        func awayFromZero(_ value: Double) -> Double { abs(value) < tiny ? tiny : value }
        var b = x + 1 - a
        var c = 1 / tiny
        var d = 1 / awayFromZero(b)
        var product = d
        for term in 1...1_000_000 {
            let n = Double(term)
            let numerator = -n * (n - a)
            b += 2
            d = 1 / awayFromZero(numerator * d + b)
            c = awayFromZero(b + numerator / c)
            product *= c * d
            if abs(c * d - 1) <= 1e-16 { break }
        }
        return product
    }
}
