/// Numbers that never fall, kept by their low bits, and the places where the bits above those step up: as short as
/// numbers of that many bits until they are not enough, and right ever after.
struct RisingNumbers<Low: FixedWidthInteger & UnsignedInteger & Sendable>: Sendable, Equatable {
    private(set) var low: [Low] = []
    /// The places from which on one more has to be added to the bits above `low`, ascending.
    private(set) var carries: [Int] = []

    var count: Int { low.count }

    subscript(place: Int) -> Int {
        let lowBits = Int(low[place])
        return carries.isEmpty ? lowBits : lowBits + carries.count { $0 <= place } << Low.bitWidth
    }

    var last: Int { low.last.map { Int($0) + carries.count << Low.bitWidth } ?? 0 }

    mutating func reserveCapacity(_ count: Int) { low.reserveCapacity(count) }

    /// - Precondition: `number` is not below the one before.
    mutating func append(_ number: Int) {
        while carries.count < number >> Low.bitWidth { carries.append(low.count) }
        low.append(Low(truncatingIfNeeded: number))
    }

    /// Appends numbers that count from `base`.
    mutating func append(_ numbers: [UInt32], from base: Int) {
        if (base + Int(numbers.last ?? 0)) >> Low.bitWidth == carries.count {
            let lowBase = Low(truncatingIfNeeded: base)
            for number in numbers { low.append(lowBase &+ Low(truncatingIfNeeded: number)) }
        } else {
            for number in numbers { append(base + Int(number)) }
        }
    }
}
