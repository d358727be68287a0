import FirmModel
import Geodesy
import ParallelWork
import Testing

@Suite struct ProjectionTests {
    /// Recorded from pyproj 3.7.2 (`always_xy`).
    @Test(arguments: [
        ("EPSG:3035", 4_321_000, 3_210_000, 10, 52),
        ("EPSG:3035", 4_000_000, 2_800_000, 5.678561183165484, 48.22896258660878),
        ("EPSG:25832", 461344.26, 5481745.31, 8.466275759636485, 49.48711579420932),
        ("EPSG:3413", 100, -200, -18.43494882292201, 89.9979358226909),
        ("EPSG:4326", -97.5, 30.5, -97.5, 30.5),
    ])
    func knownPlaces(crs: String, x: Double, y: Double, longitude: Double, latitude: Double) throws {
        let place = try Projection(crs: crs).toWGS84([Coordinate(x: x, y: y)])[0]
        #expect(abs(place.longitude - longitude) < 1e-9)
        #expect(abs(place.latitude - latitude) < 1e-9)
    }

    @Test func kindsAndUnits() throws {
        let laea = try Projection(crs: "EPSG:3035")
        #expect(!laea.isGeographic && laea.metersPerUnit == 1)
        #expect(laea.name == "ETRS89-extended / LAEA Europe")

        // Feet come in as meters and go to PROJ as feet.
        let newYork = try Projection(crs: "EPSG:2263")
        let factor = try #require(newYork.metersPerUnit)
        #expect(abs(factor - 1200.0 / 3937) < 1e-12)
        let place = try newYork.toWGS84([Coordinate(x: 987654.32 * factor, y: 212345.67 * factor)])[0]
        #expect(abs(place.longitude + 73.98771335763396) < 1e-9 && abs(place.latitude - 40.749515674481216) < 1e-9)

        // Geographic, in grads from Paris, north before east by authority.
        let paris = try Projection(crs: "EPSG:4807")
        #expect(paris.isGeographic && paris.metersPerUnit == nil)
        let inFrance = try paris.toWGS84([Coordinate(x: 2.5, y: 54)])[0]
        #expect(abs(inFrance.longitude - 4.5866) < 0.001 && abs(inFrance.latitude - 48.5999) < 0.001)

        // A compound system is what it is on the ground.
        #expect(try Projection(crs: "EPSG:25832+5783").metersPerUnit == 1)
    }

    @Test(arguments: ["EPSG:99999", "", "nonsense", "EPSG:"]) func unknownNamesSayWhatToDo(crs: String) throws {
        #expect {
            _ = try Projection(crs: crs)
        } throws: { error in
            guard case .unknownSystem(crs, _)? = error as? ProjectionError else { return false }
            return "\(error)".contains("EPSG:25832")
        }
    }

    @Test(arguments: ["EPSG:4978", "EPSG:5783", "+proj=pipeline +step +proj=utm +zone=32"])
    func otherKindsAreRefused(crs: String) throws {
        #expect {
            _ = try Projection(crs: crs)
        } throws: { error in
            guard case .unsupportedSystem(crs, _)? = error as? ProjectionError else { return false }
            return true
        }
    }

    @Test func failedRowsAreNamed() throws {
        let laea = try Projection(crs: "EPSG:3035")
        let places = try laea.toWGS84(x: [4_321_000, .nan, 1e12, 4_321_000], y: [3_210_000, 0, 1e12, .infinity])
        #expect(places.failedRows == [1, 2, 3])
        #expect(places.longitude[1].isNaN && places.latitude[2].isNaN && abs(places.longitude[0] - 10) < 1e-9)
        let degrees = try Projection(crs: "EPSG:4267")
        #expect(try degrees.toWGS84(x: [500, 10, 10], y: [10, 91, 45]).failedRows == [0, 1])
        #expect(throws: ProjectionError.outOfReach("EPSG:3035", rows: [1])) {
            try laea.toWGS84([Coordinate(x: 4_321_000, y: 3_210_000), Coordinate(x: 1e12, y: 1e12)])
        }
    }

    @Test func threadsChangeNothing() throws {
        let projection = try Projection(crs: "EPSG:25832")
        var stream = RandomStream(seed: 3)
        let x = (0..<100_000).map { _ in 300_000 + 500_000 * stream.nextUnit() }
        let y = (0..<100_000).map { _ in 5_300_000 + 500_000 * stream.nextUnit() }
        let one = try projection.toWGS84(x: x, y: y)
        let four = try projection.toWGS84(x: x, y: y, workers: Workers(count: 4))
        #expect(one == four && one.longitude.count == 100_000 && one.failedRows.isEmpty)
        // And few at a time from many threads at once.
        try Workers(count: 8).forEach(in: 0..<200, grain: 1) { range, _ in
            let index = range.lowerBound
            let place = try projection.toWGS84([Coordinate(x: x[index], y: y[index])])[0]
            #expect(place.longitude == one.longitude[index] && place.latitude == one.latitude[index])
        }
    }

    @Test func versionIsNamed() { #expect(Projection.version.contains(".")) }
}
