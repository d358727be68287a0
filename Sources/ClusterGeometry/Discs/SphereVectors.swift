import FirmModel
import RealModule

@inline(__always)
func dot(_ a: SIMD3<Double>, _ b: SIMD3<Double>) -> Double { a.x * b.x + a.y * b.y + a.z * b.z }

@inline(__always)
func cross(_ a: SIMD3<Double>, _ b: SIMD3<Double>) -> SIMD3<Double> {
    SIMD3(a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x)
}

/// The unit vector of a longitude and latitude in degrees.
func unitVector(_ place: Coordinate) -> SIMD3<Double> {
    let longitude = place.longitude * (.pi / 180)
    let latitude = place.latitude * (.pi / 180)
    let fromAxis = Double.cos(latitude)
    return SIMD3(fromAxis * .cos(longitude), fromAxis * .sin(longitude), .sin(latitude))
}

/// The shorter way from one longitude to another, in −180...180 degrees.
@inline(__always)
func longitudeStep(from: Double, to: Double) -> Double {
    let step = to - from
    return step - 360 * (step / 360).rounded(.toNearestOrEven)
}

/// The signed area E of a spherical triangle of unit vectors in steradians, positive counter-clockwise:
/// tan(E/2) = a·(b × c) / (1 + a·b + b·c + c·a) (Eriksson 1990, Mathematics Magazine 63(3), 184–187).
///
/// The triple product is taken of differences, so that a triangle a meter across keeps its digits.
func sphericalTriangleArea(_ a: SIMD3<Double>, _ b: SIMD3<Double>, _ c: SIMD3<Double>) -> Double {
    let volume = dot(a, cross(b - a, c - a))
    return 2 * Double.atan2(y: volume, x: 1 + dot(a, b) + dot(b, c) + dot(c, a))
}
