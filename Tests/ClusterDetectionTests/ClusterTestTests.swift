import FirmClusters
import FirmClustersTestSupport
import Foundation
import Testing

/// Tests against chance: against golden p-values, and against detections run one by one on registers relabelled here.
@Suite struct ClusterTestTests {
    /// 1,999 re-detections by scikit-learn and NumPy (`cluster_significance_expected.json`).
    @Test func goldenPValues() throws {
        struct Expected: Decodable {
            struct Cluster: Decodable {
                var members: [Int]
                var pRedetection: Double
            }
            var industries: [String: [Cluster]]
        }
        let table = try GoldenTable("distance_points.csv")
        let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Golden/cluster_significance_expected.json")
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        let expected = try decoder.decode(Expected.self, from: Data(contentsOf: url))
        let register = try FirmRegister(
            frame: .local, x: table.doubles("x"), y: table.doubles("y"),
            industry: CategoryColumn(table.column("industry") { $0 }))
        var request = DetectionRequest()
        request.neighborhood = .fixed(100)
        request.minimumPoints = 4
        request.reportsMembers = true
        request.test = ClusterTest(simulations: 3999, stopping: nil)
        let report = try ClusterDetector(request).report(on: register)
        for (code, clusters) in expected.industries {
            for cluster in clusters {
                let index = try #require(
                    report.members.first { Int($0.row) == cluster.members[0] }?.cluster, "cluster of \(code)")
                let p = try #require(report.clusters[Int(index)].pValue)
                #expect(abs(p - cluster.pRedetection) <= (cluster.pRedetection < 0.02 ? 0.005 : 0.03), "\(code)")
            }
        }
        // An industry without a cluster is part of the family all the same.
        #expect(report.groups.map(\.code) == ["A", "B", "C"])
        #expect(report.groups[2].pValue == 1)
    }

    /// One way to detect, with what belongs to it.
    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var change: @Sendable (inout DetectionRequest) -> Void
    }

    static let cases = [
        Case(testDescription: "dbscan") { $0.neighborhood = .fixed(700) },
        Case(testDescription: "dbscan, cyclic shift") {
            $0.neighborhood = .fixed(700)
            $0.test?.nullModel = .cyclicShift
        },
        Case(testDescription: "dbscan, DBSCAN*, min-sites, footprint") {
            $0.neighborhood = .fixed(900)
            $0.borderRule = .none
            $0.minimumSites = 6
            $0.footprintRadius = 1000
        },
        Case(testDescription: "dbscan, footprint of radius 0") {
            $0.neighborhood = .fixed(700)
            $0.footprintRadius = 0
        },
        Case(testDescription: "eps auto") { $0.neighborhood = .automatic },
        Case(testDescription: "hdbscan") {
            $0.method = .hdbscan
            $0.minimumClusterSize = 6
        },
        Case(testDescription: "hdbscan, nested") {
            $0.method = .hdbscan
            $0.minimumClusterSize = 6
            $0.reportsNestedClusters = true
        },
        Case(testDescription: "optics") { $0.method = .optics },
        Case(testDescription: "employees") {
            $0.neighborhood = .fixed(500)
            $0.weighting = .employment
            $0.minimumPoints = 300
        },
        Case(testDescription: "employees, hdbscan") {
            $0.method = .hdbscan
            $0.weighting = .employment
            $0.minimumPoints = 200
            $0.minimumClusterSize = 500
        },
        Case(testDescription: "scan, Bernoulli") {
            $0.method = .scan
            $0.minimumPoints = 3
            $0.maximumZones = 3
        },
        Case(testDescription: "scan, Poisson, few centers, cyclic shift") {
            $0.method = .scan
            $0.scanModel = .poisson
            $0.maximumZones = 3
            $0.maximumScanCenters = 60
            $0.test?.nullModel = .cyclicShift
        },
        Case(testDescription: "scan, employees") {
            $0.method = .scan
            $0.scanModel = .poisson
            $0.weighting = .employment
            $0.minimumPoints = 200
            $0.maximumZones = 3
        },
    ]

    /// Every simulation made by itself: codes (and employees) dealt to the rows, a register of its own, a detection of its own.
    @Test(arguments: cases, [CoordinateFrame.geographic, .local])
    func simulationsAreDetectionsOfTheirOwn(what: Case, frame: CoordinateFrame) throws {
        try check(what, RandomRegister(seed: 11, frame: frame, count: 500).register())
    }

    /// One radius has a way of its own to be simulated, which leaves out what cannot have the largest ratio.
    @Test(arguments: 0..<12) func simulationsOfOneRadius(seed: Int) throws {
        let radius = [250.0, 600, 1500, 4000][seed % 4]
        let points = [2.0, 3, 5, 8][seed / 3]
        let what = Case(testDescription: "eps \(radius), minPts \(points)") {
            $0.neighborhood = .fixed(Meters(radius))
            $0.minimumPoints = points
            if seed % 5 == 0 { $0.footprintRadius = Meters(2 * radius) }
        }
        try check(what, RandomRegister(seed: 40 + seed, frame: seed % 2 == 0 ? .geographic : .local).register())
    }

    /// On a lattice many border firms are as near to one cluster as to another, and many firms exactly a radius away.
    @Test(arguments: 0..<6) func simulationsOnALattice(seed: Int) throws {
        var stream = RandomStream(seed: UInt64(seed), stream: 77)
        let count = 350
        func places() -> [Double] { (0..<count).map { _ in Double(stream.next(below: 20)) * 100 } }
        let register = try FirmRegister(
            frame: .local, x: places(), y: places(),
            industry: CategoryColumn((0..<count).map { _ in ["A", "B", "C"][stream.next(below: 3)] }),
            employment: (0..<count).map { _ in Double(1 + stream.next(below: 9)) })
        let (radius, points) = [(150.0, 5.0), (142, 5), (100, 4)][seed % 3]
        try check(
            Case(testDescription: "eps \(radius)") {
                $0.neighborhood = .fixed(Meters(radius))
                $0.minimumPoints = points
                $0.test = ClusterTest(simulations: 19, stopping: nil)
            }, register)
    }

    private func check(_ what: Case, _ register: FirmRegister) throws {
        var request = DetectionRequest()
        request.test = ClusterTest(simulations: 9, stopping: nil)
        request.seed = 77
        what.change(&request)
        let test = try #require(request.test)
        let report = try ClusterDetector(request, workers: Workers(count: 2)).report(on: register)
        try #require(!report.clusters.isEmpty)

        let prepared = try PreparedRegister(register)
        let relabelling = Relabelling(
            test.nullModel, firmCount: register.count,
            curve: test.nullModel == .cyclicShift ? try prepared.sites.firmsAlongHilbertCurve(seed: request.seed) : nil)
        var exceedances = [Int](repeating: 0, count: report.clusters.count)
        var plain = request
        plain.test = nil
        for replicate in 0..<test.simulations {
            var (codes, employees): ([Int32], [Double]) = ([], [])
            relabelling.deal(prepared.industryOfFirm, to: &codes, replicate: replicate, seed: request.seed)
            relabelling.deal(prepared.employmentOfFirm, to: &employees, replicate: replicate, seed: request.seed)
            var industry = [String](repeating: "", count: register.count)
            var employment = register.employment ?? []
            for (firm, row) in prepared.sites.firmRows.enumerated() {
                industry[Int(row)] = register.industry.categories[Int(codes[firm])]
                if request.weighting == .employment { employment[Int(row)] = employees[firm] }
            }
            let simulated = try FirmRegister(
                frame: register.frame, x: register.x, y: register.y, industry: CategoryColumn(industry),
                employment: employment)
            let clusters = try ClusterDetector(plain).report(on: simulated).clusters
            for (index, cluster) in report.clusters.enumerated() {
                let largest = clusters.filter { $0.industries == cluster.industries }
                    .map { statistic($0, request) }.max()
                if (largest ?? 0) >= statistic(cluster, request) { exceedances[index] += 1 }
            }
        }
        #expect(report.clusters.map(\.pValue) == exceedances.map { Double(1 + $0) / Double(1 + test.simulations) })
    }

    /// The log-likelihood ratio compared, as it is written.
    private func statistic(_ cluster: ClusterRecord, _ request: DetectionRequest) -> Double {
        (request.weighting == .employment ? cluster.logLikelihoodRatioByEmployment : cluster.logLikelihoodRatio) ?? 0
    }

    private static func tested(_ test: ClusterTest = ClusterTest(simulations: 59)) -> DetectionRequest {
        var request = DetectionRequest()
        request.neighborhood = .fixed(700)
        request.test = test
        return request
    }

    @Test(arguments: [nil, SequentialStopping.tenExceedances], [DetectionRequest.Method.dbscan, .hdbscan])
    func threadsAndTheOrderOfRowsDoNotMatter(stopping: SequentialStopping?, method: DetectionRequest.Method) throws {
        var request = Self.tested(ClusterTest(simulations: 39, stopping: stopping, reportsGumbel: true))
        request.method = method
        let random = RandomRegister(seed: 7, count: 400)
        var stream = RandomStream(seed: 8, stream: 32)
        let first = try ClusterDetector(request, workers: Workers(count: 1)).report(on: random.register())
        try #require(!first.clusters.isEmpty)
        for threads in [2, 4] {
            let order = random.x.indices.shuffled(using: &stream)
            let other = try ClusterDetector(request, workers: Workers(count: threads)).report(
                on: random.register(order: order))
            #expect(ClusterDetectorTests.dump(other) == ClusterDetectorTests.dump(first))
            #expect(other.test == first.test)
        }
    }

    @Test func groupsComeFirst() throws {
        let register = try RandomRegister(seed: 5).register()
        let report = try ClusterDetector(Self.tested(ClusterTest(simulations: 199, stopping: nil))).report(on: register)
        let test = try #require(report.test)
        let tested = report.groups.filter { $0.pValue != nil }
        #expect(test.groupsTested == tested.count)
        let q = FalseDiscoveryAdjustment.benjaminiHochberg.adjusted(tested.map(\.pValue))
        #expect(tested.map(\.qValue) == q)
        let rejected = tested.count { ($0.qValue ?? 1) <= 0.05 }
        #expect(test.groupsRejected == rejected)
        try #require(rejected > 0)
        for group in report.groups {
            let own = report.clusters.filter { $0.industries == [group.code] }
            #expect(group.pValue == own.compactMap(\.pValue).min() ?? 1)
            for cluster in own {
                #expect(cluster.qValue == group.qValue)
                let p = try #require(cluster.pValue)
                let isSignificant =
                    (group.qValue ?? 1) <= 0.05 && p <= 0.05 * Double(rejected) / Double(tested.count) + 1e-12
                #expect(cluster.significant == isSignificant)
            }
        }
        #expect(test.significantClusters == report.clusters.count { $0.significant == true })
    }

    /// A filter hides clusters; it does not make the others more significant.
    @Test func filtersComeAfter() throws {
        let register = try RandomRegister(seed: 5).register()
        var request = Self.tested()
        let all = try ClusterDetector(request).report(on: register)
        request.minimumLocationQuotient = 3
        let strong = try ClusterDetector(request).report(on: register)
        try #require(strong.clusters.count < all.clusters.count)
        for cluster in strong.clusters {
            let same = try #require(all.clusters.first { $0.clusterID == cluster.clusterID })
            #expect(cluster.pValue == same.pValue && cluster.qValue == same.qValue)
        }
        #expect(strong.test == all.test)
    }

    /// Only what relabelling cannot change leaves an industry out of the family.
    @Test func smallIndustriesAreNotTested() throws {
        var random = RandomRegister(seed: 9, count: 300)
        random.codes[0] = "99"
        random.codes[1] = "99"
        let report = try ClusterDetector(Self.tested()).report(on: random.register())
        let small = try #require(report.groups.first { $0.code == "99" })
        #expect(small.pValue == nil && small.qValue == nil)
        #expect(report.test?.groupsTested == report.groups.count - 1)
    }

    @Test func tooFewSimulationsAreSaid() throws {
        let register = try RandomRegister(seed: 5).register()
        let report = try ClusterDetector(Self.tested(ClusterTest(simulations: 19))).report(on: register)
        let needed = try #require(report.test?.simulationsNeeded)
        #expect(needed == report.groups.count * 20 - 1)
        #expect(report.warnings.contains { $0.contains("\(needed) simulations are enough") })
        let enough = try ClusterDetector(Self.tested(ClusterTest(simulations: needed))).report(on: register)
        #expect(enough.warnings.isEmpty)
    }

    /// Codes that never leave their region: with strata a region's own industry is no cluster.
    @Test func strataHoldWhatRegionsDifferIn() throws {
        var stream = RandomStream(seed: 3, stream: 0)
        var (x, y, codes, regions): ([Double], [Double], [String], [String]) = ([], [], [], [])
        for firm in 0..<600 {
            let isEast = firm % 2 == 0
            x.append(stream.nextUnit() * 3000 + (isEast ? 20_000 : 0))
            y.append(stream.nextUnit() * 3000)
            codes.append(isEast && stream.nextUnit() < 0.3 ? "A" : "B")
            regions.append(isEast ? "east" : "west")
        }
        let industry = CategoryColumn(codes)
        let plain = try FirmRegister(frame: .local, x: x, y: y, industry: industry)
        let stratified = try FirmRegister(
            frame: .local, x: x, y: y, industry: industry, stratum: CategoryColumn(regions))
        let request = Self.tested(ClusterTest(simulations: 99))
        let (free, within) = (
            try ClusterDetector(request).report(on: plain), try ClusterDetector(request).report(on: stratified)
        )
        let (pFree, pWithin) = (try #require(free.groups[0].pValue), try #require(within.groups[0].pValue))
        #expect(pFree == 0.01)
        #expect(pWithin > 0.1)
    }
}
