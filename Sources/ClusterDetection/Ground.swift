import ClusterGeometry
import FirmModel
import Geodesy

/// Where on the ground results lie: the way from a register's coordinates to those that are written.
struct Ground: Sendable {
    private let frame: CoordinateFrame
    private let projection: Projection?

    /// - Throws: `ProjectionError` when PROJ does not know the coordinate system.
    init(_ frame: CoordinateFrame) throws {
        self.frame = frame
        if case .projected(let crs) = frame { projection = try Projection(crs: crs) } else { projection = nil }
    }

    /// Longitude and latitude of a place; local meters stay as they are.
    func longitudeLatitude(_ place: Coordinate) throws -> Coordinate {
        guard let projection else { return place }
        return try projection.toWGS84([place])[0]
    }

    /// One for each worker.
    func outlineBuilder() throws -> OutlineBuilder {
        guard let projection else { return try OutlineBuilder(frame: frame) }
        return try OutlineBuilder(frame: frame, toWGS84: { try projection.toWGS84($0) })
    }

    /// The libraries that numbers depend on.
    static var libraries: [(name: String, version: String)] {
        [("geos", GEOSLibrary.version), ("proj", Projection.version)]
    }
}
