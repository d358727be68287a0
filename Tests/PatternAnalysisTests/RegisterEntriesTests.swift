import ColocationMining
import FirmModel
import ParallelWork
import Testing

@testable import PatternAnalysis

@Suite struct RegisterEntriesTests {
    private static func column(_ texts: [String]) -> TextColumn {
        var column = TextColumn()
        for text in texts { column.append(text) }
        return column
    }

    private static func code(_ text: String) -> String? {
        let letters = text.filter { $0 != " " }
        return letters.isEmpty ? nil : String(letters.prefix(1))
    }

    @Test func aRowForEachCode() throws {
        let firms = try FirmRegister(
            frame: .local, x: [0, 1, 2], y: [3, 4, 5], industry: CategoryColumn(["D", "B", "B"]),
            employment: [7, .nan, 9],
            region: CategoryColumn(["north", "", "south"]))
        let entries = try RegisterEntries(
            firms, further: [Self.column(["A|Bx; D2,", "", " B"]), Self.column(["E", "", "A"])], code: Self.code)
        let register = entries.register
        let codes = (0..<register.count).map { register.industry[$0] }
        #expect(codes == ["D", "A", "B", "E", "B", "B", "A"])
        #expect(register.industry.categories == ["A", "B", "D", "E"])
        #expect(entries.firmOfRow == [0, 0, 0, 0, 1, 2, 2])
        #expect(entries.firmsWithSeveral == 2)
        #expect(register.x == [0, 0, 0, 0, 1, 2, 2] && register.y == [3, 3, 3, 3, 4, 5, 5])
        let employees = (0..<register.count).map { register.employees($0) }
        #expect(employees == [7, 7, 7, 7, nil, 9, 9])
        let regions = (0..<register.count).map { register.region?[$0] }
        #expect(regions == ["north", "north", "north", "north", nil, "south", "south"])
        #expect(throws: RegisterError.self) {
            try RegisterEntries(firms, further: [Self.column(["A"])], code: Self.code)
        }
    }

    /// Firms with A and B are no pattern by themselves, two of them beside each other are.
    @Test func entriesOfOneFirmAreNoNeighbors() throws {
        func patterns(_ x: [Double]) throws -> [PatternRecord] {
            let firms = try FirmRegister(
                frame: .local, x: x, y: x.map { _ in 0 }, industry: CategoryColumn(x.map { _ in "A" }))
            let entries = try RegisterEntries(firms, further: [Self.column(x.map { _ in "B" })], code: Self.code)
            var request = PatternRequest()
            request.neighborDistance = 10
            request.miner.minimumFirms = 1
            request.countsRowInstances = true
            return try PatternAnalyzer(request).report(on: entries.register, firmOfRow: entries.firmOfRow).patterns
        }
        #expect(try patterns([0, 100, 200, 300]).isEmpty)
        let found = try patterns([0, 5, 200, 300])
        #expect(found.map(\.participationRatios) == [[0.5, 0.5]])
        #expect(found.map(\.participants) == [[2, 2]])
        #expect(found.map(\.rowInstances) == [2])
    }
}
