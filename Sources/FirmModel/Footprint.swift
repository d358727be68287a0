/// The outline of a cluster: polygons with holes.
///
/// Rings are closed (the last point repeats the first), shells run counter-clockwise and holes clockwise, and no polygon
/// crosses the antimeridian (RFC 7946).
public struct Footprint: Sendable, Equatable {
    /// A shell and the holes in it.
    public struct Polygon: Sendable, Equatable {
        /// The outer ring, closed, counter-clockwise.
        public var shell: [Coordinate]
        /// Inner rings, closed, clockwise.
        public var holes: [[Coordinate]]

        /// A polygon from closed rings.
        public init(shell: [Coordinate], holes: [[Coordinate]] = []) {
            self.shell = shell
            self.holes = holes
        }
    }

    /// At least one.
    public var polygons: [Polygon]

    /// An outline from its polygons.
    public init(polygons: [Polygon]) { self.polygons = polygons }
}
