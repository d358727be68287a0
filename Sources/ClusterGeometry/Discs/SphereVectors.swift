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

/// The place moved by at most 13 nanometers, so that two are equal or far enough apart (some 10 nanometers, a hundred units
/// in the last place of a unit vector) for each to see the other in opposite directions.
///
/// Latitudes become multiples of 2⁻⁴² degrees, longitudes of about the same step on the ground that divides the circle.
/// Leaving out one of two near centers instead would not do: being near is not transitive.
func distinguishable(_ place: Coordinate) -> Coordinate {
    let step = 0x1p-42
    let latitude = (place.latitude / step).rounded() * step
    guard abs(latitude) < 90 else { return Coordinate(longitude: 0, latitude: latitude) }
    let around = 360 * Double.cos(latitude * (.pi / 180)) / step
    let steps = Double(sign: .plus, exponent: max(2, around.exponent), significand: 1)
    let longitude = (place.longitude / 360 * steps).rounded() / steps * 360
    return Coordinate(longitude: longitude, latitude: latitude).normalized(in: .geographic)
}

/// Longitude and latitude in degrees of a vector of any length.
func longitudeLatitude(_ vector: SIMD3<Double>) -> Coordinate {
    let fromAxis = (vector.x * vector.x + vector.y * vector.y).squareRoot()
    return Coordinate(
        longitude: Double.atan2(y: vector.y, x: vector.x) * (180 / .pi),
        latitude: Double.atan2(y: vector.z, x: fromAxis) * (180 / .pi))
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
