import ColocationMining
import FirmModel
import ParallelWork
import Testing
import VectorInput

@testable import PatternAnalysis

/// What regions a request can name, and what is said of them.
@Suite struct RegionReportTests {
    /// West: six places with A and B. East: twelve of A alone, twelve of B alone; around x = 1000.
    private static let register: FirmRegister = {
        var (x, y, codes): ([Double], [Double], [String]) = ([], [], [])
        for place in 0..<6 {
            x += [Double(place), Double(place)]
            y += [0, 1]
            codes += ["A", "B"]
        }
        for place in 0..<12 {
            x += [1000 + Double(place), 1000 + Double(place)]
            y += [0, 500]
            codes += ["A", "B"]
        }
        // Arrays of this test are sound.
        return
            (try? FirmRegister(
                frame: .local, x: x, y: y, industry: CategoryColumn(codes),
                region: CategoryColumn(x.map { $0 < 500 ? "west" : "east" })))
            ?? { fatalError("the register") }()
    }()

    private func report(_ division: RegionRequest.Division, minimum: Int = 10) throws -> PatternReport {
        var request = PatternRequest()
        request.neighborDistance = 2
        request.miner.minimumIndex = 0.5
        var regions = RegionRequest(division)
        regions.minimumRegionFirms = minimum
        request.regions = regions
        return try PatternAnalyzer(request, workers: Workers(count: 2)).report(on: Self.register)
    }

    @Test func everyDivisionFindsTheWest() throws {
        let box = [(-1.0, -1.0), (500, -1), (500, 900), (-1, 900)].map { Coordinate(x: $0.0, y: $0.1) }
        let divisions: [(RegionRequest.Division, identifier: String, regions: Int)] = [
            (.column(header: "side"), "west", 2), (.grid(600), "x0y0", 2),
            (.areas([Region(identifier: "w", name: "West", polygons: [[box]])], file: nil), "w", 1),
            // The clusters of A and B in the east have as many firms, and come after it by x; so does that of B after that of A.
            (.clusters(minimumFirms: 3), "1", 3),
        ]
        for (division, identifier, count) in divisions {
            let report = try report(division)
            #expect(report.patterns.isEmpty)
            let regions = try #require(report.regions)
            #expect(regions.regions.count == count, "\(identifier)")
            #expect(regions.localShare == 1)
            #expect(regions.localPatterns == 1)
            #expect(regions.regionalPatterns == 1)
            let west = try #require(regions.regions.first { $0.identifier == identifier })
            #expect(west.firms == 12)
            #expect(west.industries == 2)
            #expect(west.patterns == 1)
            #expect(west.onlyHere == 1)
            #expect(west.distinctive == [["A", "B"]])
            #expect(west.jaccardDistance == 1)
            let others = regions.regions.filter { $0.identifier != identifier }
            #expect(others.allSatisfy { $0.patterns == 0 && $0.jaccardDistance == nil })
            #expect(report.warnings.isEmpty)
        }
        #expect(try self.report(.areas([], file: nil)).warnings.contains("there is no region: no firm is in one"))
    }

    @Test func regionsWithFewFirmsAreListed() throws {
        let report = try report(.column(header: "side"), minimum: 25)
        let regions = try #require(report.regions)
        #expect(regions.localShare == nil)
        #expect(regions.regions.map(\.skipped) == ["fewer than 25 firms", "fewer than 25 firms"])
        #expect(regions.regions.map(\.firms) == [24, 12])
        #expect(
            report.warnings.contains("no region has 25 firms or more, of 2; the largest has 24: none was mined"))
    }

    /// Density clusters are of firms, however many codes these have.
    @Test func entriesDoNotMakeClusters() throws {
        var codes = TextColumn()
        for _ in 0..<Self.register.count { codes.append("A|B|C|D") }
        let entries = try RegisterEntries(Self.register, further: [codes]) { $0 }
        var request = PatternRequest()
        request.neighborDistance = 2
        request.regions = RegionRequest(.clusters(minimumFirms: 11))
        request.regions?.minimumRegionFirms = 1
        let regions = try #require(
            try PatternAnalyzer(request).report(on: entries.register, firmOfRow: entries.firmOfRow).regions)
        // Ten firms, at five places, are within 2 m of one in the middle of the west.
        #expect(regions.regions.isEmpty)
    }

    @Test func impossibleRequests() throws {
        func error(_ change: (inout PatternRequest) -> Void) -> PatternRequestError? {
            var request = PatternRequest()
            change(&request)
            do throws(PatternRequestError) { try request.validate() } catch { return error }
            return nil
        }
        #expect(error { $0.regions = RegionRequest(.grid(0.5)) } == .badCellSize(0.5))
        #expect(error { $0.regions = RegionRequest(.grid(Meters(.infinity))) } != nil)
        #expect(error { $0.regions = RegionRequest(.grid(Meters(.nan))) } != nil)
        #expect(error { $0.regions = RegionRequest(.clusters(minimumFirms: 0)) } == .badClusterFirms(0))
        #expect(
            error {
                $0.regions = RegionRequest(.grid(5))
                $0.regions?.minimumRegionFirms = 0
            } == .badMinimumRegionFirms(0))
        #expect(
            error {
                $0.regions = RegionRequest(.grid(5))
                $0.regions?.minimumIndustryFirms = 0
            } == .badMinimumLocalFirms(0))
        #expect(error { $0.ruleAntecedents = 0 } == .badRuleAntecedents(0))
        let register = try FirmRegister(frame: .local, x: [0], y: [0], industry: CategoryColumn(["A"]))
        var request = PatternRequest()
        request.regions = RegionRequest(.column(header: "side"))
        #expect(throws: PatternRequestError.noRegionColumn("side")) {
            try PatternAnalyzer(request).report(on: register)
        }
    }
}
