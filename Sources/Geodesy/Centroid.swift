public import FirmModel
import RealModule

/// The middle of places.
public enum Centroid {
    /// The weighted mean of places: on the sphere the direction of the mean of their unit vectors, else the mean of x and
    /// of y.
    ///
    ///     c = Σ wᵢ pᵢ / Σ wᵢ
    ///
    /// - Parameters:
    ///   - weights: a weight for each place, at least 0 (firms at a site); nil for 1 each.
    /// - Returns: nil when there is nothing to take the mean of, and on the sphere when the places balance out (two
    ///   antipodes, a full circle), so that no direction is left.
    public static func of(_ places: [Coordinate], weights: [Double]? = nil, in frame: CoordinateFrame) -> Coordinate? {
        precondition(weights.map { $0.count == places.count } ?? true, "a weight for each place")
        let total = weights?.reduce(0, +) ?? Double(places.count)
        guard total > 0 else { return nil }
        return frame.isGeographic
            ? onSphere(places, weights, total: total) : inPlane(places, weights, total: total)
    }

    private static func onSphere(_ places: [Coordinate], _ weights: [Double]?, total: Double) -> Coordinate? {
        var sum = SIMD3<Double>.zero
        for (index, place) in places.enumerated() { sum += unitVector(place) * (weights?[index] ?? 1) }
        return direction(ofSum: sum, total: total)
    }

    /// The place in the direction of a sum of weighted unit vectors, as ``of(_:weights:in:)`` gives it; for callers that
    /// have the vectors.
    ///
    /// - Parameter total: the sum of the weights.
    /// - Returns: nil when the vectors balance out.
    public static func direction(ofSum sum: SIMD3<Double>, total: Double) -> Coordinate? {
        let length = (sum * sum).sum().squareRoot()
        // Below this the direction is that of rounding errors.
        guard length > 1e-12 * total else { return nil }
        let fromAxis = (sum.x * sum.x + sum.y * sum.y).squareRoot()
        return Coordinate(
            longitude: .atan2(y: sum.y, x: sum.x) * (180 / .pi), latitude: .atan2(y: sum.z, x: fromAxis) * (180 / .pi)
        ).normalized(in: .geographic)
    }

    private static func inPlane(_ places: [Coordinate], _ weights: [Double]?, total: Double) -> Coordinate {
        // About the first place, so that distant coordinates keep their digits.
        let origin = places[0]
        var (x, y) = (0.0, 0.0)
        for (index, place) in places.enumerated() {
            let weight = weights?[index] ?? 1
            x += weight * (place.x - origin.x)
            y += weight * (place.y - origin.y)
        }
        return Coordinate(x: origin.x + x / total, y: origin.y + y / total)
    }
}
