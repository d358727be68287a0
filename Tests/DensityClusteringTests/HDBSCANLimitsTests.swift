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

    /// σ of the root is 4/16, of both pairs inside it together 2 · 2 (1/8 − 1/16): as good, so it stays.
    @Test func asGoodAsWhatIsInside() throws {
        let condensed = try FirmsOnSites([0, 8, 24, 32].map { Coordinate(x: $0, y: 0) }).hierarchy(size: 2, samples: 1)
        #expect(condensed.clusters.map(\.stability) == [0.25, 0.125, 0.125])
        #expect(try condensed.selectedClusters(ClusterSelection(allowsSingleCluster: true)) == [0])
        #expect(try condensed.selectedClusters(ClusterSelection()) == [1, 2])
    }

    private static func everyone(_ condensed: CondensedTree, _ selection: ClusterSelection) throws -> [Int32] {
        try condensed.clustering(selecting: selection).labels
    }

    @Test func noSites() throws {
        let firms = try FirmsOnSites([])
        let tree = try firms.tree(minimumSamples: 3)
        #expect(tree.count == 0 && tree.edgeCount == 0 && tree.lengths.isEmpty && tree.coreDistances.isEmpty)
        let condensed = try CondensedTree(tree, minimumClusterSize: 2)
        #expect(condensed.clusters.isEmpty && condensed.clusterOfSite.isEmpty && condensed.outlierScores.isEmpty)
        for method in ClusterSelection.Method.allCases {
            let found = try condensed.clustering(
                selecting: ClusterSelection(method, epsilon: 5, allowsSingleCluster: true))
            #expect(found.labels.isEmpty && found.clusters.isEmpty && found.strengths.isEmpty)
        }
    }

    @Test func oneFirm() throws {
        let condensed = try FirmsOnSites(Self.tower(1, x: 4)).hierarchy(size: 2, samples: 1)
        #expect(condensed.clusters.isEmpty)
        #expect(condensed.clusterOfSite == [-1])
        #expect(condensed.outlierScores == [1])
        #expect(try Self.everyone(condensed, ClusterSelection(allowsSingleCluster: true)) == [-1])
    }

    /// Firms on one site never part: λ is infinite, persistence is 1, and the root is a cluster only when asked for.
    @Test func allFirmsOnOneSite() throws {
        let firms = try FirmsOnSites(Self.tower(50, x: 4))
        let condensed = try firms.hierarchy(size: 10, samples: 50)
        let root = try #require(condensed.clusters.first)
        #expect(condensed.clusters.count == 1)
        #expect(root.longestEdge == 0 && root.weight == 50 && root.siteCount == 1 && root.stability == .infinity)
        #expect(condensed.persistence(of: 0) == 1)
        #expect(condensed.outlierScores == [0])
        for method in ClusterSelection.Method.allCases {
            #expect(try Self.everyone(condensed, ClusterSelection(method)) == [-1])
            for epsilon in [Meters(0), 100] {
                let found = try condensed.clustering(
                    selecting: ClusterSelection(method, epsilon: epsilon, allowsSingleCluster: true))
                #expect(found.labels == [0] && found.strengths == [1])
                #expect(found.densityClustering.roles == [.core])
            }
        }
        #expect(try firms.hierarchy(size: 10, samples: 50, minimumSites: 2).clusters.isEmpty)
        #expect(try firms.hierarchy(size: 51, samples: 50).clusters.isEmpty)
        #expect(try firms.hierarchy(size: 10, samples: 51).clusters.isEmpty)
    }

    /// Too few firms for a cluster, for a core distance, or on too few sites: no clusters, all noise, none an error.
    @Test func tooFewFirms() throws {
        let firms = try FirmsOnSites((0..<20).map { Coordinate(x: Double($0) * 3, y: 0) })
        for condensed in [
            try firms.hierarchy(size: 21, samples: 3), try firms.hierarchy(size: 5, samples: 21),
            try firms.hierarchy(size: 5, samples: 3, minimumSites: 21),
            try firms.hierarchy(size: 1e300, samples: 3), try firms.hierarchy(size: 5, samples: 1e300),
            try firms.hierarchy(size: 5, samples: 3, minimumSites: .max),
        ] {
            #expect(condensed.clusters.isEmpty)
            #expect(condensed.clusterOfSite.allSatisfy { $0 == -1 })
            #expect(condensed.departureDistances.allSatisfy { $0 == Meters(.infinity) })
            #expect(condensed.outlierScores.allSatisfy { $0 == 1 })
            #expect(try Self.everyone(condensed, ClusterSelection(allowsSingleCluster: true)).allSatisfy { $0 == -1 })
        }
        let beyond = try firms.tree(minimumSamples: 21)
        #expect(beyond.count == 20 && beyond.edgeCount == 0)
        #expect(beyond.coreDistances.allSatisfy { $0 == Meters(.infinity) })
        // All of them, exactly.
        let all = try firms.hierarchy(size: 20, samples: 20)
        #expect(all.clusters.count == 1 && all.clusters[0].weight == 20)
    }

    /// Everything inside a lattice is joined in one step: one cluster without parts, of which border sites leave early.
    @Test func regularLattice() throws {
        let points = (0..<20).flatMap { i in (0..<20).map { Coordinate(x: Double(i) * 10, y: Double($0) * 10) } }
        let firms = try FirmsOnSites(points)
        let condensed = try firms.hierarchy(size: 5, samples: 5)
        #expect(condensed.clusters.count == 1)
        #expect(condensed.clusters[0].longestEdge == 20)
        #expect(condensed.departureDistances.count { $0 == 10 } == 18 * 18)
        #expect(condensed.departureDistances.count { $0 == 20 } == 4)
        for method in ClusterSelection.Method.allCases {
            #expect(try Self.everyone(condensed, ClusterSelection(method)).allSatisfy { $0 == -1 })
            let single = try Self.everyone(condensed, ClusterSelection(method, allowsSingleCluster: true))
            #expect(single.count { $0 == 0 } == 18 * 18)
            let wide = ClusterSelection(method, epsilon: 15, allowsSingleCluster: true)
            #expect(try Self.everyone(condensed, wide).count { $0 == 0 } == 400 - 4)
        }
    }

    /// Towers never fall apart: with a stability that is infinite they win over any cluster around them.
    @Test func towersInATown() throws {
        var points = Self.tower(8, x: 100, y: 100) + Self.tower(9, x: 400, y: 130)
        // A town without towers, far away, and one around each tower.
        for i in 0..<40 { points.append(Coordinate(x: 9000 + Double(i % 8) * 21, y: Double(i / 8) * 23)) }
        for i in 0..<40 { points.append(Coordinate(x: Double(i % 8) * 70, y: 13 + Double(i / 8) * 61)) }
        let firms = try FirmsOnSites(points)
        let condensed = try firms.hierarchy(size: 5, samples: 5)
        let towers = firms.weights.indices.filter { firms.weights[$0] > 1 }
        for method in ClusterSelection.Method.allCases {
            let found = try condensed.clustering(selecting: ClusterSelection(method))
            for tower in towers {
                let own = try #require(found.labels[tower] >= 0 ? found.clusters[Int(found.labels[tower])] : nil)
                #expect(condensed.clusters[own].stability == .infinity)
                #expect(condensed.departureDistances[tower] == 0)
                #expect(found.strengths[tower] == 1)
                #expect(condensed.outlierScores[tower] == 0)
                let persistence = try #require(condensed.persistence(of: own))
                #expect(persistence > 0 && persistence <= 1)
            }
            #expect(found.clusters.contains { condensed.clusters[$0].siteCount >= 40 })
        }
        #expect(condensed.clusterOfSite[towers[0]] != condensed.clusterOfSite[towers[1]])
        // Whoever leaves the cluster of a tower is as much of an outlier as can be, beside those who never leave.
        for (site, cluster) in condensed.clusterOfSite.enumerated() where !towers.contains(site) {
            let isBesideTower = towers.contains { condensed.clusterOfSite[$0] == cluster }
            #expect(!isBesideTower || condensed.outlierScores[site] == 1)
        }
        // Two sites at least, or an epsilon: the town around the towers is one cluster.
        let settled = try firms.hierarchy(size: 5, samples: 5, minimumSites: 2)
        #expect(settled.clusters.allSatisfy { $0.siteCount >= 2 && $0.stability.isFinite })
        let wide = try condensed.clustering(selecting: ClusterSelection(epsilon: 150))
        #expect(Set(towers.map { wide.labels[$0] }).count == 1)
        #expect(wide.clusters.count == 2)
        #expect(wide.strengths.allSatisfy { $0 >= 0 && $0 <= 1 })
    }

    /// A site that weighs nothing makes no cluster larger, but lies in one, and may hold two others together.
    @Test func weightsOfNothing() throws {
        let points = [0.0, 1, 2, 3, 10, 17, 18, 19, 20].map { Coordinate(x: $0, y: 0) }
        let weights: [Double] = [1, 1, 1, 1, 0, 1, 1, 1, 1]
        let condensed = try FirmsOnSites(points, weights: weights).hierarchy(size: 3, samples: 1)
        #expect(condensed.clusters.map(\.weight) == [8, 4, 4])
        #expect(condensed.clusters.map(\.siteCount) == [9, 4, 4])
        #expect(condensed.clusters[0].longestEdge == 7)
        #expect(condensed.clusterOfSite[4] == 0 && condensed.departureDistances[4] == 7)
        #expect(condensed.clusters[0].stability == 8.0 / 7)
        let none = try FirmsOnSites(points, weights: weights.map { _ in 0 })
        #expect(try none.hierarchy(size: 3, samples: 1).clusters.isEmpty)
        #expect(try none.hierarchy(size: 3, samples: 1).outlierScores.allSatisfy { $0 == 1 })
    }

    @Test func badWeights() throws {
        let firms = try FirmsOnSites([0.0, 1, 2].map { Coordinate(x: $0, y: 0) })
        for bad in [-1, Double.nan, .infinity, -.infinity] {
            let subset = SiteSubset(sites: [0, 1, 2], weights: [1.5, 0, bad])
            #expect(throws: DensityClusteringError.badWeight(index: 2)) {
                try HDBSCAN(minimumClusterSize: 2).clusters(of: subset, in: firms.sites)
            }
        }
    }

    @Test func badParameters() throws {
        let firms = try FirmsOnSites([0.0, 1, 2].map { Coordinate(x: $0, y: 0) })
        for bad in [0, -1, Double.nan, .infinity] {
            #expect {
                try firms.tree(minimumSamples: bad)
            } throws: {
                if case .badMinimumWeight? = $0 as? DensityClusteringError { true } else { false }
            }
        }
        let tree = try firms.tree(minimumSamples: 1)
        for bad in [1.999, 0, -3, Double.nan, .infinity] {
            #expect {
                try CondensedTree(tree, minimumClusterSize: bad)
            } throws: {
                if case .badMinimumClusterSize? = $0 as? DensityClusteringError { true } else { false }
            }
        }
        for bad in [0, -1] {
            #expect(throws: DensityClusteringError.badMinimumSites(bad)) {
                try CondensedTree(tree, minimumClusterSize: 2, minimumSites: bad)
            }
        }
        let condensed = try CondensedTree(tree, minimumClusterSize: 2)
        #expect(throws: DensityClusteringError.badSelectionDistance(-1)) {
            try condensed.clustering(selecting: ClusterSelection(epsilon: -1))
        }
        #expect(throws: DensityClusteringError.self) {
            try condensed.selectedClusters(ClusterSelection(epsilon: Meters(.nan)))
        }
        // As far as can be is a distance: everything gives way to what is directly below the root.
        #expect(try condensed.selectedClusters(ClusterSelection(.leaf, epsilon: Meters(.infinity))).isEmpty)
        #expect(HDBSCAN(minimumClusterSize: 7).minimumSamples == 7)
    }

    /// Two sites so near each other that their unit vectors are the same: they never part.
    @Test func sitesThatDistanceCannotTell() throws {
        let place = { (longitude: Double) in UnitVectors.vector(longitude: longitude, latitude: 60) }
        let west = try #require((0..<1000).map { 40 + Double($0) / 8 }.first { place($0) == place($0.nextUp) })
        let points = [
            Coordinate(longitude: west, latitude: 60), Coordinate(longitude: west.nextUp, latitude: 60),
            Coordinate(longitude: west + 1, latitude: 60),
        ]
        let firms = try FirmsOnSites(points, frame: .geographic)
        #expect(firms.sites.count == 3)
        let tree = try firms.tree(minimumSamples: 2)
        #expect(tree.coreDistances[0] == 0 && tree.coreDistances[1] == 0 && tree.lengths[0] == 0)
        let condensed = try CondensedTree(tree, minimumClusterSize: 2)
        #expect(condensed.clusters.count == 1)
        #expect(condensed.departureDistances[1] == 0)
        // With more firms on them than a cluster needs they are no two clusters either.
        let crowded = try FirmsOnSites(points, frame: .geographic, weights: [5, 6, 7]).hierarchy(size: 3, samples: 2)
        #expect(crowded.clusters.map(\.siteCount) == [3, 2, 1])
        #expect(crowded.clusters.map(\.weight) == [18, 11, 7])
    }

    /// Deep enough that a recursion over the hierarchy would show, and lengths that differ by one bit.
    @Test func aChainOfGrowingGaps() throws {
        var (x, points) = (0.0, [Coordinate]())
        for i in 0..<30_000 {
            points.append(Coordinate(x: x, y: 0))
            x += 1 + Double(i) * 0x1p-12
        }
        let chain = try FirmsOnSites(points).hierarchy(size: 2, samples: 1)
        #expect(chain.clusters.count == 1)
        // Pairs far from each other, ever farther: every pair is a cluster inside the one of all before it.
        (x, points) = (0, [])
        for i in 0..<5000 {
            points += [Coordinate(x: x, y: 0), Coordinate(x: x + 1, y: 0)]
            x += 10 + Double(i)
        }
        let nested = try FirmsOnSites(points).hierarchy(size: 2, samples: 1)
        #expect(nested.clusters.count == 2 * 5000 - 1)
        #expect(nested.clusters.map(\.level).max() == 4999)
        #expect(try nested.selectedClusters(ClusterSelection(.leaf)).count == 5000)
        #expect(nested.outlierScores.allSatisfy { $0 == 0 })
    }
}
