#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Binary floating point to decimal digits with one rounding, to nearest, exact ties to even: the digits that C's
/// `printf` gives.
///
/// A `Double` times (or divided by) a power of ten up to 10²² is rounded once by the processor. That rounding keeps the
/// order of numbers, and k + ½ is itself a `Double`, so it can move a value onto a tie but never across one. Only a
/// result that ends in exactly ½ needs a second look, at the sign of what the first rounding dropped.
enum DecimalRounding {
    /// Six significant digits.
    struct SignificantDigits: Equatable {
        /// 100,000 to 999,999.
        var digits: UInt64
        /// The power of ten of the first digit: the value is `digits` × 10^(`exponent` − 5).
        var exponent: Int
    }

    /// The integer nearest to `value` × `factor`.
    ///
    /// - Precondition: the product is at least 0 and below 2⁵².
    @inline(__always)
    static func product(_ value: Double, _ factor: Double) -> UInt64 {
        let product = value * factor
        return nearest(product) { (-product).addingProduct(value, factor) }
    }

    /// The integer nearest to `value` / `divisor`.
    ///
    /// - Precondition: the quotient is at least 0 and below 2⁵².
    static func quotient(_ value: Double, _ divisor: Double) -> UInt64 {
        let quotient = value / divisor
        return nearest(quotient) { value.addingProduct(-quotient, divisor) }
    }

    /// - Parameter dropped: has the sign of the exact value minus `approximation`; asked for at ties only.
    @inline(__always)
    private static func nearest(_ approximation: Double, dropped: () -> Double) -> UInt64 {
        // By way of a signed integer, for which processors have an instruction.
        let floor = UInt64(bitPattern: Int64(approximation))
        let rest = approximation - Double(floor)
        guard rest == 0.5 else { return rest > 0.5 ? floor + 1 : floor }
        let dropped = dropped()
        return dropped > 0 || (dropped == 0 && floor % 2 == 1) ? floor + 1 : floor
    }

    /// - Precondition: `value` is finite and above 0.
    static func significantDigits(_ value: Double) -> SignificantDigits {
        guard value >= 1e-16, value < 1e27 else { return significantDigitsByLibrary(value) }
        // log10(2) = 1233/4096 as far as these exponents go; the estimate is exact or one too low.
        var exponent = (Int(value.exponent) * 1233) >> 12
        if scaled(value, toExponent: exponent) >= 1e6 { exponent += 1 }
        if scaled(value, toExponent: exponent) < 1e5 { exponent -= 1 }
        let power = 5 - exponent
        let digits =
            power >= 0 ? product(value, powersOfTen[power]) : quotient(value, powersOfTen[-power])
        // 999999.7 rounds up to seven digits.
        return digits == 1_000_000
            ? SignificantDigits(digits: 100_000, exponent: exponent + 1)
            : SignificantDigits(digits: digits, exponent: exponent)
    }

    private static func scaled(_ value: Double, toExponent exponent: Int) -> Double {
        let power = 5 - exponent
        return power >= 0 ? value * powersOfTen[power] : value / powersOfTen[-power]
    }

    /// 10⁰ to 10²², all exact.
    private static let powersOfTen: [Double] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22,
    ]

    /// For the very small and the very large, where powers of ten are not exact.
    private static func significantDigitsByLibrary(_ value: Double) -> SignificantDigits {
        var text = [CChar](repeating: 0, count: 32)
        _ = withVaList([value]) { vsnprintf(&text, text.count, "%.5e", $0) }
        // "d.ddddde±xx"
        var digits: UInt64 = 0
        var exponent = 0
        var isNegative = false
        var inExponent = false
        for character in text.prefix(while: { $0 != 0 }).map(UInt8.init(bitPattern:)) {
            switch character {
            case UInt8(ascii: "e"): inExponent = true
            case .minus: isNegative = true
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                let digit = Int(character - .zero)
                if inExponent { exponent = exponent * 10 + digit } else { digits = digits * 10 + UInt64(digit) }
            default: break
            }
        }
        return SignificantDigits(digits: digits, exponent: isNegative ? -exponent : exponent)
    }
}
