/// Numbers as output spells them: no locale, no exponent where a plain number will do, −0 is 0, and `null` for what is
/// not a number.
extension TextBuffer {
    mutating func append(_ value: Int) {
        if value < 0 { append(.minus) }
        append(UInt64(value.magnitude))
    }

    mutating func append(_ value: UInt64) {
        withDigits { digits, end in
            var start = end
            Self.write(value, before: &start, in: digits)
            return start..<end
        }
    }

    /// A coordinate to 7 decimals, trailing zeros left out: 1 cm in degrees.
    mutating func appendCoordinate(_ value: Double) {
        let magnitude = value.magnitude
        // The integer part and what is left of it are exact below 2⁶³.
        guard magnitude < 0x1p62 else { return appendExact(value) }
        var whole = UInt64(magnitude)
        var units = DecimalRounding.product(magnitude - Double(whole), 1e7)
        if units == 10_000_000 {
            whole += 1
            units = 0
        }
        if value < 0, whole > 0 || units > 0 { append(.minus) }
        withDigits { digits, end in
            var last = end
            if units > 0 {
                var kept = 7
                while units % 10 == 0 {
                    units /= 10
                    kept -= 1
                }
                for _ in 0..<kept {
                    last -= 1
                    digits[last] = .zero + UInt8(truncatingIfNeeded: units % 10)
                    units /= 10
                }
                last -= 1
                digits[last] = .point
            }
            Self.write(whole, before: &last, in: digits)
            return last..<end
        }
    }

    /// A measure to 6 significant digits, trailing zeros left out: 12.5, 0.000123457, 1234570.
    ///
    /// Below 10⁻⁶ and from 10²¹ on it has an exponent, as JavaScript writes numbers.
    mutating func appendMeasure(_ value: Double) {
        guard value.isFinite else { return append("null") }
        guard value != 0 else { return append(.zero) }
        if value < 0 { append(.minus) }
        var (digits, exponent) = (0 as UInt64, 0)
        do {
            let significant = DecimalRounding.significantDigits(value.magnitude)
            (digits, exponent) = (significant.digits, significant.exponent)
        }
        var count = 6
        while digits % 10 == 0 {
            digits /= 10
            count -= 1
        }
        let isPlain = (-6..<21).contains(exponent)
        // How many digits stand before the point.
        let whole = isPlain ? exponent + 1 : 1
        if whole <= 0 {
            append("0.")
            for _ in whole..<0 { append(.zero) }
            append(digits)
        } else if whole >= count {
            append(digits)
            for _ in count..<whole { append(.zero) }
        } else {
            withDigits { text, end in
                var last = end
                for _ in 0..<(count - whole) {
                    last -= 1
                    text[last] = .zero + UInt8(truncatingIfNeeded: digits % 10)
                    digits /= 10
                }
                last -= 1
                text[last] = .point
                Self.write(digits, before: &last, in: text)
                return last..<end
            }
        }
        if !isPlain {
            append(UInt8(ascii: "e"))
            append(exponent)
        }
    }

    /// A total, such as employees: never fewer digits than to the unit, else as a measure.
    mutating func appendAmount(_ value: Double) {
        guard value.magnitude >= 1e5, value.magnitude < 0x1p53 else { return appendMeasure(value) }
        append(Int(value.rounded(.toNearestOrEven)))
    }

    /// The shortest digits that read back as the same number: for parameters, which must be repeatable as they are.
    mutating func appendExact(_ value: Double) {
        guard value.isFinite else { return append("null") }
        if value.magnitude < 0x1p53, value == value.rounded(.towardZero) {
            append(Int(value))
        } else {
            append(value.description)
        }
    }

    private static func write(_ value: UInt64, before end: inout Int, in digits: UnsafeMutableBufferPointer<UInt8>) {
        var value = value
        repeat {
            end -= 1
            digits[end] = .zero + UInt8(truncatingIfNeeded: value % 10)
            value /= 10
        } while value > 0
    }

    /// Appends the part of a scratch area on the stack that `fill` has written, from its end towards its start.
    private mutating func withDigits(_ fill: (UnsafeMutableBufferPointer<UInt8>, _ end: Int) -> Range<Int>) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 32) { scratch in
            let written = fill(scratch, scratch.count)
            append(utf8: UnsafeBufferPointer(rebasing: scratch[written]))
        }
    }
}
