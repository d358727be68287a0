/// A length on the ground, in meters.
///
/// Radii and distances at the public surface carry their unit in the type, so that degrees or kilometers cannot slip in:
///
///     let neighborhoodRadius: Meters = 500
///     let reach = Meters(kilometers: 1.2)
public struct Meters: Sendable, Hashable, Comparable, BitwiseCopyable, ExpressibleByFloatLiteral,
    ExpressibleByIntegerLiteral
{
    /// The number of meters.
    public var value: Double

    /// A length from its number of meters.
    public init(_ value: Double) { self.value = value }
    /// A length from its number of kilometers.
    public init(kilometers: Double) { self.value = kilometers * 1000 }
    public init(floatLiteral value: Double) { self.value = value }
    public init(integerLiteral value: Int) { self.value = Double(value) }

    public static func < (left: Meters, right: Meters) -> Bool { left.value < right.value }
    /// A multiple of a length.
    public static func * (factor: Double, length: Meters) -> Meters { Meters(factor * length.value) }
    /// A part of a length.
    public static func / (length: Meters, divisor: Double) -> Meters { Meters(length.value / divisor) }
}
