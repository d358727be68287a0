import DensityClustering
import FirmClustersTestSupport
import FirmModel
import ParallelWork
import SpatialIndex
import Testing

/// Everything that a hierarchy says, to compare bit for bit.
private struct Everything: Equatable {
    var lengths: [Meters]
    var cores: [Meters]
    var clusters: [CondensedTree.Cluster]
    var persistences: [Double?]
    var clusterOfSite: [Int32]
    var departures: [Meters]
    var outlierScores: [Double]
    var clusterings: [HierarchicalClustering]

    init(_ firms: FirmsOnSites, size: Double, samples: Double, minimumSites: Int = 1, threads: Int = 2) throws {
        let tree = try firms.tree(minimumSamples: samples, threads: threads)
        (lengths, cores) = (tree.lengths, tree.coreDistances)
        let condensed = try CondensedTree(tree, minimumClusterSize: size, minimumSites: minimumSites)
        clusters = condensed.clusters
        persistences = clusters.indices.map { condensed.persistence(of: $0) }
        clusterOfSite = condensed.clusterOfSite
        departures = condensed.departureDistances
        outlierScores = condensed.outlierScores
        clusterings = try [
            ClusterSelection(), ClusterSelection(.leaf), ClusterSelection(.leaf, epsilon: 40),
            ClusterSelection(epsilon: 40, allowsSingleCluster: true),
        ].map { try condensed.clustering(selecting: $0) }
    }
}

/// Changes of the input or of the run that must not change the answer.
@Suite struct HDBSCANInvarianceTests {
    /// Half on a lattice, half in clumps, whole meters, many firms on one place: ties everywhere.
    static func towns(_ count: Int, seed: Int) -> [Coordinate] {
        var stream = RandomStream(seed: UInt64(seed), stream: 71)
        return (0..<count).map { i in
            let (u, v) = (stream.nextUnit(), stream.nextUnit())
            if i % 2 == 0 {
                let side = Double(count).squareRoot()
                return Coordinate(x: (u * side).rounded() * 32, y: (v * side).rounded() * 32)
            }
            let town = Double(stream.next() % 13)
            return Coordinate(x: town * 200 + (u * u * u * 300).rounded(), y: town * 77 + (v * v * 300).rounded())
        }
    }

    @Test(arguments: 0..<20) func orderOfTheInputDoesNotMatter(seed: Int) throws {
        let points = Self.towns(900, seed: seed / 4)
        var stream = RandomStream(seed: UInt64(seed), stream: 72)
        let order = points.indices.shuffled(using: &stream)
        let one = try FirmsOnSites(points)
        let other = try FirmsOnSites(order.map { points[$0] }, threads: 3)
        let (size, samples) = ([5.0, 10, 3, 20][seed % 4], [5.0, 3, 8, 10][seed % 4])
        let (first, second) = (
            try Everything(one, size: size, samples: samples), try Everything(other, size: size, samples: samples)
        )
        #expect(first == second)
        #expect(first.clusterings[0].clusters.count > 1)
        for (a, b) in zip(first.clusterings, second.clusterings) {
            #expect(order.map { a.labels[one.siteOfFirm[$0]] } == other.siteOfFirm.map { b.labels[$0] })
        }
    }

    /// Enough sites for workers to be used, and for them to find other spanning trees.
    @Test(arguments: [CoordinateFrame.local, .geographic]) func threadsDoNotMatter(frame: CoordinateFrame) throws {
        var points = Self.towns(60_000, seed: 9)
        if frame.isGeographic {
            points = points.map { Coordinate(longitude: 7 + $0.x * 0x1p-16, latitude: 51 + $0.y * 0x1p-16) }
        }
        let firms = try FirmsOnSites(points, frame: frame)
        #expect(firms.sites.count > 20_000)
        #expect(firms.sites.count < points.count - 5000)
        let one = try Everything(firms, size: 10, samples: 6, threads: 1)
        #expect(one.clusters.count > 50)
        let threads = frame.isGeographic ? 2 : 4
        #expect(try Everything(firms, size: 10, samples: 6, threads: threads) == one, "\(threads) threads")
    }

    @Test(arguments: 0..<12) func integerWeightsAreRepeatedFirms(seed: Int) throws {
        let points = Self.towns(300, seed: seed)
        var stream = RandomStream(seed: UInt64(seed), stream: 73)
        let weights = points.map { _ in Double(1 + stream.next() % 4) }
        let repeated = zip(points, weights).flatMap { Array(repeating: $0, count: Int($1)) }
        let sites = 1 + seed % 2
        let weighed = try Everything(
            FirmsOnSites(points, weights: weights), size: 12, samples: 7, minimumSites: sites)
        #expect(try Everything(FirmsOnSites(repeated), size: 12, samples: 7, minimumSites: sites) == weighed)
    }

    /// Weights that are no counts go another way through the search for core distances.
    @Test(arguments: 0..<12) func halfTheWeightIsHalfTheSize(seed: Int) throws {
        let points = Self.towns(300, seed: seed)
        var stream = RandomStream(seed: UInt64(seed), stream: 74)
        let weights = points.map { _ in Double(1 + stream.next() % 6) }
        let whole = try Everything(FirmsOnSites(points, weights: weights), size: 12, samples: 7)
        let half = try Everything(FirmsOnSites(points, weights: weights.map { $0 / 2 }), size: 6, samples: 3.5)
        #expect(half.lengths == whole.lengths)
        #expect(half.cores == whole.cores)
        #expect(half.clusterOfSite == whole.clusterOfSite)
        #expect(half.departures == whole.departures)
        #expect(half.clusters.map(\.weight) == whole.clusters.map { $0.weight / 2 })
        #expect(half.clusters.map(\.stability) == whole.clusters.map { $0.stability / 2 })
        #expect(half.persistences == whole.persistences)
        #expect(half.clusterings == whole.clusterings)
    }

    /// Moved by whole meters nothing changes; turned over, only the numbers of the clusters do.
    @Test(arguments: 0..<12) func placeAndSideDoNotMatter(seed: Int) throws {
        let points = Self.towns(500, seed: seed)
        let (size, samples) = ([4.0, 9, 15][seed % 3], [6.0, 3, 2][seed % 3])
        let here = try FirmsOnSites(points)
        let found = try Everything(here, size: size, samples: samples)
        let moved = points.map { Coordinate(x: $0.x + 4_194_304, y: $0.y - 3_000_001) }
        #expect(try Everything(FirmsOnSites(moved), size: size, samples: samples) == found)
        let turned = try FirmsOnSites(points.map { Coordinate(x: -$0.y, y: -$0.x) })
        let there = try Everything(turned, size: size, samples: samples)
        #expect(there.lengths == found.lengths)
        #expect(here.siteOfFirm.map { found.departures[$0] } == turned.siteOfFirm.map { there.departures[$0] })
        for (a, b) in zip(found.clusterings, there.clusterings) {
            #expect(
                areSamePartition(
                    here.siteOfFirm.map { Int(a.labels[$0]) }, turned.siteOfFirm.map { Int(b.labels[$0]) }))
        }
    }

    /// One cut through the hierarchy is DBSCAN* at that radius.
    @Test(arguments: [CoordinateFrame.local, .geographic]) func cutsAreDensityClusterings(frame: CoordinateFrame) throws
    {
        var stream = RandomStream(seed: 3, stream: 75)
        let points = (0..<7000).map { i in
            let (u, v) = (stream.nextUnit(), stream.nextUnit())
            let town = Double(i % 9)
            let (x, y) = i % 3 == 0 ? (u * 30_000, v * 20_000) : (town * 3000 + u * u * 900, town * 1000 + v * v * 700)
            return frame.isGeographic
                ? Coordinate(longitude: 179.9 + x / 1e5, latitude: 60 + y / 1e5) : Coordinate(x: x, y: y)
        }.map { $0.x > 180 ? Coordinate(x: $0.x - 360, y: $0.y) : $0 }
        let firms = try FirmsOnSites(points + points.prefix(500), frame: frame)
        #expect(firms.sites.count > 5000)
        for samples in [1.0, 5, 70] {
            let tree = try firms.tree(minimumSamples: samples)
            for radius in [0.5, 33, 150, 9000] {
                let flat = try DBSCAN(
                    neighborhoodRadius: Meters(radius), minimumWeight: samples, borderRule: .none
                ).clusters(of: firms.subset, in: firms.sites)
                #expect(
                    areSamePartition(flat.labels.map { Int($0) }, tree.components(within: Meters(radius))),
                    "samples \(samples), radius \(radius)")
            }
        }
    }

    /// The same where all distances tie with the radius.
    @Test func cutsOfALattice() throws {
        let points = Self.towns(3000, seed: 4).filter { $0.x.truncatingRemainder(dividingBy: 32) == 0 }
        let firms = try FirmsOnSites(points)
        for samples in [1.0, 3, 4, 6, 9] {
            let tree = try firms.tree(minimumSamples: samples)
            for radius in [32.0, 64, 96, 160] {
                let flat = try DBSCAN(
                    neighborhoodRadius: Meters(radius), minimumWeight: samples, borderRule: .none
                ).clusters(of: firms.subset, in: firms.sites)
                #expect(areSamePartition(flat.labels.map { Int($0) }, tree.components(within: Meters(radius))))
            }
        }
    }
}
