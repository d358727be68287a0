/// Searching bytes eight at a time. Reads up to seven bytes past `end`: the memory must be that long.
enum ByteSearch {
    @inline(__always)
    static func matches(_ word: UInt64, _ pattern: UInt64) -> UInt64 {
        let difference = word ^ pattern
        // The lowest flag is exact; flags above a true one may be false (Mycroft's zero-byte test).
        return (difference &- 0x0101_0101_0101_0101) & ~difference & 0x8080_8080_8080_8080
    }

    @inline(__always)
    static func pattern(_ byte: UInt8) -> UInt64 { UInt64(byte) &* 0x0101_0101_0101_0101 }

    @inline(__always)
    static func word(_ pointer: UnsafePointer<UInt8>) -> UInt64 {
        UInt64(littleEndian: UnsafeRawPointer(pointer).loadUnaligned(as: UInt64.self))
    }

    /// The first place of `byte` in `start..<end`, or `end`.
    @inline(__always)
    static func first(_ byte: UInt8, in base: UnsafePointer<UInt8>, from start: Int, to end: Int) -> Int {
        let wanted = pattern(byte)
        var i = start
        while i < end {
            let found = matches(word(base + i), wanted)
            if found != 0 { return min(end, i + found.trailingZeroBitCount >> 3) }
            i += 8
        }
        return end
    }

    /// The last place of `byte` in `start..<end`, or nil.
    static func last(_ byte: UInt8, in base: UnsafePointer<UInt8>, from start: Int, to end: Int) -> Int? {
        var i = end
        while i > start {
            i -= 1
            if base[i] == byte { return i }
        }
        return nil
    }

    /// How often `byte` occurs: sixteen lanes count at once, and are added up before they overflow.
    static func count(_ byte: UInt8, in bytes: UnsafeBufferPointer<UInt8>) -> Int {
        guard let base = bytes.baseAddress else { return 0 }
        let wanted = SIMD16<UInt8>(repeating: byte)
        let (zeros, ones) = (SIMD16<UInt8>(repeating: 0), SIMD16<UInt8>(repeating: 1))
        var total = 0
        var i = 0
        while i + 16 <= bytes.count {
            let end = min(i + 16 * 255, i + (bytes.count - i) / 16 * 16)
            var lanes = zeros
            while i < end {
                let chunk = UnsafeRawPointer(base + i).loadUnaligned(as: SIMD16<UInt8>.self)
                lanes &+= zeros.replacing(with: ones, where: chunk .== wanted)
                i += 16
            }
            for lane in 0..<16 { total += Int(lanes[lane]) }
        }
        while i < bytes.count {
            if base[i] == byte { total += 1 }
            i += 1
        }
        return total
    }
}
