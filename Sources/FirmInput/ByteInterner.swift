/// Gives equal texts equal numbers, 0, 1, 2, … in the order in which they first appear.
///
/// For columns where few texts repeat: a lookup reads the text once and allocates only for a new one.
struct ByteInterner {
    private var slots = [Int32](repeating: -1, count: 256)
    private var hashes: [UInt64] = []
    private var bytes: [UInt8] = []
    private var ends: [Int] = []

    /// The number of distinct texts.
    var count: Int { ends.count }

    func text(_ number: Int) -> ArraySlice<UInt8> { bytes[(number == 0 ? 0 : ends[number - 1])..<ends[number]] }

    /// The number of a text, a new one if it has not been seen.
    mutating func number(of text: UnsafeBufferPointer<UInt8>) -> Int32 {
        let hash = ByteHash.hash(text)
        var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[slot] >= 0 {
            let candidate = Int(slots[slot])
            if hashes[candidate] == hash, equals(candidate, text) { return Int32(candidate) }
            slot = (slot + 1) & (slots.count - 1)
        }
        let number = Int32(ends.count)
        slots[slot] = number
        hashes.append(hash)
        bytes.append(contentsOf: text)
        ends.append(bytes.count)
        if ends.count * 2 > slots.count { grow() }
        return number
    }

    private func equals(_ candidate: Int, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
        let start = candidate == 0 ? 0 : ends[candidate - 1]
        guard ends[candidate] - start == text.count else { return false }
        for offset in 0..<text.count where bytes[start + offset] != text[offset] { return false }
        return true
    }

    private mutating func grow() {
        slots = [Int32](repeating: -1, count: slots.count * 2)
        for (number, hash) in hashes.enumerated() {
            var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
            while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = Int32(number)
        }
    }
}

/// A hash of bytes for tables that live as long as the process: eight bytes a step, mixed as SplitMix64 does.
enum ByteHash {
    static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
        var state = UInt64(bytes.count) &* 0x9E37_79B9_7F4A_7C15
        guard let base = bytes.baseAddress else { return state }
        var place = 0
        while place + 8 <= bytes.count {
            state = mixed(state ^ UnsafeRawPointer(base + place).loadUnaligned(as: UInt64.self))
            place += 8
        }
        var rest: UInt64 = 0
        while place < bytes.count {
            rest = rest << 8 | UInt64(base[place])
            place += 1
        }
        return mixed(state ^ rest)
    }

    @inline(__always)
    private static func mixed(_ value: UInt64) -> UInt64 {
        var z = value &+ 0x9E37_79B9_7F4A_7C15
        z = (z ^ (z &>> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z &>> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z &>> 31)
    }
}
