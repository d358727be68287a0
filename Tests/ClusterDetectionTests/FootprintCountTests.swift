import FirmClusters
import Testing

/// Footprints counted against every pair of firm and member.
@Suite struct FootprintCountTests {
    /// A dense town of one industry among others, on a lattice of halves of meters so that distances are exact.
    private func register(seed: Int, count: Int, employment: (Int) -> Double) throws -> FirmRegister {
        var stream = RandomStream(seed: UInt64(seed), stream: 33)
        var (x, y, codes): ([Double], [Double], [String]) = ([], [], [])
        for i in 0..<count {
            let isTown = i % 3 != 0
            let (u, v) = (stream.nextUnit(), stream.nextUnit())
            x.append((u * (isTown ? 8000 : 20_000)).rounded() / 2)
            y.append((v * (isTown ? 8000 : 20_000)).rounded() / 2)
            codes.append(isTown ? "10" : ["11", "12", "13"][i % 9 / 3])
        }
        return try FirmRegister(
            frame: .local, x: x, y: y, industry: CategoryColumn(codes), employment: (0..<count).map(employment))
    }

    private func expectExactCounts(_ register: FirmRegister, _ report: ClusterReport) throws {
        for (index, cluster) in report.clusters.enumerated() {
            let members = report.members.filter { $0.cluster == Int32(index) }.map { register.coordinate(Int($0.row)) }
            let squared = cluster.footprintRadius.value * cluster.footprintRadius.value
            let inside = (0..<register.count).filter { row in
                let place = register.coordinate(row)
                return members.contains {
                    let (dx, dy) = ($0.x - place.x, $0.y - place.y)
                    return dx * dx + dy * dy <= squared
                }
            }
            #expect(cluster.footprintFirms == inside.count)
            #expect(
                cluster.footprintGroupFirms == inside.count { register.industry[$0] == cluster.industries[0] })
            let known = inside.compactMap { register.employees($0) }
            #expect(cluster.employmentCoverage == Double(known.count) / Double(inside.count))
            guard !known.isEmpty else {
                #expect(cluster.footprintEmployment == nil)
                continue
            }
            let sum = known.reduce(0, +)
            let found = try #require(cluster.footprintEmployment)
            #expect(abs(found - sum) <= 1e-9 * sum)
            if known.allSatisfy({ $0 == $0.rounded() }) { #expect(found == sum) }
        }
    }

    /// A cluster of more sites than one worker counts alone.
    @Test(arguments: [0, 0.5, 0.1]) func largeFootprintsAreSharedByWorkers(fraction: Double) throws {
        let register = try register(seed: 1, count: 9000) { i in
            i % 7 == 0 ? .nan : Double(i % 50) + fraction * Double(i % 3)
        }
        var request = ClusterDetectorTests.request(.fixed(300))
        request.minimumPoints = 20
        let alone = try ClusterDetector(request, workers: Workers(count: 1)).report(on: register)
        #expect(alone.clusters.contains { $0.sites > 4096 })
        try expectExactCounts(register, alone)
        for threads in [2, 3] {
            let shared = try ClusterDetector(request, workers: Workers(count: threads)).report(on: register)
            #expect(ClusterDetectorTests.dump(shared) == ClusterDetectorTests.dump(alone))
        }
    }

    @Test(arguments: 0..<6) func smallFootprints(seed: Int) throws {
        let register = try register(seed: seed, count: 600) { $0 % 2 == 0 ? Double($0) : .nan }
        var request = ClusterDetectorTests.request(.fixed([40, 250, 700][seed % 3]))
        request.minimumPoints = 3
        if seed >= 3 { request.footprintRadius = 55 }
        let report = try ClusterDetector(request).report(on: register)
        #expect(!report.clusters.isEmpty)
        try expectExactCounts(register, report)
    }

    /// Footprints of radius 0 count the firms at the sites.
    @Test func footprintsOfRadiusZero() throws {
        let register = try register(seed: 2, count: 600) { $0 % 5 == 0 ? .nan : 2.5 }
        var request = ClusterDetectorTests.request(.fixed(250))
        request.footprintRadius = 0
        let report = try ClusterDetector(request).report(on: register)
        #expect(!report.clusters.isEmpty)
        try expectExactCounts(register, report)
    }

    @Test func moreIndustriesThanSixteenBitsNumber() throws {
        let count = 70_000
        let codes = (0..<count).map { $0 < 100 ? "A" : "B\($0)" }
        let x = (0..<count).map { Double($0 % 300) * 10 }
        let y = (0..<count).map { Double($0 / 300) * 10 }
        let register = try FirmRegister(frame: .local, x: x, y: y, industry: CategoryColumn(codes))
        var request = ClusterDetectorTests.request(.fixed(50))
        request.industries = IndustrySelection(["A"])
        let report = try ClusterDetector(request).report(on: register)
        let cluster = try #require(report.clusters.first)
        #expect(cluster.firms == 100 && cluster.footprintGroupFirms == 100)
        // Firms 0...101 of the first row and the two rows north of it, less what lies beyond the rounded end.
        #expect(cluster.footprintFirms == 102 + 102 + 101)
        #expect(report.composition.count == 1 + cluster.footprintFirms - 100)
        #expect(report.composition.reduce(0) { $0 + $1.firms } == cluster.footprintFirms)
    }

    @Test func employmentBeyondSenseDoesNotOverflow() throws {
        let register = try FirmRegister(
            frame: .local, x: [0, 1, 2, 3, 4, 5], y: [0, 0, 0, 0, 0, 0],
            industry: CategoryColumn([String](repeating: "1", count: 6)), employment: [1, 2, .infinity, 1e300, 4, 5])
        let report = try ClusterDetector(ClusterDetectorTests.request(.fixed(5))).report(on: register)
        #expect(try #require(report.clusters.first?.footprintEmployment) > 1e280)
    }
}
