import RealModule

/// The deviance term D(a, m) = a log(a/m) + m − a: how far a count a is from its expectation m. Never negative, 0 at a = m.
///
/// Likelihood ratios and probability masses are sums of such terms. Written with the plain logarithm, a log(a/m) and
/// m − a nearly cancel when a is close to m; there a series in v = (a − m)/(a + m) is summed instead (Loader 2000, "Fast
/// and accurate computation of binomial probabilities", section 5).
///
/// - Parameter difference: a − m. Callers that know it exactly pass it, so that no digits are lost when a ≈ m.
func deviance(_ a: Double, expected m: Double, difference: Double) -> Double {
    guard a > 0 else { return m }
    guard abs(difference) < 0.1 * (a + m) else { return a * .log(a / m) - difference }
    let v = difference / (a + m)
    var sum = difference * v
    var term = 2 * a * v
    for odd in stride(from: 3.0, to: 1000, by: 2) {
        term *= v * v
        let next = sum + term / odd
        if next == sum { break }
        sum = next
    }
    return sum
}
