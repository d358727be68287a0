/// Gives equal texts equal numbers, 0, 1, 2, … in the order in which they first appear.
///
/// For columns where few texts repeat: a lookup reads the text once and allocates only for a new one. A text of up to eight
/// bytes, as most codes are, is compared as one number.
///
/// Texts hold no zero bytes, and eight bytes can be read from where they start: fields of a `RecordCursor` are such.
struct ByteInterner {
    private struct Slot {
        /// A short text itself, the hash of a longer one.
        var key: UInt64
        var length: UInt32
        /// Below 0 where the slot is free.
        var number: Int32

        static let free = Slot(key: 0, length: 0, number: -1)
    }

    private var slots = [Slot](repeating: .free, count: 256)
    private var bytes: [UInt8] = []
    private var ends: [Int] = []

    /// The number of distinct texts.
    var count: Int { ends.count }

    func text(_ number: Int) -> ArraySlice<UInt8> { bytes[(number == 0 ? 0 : ends[number - 1])..<ends[number]] }

    /// The number of a text, a new one if it has not been seen.
    @inline(__always)
    mutating func number(of text: UnsafeBufferPointer<UInt8>) -> Int32 {
        let isShort = text.count <= 8
        let key = isShort ? ShortText.word(text) : ByteHash.hash(text)
        let length = UInt32(truncatingIfNeeded: text.count)
        let mask = slots.count - 1
        var place = Self.place(key, mask)
        while true {
            let slot = slots[place]
            if slot.number < 0 { break }
            if slot.key == key, slot.length == length, isShort || equals(Int(slot.number), text) { return slot.number }
            place = (place + 1) & mask
        }
        return insert(text, Slot(key: key, length: length, number: Int32(ends.count)), at: place)
    }

    @inline(__always)
    private static func place(_ key: UInt64, _ mask: Int) -> Int {
        Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) &>> 32) & mask
    }

    @inline(never)
    private mutating func insert(_ text: UnsafeBufferPointer<UInt8>, _ slot: Slot, at place: Int) -> Int32 {
        slots[place] = slot
        bytes.append(contentsOf: text)
        ends.append(bytes.count)
        if ends.count * 2 > slots.count { grow() }
        return slot.number
    }

    private func equals(_ candidate: Int, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
        let start = candidate == 0 ? 0 : ends[candidate - 1]
        guard ends[candidate] - start == text.count else { return false }
        for offset in 0..<text.count where bytes[start + offset] != text[offset] { return false }
        return true
    }

    private mutating func grow() {
        let old = slots
        slots = [Slot](repeating: .free, count: old.count * 2)
        let mask = slots.count - 1
        for slot in old where slot.number >= 0 {
            var place = Self.place(slot.key, mask)
            while slots[place].number >= 0 { place = (place + 1) & mask }
            slots[place] = slot
        }
    }
}

/// Texts of up to eight bytes as numbers.
enum ShortText {
    /// The bytes of a text, the first lowest, zeros after the last. Eight bytes are read whatever the length.
    @inline(__always)
    static func word(_ text: UnsafeBufferPointer<UInt8>) -> UInt64 {
        guard let base = text.baseAddress, text.count > 0 else { return 0 }
        let word = UInt64(littleEndian: UnsafeRawPointer(base).loadUnaligned(as: UInt64.self))
        return word & (~0 &>> UInt64(64 - 8 * text.count))
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
