import FirmModel
import Foundation
import Geodesy
import Testing

@Suite struct SphericalMeasureTests {
    private struct Golden: Decodable {
        struct Place: Decodable { var lat, lon: Double }
        struct Polygon: Decodable {
            var ring: [[Double]]
            var sphereArea: Double

            enum CodingKeys: String, CodingKey {
                case ring
                case sphereArea = "sphere_area_m2"
            }
        }
        var radius: Double
        var points: [String: Place]
        var order: [String]
        var metres: [[Double]]
        var polygon: Polygon

        enum CodingKeys: String, CodingKey {
            case radius = "radius_m"
            case points, order, metres, polygon
        }
    }

    private func golden() throws -> Golden {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Golden/haversine_expected.json")
        return try JSONDecoder().decode(Golden.self, from: Data(contentsOf: file))
    }

    @Test func distancesAgreeWithTheRecordedOnes() throws {
        let golden = try golden()
        #expect(golden.radius == Sphere.radius)
        let places = try golden.order.map { name in
            let place = try #require(golden.points[name])
            return Coordinate(longitude: place.lon, latitude: place.lat)
        }
        for (i, a) in places.enumerated() {
            for (j, b) in places.enumerated() {
                #expect(abs(GreatCircle.distance(a, b).value - golden.metres[i][j]) <= 1e-4)
                #expect(GreatCircle.distance(a, b) == GreatCircle.distance(b, a))
            }
        }
    }

    @Test func distancesAtTheEdges() {
        let place = Coordinate(longitude: 33.3, latitude: 44.4)
        #expect(GreatCircle.distance(place, place) == 0)
        let antipode = Coordinate(longitude: 33.3 - 180, latitude: -44.4)
        #expect(abs(GreatCircle.distance(place, antipode).value - Sphere.halfCircumference) < 0.1)
        let (west, east) = (Coordinate(longitude: 180, latitude: 5), Coordinate(longitude: -180, latitude: 5))
        #expect(GreatCircle.distance(west, east).value < 1e-6)
        let near = Coordinate(longitude: 33.3, latitude: 44.4 + 1e-9)
        let expected = 1e-9 * .pi / 180 * Sphere.radius
        #expect(abs(GreatCircle.distance(place, near).value / expected - 1) < 1e-4)
    }

    @Test func polygonAreaAgreesWithTheRecordedOne() throws {
        let polygon = try golden().polygon
        let ring = polygon.ring.map { Coordinate(longitude: $0[0], latitude: $0[1]) }
        #expect(abs(SphericalPolygon.area(ring: ring) / polygon.sphereArea - 1) < 1e-8)
        #expect(abs(SphericalPolygon.area(ring: ring.reversed()) / polygon.sphereArea + 1) < 1e-8)
        // Closed or not is the same.
        #expect(SphericalPolygon.area(ring: ring.dropLast()) == SphericalPolygon.area(ring: ring))
    }

    @Test func anOctantIsAnEighthOfTheSphere() {
        let octant = [(0.0, 0.0), (90, 0), (0, 90)].map { Coordinate(longitude: $0, latitude: $1) }
        let eighth = .pi / 2 * Sphere.radius * Sphere.radius
        #expect(abs(SphericalPolygon.area(ring: octant) / eighth - 1) < 1e-14)
        #expect(SphericalPolygon.area(ring: []) == 0)
        #expect(SphericalPolygon.area(ring: Array(octant.prefix(2))) == 0)
    }

    @Test func centroidsOnTheSphere() throws {
        let fiji = [Coordinate(longitude: 179.9, latitude: -17), Coordinate(longitude: -179.9, latitude: -17)]
        let middle = try #require(Centroid.of(fiji, in: .geographic))
        #expect(abs(middle.longitude) > 179.999_999 && abs(middle.latitude + 17) < 0.001)
        let antipodes = [Coordinate(longitude: 10, latitude: 20), Coordinate(longitude: -170, latitude: -20)]
        #expect(Centroid.of(antipodes, in: .geographic) == nil)
        #expect(Centroid.of([], in: .geographic) == nil)
        let around = [0.0, 120, -120].map { Coordinate(longitude: $0, latitude: 80) }
        let pole = try #require(Centroid.of(around, in: .geographic))
        #expect(abs(pole.latitude - 90) < 1e-9)
    }

    @Test func centroidsWeighFirms() throws {
        let places = [Coordinate(x: 4_000_000, y: 1), Coordinate(x: 4_000_004, y: 5)]
        #expect(Centroid.of(places, weights: [3, 1], in: .local) == Coordinate(x: 4_000_001, y: 2))
        #expect(Centroid.of(places, weights: [0, 0], in: .local) == nil)
        let repeated = [places[0], places[0], places[0], places[1]].map { Coordinate(x: $0.x / 1e5, y: $0.y) }
        let weighted = try #require(
            Centroid.of([repeated[0], repeated[3]], weights: [3, 1], in: .geographic))
        let plain = try #require(Centroid.of(repeated, in: .geographic))
        #expect(abs(weighted.x - plain.x) < 1e-12 && abs(weighted.y - plain.y) < 1e-12)
    }
}
