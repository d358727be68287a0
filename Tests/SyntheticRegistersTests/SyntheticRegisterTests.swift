import FirmModel
import Testing

@testable import SyntheticRegisters

@Suite struct SyntheticRegisterTests {
    @Test func anyChunksInAnyOrderGiveTheSameBytes() throws {
        let register = SyntheticRegister(try SampleFiles.description(), seed: 5, firms: 3000)
        var whole: [UInt8] = []
        register.appendCSV(rows: register.indices, columns: .full, to: &whole)
        var chunks: [[UInt8]] = []
        for start in stride(from: 2900, through: 0, by: -100) {
            var chunk: [UInt8] = []
            register.appendCSV(rows: start..<start + 100, columns: .full, to: &chunk)
            chunks.append(chunk)
        }
        #expect(Array(chunks.reversed().joined()) == whole)
        let other = SyntheticRegister(try SampleFiles.description(), seed: 6, firms: 3000)
        #expect(other[17] != register[17])
        #expect(SyntheticRegister(try SampleFiles.description(), seed: 5, firms: 3000)[17] == register[17])
    }

    @Test(arguments: [1, 2, 7, 100, 20_000, 50_000])
    func plantsScaleWithTheRegister(firms: Int) throws {
        let description = try SampleFiles.description()
        let register = SyntheticRegister(description, seed: 1, firms: firms)
        #expect(register.count == firms)
        var members = [Int](repeating: 0, count: description.plants.count)
        for label in register.plantLabels where label >= 0 { members[label] += 1 }
        for (index, plant) in description.plants.enumerated() {
            #expect(abs(Double(members[index]) - Double(plant.firms) * Double(firms) / 20_000) <= 1)
        }
    }

    @Test func theRecordsAreWellFormed() throws {
        let register = SyntheticRegister(try SampleFiles.description(), seed: 3, firms: 2000)
        var bytes = register.csvHeader(.full)
        register.appendCSV(rows: register.indices, columns: .full, to: &bytes)
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
        #expect(lines.count == 2001)
        var quoted = 0
        for line in lines {
            // No field holds a quote of its own, so every second piece between quotes is a quoted field.
            let pieces = line.split(separator: "\"", omittingEmptySubsequences: false)
            quoted += pieces.count / 2
            let outside = stride(from: 0, to: pieces.count, by: 2).map { pieces[$0] }.joined()
            #expect(outside.split(separator: ",", omittingEmptySubsequences: false).count == 13)
        }
        #expect(quoted > 20)
        let firm = register[0]
        let fields = lines[1].split(separator: ",", omittingEmptySubsequences: false)
        #expect(fields[0] == "WZ1")
        #expect(abs(try #require(Double(fields[2])) - firm.location.longitude) <= 5e-7)
        #expect(fields[3].split(separator: ".")[1].count == 6)

        var truth = register.truthHeader
        register.appendTruth(rows: register.indices, to: &truth)
        let truthLines = String(decoding: truth, as: UTF8.self).split(separator: "\n")
        #expect(truthLines.count == 2001)
        #expect(truthLines.allSatisfy { $0.split(separator: ",", omittingEmptySubsequences: false).count == 5 })
        #expect(truthLines.contains { $0.hasSuffix(",Liushi low-voltage electricals,quality,hub-and-spoke,") })
        #expect(truthLines.contains { $0.hasSuffix(",,,,Wencheng hauliers") })
    }

    @Test func theColumnsAreThoseOfTheFile() throws {
        let register = SyntheticRegister(try SampleFiles.description(), seed: 3, firms: 2000)
        let columns = try register.firmRegister()
        var bytes: [UInt8] = []
        register.appendCSV(rows: register.indices, columns: .essential, to: &bytes)
        for (row, line) in String(decoding: bytes, as: UTF8.self).split(separator: "\n").enumerated()
        where !line.contains("\"") {
            let fields = line.split(separator: ",", omittingEmptySubsequences: false)
            #expect(columns.x[row] == Double(fields[2]) && columns.y[row] == Double(fields[3]))
            #expect(columns.industry[row] == String(fields[4]))
            #expect(columns.employees(row) == Double(fields[5]))
            #expect(columns.label(row) == String(fields[0]))
            #expect(register.name(of: register[row]) == String(fields[1]))
        }
    }

    @Test func halfOfATownLiesWithinItsRadius() {
        let center = Coordinate(longitude: 120, latitude: 28)
        var random = RandomStream(seed: 11)
        let metersPerDegree = Sphere.radius * .pi / 180
        let stretched = RegisterDescription.Plant(
            name: "", town: 0, east: 500, north: 0, industry: "1", product: "", firms: 1, radius: 1000, stretch: 4,
            bearing: 90, medianEmployees: 1, exporters: 0, start: 2000, stage: .quantity, type: .marshallian,
            hometown: nil, source: "")
        let town = RegisterDescription.Town(
            name: "", county: "", center: center, radius: 1000, weight: 1, isSeat: true)
        let round = Scatter(around: center, radius: 1000)
        let long = Scatter(plant: stretched, in: town)
        var within = 0
        var withinStretched = 0
        for _ in 0..<20_000 {
            func offset(_ place: Coordinate) -> (east: Double, north: Double) {
                ((place.x - center.x) * metersPerDegree * 0.8829475928589269, (place.y - center.y) * metersPerDegree)
            }
            let place = offset(round.draw(widening: 1, &random))
            if place.east * place.east + place.north * place.north <= 1e6 { within += 1 }
            // Twice as long east to west, half as wide north to south, 500 m to the east.
            let other = offset(long.draw(widening: 1, &random))
            let east = (other.east - 500) / 2
            let north = other.north * 2
            if east * east + north * north <= 1e6 { withinStretched += 1 }
        }
        #expect(abs(within - 10_000) < 400)
        #expect(abs(withinStretched - 10_000) < 400)
    }

    @Test(arguments: [1, 2, 3, 10, 97, 1000, 20_000])
    func interleavingIsABijection(count: Int) {
        let rows = RowInterleaving(count: count)
        var isTaken = [Bool](repeating: false, count: count)
        for row in 0..<count {
            let place = rows.place(ofRow: row)
            #expect(!isTaken[place] && rows.row(ofPlace: place) == row)
            isTaken[place] = true
        }
    }

    @Test func interleavingHoldsAtTheLargestSize() {
        let rows = RowInterleaving(count: Int(Int32.max))
        for row in [0, 1, 1_234_567_890, Int(Int32.max) - 1] {
            #expect(rows.row(ofPlace: rows.place(ofRow: row)) == row)
        }
    }

    @Test func aliasTableFollowsTheWeights() {
        let weights = [0, 1, 2, 0, 7, 0.5]
        let table = AliasTable(weights: weights)
        var random = RandomStream(seed: 2)
        var drawn = [Int](repeating: 0, count: weights.count)
        for _ in 0..<105_000 { drawn[table.draw(&random)] += 1 }
        for (count, weight) in zip(drawn, weights) {
            #expect(abs(Double(count) - weight * 10_000) <= 4 * (weight * 10_000).squareRoot())
        }
    }

    @Test func outlines() {
        let square = Outline(corners: [
            Coordinate(x: 0, y: 0), Coordinate(x: 1, y: 0), Coordinate(x: 1, y: 1), Coordinate(x: 0, y: 1),
        ])
        // R² · (π/180) · sin 1°
        #expect(abs(square.squareKilometers - 12_363.718) < 0.01)
        #expect(square.contains(Coordinate(x: 0.5, y: 0.5)))
        #expect(!square.contains(Coordinate(x: 1.5, y: 0.5)) && !square.contains(Coordinate(x: 0.5, y: -0.5)))
        let notched = Outline(corners: [
            Coordinate(x: 0, y: 0), Coordinate(x: 4, y: 0), Coordinate(x: 4, y: 4), Coordinate(x: 2, y: 1),
            Coordinate(x: 0, y: 4),
        ])
        #expect(!notched.contains(Coordinate(x: 2, y: 3)) && notched.contains(Coordinate(x: 0.5, y: 3)))
    }
}

@Suite struct CountryTests {
    @Test func theMapDoesNotDependOnTheSize() {
        let description = RegisterDescription.country()
        #expect(description == .country())
        #expect(description != .country(seed: 2))
        #expect(description.towns.count == 4000 && Set(description.industries.map(\.code)).count == 300)
        #expect(description.towns.allSatisfy { description.outline.contains($0.center) })
    }

    @Test func townsAreHeavyTailedAndFewAddressesShared() {
        let register = SyntheticRegister(.country(), seed: 1, firms: 50_000)
        var addresses: [String: Int] = [:]
        var towns: [Int: Int] = [:]
        for firm in register {
            addresses["\(firm.location)", default: 0] += 1
            if let town = firm.town { towns[town, default: 0] += 1 }
        }
        let shared = addresses.values.filter { $0 > 1 }.reduce(0, +)
        #expect((300...1200).contains(shared))
        let inTowns = towns.values.reduce(0, +)
        #expect(abs(Double(inTowns) / 50_000 - 0.87) < 0.03)
        #expect(towns[0, default: 0] > 15 * towns[99, default: 0])
        #expect(register.plantLabels.count { $0 >= 0 } > 3000)
    }
}
