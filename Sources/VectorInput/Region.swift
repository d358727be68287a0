public import FirmModel

/// A part of the ground with a name: an administrative area, a park, a cell of a grid.
public struct Region: Sendable, Equatable {
    /// A closed polygon: an outer ring, then its holes; the first place of a ring is not repeated at its end.
    public typealias Polygon = [[Coordinate]]

    /// What tells it from the others.
    public var identifier: String
    /// What people call it; the identifier where there is none.
    public var name: String
    /// Its parts, in longitude and latitude.
    public var polygons: [Polygon]

    /// A region of some polygons.
    public init(identifier: String, name: String? = nil, polygons: [Polygon]) {
        self.identifier = identifier
        self.name = name ?? identifier
        self.polygons = polygons
    }
}
