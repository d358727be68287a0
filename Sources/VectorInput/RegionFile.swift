public import FirmModel
import Foundation

/// The regions in a file of GeoJSON (RFC 7946): a FeatureCollection, a Feature or a bare geometry.
///
///     let file = try RegionFile(path: "counties.geojson", identifier: "GEOID")
///     let index = RegionIndex(file.regions)
///
/// Polygons and MultiPolygons count, also within a GeometryCollection; features without are counted and passed over. Polygons
/// cut at the antimeridian, as the standard asks, need no special care. A file that cannot be understood in every part is
/// refused: half of the regions would be worse than none.
///
/// Memory while reading: some 5 times the size of the file.
public struct RegionFile: Sendable {
    /// What tells the regions apart.
    public enum Identification: Sendable, Equatable {
        /// A property of the features.
        case property(String)
        /// Their member `id`.
        case featureIdentifier
        /// Their numbers in the file, counted from 1.
        case number
    }

    /// The regions in ascending order of the bytes of their identifiers, whatever their order in the file.
    public private(set) var regions: [Region] = []
    /// Where the identifiers are from.
    public private(set) var identification = Identification.number
    /// The property that names the regions; nil where their identifiers do.
    public private(set) var nameProperty: String?
    /// The features of the file.
    public private(set) var featureCount = 0
    /// Features that have no polygon, by what they have in its place: a type of geometry, or `null`.
    public private(set) var featuresWithoutPolygons: [String: Int] = [:]
    /// Features that were put together with an earlier one of the same identifier.
    public private(set) var mergedFeatures = 0

    /// Properties that usually tell regions apart, in the order in which they are tried.
    public static let usualIdentifiers = [
        "id", "code", "geoid", "nuts_id", "lau_id", "iso_a3", "dcomiris", "code_iris", "code_insee", "cvegeo", "ags",
        "name",
    ]
    /// Properties that usually name regions, in the order in which they are tried.
    public static let usualNames = [
        "name", "name_en", "nuts_name", "lau_name", "nom", "nom_iris", "nombre", "nomgeo", "gen", "nome", "title",
    ]

    /// Reads a file.
    ///
    /// - Parameters:
    ///   - path: where the file is.
    ///   - identifier: the property that tells regions apart. Features with the same value are one region with the polygons of
    ///     all: statistical offices often write an area's islands so. Without it, the first of these that every feature with a
    ///     polygon has, each another: the member `id`, one of ``usualIdentifiers`` without regard to case, its number.
    ///   - name: the property that names regions. Without it, the first of ``usualNames`` that any feature has.
    ///   - frame: what the coordinates are. GeoJSON knows longitude and latitude only; those of a ``CoordinateFrame/local``
    ///     register may be in its meters, and are then taken as they are.
    /// - Throws: ``RegionFileError``.
    public init(
        path: String, identifier: String? = nil, name: String? = nil, frame: CoordinateFrame = .geographic
    ) throws(RegionFileError) {
        let file = URL(fileURLWithPath: path).lastPathComponent
        let bytes: Data
        do { bytes = try Data(contentsOf: URL(fileURLWithPath: path)) } catch {
            throw RegionFileError(file: file, problem: .unreadable("cannot be read (\(error.localizedDescription))"))
        }
        try self.init(json: bytes, file: file, identifier: identifier, name: name, frame: frame)
    }

    /// Reads the bytes of a file; `file` is what errors call it.
    public init(
        bytes: some Sequence<UInt8>, file: String, identifier: String? = nil, name: String? = nil,
        frame: CoordinateFrame = .geographic
    ) throws(RegionFileError) {
        try self.init(json: Data(bytes), file: file, identifier: identifier, name: name, frame: frame)
    }

    private init(
        json: Data, file: String, identifier: String?, name: String?, frame: CoordinateFrame
    ) throws(RegionFileError) {
        let mark = Data([0xEF, 0xBB, 0xBF])
        let document: GeoJSONDocument
        do {
            document = try JSONDecoder().decode(
                GeoJSONDocument.self, from: json.starts(with: mark) ? Data(json.dropFirst(mark.count)) : json)
        } catch { throw Self.explain(error, file: file) }
        if frame != .local, let system = document.coordinateSystem, !Self.isWGS84(system) {
            throw RegionFileError(file: file, problem: .otherCoordinateSystem(system))
        }

        featureCount = document.features.count
        var shapes: [(feature: Int, polygons: [Region.Polygon])] = []
        for (index, feature) in document.features.enumerated() {
            if let geometry = feature.geometry, !geometry.polygons.isEmpty {
                do { shapes.append((index, try geometry.polygons.checked(isGeographic: frame != .local))) } catch {
                    throw RegionFileError(file: file, feature: index + 1, problem: error)
                }
            } else {
                featuresWithoutPolygons[feature.geometry?.type ?? "null", default: 0] += 1
            }
        }
        guard !shapes.isEmpty else {
            throw RegionFileError(file: file, problem: .noPolygons(found: featuresWithoutPolygons))
        }

        let features = shapes.map { document.features[$0.feature] }
        let identifiers: [String]
        if let identifier {
            identification = .property(identifier)
            identifiers = try zip(features, shapes).map { feature, shape throws(RegionFileError) in
                if let value = feature.properties[identifier] { return value }
                throw RegionFileError(
                    file: file, feature: shape.feature + 1,
                    problem: .missingProperty(identifier, found: feature.properties.keys.sorted()))
            }
        } else {
            (identification, identifiers) = Self.distinctIdentifiers(
                of: features, numbers: shapes.map { $0.feature + 1 })
        }
        if let name {
            nameProperty = name
            if !features.contains(where: { $0.properties[name] != nil }) {
                let found = Set(features.flatMap(\.properties.keys)).sorted()
                throw RegionFileError(file: file, problem: .missingProperty(name, found: found))
            }
        } else {
            nameProperty =
                Self.usualNames.lazy.compactMap { usual in features.lazy.compactMap { $0.key(usual) }.first }.first
        }

        var numberOfIdentifier: [String: Int] = [:]
        for ((feature, shape), identifier) in zip(zip(features, shapes), identifiers) {
            if let number = numberOfIdentifier[identifier] {
                regions[number].polygons += shape.polygons
                mergedFeatures += 1
            } else {
                numberOfIdentifier[identifier] = regions.count
                let name = nameProperty.flatMap { feature.properties[$0] }
                regions.append(Region(identifier: identifier, name: name, polygons: shape.polygons))
            }
        }
        regions.sort { $0.identifier.utf8.lexicographicallyPrecedes($1.identifier.utf8) }
    }

    /// Identifiers that nobody chose must tell every feature from the others.
    private static func distinctIdentifiers(
        of features: [GeoJSONFeature], numbers: [Int]
    ) -> (Identification, [String]) {
        func distinct(_ value: (GeoJSONFeature) -> String?) -> [String]? {
            let values = features.compactMap(value)
            return values.count == features.count && Set(values).count == values.count ? values : nil
        }
        if let values = distinct(\.identifier) { return (.featureIdentifier, values) }
        for usual in usualIdentifiers {
            guard let key = features.first?.key(usual), let values = distinct({ $0.properties[key] }) else { continue }
            return (.property(key), values)
        }
        return (.number, numbers.map(String.init))
    }

    private static func isWGS84(_ system: String) -> Bool {
        let name = system.uppercased()
        return name.hasSuffix("CRS84") || name.hasSuffix("CRS84H")
            || name.contains("EPSG") && (name.hasSuffix(":4326") || name.hasSuffix(":4979") || name.hasSuffix("/4326"))
    }

    /// What JSON's decoder found wrong, in words, with the feature in which it did.
    private static func explain(_ error: any Error, file: String) -> RegionFileError {
        guard let error = error as? DecodingError else {
            return RegionFileError(file: file, problem: .notGeoJSON("\(error)"))
        }
        let (context, reason): (DecodingError.Context, String) =
            switch error {
            case .keyNotFound(let key, let context): (context, "member \"\(key.stringValue)\" is missing")
            case .typeMismatch(_, let context), .valueNotFound(_, let context): (context, context.debugDescription)
            case .dataCorrupted(let context):
                (
                    context,
                    (context.underlyingError as NSError?)?.userInfo[NSDebugDescriptionErrorKey] as? String
                        ?? context.debugDescription
                )
            @unknown default: (DecodingError.Context(codingPath: [], debugDescription: ""), "\(error)")
            }
        let path = context.codingPath
        let feature = path.first?.stringValue == "features" ? path.dropFirst().first?.intValue : nil
        let members = path.compactMap { $0.intValue == nil ? $0.stringValue : nil }.filter { $0 != "features" }
        let place = members.isEmpty ? "" : " in \"\(members.joined(separator: "."))\""
        return RegionFileError(file: file, feature: feature.map { $0 + 1 }, problem: .notGeoJSON(reason + place))
    }
}

extension GeoJSONFeature {
    /// The property that has a name, without regard to case; of several the first in order.
    fileprivate func key(_ name: String) -> String? { properties.keys.filter { $0.lowercased() == name }.min() }
}

extension [Region.Polygon] {
    /// The polygons of a geometry as those of a region: rings checked, their last positions left out.
    fileprivate func checked(isGeographic: Bool) throws(RegionFileError.Problem) -> [Region.Polygon] {
        // Files from computation go some digits beyond the edge of the world.
        let limit = isGeographic ? (x: 180 + 1e-6, y: 90 + 1e-6) : FirmRegister.coordinateLimit(in: .local)
        var result = self
        for (polygon, rings) in enumerated() {
            if rings.isEmpty { throw .emptyPolygon(polygon: polygon + 1) }
            for (ring, positions) in rings.enumerated() {
                if let place = positions.first(where: { abs($0.x) > limit.x || abs($0.y) > limit.y }) {
                    throw .outOfRange(place)
                }
                if positions.count < 4 {
                    throw .shortRing(polygon: polygon + 1, ring: ring + 1, positions: positions.count)
                }
                if positions.first != positions.last { throw .unclosedRing(polygon: polygon + 1, ring: ring + 1) }
                result[polygon][ring].removeLast()
            }
        }
        return result
    }
}
