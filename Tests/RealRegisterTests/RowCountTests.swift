import FirmClusters
import FirmClustersTestSupport
import Testing

/// Rows accepted and left out of real registers, against Python's csv (`Oracles/scikit_learn.py`).
@Suite(.enabled(if: RealRegister.areHere, "\(RealRegister.absence)"))
struct RowCountTests {
    private func expect(
        _ source: RegisterSource, read: Int, accepted: Int, rejected: [RejectionReason: Int] = [:]
    ) {
        #expect(source.rowsRead == read)
        #expect(source.rowsAccepted == accepted)
        #expect(source.rejected == rejected)
        #expect(source.rowsAccepted + source.rejected.values.reduce(0, +) == source.rowsRead)
    }

    @Test(arguments: [(3, 85), (4, 245), (6, 686)])
    func colima(level: Int, industries: Int) throws {
        let reading = try RealRegister.colima.reading { $0.level = level }
        expect(reading.source, read: 38_633, accepted: 38_633)
        #expect(reading.source.encoding != "UTF-8")
        #expect(reading.register.industry.categories.count == industries)
        #expect(reading.source.employmentMissing == 0)
        #expect(reading.register.place?.categories.count == 10)
    }

    /// 20 % without coordinates, a byte order mark, and line breaks in quotes in every row.
    @Test func langley() throws {
        let reading = try RealRegister.langley.reading()
        expect(
            reading.source, read: 7019, accepted: 5610, rejected: [.missingCoordinate: 1384, .missingIndustry: 25])
        #expect(reading.register.industry.categories.count == 662)
    }

    /// Lines end in a bare carriage return; coordinates are text, latitude first.
    @Test func sanFrancisco() throws {
        let reading = try RealRegister.sanFrancisco.reading { $0.industry = "PBC Code" }
        expect(reading.source, read: 5865, accepted: 4842, rejected: [.missingCoordinate: 1023])
        #expect(reading.register.industry.categories == ["3079", "5800", "5812"])
    }

    @Test(arguments: [(RealRegister.beijing, 104_908, 19), (.lasVegas, 22_724, 17)])
    func localMeters(register: RealRegister, rows: Int, features: Int) throws {
        let reading = try register.reading {
            $0.frame = .local
            $0.industry = "Feature"
        }
        expect(reading.source, read: rows, accepted: rows)
        #expect(reading.register.industry.categories.count == features)
    }

    /// No coordinates: to be inspected, not detected in.
    @Test func strasbourg() throws {
        let survey = try RegisterReader.survey([RealRegister.strasbourg.path])
        expect(survey.source, read: 81_921, accepted: 81_921)
        #expect(survey.industries.count == 623)
        #expect(survey.register == nil)
        let failure = #expect(throws: InputError.self) { try RealRegister.strasbourg.reading() }
        #expect(failure?.category == .badData)
    }
}
