import DensityClustering
import FirmClustersTestSupport
import FirmModel
import Foundation
import ParallelWork
import SpatialIndex
import Testing

@Suite struct KDistanceCurveTests {
    struct Expected: Decodable {
        var maxChordEps: Double
        var sortedKdist: [Double]
    }

    /// Against distances by scikit-learn and the chord computed beside them.
    @Test(arguments: [3, 4, 5, 8]) func agreesWithGoldenCurves(k: Int) throws {
        let table = try GoldenTable("density_points.csv")
        let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Golden/kdist_kneedle_expected.json")
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        let expected = try #require(
            decoder.decode([String: Expected].self, from: Data(contentsOf: url))[String(k)])
        let (x, y) = (try table.doubles("x"), try table.doubles("y"))
        let register = try FirmRegister(frame: .local, x: x, y: y, industry: CategoryColumn(x.map { _ in "1" }))
        let sites = try Sites(register)
        let firms = (0..<sites.count).map { sites.firmStarts[$0 + 1] - sites.firmStarts[$0] }
        let curve = try KDistanceCurve(
            of: .allFirms(of: sites), in: sites, firms: firms, minimumWeight: Double(k + 1), workers: Workers())
        #expect(curve.distances.count == expected.sortedKdist.count)
        for (found, theirs) in zip(curve.distances, expected.sortedKdist) { #expect(abs(found.value - theirs) < 1e-5) }
        let knee = try #require(curve.chordKnee)
        #expect(abs(knee.value - expected.maxChordEps) < 1e-6)
    }

    @Test func curvesWithoutAKnee() {
        #expect(KDistanceCurve(ascending: [0, 0, 0]).chordKnee == nil)
        #expect(KDistanceCurve(ascending: []).chordKnee == nil)
        #expect(KDistanceCurve(ascending: [Meters(.infinity)]).chordKnee == nil)
        #expect(KDistanceCurve(ascending: [7, 7, 7]).chordKnee == 7)
        // The bend is at 0, which is no radius: the next positive distance furthest below the chord is taken.
        #expect(KDistanceCurve(ascending: [0, 0, 0, 0, 5, 100, 300]).chordKnee == 5)
    }
}
