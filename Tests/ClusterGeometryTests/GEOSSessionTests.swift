import FirmModel
import Testing

@testable import ClusterGeometry

@Suite struct GEOSSessionTests {
    private func square(_ x: Double) -> Footprint.Polygon {
        .init(shell: [(x, 0), (x + 2, 0), (x + 2, 2), (x, 2), (x, 0)].map { Coordinate(x: $0, y: $1) })
    }

    @Test func failuresCarryWhatGEOSSays() throws {
        let session = try GEOSSession()
        let open = Footprint.Polygon(shell: [(0, 0), (1, 0), (1, 1), (0, 1)].map { Coordinate(x: $0, y: $1) })
        #expect {
            _ = try GEOSGeometry([self.square(0), open], in: session)
        } throws: { error in
            guard case .operationFailed("creating a ring", let messages)? = error as? GeometryError else {
                return false
            }
            return messages.count == 1 && messages[0].contains("closed linestring")
        }
        // The session goes on, and the messages are gone.
        #expect(try GEOSGeometry([square(0)], in: session).isValid)
        #expect(session.failure("x") == .operationFailed(operation: "x", messages: []))
    }

    @Test func overlappingSquaresAreMerged() throws {
        let session = try GEOSSession()
        let two = try GEOSGeometry([square(0), square(1)], in: session)
        #expect(try !two.isValid)
        let merged = try two.madeValid().snappedToWholeNumbers().polygons()
        #expect(merged.count == 1 && abs(doubleSignedArea(merged[0].shell)) == 12)
    }

    @Test func trianglesCoverTheConvexHull() throws {
        let session = try GEOSSession()
        let points = [(0, 0), (10, 0), (10, 10), (5, 3), (0, 10)].map { Coordinate(x: $0, y: $1) }
        let line = try GEOSGeometry(lineThrough: points, in: session)
        func area(_ polygons: [Footprint.Polygon]) -> Double {
            polygons.reduce(0) { $0 + abs(doubleSignedArea($1.shell)) / 2 }
        }
        let triangles = try line.triangles()
        #expect(triangles.count == 4 && area(triangles) == 100)
        #expect(try area(line.convexHull().polygons()) == 100)
        let union = try GEOSGeometry(triangles, in: session).coverageUnion().polygons()
        #expect(union.count == 1 && area(union) == 100)
    }

    @Test func hullsOfPointsAndLinesHoldNoPolygon() throws {
        let session = try GEOSSession()
        let flat = [Coordinate(x: 0, y: 0), Coordinate(x: 1, y: 1), Coordinate(x: 2, y: 2)]
        #expect(try GEOSGeometry(lineThrough: flat, in: session).convexHull().polygons().isEmpty)
    }

    @Test func versionIsNamed() {
        #expect(GEOSLibrary.version.contains("CAPI"))
    }
}
