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
        request.test = ClusterTest(simulations: 9999, stopping: nil)
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
    ]

    /// Every simulation made by itself: codes (and employees) dealt to the rows, a register of its own, a detection of its own.
    @Test(arguments: cases, [CoordinateFrame.geographic, .local])
    func simulationsAreDetectionsOfTheirOwn(what: Case, frame: CoordinateFrame) throws {
        let register = try RandomRegister(seed: 11, frame: frame, count: 500).register()
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
            curve: test.nullModel == .cyclicShift ? try prepared.sites.firmsAlongHilbertCurve() : nil)
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
                    .map { statistic($0, request, register) }.max()
                if (largest ?? 0) >= statistic(cluster, request, register) { exceedances[index] += 1 }
            }
        }
        #expect(report.clusters.map(\.pValue) == exceedances.map { Double(1 + $0) / 10 })
    }

    /// The log-likelihood ratio compared: of firms as it is written, of employees from what is written.
    private func statistic(_ cluster: ClusterRecord, _ request: DetectionRequest, _ register: FirmRegister) -> Double {
        request.weighting == .employment
            ? cluster.logLikelihoodRatioByEmployment ?? 0 : cluster.logLikelihoodRatio ?? 0
    }
}
