import DensityClustering
import FirmClustersTestSupport
import FirmModel
import Foundation
import Testing

@Suite struct KneedleTests {
    private static func golden<Value: Decodable>(_ name: String, as type: Value.Type) throws -> Value {
        let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Golden/\(name)")
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(type, from: Data(contentsOf: url))
    }

    struct Figure: Decodable {
        var x: [Double]
        var y: [Double]
        var kneeX: Double
        var kneeY: Double
    }

    /// The curve of figure 2 of the paper.
    @Test func agreesWithThePaper() throws {
        let figure = try Self.golden("kneedle_figure2.json", as: Figure.self)
        let knee = try #require(Kneedle(.concave).knee(x: figure.x, y: figure.y))
        #expect(figure.x[knee] == figure.kneeX)
        #expect(figure.y[knee] == figure.kneeY)
        // Turned by half a circle it is convex, and the knee is the same point.
        let turned = Kneedle(.convex).knee(x: figure.x.reversed().map { -$0 }, y: figure.y.reversed().map { -$0 })
        #expect(turned == figure.x.count - 1 - knee)
    }

    struct Curve: Decodable {
        var bend: String
        var sensitivity: Double
        var x: [Double]
        var y: [Double]
        var knee: Int?
    }

    /// Knees found by kneed 0.9.0 on random curves, among them plateaus, steps and such that bend the wrong way.
    @Test func agreesWithKneed() throws {
        let curves = try Self.golden("kneedle_random_curves.json", as: [Curve].self)
        #expect(curves.count > 100)
        for (index, curve) in curves.enumerated() {
            let kneedle = Kneedle(curve.bend == "convex" ? .convex : .concave, sensitivity: curve.sensitivity)
            #expect(kneedle.knee(x: curve.x, y: curve.y) == curve.knee, "curve \(index)")
            // Slices have indices of their own.
            let (x, y) = ([-1] + curve.x, [7] + curve.y)
            #expect(kneedle.knee(x: x.dropFirst(), y: y.dropFirst()) == curve.knee, "curve \(index)")
        }
    }

    @Test func curvesWithoutAKnee() {
        for bend in Kneedle.Bend.allCases {
            #expect(Kneedle(bend).knee(x: [], y: []) == nil)
            #expect(Kneedle(bend).knee(x: [1], y: [1]) == nil)
            #expect(Kneedle(bend).knee(x: [0, 1, 2], y: [5, 5, 5]) == nil)
            #expect(Kneedle(bend).knee(x: [0, 1, 2, 4], y: [0, 1, 2, 4]) == nil)
        }
    }

    struct Expected: Decodable {
        var kneedleIndex: Int
        var kneedleEps: Double
        var sortedKdist: [Double]
    }

    /// Against kneed 0.9.0 on the k-distances of 240 firms.
    @Test(arguments: [3, 4, 5, 8]) func agreesWithGoldenCurves(k: Int) throws {
        let expected = try #require(
            Self.golden("kdist_kneedle_expected.json", as: [String: Expected].self)[String(k)])
        let curve = KDistanceCurve(ascending: expected.sortedKdist.map { Meters($0) })
        let places = (0..<curve.distances.count).map { Double($0) }
        #expect(Kneedle(.convex).knee(x: places, y: expected.sortedKdist) == expected.kneedleIndex)
        let knee = try #require(curve.kneedleKnee())
        #expect(abs(knee.value - expected.kneedleEps) < 1e-5)
    }

    @Test func distancesThatAreNoRadius() {
        #expect(KDistanceCurve(ascending: []).kneedleKnee() == nil)
        #expect(KDistanceCurve(ascending: [Meters(.infinity)]).kneedleKnee() == nil)
        #expect(KDistanceCurve(ascending: [0, 0, 0]).kneedleKnee() == nil)
        // The knee is where the zeros end.
        #expect(KDistanceCurve(ascending: [0, 0, 0, 0, 50, 100, 150, 200]).kneedleKnee() == nil)
        // Firms that never get enough neighbors are not part of the curve.
        let curve: [Meters] = [10, 10.5, 11, 12, 13, 14, 15, 100, 300]
        let knee = KDistanceCurve(ascending: curve).kneedleKnee()
        #expect(knee == 15)
        #expect(KDistanceCurve(ascending: curve + [Meters(.infinity), Meters(.infinity)]).kneedleKnee() == knee)
    }
}
