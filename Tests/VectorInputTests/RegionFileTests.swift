import FirmClustersTestSupport
import FirmModel
import Foundation
import Testing
import VectorInput

@Suite struct RegionFileTests {
    private static let square = "[[[0,0],[1,0],[1,1],[0,1],[0,0]]]"

    private func read(
        _ text: String, identifier: String? = nil, name: String? = nil, frame: CoordinateFrame = .geographic
    ) throws -> RegionFile {
        try RegionFile(bytes: Array(text.utf8), file: "areas.geojson", identifier: identifier, name: name, frame: frame)
    }

    private func feature(
        _ properties: String = "null", id: String? = nil, type: String = "Polygon", _ coordinates: String = square
    ) -> String {
        let id = id.map { "\"id\":\($0)," } ?? ""
        return """
            {"type":"Feature",\(id)"properties":\(properties),"geometry":{"type":"\(type)","coordinates":\(coordinates)}}
            """
    }

    private func collection(_ features: String..., more: String = "") -> String {
        #"{"type":"FeatureCollection",\#(more)"features":[\#(features.joined(separator: ","))]}"#
    }

    private func message(_ text: String, identifier: String? = nil, name: String? = nil) -> String {
        do {
            _ = try read(text, identifier: identifier, name: name)
            return "no error"
        } catch { return "\(error)" }
    }

    @Test func aCollectionAFeatureAndABareGeometry() throws {
        let corners = [(0.0, 0.0), (1, 0), (1, 1), (0, 1)].map { Coordinate(x: $0.0, y: $0.1) }
        let collected =
            #"{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[0,0]},"#
            + #"{"type":"Polygon","coordinates":\#(Self.square)}]}"#
        for text in [
            collection(feature()), feature(), #"{"type":"Polygon","coordinates":\#(Self.square)}"#,
            "\u{FEFF}" + collected, feature(type: "MultiPolygon", "[\(Self.square)]"),
            // With heights.
            feature("null", "[[[0,0,5],[1,0,5],[1,1,5,9],[0,1],[0,0,5]]]"),
        ] {
            let file = try read(text)
            #expect(file.regions == [Region(identifier: "1", polygons: [[corners]])], "\(text)")
            #expect(file.identification == .number)
            #expect(file.featureCount == 1)
        }
    }

    @Test func identifiersAreChosenInOrder() throws {
        let both = collection(feature(#"{"Code":7}"#, id: "9"), feature(#"{"Code":"06"}"#, id: #""a""#))
        #expect(try read(both).regions.map(\.identifier) == ["9", "a"])
        #expect(try read(both).identification == .featureIdentifier)
        let lacking = collection(feature(#"{"Code":7}"#, id: "9"), feature(#"{"Code":"06"}"#))
        #expect(try read(lacking).regions.map(\.identifier) == ["06", "7"])
        #expect(try read(lacking).identification == .property("Code"))
        let alike = collection(feature(#"{"name":"Washington"}"#), feature(#"{"name":"Washington"}"#))
        #expect(try read(alike).regions.map(\.identifier) == ["1", "2"])
        #expect(try read(alike).regions.map(\.name) == ["Washington", "Washington"])
        #expect(try read(both, identifier: "Code").regions.map(\.identifier) == ["06", "7"])
        #expect(try read(collection(feature(#"{"a":2.5}"#)), identifier: "a").regions[0].identifier == "2.5")
    }

    @Test func featuresOfOneIdentifierAreOneRegion() throws {
        let island = "[[[5,0],[6,0],[6,1],[5,1],[5,0]]]"
        let text = collection(
            feature(#"{"gid":"x","NOM":"Here"}"#), feature(#"{"gid":"w"}"#), feature(#"{"gid":"x"}"#, island))
        let file = try read(text, identifier: "gid")
        #expect(file.regions.map(\.identifier) == ["w", "x"])
        #expect(file.regions.map(\.name) == ["w", "Here"])
        #expect(file.regions.map(\.polygons.count) == [1, 2])
        #expect(file.mergedFeatures == 1)
        #expect(file.nameProperty == "NOM")
    }

    @Test func featuresWithoutPolygonsAreCounted() throws {
        let file = try read(
            collection(
                feature(type: "Point", "[0,0]"), feature(), feature(type: "LineString", "[[0,0],[1,1]]"),
                feature(type: "Point", "[0,0]"), #"{"type":"Feature","geometry":null,"properties":{}}"#))
        #expect(file.regions.map(\.identifier) == ["2"])
        #expect(file.featuresWithoutPolygons == ["Point": 2, "LineString": 1, "null": 1])
        #expect(file.featureCount == 5)
    }

    @Test func errorsNameFileFeatureAndWhatToDo() {
        #expect(message("longitude,latitude\n1,2").hasPrefix("areas.geojson: is not GeoJSON"))
        #expect(message("").hasPrefix("areas.geojson: is not GeoJSON"))
        #expect(message("{}").contains("member \"type\" is missing"))
        #expect(message(#"{"type":"Topology"}"#).contains("\"Topology\" is no type of GeoJSON"))
        let points = collection(feature(type: "Point", "[0,0]"), feature(type: "Point", "[0,0]"))
        #expect(message(points).contains("areas.geojson: has no polygons, but 2 × Point"))
        #expect(message(collection()).contains("has no polygons;"))
        let projected = feature("null", "[[[500000,5400000],[500001,5400000],[500001,5400001],[500000,5400000]]]")
        let refused = message(collection(feature(), projected))
        #expect(refused.hasPrefix("areas.geojson, feature 2: (500000.0, 5400000.0)"))
        #expect(refused.contains("ogr2ogr -t_srs EPSG:4326"))
        let open = feature("null", "[[[0,0],[1,0],[1,1],[0,1]]]")
        #expect(message(collection(feature(), open)).contains("feature 2: ring 1 of polygon 1 does not end"))
        #expect(message(feature("null", "[[[0,0],[1,0],[0,0]]]")).contains("has 3 positions"))
        #expect(message(feature("null", "[]")).contains("polygon 1 has no rings"))
        #expect(message(collection(feature(), feature("null", "[[[0,null]]]"))).contains("feature 2: is not GeoJSON"))
        #expect(
            message(feature(#"{"a":1,"b":2}"#), identifier: "c").contains("has no property \"c\"; it has \"a\", \"b\""))
        #expect(message(feature(#"{"a":1,"b":2}"#), name: "c").contains("has no property \"c\""))
        #expect(throws: RegionFileError.self) { try RegionFile(path: "/nowhere/areas.geojson") }
    }

    @Test func onlyWGS84IsTakenAsLongitudeAndLatitude() throws {
        func with(_ name: String) -> String {
            collection(feature(), more: #""crs":{"type":"name","properties":{"name":"\#(name)"}},"#)
        }
        for name in ["urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326", "urn:ogc:def:crs:EPSG::4326"] {
            #expect(try read(with(name)).regions.count == 1)
        }
        #expect(message(with("urn:ogc:def:crs:EPSG::2154")).contains("urn:ogc:def:crs:EPSG::2154"))
        #expect(message(collection(feature(), more: #""crs":{"type":"link"},"#)).contains("without a name"))
        #expect(try read(collection(feature(), more: #""crs":null,"#)).regions.count == 1)
        #expect(try read(with("EPSG:2154"), frame: .local).regions.count == 1)
    }

    @Test func metersOfALocalRegisterAreTakenAsTheyAre() throws {
        let square = "[[[0,0],[1000,0],[1000,1000],[0,1000],[0,0]]]"
        #expect(
            try read(feature("null", square), frame: .local).regions[0].polygons[0][0][2]
                == Coordinate(x: 1000, y: 1000))
        #expect(throws: RegionFileError.self) {
            try read(feature("null", "[[[0,0],[1e300,0],[0,1],[0,0]]]"), frame: .local)
        }
    }

    @Test func depthIsBounded() {
        let deep = String(repeating: "[", count: 200_000)
        #expect(message(deep).contains("is not GeoJSON"))
        #expect(message(feature("null", deep)).contains("is not GeoJSON"))
        let collections = String(repeating: #"{"type":"GeometryCollection","geometries":["#, count: 100_000)
        #expect(message(collections).contains("is not GeoJSON"))
    }

    /// Cut short, with bytes changed, with pieces taken out: regions or an error, never a crash.
    @Test(arguments: 0..<8 as Range<UInt64>) func damagedFilesAreReadOrRefused(seed: UInt64) throws {
        var random = RandomStream(seed: seed, stream: 2)
        let text = collection(
            feature(#"{"name":"Österreich","code":1e3,"x":[1,{"a":null}]}"#, id: "1"),
            feature(#"{"name":"b"}"#, type: "MultiPolygon", "[\(Self.square),\(Self.square)]"),
            more: #""crs":{"type":"name","properties":{"name":"EPSG:4326"}},"#)
        let whole = Array(text.utf8)
        for _ in 0..<400 {
            var bytes = whole
            switch Int.random(in: 0..<4, using: &random) {
            case 0: bytes.removeLast(Int.random(in: 1..<bytes.count, using: &random))
            case 1:
                for _ in 0..<Int.random(in: 1...5, using: &random) {
                    bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
                }
            case 2:
                let start = Int.random(in: 0..<bytes.count, using: &random)
                bytes.removeSubrange(start..<min(bytes.count, start + Int.random(in: 1...40, using: &random)))
            default: bytes = (0..<200).map { _ in Array(#"{}[],:"0.e-n"#.utf8).randomElement(using: &random) ?? 0 }
            }
            do {
                let file = try RegionFile(bytes: bytes, file: "damaged", identifier: nil)
                #expect(!file.regions.isEmpty, "seed \(seed)")
                _ = RegionIndex(file.regions).region(at: Coordinate(x: 0.5, y: 0.5))
            } catch { #expect(!error.description.isEmpty) }
        }
    }

    @Test(.enabled(if: RealBoundaries.areThere, "needs the shared folder"))
    func realFiles() throws {
        let counties = try RegionFile(bytes: RealBoundaries.counties.bytes(), file: "counties")
        #expect(counties.regions.count == 88)
        #expect(counties.identification == .property("GEOID"))
        #expect(counties.regions.first.map { [$0.identifier, $0.name] } == ["39001", "Adams"])
        let neighborhoods = try RegionFile(bytes: RealBoundaries.neighborhoods.bytes(), file: "neighborhoods")
        #expect(neighborhoods.regions.count == 742)
        #expect(neighborhoods.identification == .property("DCOMIRIS"))
        #expect(neighborhoods.nameProperty == "NOM_IRIS")
        #expect(
            try RealBoundaries.countries.file().regions.contains { $0.identifier == "Fiji" && $0.polygons.count == 3 })
    }
}
