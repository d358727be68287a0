import FirmClusters
import Testing

/// Requests that cannot be are refused by the library itself, and those at the edge go through.
@Suite struct DetectionRequestTests {
    private static let impossible: [(DetectionRequestError, @Sendable (inout DetectionRequest) -> Void)] = [
        (.badNeighborhoodRadius(0), { $0.neighborhood = .fixed(0) }),
        (.badNeighborhoodRadius(0.0009), { $0.neighborhood = .fixed(0.0009) }),
        (.badNeighborhoodRadius(1.1e9), { $0.neighborhood = .fixed(1.1e9) }),
        (.badNeighborhoodRadius(Meters(.infinity)), { $0.neighborhood = .fixed(Meters(.infinity)) }),
        (.badFootprintRadius(-1), { $0.footprintRadius = -1 }),
        (.badFootprintRadius(0.0009), { $0.footprintRadius = 0.0009 }),
        (.badFootprintRadius(1.1e9), { $0.footprintRadius = 1.1e9 }),
        (.badMinimumPoints(0), { $0.minimumPoints = 0 }),
        (.badMinimumPoints(.infinity), { $0.minimumPoints = .infinity }),
        (.badMinimumSites(0), { $0.minimumSites = 0 }),
        (.badMinimumLocationQuotient(-1), { $0.minimumLocationQuotient = -1 }),
        (.badMinimumLocationQuotient(.infinity), { $0.minimumLocationQuotient = .infinity }),
        (.badSimulations(0), { $0.test = ClusterTest(simulations: 0) }),
        (.badSimulations(-1), { $0.test = ClusterTest(simulations: -1) }),
        (.badSimulations(1_000_001), { $0.test = ClusterTest(simulations: 1_000_001) }),
        (.badSignificanceLevel(0), { $0.test = ClusterTest(significanceLevel: 0) }),
        (.badSignificanceLevel(1), { $0.test = ClusterTest(significanceLevel: 1) }),
        (.badReference, { $0.reference = ReferenceTotals([("13", 1e308, nil), ("14", 1e308, nil)]) }),
        (.badReference, { $0.reference = ReferenceTotals([("13", -1, nil), ("14", 5, nil)]) }),
    ]

    @Test(arguments: impossible.indices) func impossibleRequests(_ index: Int) throws {
        let (error, change) = Self.impossible[index]
        var request = DetectionRequest()
        change(&request)
        let register = try RandomRegister(seed: 1).register()
        #expect(throws: error) { try ClusterDetector(request).report(on: register) }
    }

    @Test func valuesThatAreNoNumber() {
        let changes: [(inout DetectionRequest) -> Void] = [
            { $0.neighborhood = .fixed(Meters(.nan)) }, { $0.footprintRadius = Meters(.nan) },
            { $0.test = ClusterTest(significanceLevel: .nan) }, { $0.minimumPoints = .nan },
            { $0.minimumLocationQuotient = .nan },
            { $0.reference = ReferenceTotals([("13", .nan, nil)]) },
        ]
        for change in changes {
            var request = DetectionRequest()
            change(&request)
            #expect(throws: DetectionRequestError.self) { try request.validate() }
        }
    }

    @Test(arguments: [CoordinateFrame.geographic, .local]) func largestRadii(_ frame: CoordinateFrame) throws {
        let register = try RandomRegister(seed: 2, frame: frame).register()
        var request = DetectionRequest()
        request.neighborhood = .fixed(DetectionRequest.largestRadius)
        request.footprintRadius = DetectionRequest.largestRadius
        let report = try ClusterDetector(request).report(on: register)
        #expect(!report.clusters.isEmpty)
        #expect(report.clusters.allSatisfy { $0.footprintFirms == register.count && $0.footprint != nil })
        // Far from the other side of the sphere there is nothing more.
        if frame == .geographic {
            request.neighborhood = .fixed(Meters(Sphere.halfCircumference))
            request.footprintRadius = Meters(Sphere.halfCircumference)
            let half = try ClusterDetector(request).report(on: register)
            #expect(half.clusters.map(\.firms) == report.clusters.map(\.firms))
            #expect(half.clusters.map(\.areaSquareKilometers) == report.clusters.map(\.areaSquareKilometers))
        }
    }

    @Test(arguments: 0..<6) func footprintsOfRadiusZeroAreTheMembersSites(seed: Int) throws {
        let register = try RandomRegister(seed: seed, frame: seed % 2 == 0 ? .geographic : .local).register()
        var request = ClusterDetectorTests.request(.fixed(400))
        request.footprintRadius = 0
        let report = try ClusterDetector(request).report(on: register)
        #expect(!report.clusters.isEmpty)
        for (index, cluster) in report.clusters.enumerated() {
            let sites = Set(
                report.members.filter { $0.cluster == Int32(index) }.map { place(Int($0.row), in: register) })
            let there = (0..<register.count).filter { sites.contains(place($0, in: register)) }
            #expect(cluster.footprintFirms == there.count)
            #expect(cluster.footprintGroupFirms == there.count { register.industry[$0] == cluster.industries[0] })
            let known = there.compactMap { register.employees($0) }
            #expect(abs((cluster.footprintEmployment ?? 0) - known.reduce(0, +)) < 1e-6)
            let composition = report.composition.filter { $0.cluster == index }
            #expect(composition.reduce(0) { $0 + $1.firms } == there.count)
            #expect(cluster.footprint == nil && cluster.areaSquareKilometers == nil)
            #expect(cluster.firmsPerSquareKilometer == nil)
            #expect(cluster.footprintRadius == 0)
        }
        #expect(!report.warnings.contains { $0.contains("outline") })
    }

    private func place(_ row: Int, in register: FirmRegister) -> [Double] { [register.x[row], register.y[row]] }

    @Test func outlinesOutOfReachAreLeftOutWithAWarning() throws {
        let x = (0..<20).map { 4_321_000 + Double($0) * 10 }
        let register = try FirmRegister(
            frame: .projected(crs: "EPSG:3035"), x: x, y: x.map { _ in 3_210_000 },
            industry: CategoryColumn(x.map { _ in "1" }))
        var request = ClusterDetectorTests.request(.fixed(20))
        request.footprintRadius = Meters(kilometers: 15_000)
        let report = try ClusterDetector(request).report(on: register)
        let cluster = try #require(report.clusters.first)
        #expect(cluster.footprint == nil)
        #expect(cluster.footprintFirms == 20)
        #expect(abs((cluster.areaSquareKilometers ?? 0) / (.pi * 15_000 * 15_000) - 1) < 1e-4)
        #expect(report.warnings.contains { $0.hasPrefix("footprints of 1 of 1 clusters reach beyond") })
    }

    @Test func coverageIsKnownWhereAllEmployeesAreZero() throws {
        let x = (0..<10).map { Double($0) }
        func coverage(_ employment: [Double]?) throws -> Double? {
            let register = try FirmRegister(
                frame: .local, x: x, y: x, industry: CategoryColumn(x.map { _ in "1" }), employment: employment)
            return try ClusterDetector(ClusterDetectorTests.request(.fixed(20))).report(on: register)
                .clusters.first?.employmentCoverage
        }
        #expect(try coverage(x.map { $0 < 4 ? .nan : 0 }) == 0.6)
        #expect(try coverage(x.map { _ in .nan }) == 0)
        #expect(try coverage(nil) == nil)
    }
}
