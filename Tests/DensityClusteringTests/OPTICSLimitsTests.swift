import DensityClustering
import FirmModel
import ParallelWork
import SpatialIndex
import Testing

@Suite struct OPTICSLimitsTests {
    @Test func nothingAndAlmostNothing() throws {
        let none = try Ordered([], minimumWeight: 2, maximumRadius: .infinity).ordering
        #expect(none.count == 0)
        #expect(try none.dbscanClustering(radius: 5).clusterCount == 0)
        #expect(try none.xiClusters().clusters.isEmpty)
        let one = try Ordered([Coordinate(x: 5, y: 5)], minimumWeight: 2, maximumRadius: 10).ordering
        #expect(one.order == [0] && one.predecessor == [-1])
        #expect(one.reachability[0].value == .infinity && one.coreDistance[0].value == .infinity)
        #expect(try one.dbscanClustering(radius: 5).labels == [-1])
    }

    @Test func fewerFirmsThanMinPts() throws {
        let points = (0..<9).map { Coordinate(x: Double($0), y: 0) }
        let ordering = try Ordered(points, minimumWeight: 10, maximumRadius: .infinity).ordering
        #expect(ordering.order == Array(0..<9))
        #expect(ordering.predecessor.allSatisfy { $0 == -1 })
        #expect(ordering.coreDistance.allSatisfy { $0.value == .infinity })
        for radius in [1e6, .infinity] {
            let clustering = try ordering.dbscanClustering(radius: Meters(radius))
            #expect(clustering.clusterCount == 0)
            #expect(clustering.labels.allSatisfy { $0 == -1 } && clustering.roles.allSatisfy { $0 == .noise })
        }
        #expect(try ordering.xiClusters().clusters.isEmpty)
    }

    @Test(arguments: [CoordinateFrame.local, .geographic]) func allOnOneSite(frame: CoordinateFrame) throws {
        let tower = [Coordinate](repeating: Coordinate(x: 5, y: 5), count: 10_000)
        let ordering = try Ordered(tower, frame: frame, minimumWeight: 10, maximumRadius: .infinity).ordering
        #expect(ordering.order == Array(0..<10_000))
        #expect(ordering.predecessor == [-1] + [Int32](repeating: 0, count: 9999))
        #expect(ordering.reachability.dropFirst().allSatisfy { $0 == 0 })
        let clustering = try ordering.dbscanClustering(radius: 1)
        #expect(clustering.labels == [0] && clustering.roles == [.core] && clustering.clusterCount == 1)
        let xi = try ordering.xiClusters()
        #expect(xi.clusters.map(\.positions) == [0..<10_000])
        #expect(xi.clusters.map(\.largestInnerReachability) == [0])
        let sparse = try Ordered(tower, frame: frame, minimumWeight: 10_001, maximumRadius: .infinity).ordering
        // On the sphere no limit is set from half its circumference on.
        for radius in [1, 1e9] { #expect(try sparse.dbscanClustering(radius: Meters(radius)).labels == [-1]) }
        #expect(try ordering.dbscanClustering(radius: 1e9).labels == [0])
    }

    /// Ties everywhere: a lattice is walked by rank, and is one cluster at its step.
    @Test func lattice() throws {
        let points = (0..<400).map { Coordinate(x: Double($0 % 20) * 50, y: Double($0 / 20) * 50) }
        let ordering = try Ordered(points, minimumWeight: 3, maximumRadius: 500).ordering
        #expect(ordering.reachability.dropFirst().allSatisfy { $0 == 50 })
        #expect(ordering.coreDistance.allSatisfy { $0 == 50 })
        #expect(try ordering.dbscanClustering(radius: 50).clusterCount == 1)
        #expect(try ordering.dbscanClustering(radius: 49.9).clusterCount == 0)
        #expect(try ordering.xiClusters().clusters.map(\.positions) == [0..<400])
    }

    /// Of two firms at a border site the one that comes before all core firms is noise, the other in their cluster.
    @Test func firmsOfOneSiteMayDiffer() throws {
        let sites = try DBSCANLimitsTests.sites([0, 0, 10, 15, 20, 15].map { Coordinate(x: $0, y: 0) })
        let ordering = try OPTICS(minimumWeight: 4, maximumRadius: 10).ordering(in: sites, ranks: [0, 5, 1, 2, 3, 4])
        #expect(ordering.order == [0, 2, 3, 4, 5, 1])
        #expect(ordering.predecessor == [-1, -1, 2, 3, 3, 2])
        #expect(ordering.reachability.map(\.value) == [.infinity, .infinity, 10, 5, 5, 10])
        #expect(ordering.coreDistance.map(\.value) == [.infinity, 10, 5, 5, 10, .infinity])
        #expect(try ordering.dbscanLabels(radius: 10) == [-1, 0, 0, 0, 0, 0])
        let clustering = try ordering.dbscanClustering(radius: 10)
        #expect(clustering.labels == [0, 0, 0, 0])
        #expect(clustering.roles == [.border, .core, .core, .core])
    }

    @Test func radiiAtTheirLimits() throws {
        let points = DBSCANLimitsTests.points(.towns, count: 800)
        let everything = try Ordered(points, minimumWeight: 5, maximumRadius: .infinity).ordering
        for radius in [1e6, 1e12, 1e300] {
            let same = try Ordered(points, minimumWeight: 5, maximumRadius: radius).ordering
            #expect(same.order == everything.order && same.reachability == everything.reachability)
        }
        let all = try everything.dbscanClustering(radius: Meters(.infinity))
        #expect(all.clusterCount == 1 && all.roles.allSatisfy { $0 == .core })
        let none = try Ordered(points, minimumWeight: 5, maximumRadius: 0.001).ordering
        #expect(none.order == Array(0..<800))
    }

    @Test func parametersAreChecked() throws {
        for bad in [1.9, 0, -1, .nan, .infinity] {
            #expect(throws: OPTICSError.self) { try OPTICS(minimumWeight: bad, maximumRadius: 5) }
        }
        for bad in [0, -1, Double.nan] {
            #expect(throws: OPTICSError.self) { try OPTICS(minimumWeight: 5, maximumRadius: Meters(bad)) }
        }
        let sites = try DBSCANLimitsTests.sites((0..<4).map { Coordinate(x: Double($0), y: 0) })
        let procedure = try OPTICS(minimumWeight: 2, maximumRadius: 5)
        for bad: [Int32] in [[0, 1, 2], [0, 1, 2, 2], [0, 1, 2, 4], [-1, 0, 1, 2]] {
            #expect(throws: OPTICSError.badRanks) { try procedure.ordering(in: sites, ranks: bad) }
        }
        let heavy = SiteSubset(sites: [0, 1, 2], weights: [1.5, -1, 2])
        #expect(throws: OPTICSError.badWeight(index: 1)) { try procedure.ordering(of: heavy, in: sites) }
        let ordering = try procedure.ordering(in: sites, ranks: [3, 2, 1, 0])
        #expect(ordering.order == [3, 2, 1, 0])
        #expect(throws: OPTICSError.badRadius(6, maximum: 5)) { try ordering.dbscanClustering(radius: 6) }
        for bad in [0, Double.nan] {
            #expect(throws: OPTICSError.self) { try ordering.dbscanLabels(radius: Meters(bad)) }
        }
        for bad in [-0.1, 1, .nan] {
            #expect(throws: OPTICSError.self) { try ordering.xiClusters(xi: bad) }
        }
        #expect(throws: OPTICSError.self) { try ordering.xiClusters(minimumClusterSize: 1) }
    }

    @Test func cancellationStopsTheWalk() throws {
        let sites = try DBSCANLimitsTests.sites(DBSCANLimitsTests.points(.towns, count: 1000))
        let cancellation = Cancellation()
        cancellation.cancel()
        #expect(throws: WorkCancelled.self) {
            try OPTICS(minimumWeight: 5, maximumRadius: 100).ordering(
                in: sites, workers: Workers(count: 1, cancellation: cancellation))
        }
    }
}
