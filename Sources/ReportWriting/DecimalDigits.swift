/// Puts digits into memory, two at a time, and returns the address behind the last one.
enum DecimalDigits {
    typealias Position = UnsafeMutablePointer<UInt8>

    /// The most bytes any number takes: a sign, 20 digits, a point, 7 decimals or an exponent.
    static let room = 40

    private static let pairs: StaticString = """
        0001020304050607080910111213141516171819202122232425262728293031323334353637383940414243444546474849\
        5051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899
        """

    @inline(__always)
    private static func writePair(_ value: UInt32, at position: Position) {
        let source = pairs.utf8Start + 2 * Int(value)
        position[0] = source[0]
        position[1] = source[1]
    }

    /// Writes `value` without leading zeros.
    @inline(__always)
    static func write(_ value: UInt64, at start: Position) -> Position {
        // Degrees and most counts.
        if value < 1000 {
            let small = UInt32(truncatingIfNeeded: value)
            if small < 10 {
                start[0] = .zero + UInt8(truncatingIfNeeded: small)
                return start + 1
            }
            if small < 100 {
                writePair(small, at: start)
                return start + 2
            }
            start[0] = .zero + UInt8(truncatingIfNeeded: small / 100)
            writePair(small % 100, at: start + 1)
            return start + 3
        }
        return writeLarge(value, at: start)
    }

    private static func writeLarge(_ value: UInt64, at start: Position) -> Position {
        var count = 1
        var rest = value / 10
        while rest > 0 {
            count += 1
            rest /= 10
        }
        rest = value
        for position in stride(from: count - 1, through: 0, by: -1) {
            start[position] = .zero + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        }
        return start + count
    }

    /// Writes a point and `units` / 10⁷ without trailing zeros, or nothing for 0. May touch 9 bytes.
    ///
    /// - Precondition: 0 ≤ `units` < 10⁷.
    @inline(__always)
    static func writeSevenDecimals(_ units: UInt64, at start: Position) -> Position {
        // Eight digits at a time, a byte each, the first in the lowest: halves of four, then of two, then of one.
        let fours = (units / 1000) | (units % 1000 * 10) << 32
        let hundreds = ((fours &* 10_486) >> 20) & 0x7F_0000_007F
        let twos = hundreds | (fours &- 100 &* hundreds) << 16
        let tens = ((twos &* 103) >> 10) & 0x000F_000F_000F_000F
        let digits = tens | (twos &- 10 &* tens) << 8
        start[0] = .point
        let text = (digits | 0x3030_3030_3030_3030).littleEndian
        UnsafeMutableRawPointer(start + 1).storeBytes(of: text, as: UInt64.self)
        let count = 8 - digits.leadingZeroBitCount / 8
        return count == 0 ? start : start + 1 + count
    }

    /// Steps back over zeros.
    @inline(__always)
    static func withoutZeros(before end: Position) -> Position {
        var end = end
        while end[-1] == .zero { end -= 1 }
        return end
    }

    static func writeZeros(_ count: Int, at start: Position) -> Position {
        start.update(repeating: .zero, count: count)
        return start + count
    }
}
