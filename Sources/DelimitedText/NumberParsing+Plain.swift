extension NumberParsing {
    /// The number spelled by `count` bytes in the plainest way, or NaN: at most 7 digits before the point and 16 after it, or 8
    /// without one, and no sign but a minus.
    ///
    /// Eight digits are read at once: up to 16 bytes past the last can be read. No digit is dropped and the only rounding is
    /// that of one division of exact numbers, so the result is that of ``number(_:decimalComma:)``.
    @usableFromInline
    static func plain(_ text: UnsafePointer<UInt8>, count: Int) -> Double {
        let isNegative = text[0] == UInt8(ascii: "-")
        let start = text + (isNegative ? 1 : 0)
        let length = count - (isNegative ? 1 : 0)
        let head = digitValues(start)
        let wholeDigits = min(nonDigits(head).trailingZeroBitCount >> 3, length)
        guard wholeDigits > 0 else { return .nan }
        let fractionDigits = length - wholeDigits - 1
        if fractionDigits < 0 {
            return signed(Double(value(head, digits: wholeDigits)), isNegative)
        }
        guard start[wholeDigits] == UInt8(ascii: "."), wholeDigits < 8, fractionDigits > 0, fractionDigits <= 16 else {
            return .nan
        }
        let fraction = start + wholeDigits + 1
        let digits = wholeDigits + fractionDigits
        if digits <= 8 {
            // Read once from the start and once a byte further on: before the point the one, after it the other.
            let before = ~0 &>> UInt64(truncatingIfNeeded: 64 &- 8 &* wholeDigits) as UInt64
            let joined = (head & before) | (digitValues(start + 1) & ~before)
            guard areDigits(joined, digits) else { return .nan }
            return signed(Double(value(joined, digits: digits)) / powers[fractionDigits], isNegative)
        }
        let whole = value(head, digits: wholeDigits)
        let firstDigits = digitValues(fraction)
        if fractionDigits <= 8 {
            guard areDigits(firstDigits, fractionDigits) else { return .nan }
            // At most 15 digits, so both numbers are exact and the division rounds once.
            let significand =
                whole &* Int64(bitPattern: integerPowers[fractionDigits]) &+ value(firstDigits, digits: fractionDigits)
            return signed(Double(significand) / powers[fractionDigits], isNegative)
        }
        let lastDigits = digitValues(fraction + 8)
        guard digits <= 19, areDigits(firstDigits, 8), areDigits(lastDigits, fractionDigits - 8)
        else { return .nan }
        let significand =
            (whole &* 100_000_000 &+ value(firstDigits, digits: 8))
            &* Int64(bitPattern: integerPowers[fractionDigits - 8])
            &+ value(lastDigits, digits: fractionDigits - 8)
        guard let magnitude = exact(UInt64(bitPattern: significand), -fractionDigits) else { return .nan }
        return signed(magnitude, isNegative)
    }

    /// Without a branch: in a column of longitudes about Greenwich the sign is anybody's guess.
    @inline(__always)
    private static func signed(_ magnitude: Double, _ isNegative: Bool) -> Double {
        Double(bitPattern: magnitude.bitPattern | (isNegative ? 1 &<< 63 : 0))
    }

    /// Eight bytes, the first lowest, each less the character 0: below 10 where it is a digit.
    @inline(__always)
    private static func digitValues(_ text: UnsafePointer<UInt8>) -> UInt64 {
        UInt64(littleEndian: UnsafeRawPointer(text).loadUnaligned(as: UInt64.self)) ^ 0x3030_3030_3030_3030
    }

    /// The top bit of the first byte that is no digit; bits above it say nothing.
    @inline(__always)
    private static func nonDigits(_ values: UInt64) -> UInt64 {
        ((values &+ 0x7676_7676_7676_7676) | values) & 0x8080_8080_8080_8080
    }

    @inline(__always)
    private static func areDigits(_ values: UInt64, _ count: Int) -> Bool {
        nonDigits(values &<< UInt64(truncatingIfNeeded: 64 &- 8 &* count)) == 0
    }

    /// The number that the first `digits` digits make: pairs, then fours, then eights are put together in all places at once.
    @inline(__always)
    private static func value(_ values: UInt64, digits: Int) -> Int64 {
        var v = values &<< UInt64(truncatingIfNeeded: 64 &- 8 &* digits)
        v = (v &* 10 &+ v &>> 8) & 0x00FF_00FF_00FF_00FF
        v = (v &* 100 &+ v &>> 16) & 0x0000_FFFF_0000_FFFF
        return Int64(truncatingIfNeeded: (v &* 10_000 &+ v &>> 32) & 0xFFFF_FFFF)
    }
}
