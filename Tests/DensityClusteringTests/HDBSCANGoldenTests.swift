import DensityClustering
import FirmClustersTestSupport
import FirmModel
import Foundation
import Testing

/// Against hdbscan 0.8.44 and scikit-learn 1.9.1 on 80 firms whose hierarchy does not depend on the order of the input, and
/// against the tie-aware hierarchy on 240 firms where theirs does (golden files; see methods 2.2 and 2.3).
@Suite struct HDBSCANGoldenTests {
    let firms: FirmsOnSites
    let points: [Coordinate]
    let expected: GoldenTable
    let summary: JSONTree

    init() throws {
        points = try Self.points("hdbscan_points.csv")
        firms = try FirmsOnSites(points)
        expected = try GoldenTable("hdbscan_expected.csv")
        let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        summary = try JSONTree(parsing: Data(contentsOf: url.appendingPathComponent("Golden/hdbscan_summary.json")))
    }

    static func points(_ name: String) throws -> [Coordinate] {
        let table = try GoldenTable(name)
        return zip(try table.doubles("x"), try table.doubles("y")).map { Coordinate(x: $0, y: $1) }
    }

    struct Case: Sendable, CustomTestStringConvertible {
        var size: Double
        /// As hdbscan counts: without the firm itself.
        var theirSamples: Int
        var method = ClusterSelection.Method.excessOfMass
        var epsilon = 0
        var single = false
        /// Firms that leave a cluster at the very distance it is born at. They leave its parent where ties are taken together,
        /// and have the outlier score of one that does.
        var tied: [Int] = []

        var name: String {
            "mcs\(Int(size))_ms\(theirSamples)_\(method.rawValue)_eps\(epsilon)" + (single ? "_single" : "")
        }
        var selection: ClusterSelection {
            ClusterSelection(method, epsilon: Meters(Double(epsilon)), allowsSingleCluster: single)
        }
        var testDescription: String { name }
    }

    static let cases = [
        Case(size: 5, theirSamples: 1), Case(size: 5, theirSamples: 1, method: .leaf),
        Case(size: 5, theirSamples: 2, method: .leaf), Case(size: 5, theirSamples: 3, tied: [24]),
        Case(size: 5, theirSamples: 5), Case(size: 8, theirSamples: 4, method: .leaf),
        Case(size: 10, theirSamples: 4), Case(size: 10, theirSamples: 5), Case(size: 15, theirSamples: 5),
        Case(size: 5, theirSamples: 2, method: .leaf, epsilon: 150),
        Case(size: 5, theirSamples: 2, method: .leaf, epsilon: 400), Case(size: 40, theirSamples: 5, single: true),
    ]

    @Test(arguments: cases) func agreesWithTwoLibraries(_ example: Case) throws {
        let tree = try firms.tree(minimumSamples: Double(example.theirSamples + 1))
        let condensed = try CondensedTree(tree, minimumClusterSize: example.size)
        let found = try condensed.clustering(selecting: example.selection)
        let theirs = try expected.integers(example.name)
        let ours = firms.siteOfFirm.map { Int(found.labels[$0]) }
        #expect(areSamePartition(ours, theirs))
        let probabilities = try expected.doubles(example.name + "_prob")
        let outliers = try expected.doubles(example.name + "_glosh")
        let scores = condensed.outlierScores
        for (firm, site) in firms.siteOfFirm.enumerated() {
            #expect(abs(found.strengths[site] - probabilities[firm]) < 1e-9)
            #expect((abs(scores[site] - outliers[firm]) < 1e-9) != example.tied.contains(firm), "firm \(firm)")
        }
        let known = try #require(summary[example.name])
        let persistences = try #require(known["cluster_persistence"]).items.compactMap(\.number)
        #expect(persistences.count == found.clusters.count)
        for (firm, label) in ours.enumerated() where label >= 0 {
            let cluster = found.clusters[label]
            var persistence = try #require(condensed.persistence(of: cluster))
            // They divide by the labeled firms, of which a single cluster has fewer than members.
            if example.single { persistence *= condensed.clusters[cluster].weight / Double(ours.count { $0 == label }) }
            #expect(abs(persistence - persistences[theirs[firm]]) < 1e-9)
        }
        let total = try #require(known["mst_total_weight"]?.number)
        #expect(abs(tree.lengths.reduce(0) { $0 + $1.value } - total) < 1e-8)
    }

    @Test func coreDistances() throws {
        let found = try firms.tree(minimumSamples: 4).coreDistances
        for (site, known) in zip(firms.siteOfFirm, try expected.doubles("core_distance_ms3")) {
            #expect(abs(found[site].value - known) < 1e-9 * known)
        }
    }

    @Test func spanningTree() throws {
        let found = try firms.tree(minimumSamples: 4).lengths.map(\.value)
        let known = try GoldenTable("hdbscan_mst_weights_ms3.csv").doubles("weight").sorted()
        #expect(found.count == known.count)
        // Twelve digits.
        for (one, other) in zip(found, known) { #expect(abs(one - other) < 1e-11 * other) }
    }

    /// The flat cut of the hierarchy, by DBSCAN* and read off the tree. A component of one firm is noise in the file.
    @Test(arguments: [60, 90, 150, 300]) func flatCuts(radius: Int) throws {
        let known = try expected.integers("cut\(radius)_ms3")
        let byDensity = try Clustered(points, radius: Double(radius), minimumWeight: 4, borderRule: .none).labels
        let components = try firms.tree(minimumSamples: 4).components(within: Meters(Double(radius)))
        for labels in [byDensity, firms.siteOfFirm.map { components[$0] }] {
            var sizes: [Int: Int] = [:]
            for label in labels { sizes[label, default: 0] += 1 }
            #expect(areSamePartition(labels.map { sizes[$0] == 1 ? -1 : $0 }, known))
        }
    }

    /// Clusters are known by who is in them; numbers differ. What they let leave a cluster at the distance it is born at was
    /// never in it here.
    @Test func condensedTree() throws {
        let condensed = try firms.hierarchy(size: 5, samples: 4)
        let table = try GoldenTable("hdbscan_condensed_mcs5_ms3.csv")
        let (children, lambdas) = (try table.integers("child"), try table.doubles("lambda_val"))
        var parents = Dictionary(uniqueKeysWithValues: zip(children, try table.integers("parent")))
        let lambdaOf = Dictionary(uniqueKeysWithValues: zip(children, lambdas))
        let tied = points.indices.filter { parents[$0].map { lambdaOf[$0] } == lambdaOf[$0] }
        #expect(tied == [24])
        for firm in tied { parents[firm] = parents[firm].flatMap { parents[$0] } }
        var theirMembers: [Int: Set<Int>] = [:]
        for firm in points.indices {
            for around in sequence(first: firm, next: { parents[$0] }).dropFirst() {
                theirMembers[around, default: []].insert(firm)
            }
        }
        var ourMembers = [Set<Int>](repeating: [], count: condensed.clusters.count)
        for (firm, site) in firms.siteOfFirm.enumerated() {
            ourMembers[Int(condensed.clusterOfSite[site])].insert(firm)
        }
        for (index, cluster) in condensed.clusters.enumerated().reversed() {
            if let parent = cluster.parent { ourMembers[parent].formUnion(ourMembers[index]) }
        }
        #expect(Set(theirMembers.values) == Set(ourMembers))
        #expect(theirMembers.count == ourMembers.count)
        for (child, lambda) in lambdaOf {
            let parent = try #require(parents[child])
            let around = try #require(ourMembers.firstIndex { $0 == theirMembers[parent] })
            if child < points.count {
                let site = firms.siteOfFirm[child]
                #expect(Int(condensed.clusterOfSite[site]) == around)
                #expect(abs(1 / condensed.departureDistances[site].value - lambda) < 1e-9 * lambda)
            } else {
                let cluster = try #require(ourMembers.firstIndex { $0 == theirMembers[child] })
                #expect(condensed.clusters[cluster].parent == around)
                #expect(abs(1 / condensed.clusters[cluster].birthDistance.value - lambda) < 1e-9 * lambda)
                #expect(condensed.clusters[cluster].weight == Double(ourMembers[cluster].count))
                #expect(condensed.clusters[cluster].siteCount == ourMembers[cluster].count)
            }
        }
        let known = try #require(summary["mcs5_ms3_eom_eps0"])
        for (id, stability) in try #require(known["stability"]).members {
            let members = try #require(Int(id).flatMap { theirMembers[$0] })
            let cluster = try #require(ourMembers.firstIndex { $0 == members })
            #expect(abs(condensed.clusters[cluster].stability - (try #require(stability.number))) < 1e-9)
        }
        let selected = try #require(known["selected"]).items.compactMap { $0.number.flatMap { theirMembers[Int($0)] } }
        #expect(Set(try condensed.selectedClusters(ClusterSelection()).map { ourMembers[$0] }) == Set(selected))
    }

    @Test(arguments: ["mcs5_ms5_eom", "mcs10_ms5_eom", "mcs10_ms5_leaf", "mcs10_ms10_eom", "mcs15_ms15_eom"])
    func tiesTakenTogether(column: String) throws {
        let parts = column.split(separator: "_")
        let size = try #require(Double(parts[0].dropFirst(3)))
        let samples = try #require(Double(parts[1].dropFirst(2)))
        let method = try #require(ClusterSelection.Method(rawValue: String(parts[2])))
        let firms = try FirmsOnSites(Self.points("density_points.csv"))
        let found = try firms.hierarchy(size: size, samples: samples + 1)
            .clustering(selecting: ClusterSelection(method))
        let known = try GoldenTable("hdbscan_tieaware_density_expected.csv").integers(column)
        #expect(areSamePartition(firms.siteOfFirm.map { Int(found.labels[$0]) }, known))
    }
}
