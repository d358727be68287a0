import ColocationMining
import FirmModel
import ParallelWork
import Testing

@testable import PatternAnalysis

@Suite struct PatternAnalyzerTests {
    /// A firm by its place, code and employees.
    private typealias Firm = (x: Double, y: Double, code: String, employees: Double)

    /// Four places with A, B and C; two with B and C; four of A alone; D far from all. Only A's and D's employees are known.
    private static let firms: [Firm] =
        (0..<4).flatMap { i -> [Firm] in
            let x = 100 * Double(i)
            return [(x, 0, "A", 1), (x + 1, 0, "B", .nan), (x, 1, "C", .nan), (x + 50, 500, "A", 3), (x, 9000, "D", 2)]
        }
        + (0..<2).flatMap { i -> [Firm] in
            [(100 * Double(i), 1000, "B", .nan), (100 * Double(i), 1001, "C", .nan)]
        }

    private static func register(_ firms: [Firm]) throws -> FirmRegister {
        try FirmRegister(
            frame: .local, x: firms.map(\.x), y: firms.map(\.y), industry: CategoryColumn(firms.map(\.code)),
            employment: firms.map(\.employees))
    }

    private static let request: PatternRequest = {
        var request = PatternRequest()
        request.neighborDistance = 2
        request.miner.minimumFirms = 2
        return request
    }()

    private func report(_ request: PatternRequest) throws -> PatternReport {
        try PatternAnalyzer(request, workers: Workers(count: 2)).report(
            on: Self.register(Self.firms), title: { $0 == "A" ? "Apples" : nil })
    }

    @Test func patternsOfAWorkedExample() throws {
        var request = Self.request
        request.countsRowInstances = true
        let report = try report(request)
        let patterns = report.patterns
        #expect(patterns.map { $0.industries.joined() } == ["AB", "AC", "BC", "ABC"])
        #expect(patterns.map(\.participationIndex) == [0.5, 0.5, 1, 0.5])
        let share = 4.0 / 6
        let ratios: [[Double]] = [[0.5, share], [0.5, share], [1, 1], [0.5, share, share]]
        #expect(patterns.map(\.participationRatios) == ratios)
        #expect(patterns.map(\.maximumParticipationRatio) == [share, share, 1, share])
        #expect(patterns.map(\.participants) == [[4, 4], [4, 4], [6, 6], [4, 4, 4]])
        #expect(patterns.map(\.rowInstances) == [4, 4, 6, 4])
        #expect(patterns.map(\.isMaximal) == [false, false, false, true])
        #expect(patterns.map(\.isClosed) == [false, false, true, true])
        #expect(patterns[0].titles == ["Apples", nil])
        #expect(patterns.allSatisfy { $0.pValue == nil && $0.significant == nil })
        #expect(report.industries.map(\.code) == ["A", "B", "C", "D"])
        #expect(report.industries.map(\.firms) == [8, 6, 6, 4])
        #expect(report.warnings.isEmpty)
        #expect(report.network == nil && report.rules == nil && report.tested.isEmpty)
    }

    @Test func selections() throws {
        var request = Self.request
        request.reportsNetwork = true
        request.reportsRules = true
        request.selection = .maximal
        var report = try report(request)
        #expect(report.patterns.map { $0.industries.joined() } == ["ABC"])
        #expect(report.rules?.count == 3)
        // The network is one of all pairs, whatever is shown.
        #expect(report.network?.edges.count == 3)
        #expect(report.network?.nodes.map(\.community) == [1, 1, 1, 2])
        request.selection = .closed
        report = try self.report(request)
        #expect(report.patterns.map { $0.industries.joined() } == ["BC", "ABC"])
    }

    @Test func theLargestRatioCanBeTheIndex() throws {
        var request = Self.request
        request.miner.measure = .maximum
        request.miner.minimumIndex = 0.6
        let patterns = try report(request).patterns
        #expect(patterns.map { $0.industries.joined() } == ["AB", "AC", "BC", "ABC"])
        let share = 4.0 / 6
        #expect(patterns.map(\.participationIndex) == [share, share, 1, share])
    }

    @Test func employeesCanWeigh() throws {
        var request = Self.request
        request.weighting = .employment
        request.miner.minimumIndex = 0.2
        let report = try report(request)
        let pair = try #require(report.patterns.first)
        // 4 of 16 employees of A, and of B, which states none, 4 of 6 firms.
        #expect(pair.participationRatios == [0.25, 4.0 / 6])
        #expect(pair.participants == [4, 4])
        #expect(
            report.warnings == ["2 of 4 industries have no employees that are known: their firms are counted instead"])
    }

    @Test func aPrevalenceOfZeroAsksForARowInstance() throws {
        var request = Self.request
        request.miner.minimumIndex = 0
        #expect(try report(request).patterns.map { $0.industries.joined() } == ["AB", "AC", "BC", "ABC"])
    }

    @Test func industriesThatTakeNoPart() throws {
        var request = Self.request
        request.industries = IndustrySelection(["A", "C", "X*"])
        var report = try report(request)
        #expect(report.patterns.map { $0.industries.joined() } == ["AC"])
        #expect(report.industries.map(\.code) == ["A", "C"])
        #expect(report.warnings == ["no firm has an industry code matching X*"])

        request.industries = nil
        request.miner.minimumFirms = 7
        report = try self.report(request)
        #expect(report.patterns.isEmpty)
        let reason: String? = "fewer than 7 firms"
        #expect(report.industries.map(\.excluded) == [nil, reason, reason, reason])
        #expect(report.warnings == ["only one industry has 7 firms or more, of 4: there can be no pattern"])
        request.miner.minimumFirms = 70
        #expect(
            try self.report(request).warnings == ["no industry has 70 firms or more, of 4: there can be no pattern"])
    }

    @Test func quotientsCompareWithFirmsOfAllIndustries() throws {
        var request = PatternRequest()
        request.quotientNeighbors = 1
        request.industries = IndustrySelection(["A"])
        request.miner.minimumFirms = 3
        // Two firms of A have each other for the nearest, the third one of B: (2/3) / (2/5).
        let register = try Self.register([
            (0, 0, "A", 1), (1, 0, "A", 1), (100, 0, "A", 1), (101, 0, "B", 1), (1000, 0, "B", 1), (1001, 0, "B", 1),
        ])
        let quotients = try PatternAnalyzer(request).report(on: register).quotients
        #expect(quotients?.map { $0.industry + $0.toward } == ["**", "AA"])
        #expect(abs(try #require(quotients?.last?.quotient) - 5.0 / 3) < 1e-12)
        #expect(try self.report(Self.request).quotients == nil)
    }

    @Test func neitherThreadsNorRowsMatter() throws {
        var request = Self.request
        request.weighting = .employment
        request.reportsNetwork = true
        request.miner.minimumIndex = 0.1
        var stream = RandomStream(seed: 11)
        var firms = (0..<2000).map { _ -> Firm in
            (
                Double(stream.next(below: 60)), Double(stream.next(below: 60)), "I\(stream.next(below: 12))",
                Double(stream.next(below: 50))
            )
        }
        let first = try PatternAnalyzer(request, workers: Workers(count: 1)).report(on: Self.register(firms))
        #expect(first.patterns.count > 20)
        for threads in [1, 3] {
            firms.shuffle(using: &stream)
            let report = try PatternAnalyzer(request, workers: Workers(count: threads)).report(on: Self.register(firms))
            #expect(report.patterns == first.patterns)
            #expect(report.network == first.network)
        }
    }

    @Test func impossibleRequests() throws {
        func expect(_ error: PatternRequestError, _ change: (inout PatternRequest) -> Void) {
            var request = PatternRequest()
            change(&request)
            #expect(throws: error) { try request.validate() }
        }
        expect(.badNeighborDistance(0)) { $0.neighborDistance = 0 }
        expect(.badNeighborDistance(-5)) { $0.neighborDistance = -5 }
        expect(.badNeighborDistance(2e9)) { $0.neighborDistance = 2e9 }
        expect(.badMinimumIndex(1.5)) { $0.miner.minimumIndex = 1.5 }
        expect(.badMinimumIndex(-0.1)) { $0.miner.minimumIndex = -0.1 }
        expect(.badMaximumSize(1)) { $0.miner.maximumSize = 1 }
        expect(.badMinimumFirms(0)) { $0.miner.minimumFirms = 0 }
        expect(.badQuotientNeighbors(0)) { $0.quotientNeighbors = 0 }
        expect(.badQuotientNeighbors(1001)) { $0.quotientNeighbors = 1001 }
        var request = PatternRequest()
        for distance in [Double.nan, .infinity] {
            request.neighborDistance = Meters(distance)
            #expect(throws: PatternRequestError.self) { try request.validate() }
        }
        try PatternRequest().validate()
    }
}
