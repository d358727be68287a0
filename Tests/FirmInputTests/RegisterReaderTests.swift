import DelimitedText
import FirmClustersTestSupport
import FirmInput
import FirmModel
import IndustryClassifications
import ParallelWork
import Testing

@Suite struct RegisterReaderTests {
    private func read(
        _ text: String, _ configure: (inout ReadingOptions) -> Void = { _ in }
    ) throws -> RegisterReading {
        let file = try TemporaryInput(text)
        var options = ReadingOptions()
        options.keepsRejectedRows = true
        configure(&options)
        return try RegisterReader.read([file.path], options: options, workers: Workers(count: 2))
    }

    private func failure(
        _ text: String, _ configure: (inout ReadingOptions) -> Void = { _ in }
    ) -> InputError? {
        do {
            _ = try read(text, configure)
            return nil
        } catch { return (error as? UnusableRegister)?.reason ?? error as? InputError }
    }

    @Test func oneReasonForEachRow() throws {
        let reading = try read(
            """
            id,lon,lat,industry,employees
            1,120.5,28.1,13.10,5
            2,,28.1,13.10,5
            3,abc,28.1,13.10,5
            4,181,28.1,13.10,5
            5,0,0.0,13.10,5
            6,120.5,28.1, ,5
            7,120.5,28.1,13.10,-1
            1,120.6,28.2,13.10,5
            8,120.5
            9,120.5,28.1,13.10,5,extra
            10,"120.5"x,28.1,13.10,5
            11,120.5,28.1,1310,,,,

            12,nan,28.1,13.10,5
            13,0x10,28.1,13.10,5
            14,1e400,28.1,13.10,5
            15,-180,28.1,13.10,many

            """)
        #expect(
            reading.source.rejected == [
                .missingCoordinate: 1, .notANumber: 4, .outOfRange: 1, .nullIsland: 1, .missingIndustry: 1,
                .negativeWeight: 1, .duplicateIdentifier: 1, .wrongFieldCount: 2, .brokenQuoting: 1,
            ])
        #expect(reading.source.rowsRead == 16)
        #expect(reading.source.rowsAccepted == 3)
        #expect(reading.source.employmentMissing == 2)
        #expect(reading.register.industry.categories == ["1310"])
        #expect((0..<3).map { reading.register.label($0) } == ["1", "11", "15"])
        #expect(reading.rejectedRows.map(\.line) == [3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 15, 16, 17])
        #expect(reading.rejectedRows[1].column == "lon")
        #expect(reading.rejectedRows[1].text == "abc")
        #expect(reading.rejectedRows[6].reason == .duplicateIdentifier)
        #expect(reading.rejectedRows[9].text == "10,\"120.5\"x,28.1,13.10,5")
    }

    @Test func strictNamesTheFirstBadRow() throws {
        let error = failure("lon,lat,industry\n1,2,A\n1,x,A\n,,\n") { $0.isStrict = true }
        #expect(error?.category == .badData)
        #expect(error?.line == 3)
        #expect(error?.column == "lat")
        #expect(error?.message.contains("'x'") == true)
    }

    @Test func whatCannotBeReadSaysWhy() throws {
        #expect(failure("")?.message == "is empty")
        #expect(failure("\n\n")?.message == "is empty")
        #expect(failure("lon,lat,industry\n")?.message == "holds a header but no rows")
        #expect(failure("lon,lat,industry\n,,\n")?.message == "none of 1 rows is usable: 1 missing coordinate")
        #expect(failure("lon,lat,code\n1,2,A\n")?.message.contains("--industry") == true)
        #expect(failure("lon,lng,lat,industry\n1,1,2,A\n")?.message.contains("'lon', 'lng'") == true)
        #expect(failure("lon,lat,industry\n1,2,A\n") { $0.name = "nme" }?.message.contains("'nme'") == true)
        #expect(failure("x,y,industry\n1,2,A\n")?.message.contains("--crs") == true)
        #expect(failure("x,y,industry\n1,2,A\n") { ($0.x, $0.y) = ("x", "y") }?.category == .usage)
        #expect(
            failure("lon,lat,industry\n1,2,A\n") { $0.filters = [RowFilter(column: "industry", value: "B")] }?.message
                .contains("filters") == true)
        for text in ["", "lon,lat,industry\n", "lon,lat,code\n1,2,A\n"] { #expect(failure(text)?.category == .badData) }
    }

    @Test func swappedCoordinatesAreSeen() throws {
        let error = failure("lon,lat,industry\n28.1,120.5,A\n28.2,120.6,A\n1,2,A\n")
        #expect(error?.message.contains("--lon 'lat' --lat 'lon'") == true)
        // Half is not more than half.
        #expect(try read("lon,lat,industry\n28.1,120.5,A\n1,2,A\n").register.count == 1)
    }

    @Test(arguments: ["nosuch.csv", "/"])
    func whatIsNotThere(path: String) {
        #expect { try RegisterReader.read([path]) } throws: { ($0 as? InputError)?.category == .noInput }
    }

    @Test func headersInManyLanguages() throws {
        for header in [
            "Longitud;Latitud;Código_Act", "LNG;LAT;codeAPE", "Längengrad;Breitengrad;Wirtschaftszweig",
            "经度;纬度;行业代码", "lon.;lat.;CNAE", "long;lat;NAICS 2017",
        ] {
            let register = try read(header + "\n120,5;28,25;01.11\n").register
            #expect(register.coordinate(0) == Coordinate(longitude: 120.5, latitude: 28.25))
            #expect(register.industry[0] == "0111")
        }
    }

    @Test func levelsAndRanges() throws {
        let register = try read("lon,lat,industry\n1,2,31-33\n1,2,31.33\n1,2,3\n1,2,06 10\n") { $0.level = 2 }.register
        #expect((0..<4).map { register.industry[$0] } == ["31-33", "31", "3", "06"])
    }

    @Test func employmentIsAddedUp() throws {
        let reading = try read(
            "lon,lat,industry,full,part\n1,2,A,3,4\n1,2,A,,4\n1,2,A,,\n1,2,A,x,\n1,2,A,\"1,200\",10 to 19\n"
        ) { $0.employment = ["full", "part"] }
        #expect(reading.register.employees(0) == 7)
        #expect(reading.register.employees(1) == 4)
        #expect(reading.register.employees(2) == nil)
        #expect(reading.register.employees(3) == nil)
        #expect(reading.register.employees(4) == 1214.5)
        #expect(reading.source.employmentMissing == 2)
    }

    @Test func bandsFromAFile() throws {
        let bands = try TemporaryInput("label,low,high\nsmall,1,9\nlarge,250,\n")
        let reading = try read("lon,lat,industry,size\n1,2,A,small\n1,2,A, large\n1,2,A,12\n1,2,A,medium\n") {
            $0.employment = ["size"]
            $0.employmentBands = bands.path
        }
        #expect((0..<4).map { reading.register.employees($0) } == [5, 375, 12, nil])
    }

    @Test func filtersComeFirst() throws {
        let reading = try read("lon,lat,industry,town,year\n1,2,A,X,1\n,,A,Y,1\n1,2,B,X,2\n1,2,C, X ,1\n") {
            $0.filters = [RowFilter(column: "town", value: "X"), RowFilter(column: "year", value: "1")]
        }
        #expect(reading.source.rowsFilteredOut == 2)
        #expect(reading.source.rowsRead == 2)
        #expect(reading.source.rejected.isEmpty)
        #expect(reading.register.industry.categories == ["A", "C"])
    }

    @Test func headerOneNameShort() throws {
        let register = try read("\"lon\" \"lat\"\n".replacingBlanks + "\"1\"\t5\t6\n\"2\"\t7\t8\n") {
            $0.industry = "lat"
            $0.frame = nil
            ($0.longitude, $0.latitude) = ("lon", "lat")
        }.register
        #expect(register.x == [5, 7])
        #expect(register.y == [6, 8])
    }

    @Test func severalFilesAreOneRegister() throws {
        let header = "lon,lat,industry,id\n"
        let first = try TemporaryInput(header + "1,2,A,1\n1,2,A,2")
        let second = try TemporaryInput(header.replacing(",", with: ";") + "3,5;4;B;1\n3,5;4;B;3\n")
        var options = ReadingOptions()
        let reading = try RegisterReader.read([first.path, second.path], options: options)
        #expect(reading.register.x == [1, 1, 3.5])
        #expect(reading.source.files.count == 2)
        #expect(reading.source.delimiter == "comma, semicolon")
        #expect(reading.rejectedRows.first?.file == reading.source.files[1].name)
        #expect(reading.rejectedRows.first?.line == 2)
        #expect(reading.register.label(2) == "3")
        let third = try TemporaryInput("lon,lat,industry\n1,2,A\n")
        let unnamed = try RegisterReader.read([third.path, third.path])
        #expect((0..<2).map { unnamed.register.label($0) } == ["1:2", "2:2"])
        options.industry = "industry"
        let other = try TemporaryInput("lon,lat,code\n1,2,A\n")
        #expect { try RegisterReader.read([first.path, other.path], options: options) } throws: {
            ($0 as? InputError)?.file == other.path
        }
    }

    @Test func decimalCommasInCommaFiles() throws {
        let reading = try read("lon,lat,industry\n\"120,5\",\"28,125\",A\n")
        #expect(reading.register.coordinate(0) == Coordinate(longitude: 120.5, latitude: 28.125))
        let plane = try read("x,y,industry\n\"120,5\",28,A\n\"120,500\",28,A\n") { $0.frame = .local }
        #expect(plane.register.x == [120.5])
        #expect(plane.source.rejected == [.notANumber: 1])
    }

    @Test func pointsAsText() throws {
        let register = try read("location,industry\n\"(28.5, 120.25)\",A\nPOINT (120.25 28.5),A\n\"28.5,120.25\",A\n")
            .register
        #expect(register.x == [120.25, 120.25, 120.25])
        #expect(register.y == [28.5, 28.5, 28.5])
    }

    @Test func badBytesAreOneRow() throws {
        var bytes = Array("lon,lat,industry,name\n1,2,A,ok\n".utf8)
        // Past the sample that decides the encoding.
        for _ in 0..<200_000 { bytes += Array("1,2,A,ok\n".utf8) }
        bytes += Array("1,2,A,caf".utf8) + [0xE9] + Array("\n1,2,A,a\u{0}b\n1,2,A,café\n".utf8)
        let file = try TemporaryInput(bytes)
        let reading = try RegisterReader.read([file.path], workers: Workers(count: 2))
        #expect(reading.source.rejected == [.badBytes: 2])
        #expect(reading.register.count == 200_002)
        #expect(reading.warnings.first?.contains("--encoding") == true)
        #expect(reading.register.lineNumber.last == 200_005)
    }

    @Test func whatRWritesForMissingIsMissing() throws {
        let text = "id,lon,lat,industry,place\nNA,1,2,A,NA\nNULL,1,2,A,NULL\nNA,1,2,A,null\nnull,1,2,A,N/A\n7,1,2,A,B\n"
        let reading = try read(text)
        #expect(reading.source.rejected.isEmpty)
        let register = reading.register
        #expect((0..<register.count).map { register.label($0) } == ["2", "3", "4", "5", "7"])
        #expect(register.place?.categories == ["B"])
        let file = try TemporaryInput("id,lon,lat,industry\nNA,1,2,A\n")
        let both = try RegisterReader.read([file.path, file.path]).register
        #expect((0..<2).map { both.label($0) } == ["1:2", "2:2"])
    }

    @Test func strataAreReadOnlyWhenNamed() throws {
        let text = "lon,lat,industry,stratum,Año\n1,2,A,a,2020\n1,2,A,b, \n?,2,A,b,1999\n1,2,A,NA,2019\n"
        #expect(try read(text).register.stratum == nil)
        let reading = try read(text) { $0.stratum = "ano" }
        #expect(reading.register.stratum == CategoryColumn(["2020", "", "2019"]))
        #expect(reading.source.columns.contains { $0.role == "stratum" && $0.header == "Año" })
        // A column can be more than one thing.
        #expect(try read(text) { $0.stratum = "industry" }.register.stratum?.categories == ["A"])
        #expect(throws: InputError.self) { try read(text) { $0.stratum = "region" } }
    }

    @Test func manyDuplicatesAndEmptyIdentifiers() throws {
        var text = "id,lon,lat,industry\n"
        for row in 0..<5000 { text += "\(row % 7 == 0 ? "" : String(row % 1000)),1,2,A\n" }
        let reading = try read(text)
        var seen: Set<Int> = []
        var expected = 0
        for row in 0..<5000 where row % 7 != 0 && !seen.insert(row % 1000).inserted { expected += 1 }
        #expect(reading.source.rejected == [.duplicateIdentifier: expected])
        #expect(reading.register.count == 5000 - expected)
    }
}

extension String {
    fileprivate var replacingBlanks: String { replacing(" ", with: "\t") }
}
