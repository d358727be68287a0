import FirmModel
import RealModule

extension DiscCoverage {
    /// Whether the site at (x, y) is within the radius of any center: by squared distance, computed as the kernels do.
    ///
    /// Few sites come here, so their numbers are looked up rather than kept beside the rows.
    func covers(_ x: Double, _ y: Double, around centers: UnsafePointer<Int32>, in range: Range<Int>) -> Bool {
        let place = Coordinate(x: x, y: y)
        let s = (0..<sites.count).partitioningIndex { sites.coordinate($0) >= place }
        switch sites.metric {
        case .plane:
            return range.contains { i in
                let center = Int(centers[i])
                let (dx, dy) = (sites.x[center] - sites.x[s], sites.y[center] - sites.y[s])
                return dx * dx + dy * dy <= limit
            }
        case .sphere:
            let vectors = sites.vectors
            return range.contains { i in
                let center = Int(centers[i])
                let (dx, dy) = (vectors.x[center] - vectors.x[s], vectors.y[center] - vectors.y[s])
                let dz = vectors.z[center] - vectors.z[s]
                return (dx * dx + dy * dy) + dz * dz <= limit
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
