import DelimitedText
import FirmClustersTestSupport
import FirmInput
import FirmModel
import Geodesy
import IndustryClassifications
import ParallelWork
import Testing

/// Registers come out in the coordinates in which they are measured, whatever system their file is in.
@Suite struct PlacementTests {
    private func read(
        _ text: String, _ crs: String, _ configure: (inout ReadingOptions) -> Void = { _ in }
    ) throws -> RegisterReading {
        let file = try TemporaryInput(text)
        return try RegisterReader.read([file.path], options: Self.options(crs, configure), workers: Workers(count: 2))
    }

    private static func options(_ crs: String, _ configure: (inout ReadingOptions) -> Void) -> ReadingOptions {
        var options = ReadingOptions()
        options.frame = .projected(crs: crs)
        options.keepsRejectedRows = true
        configure(&options)
        return options
    }

    @Test func otherGeographicSystemsBecomeWGS84() throws {
        let text = "lon,lat,industry\n-98.5,39,A\n-98.5,95,A\n200,39,A\n0,0,A\n-98,39,B\n"
        let reading = try read(text, "EPSG:4267")
        let register = reading.register
        #expect(register.frame == .geographic)
        #expect(reading.source.rejected == [.outOfRange: 2, .nullIsland: 1])
        #expect(reading.rejectedRows.map(\.line) == [3, 4, 5])
        #expect(register.lineNumber == [2, 6])
        // NAD27, some 30 m from WGS 84 in Kansas.
        let expected = try Projection(crs: "EPSG:4267").toWGS84(x: [-98.5, -98], y: [39, 39])
        #expect(register.x == expected.longitude && register.y == expected.latitude)
        #expect(abs(register.x[0] + 98.5) < 0.001 && register.x[0] != -98.5)
    }

    @Test func xAndYOfAGeographicSystemAreLongitudeAndLatitude() throws {
        let reading = try read("a,b,industry\n-98.5,39,A\n", "EPSG:4267") { ($0.x, $0.y) = ("a", "b") }
        #expect(reading.source.columns.map(\.role) == ["longitude", "latitude", "industry"])
        #expect(reading.register.frame == .geographic)
        let swapped = try TemporaryInput("lon,lat,industry\n39,-98.5,A\n39,-98.5,A\n")
        #expect { try RegisterReader.read([swapped.path], options: Self.options("EPSG:4267") { _ in }) } throws: {
            "\($0)".contains("--lon 'lat' --lat 'lon'")
        }
    }

    @Test(arguments: ["EPSG:4326", "epsg:4326", "OGC:CRS84"])
    func namesOfWGS84ChangeNothing(crs: String) throws {
        let register = try read("lon,lat,industry\n120.123456789,28.1,A\n-180,28,A\n", crs).register
        #expect(register.frame == .geographic)
        #expect(register.x == [120.123456789, -180])
    }

    @Test func gradsBecomeDegrees() throws {
        // NTF (Paris): grads from the meridian of Paris. The Arctic lies beyond 90 of them.
        let register = try read("lon,lat,industry\n0,54.2,A\n1,95,A\n1,101,A\n", "EPSG:4807").register
        #expect(register.count == 2)
        #expect(abs(register.x[0] - 2.337) < 0.01 && abs(register.y[0] - 48.78) < 0.01)
        #expect(abs(register.y[1] - 85.5) < 0.01)
    }

    @Test func feetBecomeMeters() throws {
        // EPSG:2263, New York Long Island in US survey feet.
        let register = try read("x,y,industry\n984000,213000,A\n", "EPSG:2263").register
        #expect(abs(register.x[0] - 984_000 * 1200 / 3937) < 1e-6)
        #expect(register.frame == .projected(crs: "EPSG:2263"))
    }

    @Test func rowsOutOfReachAreRejectedLikeOthers() throws {
        let text = """
            id,x,y,industry,employees
            1,9e8,9e8,0111,
            1,4321000,3210000,0111,
            2,1e10,3210000,0111,5
            2,4321000,3210001,0111,5
            2,4321000,3210002,0111,5
            3,8e8,-9e8,9999,

            """
        let isic = try Classification(named: "isic4")
        let reading = try read(text, "EPSG:3035") { $0.classification = isic }
        // The first row is nowhere, so the second is the first of its identifier.
        #expect(reading.source.rejected == [.outOfRange: 3, .duplicateIdentifier: 1])
        #expect(reading.register.lineNumber == [3, 5])
        #expect(reading.register.x == [4_321_000, 4_321_000])
        #expect(reading.source.rowsRead == 6 && reading.source.rowsAccepted == 2)
        #expect(reading.source.employmentMissing == 1)
        #expect(reading.source.unknownCodes == 0)
        #expect(reading.rejectedRows.map(\.line) == [2, 4, 6, 7])
        #expect(reading.rejectedRows.allSatisfy { $0.file == reading.source.files[0].name })
        #expect(reading.rejectedRows.map(\.column) == [nil, "x", "id", nil])
        #expect(reading.rejectedRows[0].text == "900000000.0, 900000000.0")
        let first = try read(text, "EPSG:3035") { $0.keepsRejectedRows = false }
        #expect(first.rejectedRows.map(\.line) == [2, 6])

        let file = try TemporaryInput(text)
        let survey = try RegisterReader.survey([file.path], options: Self.options("EPSG:3035") { _ in })
        #expect(survey.source.rejected == reading.source.rejected)
        #expect(survey.rejectedRows.map(\.line) == [2, 4, 6, 7] && survey.register?.count == 2)
        #expect { try read(text, "EPSG:3035") { $0.isStrict = true } } throws: { error in
            let unusable = error as? UnusableRegister
            return unusable?.reason.line == 2 && unusable?.rejectedRows.count == 4
        }
    }

    @Test func systemsNobodyKnows() throws {
        #expect(throws: ProjectionError.self) { try read("x,y,industry\n1,2,A\n", "EPSG:999999") }
    }
}
