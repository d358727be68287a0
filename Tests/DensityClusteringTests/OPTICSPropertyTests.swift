import DensityClustering
import FirmClustersTestSupport
import FirmModel
import ParallelWork
import SpatialIndex
import Testing

/// Against the definition, on the sites that DBSCAN is tested on, with more duplicates.
@Suite struct OPTICSPropertyTests {
    private static func squaredDistances(of points: [Coordinate], _ metric: Metric) -> (Int, Int) -> Double {
        let places: [SIMD3<Double>] = points.map {
            guard metric == .sphere else { return SIMD3($0.x, $0.y, 0) }
            let place = $0.normalized(in: .geographic)
            return UnitVectors.vector(longitude: place.longitude, latitude: place.latitude)
        }
        return { i, j in
            let gap = places[i] - places[j]
            return (gap.x * gap.x + gap.y * gap.y) + gap.z * gap.z
        }
    }

    private static func expectAgreement(
        _ points: [Coordinate], frame: CoordinateFrame, minimum: Double, radius: Double, ranksAreRows: Bool,
        threads: Int,
        _ comment: Comment
    ) throws {
        let found = try Ordered(
            points, frame: frame, minimumWeight: minimum, maximumRadius: radius, ranksAreRows: ranksAreRows,
            threads: threads)
        let (ordering, metric) = (found.ordering, found.sites.metric)
        let canonical = found.sites.firmRows.map(Int.init)
        let distances = squaredDistances(of: canonical.map { points[$0] }, metric)
        let expected = BruteForceOPTICS(
            weights: canonical.map { _ in 1 }, ranks: ranksAreRows ? canonical : Array(canonical.indices),
            minimumWeight: minimum, limit: metric.limit(for: Meters(radius)), squaredDistance: distances)
        #expect(ordering.order.map(Int.init) == expected.order, comment)
        #expect(ordering.predecessor.map(Int.init) == expected.order.map { expected.predecessor[$0] }, comment)
        func inMeters(_ squared: [Double]) -> [Meters] {
            expected.order.map {
                squared[$0] == .infinity ? Meters(.infinity) : metric.distance(forSquared: squared[$0])
            }
        }
        #expect(Array(ordering.reachability) == inMeters(expected.reachability), comment)
        #expect(Array(ordering.coreDistance) == inMeters(expected.coreDistance), comment)
    }

    @Test(arguments: 0..<40) func planeAgreesWithTheDefinition(seed: Int) throws {
        var stream = RandomStream(seed: UInt64(seed), stream: 61)
        var points = DBSCANPropertyTests.planarPoints(&stream)
        for _ in 0..<points.count / 2 { points.append(points[Int(stream.next() % UInt64(points.count))]) }
        points.shuffle(using: &stream)
        try Self.expectAgreement(
            points, frame: .local, minimum: Double(2 + stream.next() % 9),
            radius: [50, 12.5, 70, 125, 1000, .infinity][Int(stream.next() % 6)], ranksAreRows: seed % 2 == 0,
            threads: 1 + seed % 3, "seed \(seed)")
    }

    @Test(arguments: 0..<40) func sphereAgreesWithTheDefinition(seed: Int) throws {
        var stream = RandomStream(seed: UInt64(seed), stream: 62)
        var (points, radius) = DBSCANPropertyTests.sphericalPoints(&stream)
        for _ in 0..<points.count / 2 { points.append(points[Int(stream.next() % UInt64(points.count))]) }
        points.shuffle(using: &stream)
        if seed % 5 == 0 { radius = .infinity }
        try Self.expectAgreement(
            points, frame: .geographic, minimum: Double(2 + stream.next() % 7), radius: 3 * radius,
            ranksAreRows: seed % 2 == 0, threads: 1 + seed % 3, "seed \(seed)")
    }

    /// Sites that weigh amounts are one point each.
    @Test(arguments: 0..<24) func amountsAgreeWithTheDefinition(seed: Int) throws {
        var stream = RandomStream(seed: UInt64(seed), stream: 63)
        let points = DBSCANPropertyTests.planarPoints(&stream)
        let sites = try DBSCANLimitsTests.sites(points)
        let weights = (0..<sites.count).map { _ in Double(stream.next() % 40) / 2 }
        let (minimum, radius) = (Double(2 + stream.next() % 60), 40 + stream.nextUnit() * 400)
        let ordering = try OPTICS(minimumWeight: minimum, maximumRadius: Meters(radius)).ordering(
            of: SiteSubset(sites: (0..<Int32(sites.count)).map { $0 }, weights: weights), in: sites)
        let expected = BruteForceOPTICS(
            weights: weights, ranks: Array(0..<sites.count), minimumWeight: minimum, limit: radius * radius,
            squaredDistance: Self.squaredDistances(of: (0..<sites.count).map(sites.coordinate), .plane))
        #expect(ordering.order.map(Int.init) == expected.order, "seed \(seed)")
        #expect(ordering.predecessor.map(Int.init) == expected.order.map { expected.predecessor[$0] }, "seed \(seed)")
        #expect(
            ordering.reachability.map(\.value) == expected.order.map { expected.reachability[$0].squareRoot() },
            "seed \(seed)")
    }

    /// On core points the clusters at a radius are those of DBSCAN, for radii that some pairs are exactly apart too.
    @Test(arguments: 0..<40) func clustersAtARadiusAreThoseOfDBSCAN(seed: Int) throws {
        var stream = RandomStream(seed: UInt64(seed), stream: 64)
        let isSphere = seed % 2 == 1
        let (points, spherical) =
            isSphere ? DBSCANPropertyTests.sphericalPoints(&stream) : (DBSCANPropertyTests.planarPoints(&stream), 0)
        let largest = isSphere ? 2 * spherical : 250
        let minimum = Double(2 + stream.next() % 7)
        let ordered = try Ordered(
            points, frame: isSphere ? .geographic : .local, minimumWeight: minimum, maximumRadius: largest)
        for radius in isSphere ? [spherical / 3, spherical, largest] : [12.5, 50, 70, 150, largest] {
            let found = try ordered.ordering.dbscanClustering(radius: Meters(radius))
            let expected = try DBSCAN(neighborhoodRadius: Meters(radius), minimumWeight: minimum)
                .clusters(in: ordered.sites)
            let core = found.roles.indices.filter { found.roles[$0] == .core }
            #expect(core == expected.roles.indices.filter { expected.roles[$0] == .core }, "seed \(seed)")
            // Numbered alike, too.
            #expect(core.map { found.labels[$0] } == core.map { expected.labels[$0] }, "seed \(seed)")
            #expect(found.clusterCount == expected.clusterCount, "seed \(seed)")
            for site in found.labels.indices where found.roles[site] != .core {
                #expect((found.roles[site] == .border) == (found.labels[site] >= 0), "seed \(seed)")
                // Noise there is noise here, and whom only one cluster can have it has, or nobody.
                if expected.roles[site] == .noise { #expect(found.labels[site] == -1, "seed \(seed)") }
                if found.labels[site] >= 0, !expected.ambiguous[site] {
                    #expect(found.labels[site] == expected.labels[site], "seed \(seed)")
                }
            }
        }
    }

    @Test(arguments: 0..<20) func orderOfTheInputDoesNotMatter(seed: Int) throws {
        var stream = RandomStream(seed: UInt64(seed), stream: 65)
        var points = DBSCANPropertyTests.planarPoints(&stream)
        points += points.prefix(30)
        let first = try Ordered(points, minimumWeight: 4, maximumRadius: 200)
        let second = try Ordered(points.shuffled(using: &stream), minimumWeight: 4, maximumRadius: 200, threads: 4)
        #expect(first.ordering == second.ordering, "seed \(seed)")
        #expect(try first.ordering.xiClusters() == second.ordering.xiClusters(), "seed \(seed)")
        #expect(
            try first.ordering.dbscanClustering(radius: 70) == second.ordering.dbscanClustering(radius: 70),
            "seed \(seed)")
    }

    /// Firms of some sites, among the sites of all, are ordered as in a register of their own.
    @Test(arguments: 0..<20) func aSubsetIsARegisterOfItsOwn(seed: Int) throws {
        var stream = RandomStream(seed: UInt64(seed), stream: 67)
        var points = DBSCANPropertyTests.planarPoints(&stream)
        points += points.prefix(40)
        let sites = try DBSCANLimitsTests.sites(points)
        let procedure = try OPTICS(minimumWeight: 4, maximumRadius: 200)
        let all = try procedure.ordering(in: sites)
        #expect(try procedure.ordering(of: .allFirms(of: sites), in: sites) == all, "seed \(seed)")
        let chosen = (0..<Int32(sites.count)).filter { _ in stream.next() % 3 > 0 }
        let counts = chosen.map { _ in Int32(1 + stream.next() % 3) }
        let alone = try DBSCANLimitsTests.sites(
            zip(chosen, counts).flatMap { [Coordinate](repeating: sites.coordinate(Int($0)), count: Int($1)) })
        let found = try procedure.ordering(of: SiteSubset(sites: chosen, counts: counts), in: sites)
        #expect(try found == procedure.ordering(in: alone), "seed \(seed)")
    }

    @Test(arguments: DBSCANLimitsTests.Shape.allCases) func threadsDoNotMatter(shape: DBSCANLimitsTests.Shape) throws {
        // Towns are beyond the size from which rows are arranged by several threads.
        let count = shape == .towns ? 70_000 : 2000
        let points = DBSCANLimitsTests.points(shape, count: count)
        let procedure = try OPTICS(minimumWeight: 6, maximumRadius: 60)
        let one = try procedure.ordering(
            in: DBSCANLimitsTests.sites(points, threads: 1), workers: Workers(count: 1))
        for threads in [2, 4] {
            let many = try procedure.ordering(
                in: DBSCANLimitsTests.sites(points, threads: threads), workers: Workers(count: threads))
            #expect(one == many)
        }
    }

    /// Every cluster ξ finds lies in its parent, holds enough firms, and all but its first hang together at its largest
    /// inner reachability.
    @Test(arguments: 0..<24) func xiClustersAreNested(seed: Int) throws {
        var stream = RandomStream(seed: UInt64(seed), stream: 66)
        let ordering = try Ordered(
            DBSCANPropertyTests.planarPoints(&stream), minimumWeight: 4, maximumRadius: 400
        ).ordering
        for (xi, corrects) in [(0.0, true), (0.05, true), (0.3, true), (0.05, false)] {
            let found = try ordering.xiClusters(xi: xi, minimumClusterSize: 6, predecessorCorrection: corrects)
            let levels = found.levels()
            for (index, cluster) in found.clusters.enumerated() {
                #expect(cluster.positions.count >= 6)
                #expect(
                    cluster.largestInnerReachability
                        == cluster.positions.dropFirst().map { ordering.reachability[$0] }.max())
                guard let parent = cluster.parent else {
                    #expect(levels[index] == 0)
                    continue
                }
                #expect(levels[index] == levels[parent] + 1)
                let outer = found.clusters[parent].positions
                #expect(outer.lowerBound <= cluster.positions.lowerBound)
                #expect(outer.upperBound >= cluster.positions.upperBound)
                #expect(cluster.positions != outer || parent > index)
            }
            for (label, cluster) in found.clusters.compactMap({ c in c.label.map { ($0, c) } }) {
                #expect(found.labels.count { $0 == label } == cluster.positions.count)
            }
            #expect(Int(found.labels.max() ?? -1) + 1 == found.labelCount)
        }
    }
}
