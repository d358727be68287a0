import DensityClustering
import FirmClustersTestSupport
import FirmModel
import Testing

/// Against scikit-learn, R dbscan and PostGIS on 240 firms (golden files; see methods 2.1).
@Suite struct DBSCANGoldenTests {
    let points: [Coordinate]
    let employees: [Double]
    let expected: GoldenTable

    init() throws {
        let table = try GoldenTable("density_points.csv")
        points = zip(try table.doubles("x"), try table.doubles("y")).map { Coordinate(x: $0, y: $1) }
        employees = try table.doubles("employees")
        expected = try GoldenTable("dbscan_expected.csv")
    }

    struct Case: Sendable, CustomTestStringConvertible {
        var column: String
        var radius: Double
        var minimumWeight: Double
        var byEmployment = false
        var clusters: Int
        var core: Int
        var noise: Int
        var ambiguous: [Int] = []
        var testDescription: String { column }
    }

    static let cases = [
        Case(column: "eps150_min5", radius: 150, minimumWeight: 5, clusters: 6, core: 121, noise: 93),
        Case(
            column: "eps200_min5", radius: 200, minimumWeight: 5, clusters: 7, core: 168, noise: 49,
            ambiguous: [88, 139, 174, 175]),
        Case(column: "eps250_min8", radius: 250, minimumWeight: 8, clusters: 4, core: 143, noise: 70),
        Case(column: "eps300_min4", radius: 300, minimumWeight: 4, clusters: 4, core: 198, noise: 36),
        Case(column: "eps120_min3", radius: 120, minimumWeight: 3, clusters: 13, core: 147, noise: 77),
        Case(column: "eps200_min1", radius: 200, minimumWeight: 1, clusters: 46, core: 240, noise: 0),
        Case(
            column: "emp_eps200_minw100", radius: 200, minimumWeight: 100, byEmployment: true, clusters: 9, core: 124,
            noise: 80),
        Case(
            column: "emp_eps250_minw150", radius: 250, minimumWeight: 150, byEmployment: true, clusters: 6, core: 121,
            noise: 84),
    ]

    @Test(arguments: cases) func agreesWithThreeTools(_ example: Case) throws {
        let found = try Clustered(
            points, weights: example.byEmployment ? employees : nil, radius: example.radius,
            minimumWeight: example.minimumWeight)
        #expect(found.clusterCount == example.clusters)
        #expect(found.isCore.count { $0 } == example.core)
        #expect(found.labels.count { $0 < 0 } == example.noise)
        #expect(found.isCore == (try expected.integers(example.column + "_core").map { $0 == 1 }))
        let theirs = try expected.integers(example.column)
        if !example.byEmployment {
            #expect(points.indices.filter { found.isAmbiguous[$0] } == example.ambiguous)
        }
        // Ambiguous border firms go to the first cluster found there and to the nearest core firm here.
        let settled = points.indices.filter { !found.isAmbiguous[$0] }
        #expect(areSamePartition(settled.map { found.labels[$0] }, settled.map { theirs[$0] }))
    }

    @Test func bordersGoToTheNearestCoreFirm() throws {
        let found = try Clustered(points, radius: 200, minimumWeight: 5)
        #expect(areSamePartition(found.labels, try expected.integers("eps200_min5_nearest_core")))
    }

    /// A border point exactly between two cores goes to the smaller coordinate, whichever end the input starts from.
    @Test func tiesGoToTheSmallerCoordinate() throws {
        let line = [0, 0.25, 0.5, 1, 2, 3, 3.5, 3.75, 4].map { Coordinate(x: $0, y: 0) }
        for points in [line, line.reversed()] {
            let found = try Clustered(points, radius: 1, minimumWeight: 4)
            let border = try #require(points.firstIndex { $0.x == 2 })
            let west = try #require(points.firstIndex { $0.x == 1 })
            #expect(!found.isCore[border])
            #expect(found.isAmbiguous[border])
            #expect(found.labels[border] == found.labels[west])
            #expect(found.clusterCount == 2)
        }
    }
}
