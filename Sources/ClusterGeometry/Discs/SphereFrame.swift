import FirmModel
import RealModule

/// The sphere seen from a place on it: unit vectors with axes up, east and north there.
///
/// Close to the place east and north are small numbers with all their digits, which unit vectors about the center of the
/// Earth have not: two centers 25 nm apart differ in the third digit of what separates them, instead of the last. Within
/// ``closeAngle`` two of three components are a map good enough to look neighbors up in a table, and short series replace
/// the functions of the library.
struct SphereFrame {
    /// In degrees.
    let longitude: Double
    let latitude: Double
    /// Whether everything asked for lies within ``closeAngle`` of the place and not at a pole.
    let isClose: Bool
    /// The tangent of the latitude farthest from the equator that a close frame serves.
    let tangentOfFarthestLatitude: Double
    private let sine: Double
    private let cosine: Double

    /// The longitudes and latitudes as they are: x to (0, 0), z to the north pole.
    static let global = SphereFrame(longitude: 0, latitude: 0, tangentOfFarthestLatitude: .infinity)

    /// 318 km in radians. The map's distances and directions are off by at most the square of it, see ``SectorTable``.
    static let closeAngle = 0.05
    /// The largest discs drawn by series, 127 km in radians.
    private static let largestRadius = 0.02
    /// The largest tangent of a difference in longitude that the series takes.
    private static let largestTangent = 0.2

    private init(longitude: Double, latitude: Double, tangentOfFarthestLatitude: Double) {
        self.longitude = longitude
        self.latitude = latitude
        self.tangentOfFarthestLatitude = tangentOfFarthestLatitude
        isClose = tangentOfFarthestLatitude < .infinity
        sine = .sin(latitude * (.pi / 180))
        cosine = .cos(latitude * (.pi / 180))
    }

    /// The middle of a box of longitudes and latitudes, for centers in it and what is within twice `angle` of them; nil
    /// where that is too much for the series.
    init?(closeTo lowest: Coordinate, _ highest: Coordinate, angle: Double) {
        let toRadians = Double.pi / 180
        let middle = Coordinate(x: 0.5 * (lowest.x + highest.x), y: 0.5 * (lowest.y + highest.y))
        let halfHeight = 0.5 * (highest.y - lowest.y) * toRadians
        let halfWidth = 0.5 * (highest.x - lowest.x) * toRadians
        let farthest = max(abs(lowest.y), abs(highest.y)) * toRadians + 2 * angle
        guard angle <= Self.largestRadius, farthest < 1.56 else { return nil }
        let widest = halfWidth * Double.cos(min(abs(lowest.y), abs(highest.y)) * toRadians)
        // Corners of boxes over the equator are covered twice; that costs nothing but a few close ones.
        guard halfHeight + (lowest.y * highest.y < 0 ? halfWidth : widest) <= Self.closeAngle,
            halfWidth + 2 * angle / Double.cos(farthest) <= Self.largestTangent
        else { return nil }
        self.init(longitude: middle.x, latitude: middle.y, tangentOfFarthestLatitude: .tan(farthest))
    }

    /// The unit vector (up, east, north) of a place.
    @inline(__always)
    func vector(_ place: Coordinate) -> SIMD3<Double> {
        let toRadians = Double.pi / 180
        let east = (place.x - longitude) * toRadians
        let north = (place.y - latitude) * toRadians
        let (sinEast, sinHalfEast) = (sin(east), sin(0.5 * east))
        let (sinNorth, sinHalfNorth) = (sin(north), sin(0.5 * north))
        // 1 − cos, without cancellation.
        let versineEast = 2 * sinHalfEast * sinHalfEast
        let cosNorth = 1 - 2 * sinHalfNorth * sinHalfNorth
        let fromAxis = cosine * cosNorth - sine * sinNorth
        return SIMD3(
            cosNorth - cosine * fromAxis * versineEast, fromAxis * sinEast, sinNorth + sine * fromAxis * versineEast)
    }

    /// How far the farthest of some vectors of a close frame is from its place, east or north.
    static func extent(_ vectors: [SIMD3<Double>]) -> Double {
        vectors.reduce(0) { max($0, abs($1.y), abs($1.z)) }
    }

    /// Longitude and latitude of a unit vector. Near the frame's place longitudes run on beyond ±180.
    @inline(__always)
    func place(_ vector: SIMD3<Double>) -> Coordinate {
        let toDegrees = 180 / Double.pi
        let outward = vector.x * cosine - vector.z * sine
        guard isClose else {
            let fromAxis = (outward * outward + vector.y * vector.y).squareRoot()
            let turn = Double.atan2(y: vector.y, x: outward) * toDegrees
            return Coordinate(
                x: longitude + turn,
                y: Double.atan2(y: vector.x * sine + vector.z * cosine, x: fromAxis) * toDegrees)
        }
        let fromAxis = (outward * outward + vector.y * vector.y).squareRoot()
        let step = vector.z - sine * vector.y * vector.y / (fromAxis + outward)
        return Coordinate(
            x: longitude + Self.smallArcTangent(vector.y / outward) * toDegrees,
            y: latitude + Self.smallArcSine(step) * toDegrees)
    }

    @inline(__always)
    private func sin(_ angle: Double) -> Double { isClose ? Self.smallSine(angle) : .sin(angle) }

    /// To the last digit for angles up to 0.2.
    @inline(__always)
    private static func smallSine(_ x: Double) -> Double {
        let s = x * x
        let tail = 1.0 / 362_880 + s * (-1.0 / 39_916_800)
        return x + x * s * (-1.0 / 6 + s * (1.0 / 120 + s * (-1.0 / 5040 + s * tail)))
    }

    /// To 10⁻¹³ for tangents up to 0.2.
    @inline(__always)
    private static func smallArcTangent(_ x: Double) -> Double {
        let s = x * x
        let tail = -1.0 / 11 + s * (1.0 / 13 + s * (-1.0 / 15 + s * (1.0 / 17)))
        return x + x * s * (-1.0 / 3 + s * (1.0 / 5 + s * (-1.0 / 7 + s * (1.0 / 9 + s * tail))))
    }

    /// To 10⁻¹³ for sines up to 0.1.
    @inline(__always)
    private static func smallArcSine(_ x: Double) -> Double {
        let s = x * x
        let tail = 35.0 / 1152 + s * (63.0 / 2816 + s * (231.0 / 13_312))
        return x + x * s * (1.0 / 6 + s * (3.0 / 40 + s * (15.0 / 336 + s * tail)))
    }
}
