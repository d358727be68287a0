import DensityClustering
import FirmClustersTestSupport
import FirmModel
import Foundation
import Testing

/// Against scikit-learn on 240 firms (golden files; see methods 2.4), ties by the ids of the file.
@Suite struct OPTICSGoldenTests {
    struct Summary: Decodable {
        var clusterHierarchy: [[Int]]
        var xi03Mcs10Hierarchy: [[Int]]
    }

    let ordered: Ordered
    let expected: GoldenTable
    let summary: Summary

    init() throws {
        let table = try GoldenTable("density_points.csv")
        ordered = try Ordered(
            zip(table.doubles("x"), table.doubles("y")).map { Coordinate(x: $0, y: $1) }, minimumWeight: 5,
            maximumRadius: .infinity, ranksAreRows: true)
        expected = try GoldenTable("optics_expected.csv")
        let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Golden/optics_summary.json")
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        summary = try decoder.decode(Summary.self, from: Data(contentsOf: url))
    }

    /// Distances in the file have ten digits.
    @Test func ordering() throws {
        let found = ordered.ordering
        #expect(found.order.map(ordered.row) == (try expected.integers("id")))
        #expect(found.predecessor.map(ordered.row) == (try expected.integers("predecessor")))
        for (distances, column) in [(found.reachability, "reachability"), (found.coreDistance, "core_distance")] {
            for (position, theirs) in try expected.doubles(column).enumerated() {
                let ours = distances[position].value
                #expect(ours == theirs || abs(ours - theirs) < 1e-9 * theirs, "\(column) at \(position)")
            }
        }
    }

    @Test(arguments: [150, 200, 250]) func dbscan(radius: Int) throws {
        let labels = try ordered.ordering.dbscanLabels(radius: Meters(Double(radius)))
        #expect(
            ordered.ordering.order.map { Int(labels[Int($0)]) } == (try expected.integers("label_dbscan_eps\(radius)")))
    }

    @Test(arguments: [(xi: 0.05, size: nil as Double?, "label_xi05"), (0.03, 10, "label_xi03_mcs10")])
    func xi(xi: Double, size: Double?, column: String) throws {
        let found = try ordered.ordering.xiClusters(xi: xi, minimumClusterSize: size)
        let hierarchy = size == nil ? summary.clusterHierarchy : summary.xi03Mcs10Hierarchy
        try #require(found.clusters.map { [$0.positions.lowerBound, $0.positions.upperBound - 1] } == hierarchy)
        #expect(ordered.ordering.order.map { Int(found.labels[Int($0)]) } == (try expected.integers(column)))
        let reachability = try expected.doubles("reachability")
        for (index, cluster) in found.clusters.enumerated() {
            let largest = try #require(reachability[cluster.positions.dropFirst()].max())
            #expect(abs(cluster.largestInnerReachability.value - largest) < 1e-9 * largest)
            let holders = hierarchy.indices.filter {
                $0 != index && hierarchy[$0][0] <= hierarchy[index][0] && hierarchy[$0][1] >= hierarchy[index][1]
            }
            #expect(
                cluster.parent
                    == holders.min { hierarchy[$0][1] - hierarchy[$0][0] < hierarchy[$1][1] - hierarchy[$1][0] })
            #expect(found.levels()[index] == holders.count)
        }
    }
}
