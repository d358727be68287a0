/// Reading numbers from bytes, whatever the locale.
public enum NumberParsing {
    /// The number that all of `bytes` spell, correctly rounded; nil when they spell none.
    ///
    /// Digits with an optional sign, an optional fraction after `.` (or after `decimalComma`), and an optional exponent;
    /// spaces around it are skipped. No grouping of digits, no hexadecimal, no `inf` and no `nan`; a number too large for
    /// a `Double` is nil, too.
    public static func number(_ bytes: UnsafeBufferPointer<UInt8>, decimalComma: Bool = false) -> Double? {
        var start = 0
        var end = bytes.count
        while start < end, bytes[start] == 0x20 || bytes[start] == 0x09 { start += 1 }
        while end > start, bytes[end - 1] == 0x20 || bytes[end - 1] == 0x09 { end -= 1 }
        guard start < end, let base = bytes.baseAddress else { return nil }

        var place = start
        let isNegative = base[place] == UInt8(ascii: "-")
        if isNegative || base[place] == UInt8(ascii: "+") { place += 1 }

        var significand: UInt64 = 0
        var digits = 0
        var hasDigit = false
        var fractionDigits = 0
        var inFraction = false
        while place < end {
            let byte = base[place]
            let digit = byte &- 0x30
            if digit < 10 {
                hasDigit = true
                // Leading zeros are not digits of the significand.
                if digits < 19 { significand = significand &* 10 &+ UInt64(digit) }
                if digits > 0 || digit > 0 { digits += 1 }
                if inFraction { fractionDigits += 1 }
            } else if !inFraction, byte == UInt8(ascii: ".") || (decimalComma && byte == UInt8(ascii: ",")) {
                inFraction = true
            } else {
                break
            }
            place += 1
        }
        guard hasDigit else { return nil }
        var exponent = 0
        if place < end {
            guard let written = self.exponent(base, &place, end) else { return nil }
            exponent = written
        }
        guard place == end else { return nil }

        let scale = exponent - fractionDigits
        if digits <= 19, let magnitude = exact(significand, scale) { return isNegative ? -magnitude : magnitude }
        return fallback(UnsafeBufferPointer(start: base + start, count: end - start))
    }

    private static func exponent(_ base: UnsafePointer<UInt8>, _ place: inout Int, _ end: Int) -> Int? {
        guard base[place] | 0x20 == UInt8(ascii: "e") else { return nil }
        place += 1
        guard place < end else { return nil }
        let isNegative = base[place] == UInt8(ascii: "-")
        if isNegative || base[place] == UInt8(ascii: "+") { place += 1 }
        guard place < end else { return nil }
        var value = 0
        while place < end {
            let digit = base[place] &- 0x30
            guard digit < 10 else { return nil }
            value = min(9999, value * 10 + Int(digit))
            place += 1
        }
        return isNegative ? -value : value
    }

    /// significand · 10^scale, correctly rounded, for the scales that people write; nil for others.
    ///
    /// Up to 2⁵³ and 10²² both factors are exact and one operation rounds once (Clinger 1990, PLDI). Beyond 2⁵³, as in
    /// coordinates with 17 digits, the quotient is taken in integers of 128 bits and rounded half to even by hand.
    static func exact(_ significand: UInt64, _ scale: Int) -> Double? {
        if significand == 0 { return 0 }
        if significand <= 1 << 53 {
            if scale == 0 { return Double(significand) }
            if scale < 0, scale >= -22 { return Double(significand) / powers[-scale] }
            if scale > 0, scale <= 22 {
                let value = Double(significand) * powers[scale]
                return value.isFinite ? value : nil
            }
            return nil
        }
        guard scale <= 0, scale >= -19 else { return nil }
        if scale == 0 { return Double(significand) }
        let divisor = integerPowers[-scale]
        let divisorShift = divisor.leadingZeroBitCount
        let significandShift = significand.leadingZeroBitCount
        let dividend = significand << UInt64(significandShift)
        // The upper half is below 2⁶³ and the divisor at least that: the quotient has 63 or 64 bits.
        let (quotient, remainder) = (divisor << UInt64(divisorShift)).dividingFullWidth((dividend >> 1, dividend << 63))
        let excess = 11 - quotient.leadingZeroBitCount
        let kept = quotient >> UInt64(excess)
        let dropped = quotient & (1 << UInt64(excess) - 1)
        let half: UInt64 = 1 << UInt64(excess - 1)
        let isAbove = dropped > half || (dropped == half && (remainder != 0 || kept & 1 == 1))
        // kept has 53 bits, so the sum is exact; the power of two is, too.
        let rounded = Double(kept + (isAbove ? 1 : 0))
        return rounded * Double(sign: .plus, exponent: excess - 63 + divisorShift - significandShift, significand: 1)
    }

    private static func fallback(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
        let text = String(decoding: bytes.map { $0 == UInt8(ascii: ",") ? UInt8(ascii: ".") : $0 }, as: UTF8.self)
        guard let value = Double(text), value.isFinite else { return nil }
        return value
    }

    static let powers: [Double] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22,
    ]

    static let integerPowers: [UInt64] = [
        1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000,
        100_000_000_000, 1_000_000_000_000, 10_000_000_000_000, 100_000_000_000_000, 1_000_000_000_000_000,
        10_000_000_000_000_000, 100_000_000_000_000_000, 1_000_000_000_000_000_000, 10_000_000_000_000_000_000,
    ]
}
