import DensityClustering
import FirmModel
import SpatialIndex
import Testing

/// Inputs at the edges of what hierarchical clustering is defined for.
@Suite struct HDBSCANLimitsTests {
    /// A site with its firms all at once.
    static func tower(_ count: Int, x: Double, y: Double = 0) -> [Coordinate] {
        [Coordinate](repeating: Coordinate(x: x, y: y), count: count)
    }

    /// The firms of each site part at the very distance at which the sites do: no site is a cluster of its own.
    @Test func sitesJoinedAtTheirCoreDistance() throws {
        let pair = try FirmsOnSites(Self.tower(10, x: 0) + Self.tower(10, x: 5)).hierarchy(size: 5, samples: 15)
        #expect(pair.clusters.count == 1)
        #expect(pair.clusters[0].longestEdge == 5)
        #expect(pair.departureDistances == [5, 5])
        // Three edges of one length, two sites that part there; the third hangs together longer.
        let three = try FirmsOnSites(Self.tower(10, x: 0) + Self.tower(20, x: 5) + Self.tower(10, x: 10))
            .hierarchy(size: 5, samples: 15)
        #expect(three.clusters.count == 1)
        #expect(three.departureDistances == [5, 0, 5])
    }

    /// With an epsilon, members of a single cluster are the firms that still hang together with another at that distance,
    /// however deep in the hierarchy they leave; hdbscan 0.8.44 gives the same.
    @Test func singleClusterWithEpsilon() throws {
        let condensed = try FirmsOnSites([0, 10, 25, 35].map { Coordinate(x: $0, y: 0) }).hierarchy(size: 2, samples: 2)
        #expect(condensed.clusters.map(\.birthDistance) == [Meters(.infinity), 15, 15])
        for (epsilon, label) in [(Meters(9), Int32(-1)), (12, 0), (0, 0)] {
            let found = try condensed.clustering(
                selecting: ClusterSelection(epsilon: epsilon, allowsSingleCluster: true))
            #expect(found.labels == [label, label, label, label], "\(epsilon)")
        }
    }
}
