import DensityClustering
import FirmClustersTestSupport
import FirmModel
import SpatialIndex
import Testing

/// Against the definition from the top down, firm by firm, on random sites made to hurt.
@Suite struct HDBSCANPropertyTests {
    /// What a seed asks for.
    struct Question: Sendable {
        var samples: Double
        var size: Double
        var minimumSites: Int
        var selections: [ClusterSelection]

        init(_ stream: inout RandomStream, weight: Double, scale: Double) {
            samples = [1, 2, 3, 5, 8, 2.5, weight, weight + 1][Int(stream.next() % 8)]
            // Mostly small ones: there the hierarchy is rich.
            if samples >= weight, stream.next() % 2 == 0 { samples = 4 }
            size = [2, 2, 3, 5, 9, 3.5, 17][Int(stream.next() % 7)]
            minimumSites = [1, 1, 1, 2, 3][Int(stream.next() % 5)]
            let epsilon = Meters(scale * stream.nextUnit())
            selections = ClusterSelection.Method.allCases.flatMap { method in
                [false, true].flatMap { single in
                    [0, epsilon].map { ClusterSelection(method, epsilon: $0, allowsSingleCluster: single) }
                }
            }
        }
    }

    /// Holds everything the library derives against the brute force.
    private func expectAgreement(_ firms: FirmsOnSites, _ question: Question) throws {
        let expected = firms.bruteForce(
            size: question.size, samples: question.samples, minimumSites: question.minimumSites)
        let pointSites = firms.repeated.sites
        let metric = firms.sites.metric
        func meters(_ squared: Double) -> Meters {
            squared == .infinity ? Meters(.infinity) : metric.distance(forSquared: squared)
        }
        let tree = try firms.tree(minimumSamples: question.samples)
        let cores = tree.coreDistances
        #expect(zip(pointSites, expected.squaredCores).allSatisfy { cores[$0] == meters($1) })
        if expected.squaredCores.allSatisfy(\.isFinite) {
            #expect(tree.lengths == expected.spanningEdgesOfSites.map { metric.distance(forSquared: $0) })
        } else {
            #expect(tree.edgeCount == 0)
        }

        let condensed = try CondensedTree(
            tree, minimumClusterSize: question.size, minimumSites: question.minimumSites)
        #expect(condensed.clusters.map(\.parent) == expected.clusters.map(\.parent))
        guard condensed.clusters.count == expected.clusters.count else { return }
        for (found, known) in zip(condensed.clusters, expected.clusters) {
            #expect(found.children == known.children)
            #expect(found.birthDistance == meters(known.squaredBirth))
            #expect(found.longestEdge == meters(known.squaredLongest))
            #expect(found.weight == known.members.reduce(0) { $0 + min(1, firms.weights[pointSites[$1]]) })
            #expect(found.siteCount == Set(known.members.map { pointSites[$0] }).count)
            #expect(found.firstSite == pointSites[known.members[0]])
            #expect(found.level == known.level)
            #expect(isNear(found.stability, known.stability))
        }
        let (scores, knownScores) = (condensed.outlierScores, expected.outlierScores)
        for (point, site) in pointSites.enumerated() {
            #expect(Int(condensed.clusterOfSite[site]) == expected.clusterOfPoint[point])
            #expect(condensed.departureDistances[site] == meters(expected.squaredDepartures[point]))
            #expect(isNear(scores[site], knownScores[point]))
        }
        for selection in question.selections {
            let known = expected.selection(
                leaf: selection.method == .leaf, epsilon: selection.epsilon.value,
                allowsSingleCluster: selection.allowsSingleCluster)
            // Which of two equally good choices is taken hangs on the last bit of a sum.
            if known.isDoubtful { continue }
            #expect(try condensed.selectedClusters(selection) == known.clusters, "\(selection)")
            let found = try condensed.clustering(selecting: selection)
            // Labels are numbered by first sites, chosen clusters by their place in the tree.
            #expect(found.clusters.sorted() == known.clusters)
            let ours = pointSites.map { found.labels[$0] < 0 ? -1 : found.clusters[Int(found.labels[$0])] }
            #expect(ours == known.labels.map { $0 < 0 ? -1 : known.clusters[$0] }, "\(selection)")
            #expect(found.clusters.map { condensed.clusters[$0].firstSite }.isAscending)
            #expect(zip(pointSites, known.strengths).allSatisfy { isNear(found.strengths[$0], $1) }, "\(selection)")
        }
    }

    private func isNear(_ one: Double, _ other: Double) -> Bool {
        one == other || abs(one - other) <= 1e-9 * max(abs(one), abs(other), 1e-9)
    }

    /// Few enough points for the brute force, duplicates among them, and small whole weights for a third of the seeds each.
    private func firms(
        _ points: [Coordinate], frame: CoordinateFrame, seed: Int, _ stream: inout RandomStream
    ) throws -> FirmsOnSites {
        let kind = seed % 3
        let points = Array(points.shuffled(using: &stream).prefix((kind == 0 ? 30 : 15) + Int(stream.next() % 40)))
        let weights = points.map { _ in kind == 0 ? 1 : Double(stream.next() % 4) + (kind == 1 ? 1 : 0) }
        return try FirmsOnSites(points, frame: frame, weights: weights)
    }

    @Test(arguments: 0..<200) func planeAgreesWithTheDefinition(seed: Int) throws {
        var stream = RandomStream(seed: UInt64(seed), stream: 61)
        let firms = try firms(DBSCANPropertyTests.planarPoints(&stream), frame: .local, seed: seed, &stream)
        let question = Question(&stream, weight: firms.weights.reduce(0, +), scale: 300)
        try expectAgreement(firms, question)
    }

    @Test(arguments: 0..<120) func sphereAgreesWithTheDefinition(seed: Int) throws {
        var stream = RandomStream(seed: UInt64(seed), stream: 62)
        let (points, radius) = DBSCANPropertyTests.sphericalPoints(&stream)
        let firms = try firms(points, frame: .geographic, seed: seed, &stream)
        let question = Question(&stream, weight: firms.weights.reduce(0, +), scale: 5 * radius)
        try expectAgreement(firms, question)
    }

    /// Few places, many firms on each: core distances, distances and edges meet everywhere.
    @Test(arguments: 0..<150) func crowdedAddressesAgreeWithTheDefinition(seed: Int) throws {
        var stream = RandomStream(seed: UInt64(seed), stream: 63)
        let points = (0..<(2 + Int(stream.next() % 12))).map { _ in
            Coordinate(x: Double(stream.next() % 4) * 10, y: Double(stream.next() % 3) * 10)
        }
        let weights = points.map { _ in Double(stream.next() % 9) }
        let firms = try FirmsOnSites(points, weights: weights)
        let question = Question(&stream, weight: weights.reduce(0, +), scale: 30)
        try expectAgreement(firms, question)
    }
}

extension Sequence where Element: Comparable {
    fileprivate var isAscending: Bool { zip(self, dropFirst()).allSatisfy { $0 <= $1 } }
}
