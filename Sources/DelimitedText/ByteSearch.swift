import CTextKernels

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Searching bytes.
enum ByteSearch {
    /// The first place of `byte` in `start..<end`, or `end`.
    @inline(__always)
    static func first(_ byte: UInt8, in base: UnsafePointer<UInt8>, from start: Int, to end: Int) -> Int {
        guard start < end, let found = memchr(base + start, Int32(byte), end - start) else { return end }
        return UnsafeRawPointer(found) - UnsafeRawPointer(base)
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

    /// How often `byte` occurs.
    static func count(_ byte: UInt8, in bytes: UnsafeBufferPointer<UInt8>) -> Int {
        guard let base = bytes.baseAddress else { return 0 }
        return count_byte(base, bytes.count, byte)
    }
}
