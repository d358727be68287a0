import ColocationMining
import FirmClustersTestSupport
import FirmModel
import Foundation
import ParallelWork
import PatternAnalysis
import SignificanceTesting
import SpatialIndex
import Testing

@Suite struct ColocationQuotientTestTests {
    /// Both tails of 9,999 random labellings by another program: both have Monte Carlo error.
    @Test func goldenPValues() throws {
        let golden = try JSONTree(parsing: Self.golden("clq_expected.json"))
        let ground = try TestGround.golden()
        let tested = try ColocationQuotientTest(simulations: 9_999).run(
            on: ground.labels, nearest: NearestFirms(ground.sites, count: 3), sites: ground.sites)
        for (name, tail) in [("p_upper", \TwoSidedPValue.attraction), ("p_lower", \.avoidance)] {
            let expected = try #require(golden["random_labelling_9999"]?[name])
            for (a, row) in expected.items.enumerated() {
                for (b, value) in row.items.enumerated() {
                    let p = try #require(value.number)
                    let found = try #require(tested[a, b]).pValue[keyPath: tail].value
                    #expect(abs(found - p) < 0.005 + 4 * (p * (1 - p) / 10_000).squareRoot(), "\(name) \(a) → \(b)")
                }
            }
        }
        #expect(try #require(tested.global).attraction.value < 0.001)
    }

    /// E CLQ = 1 for each pair under random labelling, ties, malls and all.
    @Test func relabelledQuotientsAreOneOnAverage() throws {
        var stream = RandomStream(seed: 11)
        let ground = try TestGround.lattice(600, side: 14, industryCount: 3, &stream)
        let tested = try ColocationQuotientTest(simulations: 999, seed: 4).run(
            on: ground.labels, nearest: NearestFirms(ground.sites, count: 5), sites: ground.sites)
        for pair in tested.pairs {
            let pair = try #require(pair)
            #expect(abs(try #require(pair.nullMean) - 1) < 0.02)
            #expect(pair.qValue >= pair.pValue.value)
            #expect(pair.pValue.attraction.exceedances + pair.pValue.avoidance.exceedances >= 999)
        }
    }

    @Test(arguments: NullModel.allCases) func threadsAndOrderOfRowsMakeNoDifference(model: NullModel) throws {
        var stream = RandomStream(seed: 12)
        let ground = try TestGround.lattice(500, side: 12, industryCount: 4, &stream)
        let test = ColocationQuotientTest(simulations: 49, nullModel: model, seed: 3)
        let results = try [(1, ground), (3, try ground.shuffled(&stream))].map { threads, ground in
            let workers = Workers(count: threads)
            return try test.run(
                on: ground.labels, nearest: NearestFirms(ground.sites, count: 4, workers: workers),
                sites: ground.sites, workers: workers)
        }
        #expect(results[0] == results[1])
    }

    /// Two industries bunched in the same halves of the ground: random labelling calls each attracted to itself, and a shift along
    /// the curve, which keeps bunches together, much less so.
    @Test func aShiftKeepsBunches() throws {
        var stream = RandomStream(seed: 13)
        let x = (0..<400).map { _ in stream.nextUnit() * 1000 }
        let y = (0..<400).map { _ in stream.nextUnit() * 1000 }
        let ground = try TestGround(x: x, y: y, industries: x.map { $0 < 500 ? 0 : 1 }, industryCount: 2)
        let nearest = try NearestFirms(ground.sites, count: 6)
        let tested = try NullModel.allCases.map {
            try ColocationQuotientTest(simulations: 199, nullModel: $0).run(
                on: ground.labels, nearest: nearest, sites: ground.sites)
        }
        #expect(try #require(tested[0][0, 0]).pValue.attraction.value == 0.005)
        #expect(try #require(tested[0][0, 0]?.nullMean) < 1.05)
        #expect(try #require(tested[1][0, 0]?.nullMean) > 1.5)
    }

    @Test func strataKeepTheirIndustries() throws {
        var stream = RandomStream(seed: 14)
        let ground = try TestGround.lattice(300, side: 40, industryCount: 2, &stream)
        // A stratum for each industry: nothing can move.
        let tested = try ColocationQuotientTest(simulations: 19).run(
            on: ground.labels, nearest: NearestFirms(ground.sites, count: 3), sites: ground.sites,
            strata: ground.labels.industryOfFirm)
        for pair in tested.pairs { #expect(try #require(pair).pValue.value == 1) }
    }

    @Test func somePairsHaveNoQuotientToTest() throws {
        let ground = try TestGround(x: [0, 1, 5], y: [0, 0, 0], industries: [0, 0, 1], industryCount: 3)
        let tested = try ColocationQuotientTest(simulations: 9).run(
            on: ground.labels, nearest: NearestFirms(ground.sites, count: 1), sites: ground.sites)
        #expect(tested[1, 1] == nil && tested[2, 0] == nil && tested[0, 2] == nil)
        #expect(tested[0, 1] != nil && tested[1, 0]?.quotient == 1)
        let alone = try TestGround(x: [0], y: [0], industries: [0], industryCount: 1)
        let none = try ColocationQuotientTest(simulations: 9).run(
            on: alone.labels, nearest: NearestFirms(alone.sites, count: 1), sites: alone.sites)
        #expect(none.pairs == [nil] && none.global == nil)
    }

    static func golden(_ name: String) throws -> Data {
        try Data(
            contentsOf: URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
                .appendingPathComponent("Golden/\(name)"))
    }
}

/// Firms with industries, as rows and on their sites.
struct TestGround {
    let x: [Double]
    let y: [Double]
    let industries: [Int]
    let sites: Sites
    let labels: IndustryLabels

    init(x: [Double], y: [Double], industries: [Int], industryCount: Int) throws {
        (self.x, self.y, self.industries) = (x, y, industries)
        let register = try FirmRegister(
            frame: .local, x: x, y: y,
            industry: CategoryColumn(
                categories: (0..<industryCount).map { String(100 + $0) }, indices: industries.map { Int32($0) }))
        let sites = try Sites(register)
        self.sites = sites
        labels = IndustryLabels(
            industryOfFirm: sites.firmRows.map { Int32(industries[Int($0)]) }, industryCount: industryCount)
    }

    func shuffled(_ stream: inout RandomStream) throws -> TestGround {
        let order = Array(x.indices).shuffled(using: &stream)
        return try TestGround(
            x: order.map { x[$0] }, y: order.map { y[$0] }, industries: order.map { industries[$0] },
            industryCount: labels.industryCount)
    }

    static func lattice(
        _ count: Int, side: Int, industryCount: Int, _ stream: inout RandomStream
    ) throws -> TestGround {
        try TestGround(
            x: (0..<count).map { _ in Double(stream.next(below: side)) * 100 },
            y: (0..<count).map { _ in Double(stream.next(below: side)) * 100 },
            industries: (0..<count).map { _ in stream.next(below: industryCount) }, industryCount: industryCount)
    }

    static func golden() throws -> TestGround {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Golden/distance_points.csv")
        let table = try GoldenTable(contentsOf: file)
        return try TestGround(
            x: table.doubles("x"), y: table.doubles("y"),
            industries: table.column("industry") { ["A", "B", "C"].firstIndex(of: $0) }, industryCount: 3)
    }
}
