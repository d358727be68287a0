public import FirmModel

/// Why a file gives no regions: the file, the feature, and what to do about it.
public struct RegionFileError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The name of the file.
    public var file: String
    /// The number of the feature in the file, counted from 1; nil where the file as a whole is meant.
    public var feature: Int?
    /// What is wrong.
    public var problem: Problem

    /// What can be wrong with a file of regions.
    public enum Problem: Error, Sendable, Equatable {
        /// The file cannot be read.
        case unreadable(String)
        /// Not JSON, or JSON of another form than GeoJSON's.
        case notGeoJSON(String)
        /// No feature has a polygon; what they have, by type.
        case noPolygons(found: [String: Int])
        /// A place beyond 180° or 90°: most likely in a projected coordinate system.
        case outOfRange(Coordinate)
        /// A member `crs` names another coordinate system than WGS 84.
        case otherCoordinateSystem(String)
        /// A ring does not end where it starts.
        case unclosedRing(polygon: Int, ring: Int)
        /// A ring of fewer than four positions, the last of which repeats the first.
        case shortRing(polygon: Int, ring: Int, positions: Int)
        /// A polygon without rings.
        case emptyPolygon(polygon: Int)
        /// A feature lacks the property that was asked for; the names of those it has.
        case missingProperty(String, found: [String])
    }

    public var description: String {
        let place = feature.map { "\(file), feature \($0): " } ?? "\(file): "
        return place + problem.description
    }
}

extension RegionFileError.Problem: CustomStringConvertible {
    public var description: String {
        let convert = "convert the file with: ogr2ogr -t_srs EPSG:4326 OUT.geojson FILE"
        return switch self {
        case .unreadable(let reason): reason
        case .notGeoJSON(let reason):
            "is not GeoJSON (\(reason)); regions are read from a FeatureCollection, a Feature or a geometry of RFC 7946"
        case .noPolygons(let found):
            "has no polygons"
                + (found.isEmpty
                    ? ""
                    : ", but "
                        + found.sorted { $0.key < $1.key }.map { "\($0.value) × \($0.key)" }.joined(separator: ", "))
                + "; regions are areas: give a file of Polygon or MultiPolygon features"
        case .outOfRange(let place):
            "(\(place.x), \(place.y)) is no longitude and latitude in degrees, so the file is probably projected; \(convert)"
        case .otherCoordinateSystem(let name):
            "is in coordinate system \(name), where longitude and latitude of WGS 84 are needed; \(convert)"
        case .unclosedRing(let polygon, let ring):
            "ring \(ring) of polygon \(polygon) does not end where it starts; repeat its first position at its end"
        case .shortRing(let polygon, let ring, let positions):
            "ring \(ring) of polygon \(polygon) has \(positions) positions, where an area needs 4, the last like the first"
        case .emptyPolygon(let polygon): "polygon \(polygon) has no rings"
        case .missingProperty(let name, let found):
            "has no property \"\(name)\"; it has "
                + (found.isEmpty ? "none" : found.map { "\"\($0)\"" }.joined(separator: ", "))
        }
    }
}
