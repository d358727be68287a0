import FirmClusters
import Testing

/// What is the same for all ways of finding clusters, and what each adds.
@Suite struct MethodTests {
    static let methods: [(name: String, change: @Sendable (inout DetectionRequest) -> Void)] = [
        ("hdbscan", { $0.method = .hdbscan }),
        (
            "hdbscan, leaves",
            {
                $0.method = .hdbscan
                $0.selection = ClusterSelection(.leaf, epsilon: 80, allowsSingleCluster: true)
                $0.minimumSamples = 3
            }
        ),
        (
            "hdbscan, nested",
            {
                $0.method = .hdbscan
                $0.reportsNestedClusters = true
                $0.minimumSites = 3
            }
        ),
        (
            "hdbscan, employees",
            {
                $0.method = .hdbscan
                $0.weighting = .employment
                $0.minimumPoints = 40
                $0.minimumClusterSize = 120
            }
        ),
        ("optics", { $0.method = .optics }),
        (
            "optics, nested",
            {
                $0.method = .optics
                $0.reportsNestedClusters = true
                $0.extraction = .valleys(steepness: 0.02)
                $0.minimumClusterSize = 5
            }
        ),
        (
            "optics, eps",
            {
                $0.method = .optics
                $0.extraction = .neighborhood
            }
        ),
    ]

    private func request(_ index: Int) -> DetectionRequest {
        var request = ClusterDetectorTests.request()
        Self.methods[index].change(&request)
        return request
    }

    @Test(arguments: methods.indices, 0..<3) func neitherThreadsNorRowsMatter(method: Int, seed: Int) throws {
        let random = RandomRegister(seed: seed, frame: seed % 2 == 0 ? .geographic : .local)
        var stream = RandomStream(seed: UInt64(seed), stream: 41)
        let order = random.x.indices.shuffled(using: &stream)
        let request = request(method)
        let first = try ClusterDetector(request, workers: Workers(count: 1)).report(on: random.register())
        let shuffled = try ClusterDetector(request, workers: Workers(count: 3)).report(
            on: random.register(order: order))
        #expect(!first.clusters.isEmpty)
        #expect(ClusterDetectorTests.dump(first) == ClusterDetectorTests.dump(shuffled))
        #expect(order.map { first.members[$0].cluster } == shuffled.members.map(\.cluster))
        #expect(order.map { first.members[$0].strength } == shuffled.members.map(\.strength))
    }

    /// Clusters lie in their parents with all their members, one level deeper; what is in no other has no parent.
    @Test(arguments: methods.indices, 0..<6) func membersOfAClusterAreMembersOfTheOneAroundIt(method: Int, seed: Int)
        throws
    {
        let register = try RandomRegister(seed: seed).register()
        let report = try ClusterDetector(request(method)).report(on: register)
        let clusters = report.clusters
        let positions = Dictionary(uniqueKeysWithValues: clusters.indices.map { (clusters[$0].clusterID, $0) })
        let own = Dictionary(grouping: report.members.filter { $0.cluster != nil }) { Int($0.cluster ?? -1) }
        var firms = clusters.indices.map { own[$0]?.count ?? 0 }
        let isNested = request(method).reportsNestedClusters
        // Larger clusters have smaller numbers within a group: backwards is from the inside out.
        for index in clusters.indices.reversed() {
            #expect((clusters[index].level == nil) == !isNested)
            guard let parentID = clusters[index].parentID else {
                #expect(clusters[index].level == (isNested ? 1 : nil))
                continue
            }
            let parent = try #require(positions[parentID])
            #expect(clusters[parent].industries == clusters[index].industries)
            #expect(clusters[index].level == (clusters[parent].level ?? 0) + 1)
            #expect(Double(clusters[index].firms) <= 0.8 * Double(clusters[parent].firms))
            firms[parent] += firms[index]
        }
        #expect(firms == clusters.map(\.firms))
        if isNested { #expect(clusters.contains { $0.parentID != nil }) }
        for group in report.groups where group.skipped == nil {
            let outermost = clusters.filter { $0.industries == [group.code] && $0.parentID == nil }
            #expect(outermost.reduce(0) { $0 + $1.firms } + group.noiseFirms == group.firms)
        }
    }

    /// A filter that leaves out a cluster hands its parts, and its firms, to the one around it.
    @Test func whatIsLeftOutLeavesItsPlaceToWhatIsAround() throws {
        let register = try RandomRegister(seed: 1).register()
        var request = request(2)
        let all = try ClusterDetector(request).report(on: register)
        request.minimumLocationQuotient = 2
        let some = try ClusterDetector(request).report(on: register)
        let kept = Set(some.clusters.map(\.clusterID))
        #expect(kept == Set(all.clusters.filter { ($0.locationQuotient ?? 0) >= 2 }.map(\.clusterID)))
        #expect(!kept.isEmpty && kept.count < all.clusters.count)
        let parents = Dictionary(uniqueKeysWithValues: all.clusters.map { ($0.clusterID, $0.parentID) })
        func reported(_ id: String?) -> String? {
            var id = id
            while let cluster = id, !kept.contains(cluster) { id = parents[cluster] ?? nil }
            return id
        }
        let levels = Dictionary(uniqueKeysWithValues: some.clusters.map { ($0.clusterID, $0.level) })
        for cluster in some.clusters {
            #expect(cluster.parentID == reported(parents[cluster.clusterID] ?? nil))
            #expect(cluster.level == (cluster.parentID.flatMap { levels[$0] ?? nil } ?? 0) + 1)
        }
        for (before, after) in zip(all.members, some.members) {
            let expected = reported(before.cluster.map { all.clusters[Int($0)].clusterID })
            #expect(after.cluster.map { some.clusters[Int($0)].clusterID } == expected)
        }
    }

    /// One industry alone is what the library's own calls give.
    @Test func aHierarchyIsThatOfTheLibrary() throws {
        let random = RandomRegister(seed: 7)
        let register = try random.register()
        let report = try ClusterDetector(request(0)).report(on: register)
        let prepared = try PreparedRegister(register)
        let firms = FirmsByIndustry(labels: prepared.industryOfFirm, industryCount: prepared.industries.count)
        for (industry, code) in prepared.industries.enumerated() {
            let subset = SiteSubset(firms: firms.firms(of: industry), siteOfFirm: prepared.siteOfFirm)
            let hdbscan = HDBSCAN(minimumClusterSize: 10, minimumSamples: 5)
            let tree = try hdbscan.condensedTree(of: subset, in: prepared.sites)
            let clustering = try tree.clustering()
            let found = report.clusters.filter { $0.industries == [code] }
            #expect(found.count == clustering.clusters.count)
            let expected = clustering.clusters.map { cluster in
                "\(tree.clusters[cluster].weight) \(tree.clusters[cluster].longestEdge.value / 2) "
                    + "\(tree.persistence(of: cluster) ?? -1)"
            }
            #expect(
                expected.sorted()
                    == found.map { "\(Double($0.firms)) \($0.footprintRadius.value) \($0.persistence ?? -1)" }.sorted())
            #expect(found.allSatisfy { $0.borderFirms == 0 })
            #expect(report.groups[industry].neighborhoodRadius == nil)
        }
        let strengths = report.members.compactMap(\.strength)
        #expect(strengths.count == report.members.count)
        #expect(strengths.allSatisfy { (0...1).contains($0) })
        #expect(report.members.allSatisfy { ($0.strength ?? 0) == 0 || $0.cluster != nil })
    }

    /// The order of reachability cut at eps has the core firms of DBSCAN in the same clusters.
    @Test func theOrderCutAtARadiusIsThatOfDBSCAN() throws {
        let register = try RandomRegister(seed: 4).register()
        var request = ClusterDetectorTests.request(.fixed(400))
        let dbscan = try ClusterDetector(request).report(on: register)
        request.method = .optics
        request.extraction = .neighborhood
        request.maximumRadius = 900
        let optics = try ClusterDetector(request).report(on: register)
        #expect(optics.clusters.map(\.coreFirms) == dbscan.clusters.map(\.coreFirms))
        #expect(optics.clusters.map(\.footprintRadius) == dbscan.clusters.map(\.footprintRadius))
        for (one, other) in zip(dbscan.members, optics.members) where one.role == .core {
            #expect(other.role == .core)
        }
    }

    /// The radius of a single cluster is that of its members, not of the firms around them.
    @Test func aStragglerDoesNotWidenASingleCluster() throws {
        var x = (0..<30).map { Double($0 * $0 % 97) }
        var y = (0..<30).map { Double($0 * 37 % 89) }
        x.append(50_000)
        y.append(0)
        let register = try FirmRegister(
            frame: .local, x: x, y: y, industry: CategoryColumn([String](repeating: "1", count: 31)))
        var request = request(0)
        request.minimumClusterSize = 20
        request.selection.allowsSingleCluster = true
        let found = try ClusterDetector(request).report(on: register)
        #expect(found.clusters.count == 1)
        #expect(found.clusters.allSatisfy { $0.footprintRadius < 50 && $0.footprintRadius > 0 && $0.firms < 31 })
        // With an epsilon, what is still there at that distance.
        request.selection.epsilon = 200
        let cut = try ClusterDetector(request).report(on: register)
        #expect(cut.clusters.map(\.firms) == [30])
        #expect(cut.clusters.allSatisfy { $0.footprintRadius < 100 })
    }

    /// Employees are weights: however many a firm has, it is one point in the order.
    @Test func employeesAreNoPoints() throws {
        let random = RandomRegister(seed: 2)
        var whole = random
        whole.employment = random.employment.map { $0.isNaN ? 3 : $0 }
        var halves = whole
        halves.employment = whole.employment.map { $0 / 2 }
        var request = request(4)
        request.weighting = .employment
        (request.minimumPoints, request.minimumClusterSize) = (300, 600)
        let first = try ClusterDetector(request).report(on: whole.register())
        (request.minimumPoints, request.minimumClusterSize) = (150, 300)
        let second = try ClusterDetector(request).report(on: halves.register())
        #expect(!first.clusters.isEmpty)
        #expect(first.members.map(\.cluster) == second.members.map(\.cluster))
    }

    /// Weights that are no whole numbers reach a size that is their sum.
    @Test func fractionsAddUpToTheSize() throws {
        let register = try FirmRegister(
            frame: .local, x: [0, 1, 500, 501, 2000], y: [0, 0, 0, 0, 0],
            industry: CategoryColumn([String](repeating: "1", count: 5)), employment: [5.2, 5.2, 5.2, 5.2, 5.2])
        var request = request(0)
        request.weighting = .employment
        (request.minimumPoints, request.minimumClusterSize) = (10.4, 10.4)
        #expect(try ClusterDetector(request).report(on: register).clusters.map(\.firms) == [2, 2])
    }

    @Test func parametersAreThoseOfTheMethod() {
        var request = DetectionRequest()
        request.method = .hdbscan
        let names = request.parameters.map(\.name)
        #expect(names.prefix(2) == ["method", "groups"])
        #expect(names.contains("min_cluster_size") && names.contains("min_samples"))
        #expect(!names.contains("eps_m") && !names.contains("border"))
        request.method = .optics
        #expect(request.parameters.map(\.name).contains("xi"))
        request.extraction = .neighborhood
        #expect(!request.parameters.map(\.name).contains("xi"))
    }

    @Test func impossibleRequestsAreRefused() {
        func error(_ change: (inout DetectionRequest) -> Void) -> DetectionRequestError? {
            var request = DetectionRequest()
            change(&request)
            do throws(DetectionRequestError) {
                try request.validate()
                return nil
            } catch {
                return error
            }
        }
        #expect(error { $0.minimumSamples = 0 } == .badMinimumSamples(0))
        #expect(error { $0.minimumClusterSize = 1 } == .badMinimumClusterSize(1))
        #expect(error { $0.minimumClusterSize = .infinity } == .badMinimumClusterSize(.infinity))
        #expect(error { $0.selection.epsilon = -1 } == .badSelectionDistance(-1))
        #expect(error { ($0.method, $0.minimumPoints) = (.optics, 1) } == .tooFewPointsForOrder(1))
        #expect(error { ($0.method, $0.extraction) = (.optics, .valleys(steepness: 1)) } == .badSteepness(1))
        #expect(
            error { ($0.method, $0.neighborhood, $0.maximumRadius) = (.optics, .fixed(500), 400) }
                == .badMaximumRadius(400))
        #expect(error { ($0.method, $0.maximumRadius) = (.optics, 400) } == nil)
    }
}
