public import FirmModel
import RealModule

/// Areas on the sphere of ``Sphere/radius``.
public enum SphericalPolygon {
    /// The signed area in square meters enclosed by great-circle edges, positive counter-clockwise:
    ///
    ///     A = R² Σ E(o, aᵢ, aᵢ₊₁),   tan(E/2) = o·(aᵢ × aᵢ₊₁) / (1 + o·aᵢ + aᵢ·aᵢ₊₁ + aᵢ₊₁·o)
    ///
    /// over the unit vectors aᵢ of the corners, with o the first of them (Eriksson 1990, Mathematics Magazine 63(3),
    /// 184–187). The triple product is taken of differences, so that small rings keep their digits. Areas are known up
    /// to whole spheres; the one nearest to 0 is given. Edges along a parallel bulge towards the equator here: cut them
    /// fine. An area on the WGS 84 ellipsoid differs by up to half a percent.
    ///
    /// - Parameter ring: longitude/latitude; closed or not. Fewer than three corners enclose 0.
    public static func area(ring: [Coordinate]) -> Double {
        guard let first = ring.first else { return 0 }
        let origin = unitVector(first)
        var sum = 0.0
        var previous = origin
        for corner in ring.dropFirst() {
            let vector = unitVector(corner)
            sum += triangleArea(origin, previous, vector)
            previous = vector
        }
        return sum.remainder(dividingBy: 4 * .pi) * Sphere.radius * Sphere.radius
    }

    private static func triangleArea(_ a: SIMD3<Double>, _ b: SIMD3<Double>, _ c: SIMD3<Double>) -> Double {
        let (u, v) = (b - a, c - a)
        let volume =
            a.x * (u.y * v.z - u.z * v.y) + a.y * (u.z * v.x - u.x * v.z) + a.z * (u.x * v.y - u.y * v.x)
        return 2 * Double.atan2(y: volume, x: 1 + (a * b).sum() + (b * c).sum() + (c * a).sum())
    }
}

/// The unit vector of a longitude and latitude in degrees.
func unitVector(_ place: Coordinate) -> SIMD3<Double> {
    let longitude = place.longitude * (.pi / 180)
    let latitude = place.latitude * (.pi / 180)
    let fromAxis = Double.cos(latitude)
    return SIMD3(fromAxis * .cos(longitude), fromAxis * .sin(longitude), .sin(latitude))
}
