import FirmClustersTestSupport
import FirmInput
import FirmModel
import Foundation
import IndustryClassifications
import ParallelWork
import Testing

/// Real registers. The numbers expected were counted by a separate program with another CSV reader.
@Suite struct RealRegisterTests {
    private func read(
        _ path: String, workers: Int = 2, _ configure: (inout ReadingOptions) throws -> Void = { _ in }
    ) throws -> RegisterReading {
        let file = try #require(SharedFolder.file("data/" + path))
        var options = ReadingOptions()
        try configure(&options)
        return try RegisterReader.read([file.path], options: options, workers: Workers(count: workers))
    }

    static let denue = "denue_colima_2023/denue_inegi_06_.csv.gz"

    @Test(.enabled(if: SharedFolder.has("data/" + denue)), arguments: [1, 3])
    func colima(workers: Int) throws {
        let reading = try read(Self.denue, workers: workers) {
            $0.classification = try Classification(named: "scian2018")
            $0.kept = ["localidad"]
        }
        let (register, source) = (reading.register, reading.source)
        #expect(source.rowsRead == 38_633)
        #expect(register.count == 38_633)
        #expect(source.rejected.isEmpty)
        #expect(source.encoding == "ISO-8859-1" || source.encoding == "Windows-1252")
        #expect(register.industry.categories.count == 686)
        #expect(source.unknownCodes == 0)
        #expect(register.employment?.reduce(0, +) == 249_686.5)
        #expect(source.employmentMissing == 0)
        #expect(register.identifier?[0] == "6168799")
        #expect(register.name == nil)
        #expect(register.place?[0] == "Tecomán")
        #expect(register.coordinate(0) == Coordinate(longitude: -103.77969417, latitude: 18.77330056))
        #expect(register.kept[0].values[0].hasPrefix("El Real [Acuacultivos]   "))
        let place = try #require(register.place)
        #expect(place.indices.lazy.filter { $0 >= 0 && place.categories[Int($0)] == "Manzanillo" }.count == 9_524)
        #expect(
            source.columns.map { "\($0.role)=\($0.header)" } == [
                "longitude=longitud", "latitude=latitud", "industry=codigo_act", "employment=per_ocu", "id=id",
                "place=municipio", "keep=localidad",
            ])
    }

    @Test(.enabled(if: SharedFolder.has("data/" + denue)))
    func colimaAtALevel() throws {
        let register = try read(Self.denue) { $0.level = 3 }.register
        #expect(register.industry.categories.count == 85)
        #expect(register.industry[0] == "112")
    }

    static let licenses = "langley_bc_2022/Business_Licenses.csv.gz"

    @Test(.enabled(if: SharedFolder.has("data/" + licenses)))
    func langley() throws {
        let reading = try read(Self.licenses) {
            $0.employment = ["FullTime_Employees", "PartTime_Employees", "Seasonal_Employees"]
            $0.keepsRejectedRows = true
        }
        let (register, source) = (reading.register, reading.source)
        #expect(source.rowsRead == 7_019)
        #expect(source.rowsAccepted == 5_610)
        #expect(source.rejected == [.missingCoordinate: 1_384, .missingIndustry: 25])
        #expect(reading.rejectedRows.count == 1_409)
        #expect(reading.rejectedRows[0].line == 4)
        #expect(source.employmentMissing == 489)
        #expect(register.employment?.reduce(0) { $1.isNaN ? $0 : $0 + $1 } == 49_692)
        #expect(register.industry.categories.count == 662)
        #expect(register.lineNumber[0] == 2)
        #expect(register.lineNumber[1] == 6)
        #expect(source.columns.map(\.header).prefix(3) == ["Longitude", "Latitude", "NAICS_Primary"])
        #expect(source.files[0].sha256 == "77f3772f5c619825f7240e4ac8f8978b21fcd714849b780f2b0103053647a1fd")
        #expect(source.files[0].name == "Business_Licenses.csv.gz")
        #expect(source.encoding == "UTF-8")
    }

    @Test(.enabled(if: SharedFolder.has("data/" + licenses)))
    func langleyInThePlane() throws {
        let reading = try read(Self.licenses) { $0.frame = .projected(crs: "EPSG:3857") }
        #expect(reading.register.x[0] == -13655110.99)
        #expect(reading.source.rowsAccepted == 5_610)
    }

    static let restaurants = "sf_restaurants_2013/sf_restaurants.csv.gz"

    @Test(.enabled(if: SharedFolder.has("data/" + restaurants)))
    func sanFrancisco() throws {
        let reading = try read(Self.restaurants) { $0.industry = "PBC Code" }
        #expect(reading.source.rowsRead == 5_865)
        #expect(reading.source.rowsAccepted == 4_842)
        #expect(reading.source.rejected == [.missingCoordinate: 1_023])
        #expect(reading.register.industry.categories.count == 3)
        #expect(
            reading.register.coordinate(0)
                == Coordinate(longitude: -122.414398699505, latitude: 37.7590705667859))
        #expect(reading.register.lineNumber[0] == 2)
    }

    @Test(
        .enabled(if: SharedFolder.has("data/colocation_metres/Beijing_POI.csv.gz")),
        arguments: [("Beijing", 104_908, 19, 106_504_839.0), ("LasVegas", 22_724, 17, 6_697_793.0)])
    func pointsOfInterest(city: String, rows: Int, codes: Int, total: Double) throws {
        let reading = try read("colocation_metres/\(city)_POI.csv.gz") {
            $0.frame = .local
            $0.industry = "Feature"
            $0.employment = ["Checkin"]
        }
        #expect(reading.source.rowsRead == rows)
        #expect(reading.register.count == rows)
        #expect(reading.register.industry.categories.count == codes)
        #expect(reading.register.employment?.reduce(0, +) == total)
    }

    static let sirene = "sirene_bas_rhin/sirene_with_iris.csv.gz"

    @Test(.enabled(if: SharedFolder.has("data/" + sirene)))
    func sireneHasNoCoordinates() throws {
        let file = try #require(SharedFolder.file("data/" + Self.sirene))
        var options = ReadingOptions()
        options.classification = try Classification(named: "naf2")
        let survey = try RegisterReader.survey([file.path], options: options)
        #expect(survey.source.rowsRead == 81_921)
        #expect(survey.source.rowsAccepted == 81_921)
        #expect(survey.source.unknownCodes == 0)
        #expect(survey.register == nil)
        #expect(survey.industries.count == 623)
        #expect(survey.industries.reduce(0) { $0 + $1.rows } == 81_921)
        #expect(survey.employmentTotal == 309_312.5)
        #expect(survey.source.employmentMissing == 1_935)
        #expect(survey.columns.map(\.role) == [nil, "industry", nil, "employment"])
        #expect(survey.source.encoding == "Windows-1252")
        #expect { try RegisterReader.read([file.path]) } throws: { "\($0)".contains("--lon") }
    }
}
