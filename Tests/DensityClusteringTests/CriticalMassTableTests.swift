import DensityClustering
import FirmClustersTestSupport
import FirmModel
import ParallelWork
import SpatialIndex
import Testing

@Suite struct CriticalMassTableTests {
    private func sites(_ points: [Coordinate]) throws -> Sites {
        try Sites(
            FirmRegister(
                frame: .local, x: points.map(\.x), y: points.map(\.y),
                industry: CategoryColumn(points.map { _ in "1" })))
    }

    private static func goldenPoints() throws -> [Coordinate] {
        let table = try GoldenTable("density_points.csv")
        return zip(try table.doubles("x"), try table.doubles("y")).map { Coordinate(x: $0, y: $1) }
    }

    /// Clusters and noise as scikit-learn and R dbscan count them, see ``DBSCANGoldenTests``.
    @Test func agreesWithKnownRuns() throws {
        let sites = try sites(Self.goldenPoints())
        let table = try CriticalMassTable(
            of: .allFirms(of: sites), in: sites, radii: [120, 150, 200, 250, 300], minimumWeights: [1, 3, 4, 5, 8],
            workers: Workers(count: 2))
        #expect(table.rows.count == 25)
        for (radius, minimum, clusters, noise) in [
            (150.0, 5.0, 6, 93), (200, 5, 7, 49), (250, 8, 4, 70), (300, 4, 4, 36), (120, 3, 13, 77), (200, 1, 46, 0),
        ] {
            let row = try #require(table[Meters(radius), minimum])
            #expect(row.clusters == clusters)
            #expect(row.clusteredFirms == 240 - noise)
            #expect(row.clusteredShare == Double(240 - noise) / 240)
        }
        #expect(table[200, 6] == nil)
    }

    /// Every row against the labels of firms in a run of its own.
    @Test(arguments: 0..<30) func rowsAreRuns(seed: Int) throws {
        var stream = RandomStream(seed: UInt64(seed), stream: 9)
        let points = DBSCANPropertyTests.planarPoints(&stream)
        let sites = try sites(points)
        let (radii, minimums): ([Meters], [Double]) = ([12.5, 50, 125], [1, 2, 4, 9])
        for rule in DBSCAN.BorderRule.allCases {
            let table = try CriticalMassTable(
                of: .allFirms(of: sites), in: sites, radii: radii, minimumWeights: minimums, borderRule: rule,
                workers: Workers(count: 1))
            #expect(table.rows.map(\.radius) == radii.flatMap { radius in minimums.map { _ in radius } })
            #expect(table.rows.map(\.minimumWeight) == radii.flatMap { _ in minimums })
            for row in table.rows {
                let run = try Clustered(
                    points, radius: row.radius.value, minimumWeight: row.minimumWeight, borderRule: rule, threads: 1)
                let sizes = (0..<run.clusterCount).map { cluster in run.labels.count { $0 == cluster } }.sorted()
                #expect(row.clusters == sizes.count, "seed \(seed)")
                #expect(row.clusteredFirms == sizes.reduce(0, +), "seed \(seed)")
                #expect(row.clusteredShare == Double(sizes.reduce(0, +)) / Double(points.count), "seed \(seed)")
                #expect(row.largestFirms == sizes.last, "seed \(seed)")
                let (lower, upper) = (sizes.prefix(sizes.count / 2), sizes.suffix(sizes.count / 2))
                guard let median = row.medianFirms else {
                    #expect(sizes.isEmpty, "seed \(seed)")
                    continue
                }
                #expect(lower.allSatisfy { Double($0) <= median } && upper.allSatisfy { Double($0) >= median })
                if sizes.count % 2 == 1 { #expect(median == Double(sizes[sizes.count / 2]), "seed \(seed)") }
            }
        }
    }

    /// minPts in employees, sizes in firms.
    @Test func weightsAreNotFirms() throws {
        let sites = try sites([Coordinate(x: 0, y: 0), Coordinate(x: 0, y: 0), Coordinate(x: 50, y: 0)])
        let subset = SiteSubset(sites: [0, 1], weights: [80, 30.5])
        let table = try CriticalMassTable(
            of: subset, in: sites, firms: [2, 1], radii: [60], minimumWeights: [100, 111], workers: Workers(count: 1))
        #expect(table.rows.map(\.clusters) == [1, 0])
        #expect(table.rows.map(\.clusteredFirms) == [3, 0])
        #expect(table.rows.map(\.clusteredShare) == [1, 0])
        #expect(table.rows.map(\.largestFirms) == [3, nil])
        #expect(table.rows.map(\.medianFirms) == [3, nil])
    }

    @Test func impossibleParametersAndNoFirms() throws {
        let sites = try sites([Coordinate(x: 0, y: 0)])
        let all = SiteSubset.allFirms(of: sites)
        #expect(throws: DensityClusteringError.badRadius(0)) {
            try CriticalMassTable(of: all, in: sites, radii: [0], minimumWeights: [2], workers: Workers(count: 1))
        }
        #expect(throws: DensityClusteringError.badMinimumWeight(0)) {
            try CriticalMassTable(of: all, in: sites, radii: [1], minimumWeights: [0], workers: Workers(count: 1))
        }
        let empty = try CriticalMassTable(
            of: SiteSubset(sites: []), in: sites, radii: [1], minimumWeights: [2], workers: Workers(count: 1))
        #expect(empty.rows.first?.clusters == 0)
        #expect(empty.rows.first?.clusteredShare == nil)
    }
}
