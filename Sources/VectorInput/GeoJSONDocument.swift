import FirmModel
import Foundation

/// What regions need of a GeoJSON file: its features, with polygons and plain properties. Everything else is passed over.
struct GeoJSONDocument: Decodable {
    var features: [GeoJSONFeature]
    /// The name in the member `crs` of GeoJSON before RFC 7946; nil without that member.
    var coordinateSystem: String?

    private enum Key: String, CodingKey { case type, features, crs, geometry }

    init(from decoder: any Decoder) throws {
        let object = try decoder.container(keyedBy: Key.self)
        switch try object.decode(String.self, forKey: .type) {
        case "FeatureCollection": features = try object.decode([GeoJSONFeature].self, forKey: .features)
        case "Feature": features = [try GeoJSONFeature(from: decoder)]
        default: features = [GeoJSONFeature(geometry: try GeoJSONGeometry(from: decoder))]
        }
        if object.contains(.crs), try !object.decodeNil(forKey: .crs) {
            coordinateSystem = (try? object.decode(NamedSystem.self, forKey: .crs))?.properties.name ?? "without a name"
        }
    }

    private struct NamedSystem: Decodable {
        struct Properties: Decodable { var name: String }
        var properties: Properties
    }
}

/// A feature: a shape with properties.
struct GeoJSONFeature: Decodable {
    var geometry: GeoJSONGeometry?
    /// The member `id`.
    var identifier: String?
    /// The properties that are texts, numbers or truth values; those that are null or empty are left out.
    var properties: [String: String] = [:]

    private enum Key: String, CodingKey { case id, properties, geometry }

    init(geometry: GeoJSONGeometry) { self.geometry = geometry }

    init(from decoder: any Decoder) throws {
        let object = try decoder.container(keyedBy: Key.self)
        geometry = try object.decodeIfPresent(GeoJSONGeometry.self, forKey: .geometry)
        identifier = (try? object.decode(ScalarText.self, forKey: .id))?.text
        guard let values = try? object.nestedContainer(keyedBy: AnyKey.self, forKey: .properties) else { return }
        for key in values.allKeys {
            if let text = (try? values.decode(ScalarText.self, forKey: key))?.text {
                properties[key.stringValue] = text
            }
        }
    }

    private struct AnyKey: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }
        init?(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }
}

/// A text, or a number or truth value as text; nil for other values and for a text without letters.
private struct ScalarText: Decodable {
    var text: String?

    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        guard !value.decodeNil() else { return }
        if let written = try? value.decode(String.self) {
            let trimmed = written.trimmingCharacters(in: .whitespacesAndNewlines)
            text = trimmed.isEmpty ? nil : trimmed
        } else if let number = try? value.decode(Int64.self) {
            text = String(number)
        } else if let number = try? value.decode(Double.self) {
            text = String(number)
        } else if let flag = try? value.decode(Bool.self) {
            text = String(flag)
        }
    }
}

/// The polygons of a geometry, rings as they are written: the first place repeated at the end.
struct GeoJSONGeometry: Decodable {
    var type: String
    var polygons: [Region.Polygon] = []

    private enum Key: String, CodingKey { case type, coordinates, geometries }

    init(from decoder: any Decoder) throws {
        let object = try decoder.container(keyedBy: Key.self)
        type = try object.decode(String.self, forKey: .type)
        switch type {
        case "Polygon":
            var rings = try object.nestedUnkeyedContainer(forKey: .coordinates)
            polygons = [try Self.polygon(&rings)]
        case "MultiPolygon":
            var parts = try object.nestedUnkeyedContainer(forKey: .coordinates)
            while !parts.isAtEnd {
                var rings = try parts.nestedUnkeyedContainer()
                polygons.append(try Self.polygon(&rings))
            }
        case "GeometryCollection":
            polygons = try object.decode([GeoJSONGeometry].self, forKey: .geometries).flatMap(\.polygons)
        case "Point", "MultiPoint", "LineString", "MultiLineString": break
        default:
            throw DecodingError.dataCorruptedError(
                forKey: .type, in: object, debugDescription: "\"\(type)\" is no type of GeoJSON")
        }
    }

    private static func polygon(_ rings: inout any UnkeyedDecodingContainer) throws -> Region.Polygon {
        var polygon: Region.Polygon = []
        while !rings.isAtEnd {
            var positions = try rings.nestedUnkeyedContainer()
            var ring: [Coordinate] = []
            ring.reserveCapacity(positions.count ?? 0)
            while !positions.isAtEnd {
                // Further numbers of a position, such as its height, are not looked at.
                var position = try positions.nestedUnkeyedContainer()
                ring.append(Coordinate(x: try position.decode(Double.self), y: try position.decode(Double.self)))
            }
            polygon.append(ring)
        }
        return polygon
    }
}
