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

    static func count(_ byte: UInt8, in bytes: UnsafeBufferPointer<UInt8>) -> Int {
        guard let base = bytes.baseAddress else { return 0 }
        let wanted = pattern(byte)
        let low: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
        var total = 0
        var i = 0
        while i + 8 <= bytes.count {
            let difference = word(base + i) ^ wanted
            // No carry leaves its byte here, so that every flag is exact: the top bit stays clear for a match alone.
            total += (~(((difference & low) &+ low) | difference | low)).nonzeroBitCount
            i += 8
        }
        while i < bytes.count {
            if base[i] == byte { total += 1 }
            i += 1
        }
        return total
    }
}
