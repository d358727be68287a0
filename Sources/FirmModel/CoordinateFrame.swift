/// What the two coordinates of a firm are, and with them how distance is measured.
public enum CoordinateFrame: Sendable, Hashable {
    /// Longitude and latitude in degrees (WGS 84). Distances are great-circle arcs on ``Sphere``.
    case geographic

    /// Easting and northing in meters of the named projected coordinate system, for example `EPSG:3035`.
    /// Distances are Euclidean in its plane; results are transformed to WGS 84 for output.
    case projected(crs: String)

    /// Meters from an origin nobody knows. Distances are Euclidean; results stay in these meters.
    case local

    /// Whether distances are measured on the sphere.
    public var isGeographic: Bool { self == .geographic }
}

/// A point in the coordinates of a ``CoordinateFrame``: longitude and latitude in degrees, or x and y in meters.
public struct Coordinate: Sendable, Hashable, Comparable {
    /// Longitude in degrees, or x in meters.
    public var x: Double
    /// Latitude in degrees, or y in meters.
    public var y: Double

    /// A point by x and y.
    @inlinable public init(x: Double, y: Double) {
        self.x = x
        self.y = y
    }

    /// A place by its longitude and latitude in degrees.
    public init(longitude: Double, latitude: Double) { self.init(x: longitude, y: latitude) }

    /// The same as ``x``.
    public var longitude: Double { x }
    /// The same as ``y``.
    public var latitude: Double { y }

    /// The order in which ties are broken everywhere: x (longitude) first, then y (latitude).
    public static func < (left: Coordinate, right: Coordinate) -> Bool {
        left.x != right.x ? left.x < right.x : left.y < right.y
    }

    /// The one spelling of a place: −0 becomes 0 and, in degrees, longitude −180 becomes 180 and a pole has longitude 0.
    public func normalized(in frame: CoordinateFrame) -> Coordinate { normalized(isGeographic: frame.isGeographic) }

    /// The same for a frame in degrees, or in meters.
    @inlinable
    public func normalized(isGeographic: Bool) -> Coordinate {
        guard isGeographic else { return Coordinate(x: x + 0, y: y + 0) }
        if y == 90 || y == -90 { return Coordinate(x: 0, y: y) }
        return Coordinate(x: x == -180 ? 180 : x + 0, y: y + 0)
    }
}
