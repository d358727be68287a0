/// A repeatable stream of random numbers: SplitMix64 (Steele, Lea & Flood 2014, OOPSLA), the same on every machine.
///
/// Work that runs in parallel takes one stream for each piece, named by the seed and the piece's number, so that results
/// do not depend on how many workers share the pieces:
///
///     var stream = RandomStream(seed: 42, stream: replicate)
public struct RandomStream: RandomNumberGenerator, Sendable {
    @usableFromInline var state: UInt64

    /// The stream with this number of this seed.
    public init(seed: UInt64, stream: UInt64 = 0) {
        // Two rounds of the mixer keep neighboring (seed, stream) pairs from giving overlapping sequences.
        state = Self.mixed(Self.mixed(seed &+ 0x9E37_79B9_7F4A_7C15) ^ Self.mixed(stream &+ 0xD1B5_4A32_D192_ED03))
    }

    @inlinable
    static func mixed(_ value: UInt64) -> UInt64 {
        var z = value
        z = (z ^ (z &>> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z &>> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z &>> 31)
    }

    @inlinable
    public mutating func next() -> UInt64 {
        state = state &+ 0x9E37_79B9_7F4A_7C15
        return Self.mixed(state)
    }

    /// A number drawn evenly from [0, 1): the top 53 bits, so every value is a multiple of 2⁻⁵³.
    @inlinable
    public mutating func nextUnit() -> Double { Double(next() &>> 11) * 0x1p-53 }

    /// A whole number drawn evenly from 0..<bound (Lemire 2019, ACM Transactions on Modeling and Computer Simulation 29).
    ///
    /// - Precondition: `bound` is above 0.
    @inlinable
    public mutating func next(below bound: Int) -> Int {
        let bound = UInt64(bound)
        var product = next().multipliedFullWidth(by: bound)
        // Of the 2⁶⁴ numbers as many as do not fill a whole round are drawn again.
        if product.low < bound {
            let excess = (0 &- bound) % bound
            while product.low < excess { product = next().multipliedFullWidth(by: bound) }
        }
        return Int(truncatingIfNeeded: product.high)
    }
}
