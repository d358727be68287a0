import FirmModel
import RealModule

extension DiscCoverage {
    /// Whether the site at (x, y) is within the radius of any center: by squared distance, computed as the kernels do.
    func covers(_ x: Double, _ y: Double, around centers: UnsafePointer<Int32>, in range: Range<Int>) -> Bool {
        switch sites.metric {
        case .plane:
            return range.contains { i in
                let center = Int(centers[i])
                let (dx, dy) = (sites.x[center] - x, sites.y[center] - y)
                return dx * dx + dy * dy <= limit
            }
        case .sphere:
            let place = UnitVectors.vector(longitude: x, latitude: y)
            return range.contains { i in
                let d = sites.vector(Int(centers[i])) - place
                return (d.x * d.x + d.y * d.y) + d.z * d.z <= limit
            }
        }
    }

    /// Half the widths in longitude that a disc around a center at latitude `y` surely and possibly has at all (at any)
    /// latitudes of a row, on ground of any curvature; NaN where it has nothing, 360 where it
    /// goes around a pole.
    func widths(of y: Double, from bottom: Double, to top: Double) -> (sure: Double, possible: Double) {
        let (nearest, farthest) = (max(0, bottom - y, y - top), max(top - y, y - bottom))
        let row = Self.cosines(from: bottom, to: top)
        let cosine = max(0, Double.cos(y * (.pi / 180)))
        return (
            Self.width(sureLimit, gap: farthest, cosines: row.largest * cosine * (1 + 1e-12)),
            Self.width(possibleLimit, gap: nearest, cosines: row.smallest * cosine * (1 - 1e-12))
        )
    }

    /// hav d = hav Δφ + cos φ₁ cos φ₂ hav Δλ, solved for Δλ in degrees.
    private static func width(_ limit: Double, gap: Double, cosines: Double) -> Double {
        let radians = Double.pi / 180
        let gapSine = Double.sin(min(gap, 180) * (radians / 2))
        let remainder = limit * (radians * radians / 4) - gapSine * gapSine
        guard limit >= 0, remainder >= 0 else { return .nan }
        guard remainder < cosines else { return 360 }
        return 2 * Double.asin((remainder / cosines).squareRoot()) / radians
    }
}
