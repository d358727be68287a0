/// The outline of a cluster: polygons with holes.
///
/// Rings are closed (the last point repeats the first), shells run counter-clockwise and holes clockwise, and no polygon
/// crosses the antimeridian (RFC 7946).
public struct Footprint: Sendable, Equatable {
    public struct Polygon: Sendable, Equatable {
        public var shell: [Coordinate]
        public var holes: [[Coordinate]]

        public init(shell: [Coordinate], holes: [[Coordinate]] = []) {
            self.shell = shell
            self.holes = holes
        }
    }

    /// At least one.
    public var polygons: [Polygon]

    public init(polygons: [Polygon]) { self.polygons = polygons }
}
