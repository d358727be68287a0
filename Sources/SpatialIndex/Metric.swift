public import FirmModel
import RealModule

/// How distance between two sites is measured. Chosen once for a register.
public enum Metric: Sendable {
    /// Euclidean, between x and y in meters.
    case plane
    /// Great-circle arcs on ``Sphere``, compared as squared chords between unit vectors.
    case sphere

    /// The largest squared distance, in the units that kernels compare, that counts as within `radius`: r² in the plane,
    /// and on the sphere the squared chord (2 sin(r / 2R))² of the unit sphere; everything is within half its
    /// circumference.
    public func limit(for radius: Meters) -> Double {
        switch self {
        case .plane: return radius.value * radius.value
        case .sphere:
            guard radius.value < Sphere.halfCircumference else { return .infinity }
            let chord = 2 * Double.sin(radius.value / (2 * Sphere.radius))
            return chord * chord
        }
    }

    /// The height of a row in the units of y: meters, or degrees of latitude.
    func rowHeight(_ height: Meters) -> Double {
        switch self {
        case .plane: height.value
        case .sphere: height.value / Sphere.radius * (180 / .pi)
        }
    }

    /// The distance on the ground that a squared distance of the kernels stands for.
    public func distance(forSquared squared: Double) -> Meters {
        switch self {
        case .plane: return Meters(squared.squareRoot())
        case .sphere: return Meters(2 * Sphere.radius * Double.asin(min(1, squared.squareRoot() / 2)))
        }
    }
}
