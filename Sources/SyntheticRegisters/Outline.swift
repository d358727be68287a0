public import FirmModel
import RealModule

/// A ring of corners in longitude and latitude; its first corner is not repeated at the end. It does not cross the
/// antimeridian.
public struct Outline: Sendable, Equatable {
    /// In order around the ring.
    public let corners: [Coordinate]
    let west: Double
    let east: Double
    let south: Double
    let north: Double

    /// - Precondition: at least three corners.
    public init(corners: [Coordinate]) {
        precondition(corners.count >= 3, "an outline has at least three corners")
        self.corners = corners
        west = corners.reduce(180) { min($0, $1.longitude) }
        east = corners.reduce(-180) { max($0, $1.longitude) }
        south = corners.reduce(90) { min($0, $1.latitude) }
        north = corners.reduce(-90) { max($0, $1.latitude) }
    }

    /// Whether a ray from the point to the east crosses the ring an odd number of times.
    public func contains(_ point: Coordinate) -> Bool {
        guard point.x >= west, point.x <= east, point.y >= south, point.y <= north else { return false }
        var isInside = false
        var previous = corners[corners.count - 1]
        for corner in corners {
            if (corner.y > point.y) != (previous.y > point.y) {
                let slope = (previous.x - corner.x) / (previous.y - corner.y)
                if point.x < corner.x + slope * (point.y - corner.y) { isInside.toggle() }
            }
            previous = corner
        }
        return isInside
    }

    /// The area on the sphere, in square kilometers, taking each edge as straight in longitude and sine of latitude.
    public var squareKilometers: Double {
        let radians = Double.pi / 180
        var doubled = 0.0
        var previous = corners[corners.count - 1]
        for corner in corners {
            doubled +=
                (corner.x - previous.x) * radians * (.sin(corner.y * radians) + .sin(previous.y * radians))
            previous = corner
        }
        return abs(doubled) / 2 * Sphere.radius * Sphere.radius / 1e6
    }
}
