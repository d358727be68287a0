import FirmClusters
import RealModule
import Testing

@Suite struct ClusterDetectorTests {
    static func request(_ neighborhood: DetectionRequest.Neighborhood = .automatic) -> DetectionRequest {
        var request = DetectionRequest()
        request.neighborhood = neighborhood
        request.reportsMembers = true
        request.reportsComposition = true
        return request
    }

    /// A report as text, clusters and outlines included.
    static func dump(_ report: ClusterReport) -> String {
        "\(report.clusters)\n\(report.groups)\n\(report.composition)"
    }

    @Test(arguments: 0..<12) func threadsDoNotMatter(seed: Int) throws {
        let register = try RandomRegister(seed: seed, frame: seed % 2 == 0 ? .geographic : .local).register()
        let request = Self.request(seed % 3 == 0 ? .fixed(400) : .automatic)
        let reports = try [1, 2, 4].map {
            try ClusterDetector(request, workers: Workers(count: $0)).report(on: register)
        }
        #expect(!reports[0].clusters.isEmpty)
        for report in reports.dropFirst() {
            #expect(Self.dump(report) == Self.dump(reports[0]))
            #expect(report.members == reports[0].members)
        }
    }

    @Test(arguments: 0..<12) func orderOfTheRowsDoesNotMatter(seed: Int) throws {
        let random = RandomRegister(seed: seed)
        var stream = RandomStream(seed: UInt64(seed), stream: 32)
        let order = random.x.indices.shuffled(using: &stream)
        let request = Self.request(seed % 2 == 0 ? .fixed(300) : .automatic)
        let first = try ClusterDetector(request).report(on: random.register())
        let second = try ClusterDetector(request).report(on: random.register(order: order))
        #expect(Self.dump(first) == Self.dump(second))
        #expect(order.map { first.members[$0].cluster } == second.members.map(\.cluster))
    }

    @Test func membersAndCountsAgree() throws {
        let register = try RandomRegister(seed: 3).register()
        let report = try ClusterDetector(Self.request(.fixed(500))).report(on: register)
        for (index, cluster) in report.clusters.enumerated() {
            #expect(cluster.clusterNumber == index + 1)
            let members = report.members.filter { $0.cluster == Int32(index) }
            #expect(members.count == cluster.firms)
            #expect(members.count { $0.role == .core } == cluster.coreFirms)
            #expect(cluster.coreFirms + cluster.borderFirms == cluster.firms)
            #expect(cluster.footprintGroupFirms >= cluster.firms)
            #expect(cluster.footprintFirms >= cluster.footprintGroupFirms)
            let known = members.compactMap { register.employees(Int($0.row)) }
            #expect(cluster.employment == known.reduce(0, +))
            let composition = report.composition.filter { $0.cluster == index }
            #expect(composition.reduce(0) { $0 + $1.firms } == cluster.footprintFirms)
            #expect(composition.first { $0.industry == cluster.industries[0] }?.firms == cluster.footprintGroupFirms)
            #expect(cluster.footprint != nil)
        }
        for group in report.groups {
            let own = report.members.filter { register.industry[Int($0.row)] == group.code }
            #expect(own.count == group.firms)
            #expect(own.count { $0.role == .noise } == group.noiseFirms)
        }
        // Within a group ranks go by members.
        for group in report.groups {
            let sizes = report.clusters.filter { $0.industries == [group.code] }.map(\.firms)
            #expect(sizes == sizes.sorted(by: >))
        }
    }

    @Test func filtersComeAfterRanking() throws {
        let register = try RandomRegister(seed: 5).register()
        var request = Self.request(.fixed(500))
        let all = try ClusterDetector(request).report(on: register)
        request.minimumLocationQuotient = 2
        let strong = try ClusterDetector(request).report(on: register)
        let expected = all.clusters.filter { ($0.locationQuotient ?? 0) >= 2 }
        #expect(strong.clusters.map(\.clusterID) == expected.map(\.clusterID))
        #expect(strong.clusters.count < all.clusters.count && !strong.clusters.isEmpty)
    }

    @Test func onlyTheIndustriesAskedForAreDetectedButAllCount() throws {
        let register = try RandomRegister(seed: 6).register()
        var request = Self.request(.fixed(500))
        let all = try ClusterDetector(request).report(on: register)
        request.industries = IndustrySelection(["27*", "99"])
        let some = try ClusterDetector(request).report(on: register)
        #expect(some.groups.map(\.code) == ["27", "27.1"])
        #expect(
            some.clusters.map(\.locationQuotient)
                == all.clusters.filter { $0.industries[0].hasPrefix("27") }.map(\.locationQuotient))
        #expect(some.warnings.contains { $0.contains("99") })
        #expect(some.members.allSatisfy { ($0.role == nil) == ($0.group == nil) })
    }

    @Test func groupsWithoutARadiusAreSkippedWithAReason() throws {
        let point = 120.5
        let register = try FirmRegister(
            frame: .geographic, x: [Double](repeating: point, count: 12) + [121, 122, 123],
            y: [Double](repeating: 28, count: 15),
            industry: CategoryColumn([String](repeating: "1", count: 12) + ["2", "2", "2"]))
        let report = try ClusterDetector(Self.request()).report(on: register)
        #expect(report.clusters.isEmpty)
        #expect(
            report.groups.map(\.skipped) == [
                "fewer distinct sites than min-points", "fewer distinct sites than min-points",
            ])
        // With a radius the firms on one point are a cluster.
        let fixed = try ClusterDetector(Self.request(.fixed(100))).report(on: register)
        #expect(fixed.clusters.map(\.firms) == [12])
        #expect(fixed.clusters[0].largestSiteShare == 1)
    }

    @Test func employmentCanBeTheWeight() throws {
        let register = try FirmRegister(
            frame: .local, x: [0, 10, 1000, 2000, 2010], y: [0, 0, 0, 0, 0],
            industry: CategoryColumn(["1", "1", "1", "1", "1"]), employment: [60, 50, 500, .nan, 99])
        var request = Self.request(.fixed(50))
        request.weighting = .employment
        request.minimumPoints = 100
        let report = try ClusterDetector(request).report(on: register)
        #expect(report.members.map(\.cluster) == [0, 0, 1, nil, nil])
        #expect(report.clusters.map(\.employment) == [110, 500])
    }

    @Test func minimumSitesTurnsTowersIntoNoise() throws {
        let register = try FirmRegister(
            frame: .local, x: [0, 0, 0, 0, 500, 501, 502, 503], y: [0, 0, 0, 0, 0, 0, 0, 0],
            industry: CategoryColumn([String](repeating: "1", count: 8)))
        var request = Self.request(.fixed(5))
        request.minimumPoints = 4
        request.minimumSites = 2
        let report = try ClusterDetector(request).report(on: register)
        #expect(report.clusters.map(\.firms) == [4])
        #expect(report.members[0].role == .noise && report.members[7].role == .core)
    }

    @Test func outsideTotalsReplaceTheRegister() throws {
        let register = try RandomRegister(seed: 8).register()
        var request = Self.request(.fixed(500))
        let own = try ClusterDetector(request).report(on: register)
        request.reference = ReferenceTotals([("13", 10, 100), ("14", 990, 900)])
        let report = try ClusterDetector(request).report(on: register)
        let index = try #require(own.clusters.firstIndex { $0.industries == ["13"] })
        let cluster = report.clusters[index]
        let share = Double(cluster.footprintGroupFirms) / Double(cluster.footprintFirms)
        #expect(abs(try #require(cluster.locationQuotient) - share / 0.01) < 1e-9)
        // What compares with the study area stays.
        #expect(cluster.logLikelihoodRatio == own.clusters[index].logLikelihoodRatio)
        #expect(report.clusters.first { $0.industries == ["32"] }?.locationQuotient == nil)
        #expect(report.warnings.contains { $0.contains("reference") })
    }

    @Test func projectedRegistersComeOutInLongitudeLatitude() throws {
        // The middle of Europe in EPSG:3035 is (4321000, 3210000) at 10° E, 52° N.
        let x = (0..<20).map { 4_321_000 + Double($0) * 10 }
        let register = try FirmRegister(
            frame: .projected(crs: "EPSG:3035"), x: x, y: x.map { _ in 3_210_000 },
            industry: CategoryColumn(x.map { _ in "1" }))
        let report = try ClusterDetector(Self.request(.fixed(20))).report(on: register)
        let cluster = try #require(report.clusters.first)
        #expect(abs(cluster.centroid.longitude - 10.0014) < 1e-3 && abs(cluster.centroid.latitude - 52) < 1e-4)
        let vertex = try #require(cluster.footprint?.polygons.first?.shell.first)
        #expect(abs(vertex.longitude - 10) < 0.01 && abs(vertex.latitude - 52) < 0.01)
    }

    @Test func emptyRegister() throws {
        let register = try FirmRegister(frame: .local, x: [], y: [], industry: CategoryColumn([String]()))
        let report = try ClusterDetector(Self.request()).report(on: register)
        #expect(report.clusters.isEmpty && report.groups.isEmpty && report.members.isEmpty)
    }

    @Test func cancellationIsHeard() throws {
        let cancellation = Cancellation()
        cancellation.cancel()
        #expect(throws: WorkCancelled.self) {
            try ClusterDetector(Self.request(), workers: Workers(count: 2, cancellation: cancellation))
                .report(on: RandomRegister(seed: 1).register())
        }
    }
}

/// A radius chosen by itself can be written down and used again.
@Suite struct StatedRadiusTests {
    @Test(arguments: 0..<8) func theRadiusInTheOutputRepeatsTheRun(seed: Int) throws {
        let register = try RandomRegister(seed: seed, frame: seed % 2 == 0 ? .geographic : .local).register()
        var request = DetectionRequest()
        request.reportsMembers = true
        let automatic = try ClusterDetector(request).report(on: register)
        for group in automatic.groups {
            guard let radius = group.neighborhoodRadius else { continue }
            // What six significant digits say is the radius itself.
            let scale = Double.pow(10, 5 - Int(Double.log10(radius.value).rounded(.down)))
            let written = (radius.value * scale).rounded() / scale
            #expect(written == radius.value)
            request.industries = IndustrySelection([group.code])
            request.neighborhood = .fixed(Meters(written))
            let repeated = try ClusterDetector(request).report(on: register)
            let own = automatic.members.map {
                $0.group.map { automatic.groups[Int($0)].code } == group.code ? $0.role : nil
            }
            #expect(repeated.members.map(\.role) == own)
        }
    }
}
