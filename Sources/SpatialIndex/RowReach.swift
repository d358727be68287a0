import FirmModel
import RealModule

/// How far apart in x two sites in given rows can be and still lie within a radius of each other.
struct RowReach {
    let metric: Metric
    let rowHeight: Double
    let radius: Meters
    /// Rows further apart than this hold no two sites within the radius.
    let rows: Int

    /// In the plane, for rows so many apart what ``widest(apart:cosines:)`` says of any two of them.
    private var planarWidths: [Double?] = []
    /// On the sphere, sin²(Δφ/2) of the least difference in latitude between rows so many apart.
    private let verticalParts: [Double]
    /// sin²(r/2R); infinite from half the circumference on.
    private let radiusPart: Double

    // Rounding of coordinates and rows moves places by less than this, in meters or degrees. Bounds are widened by it;
    // the kernels decide.
    private var slack: Double { metric == .plane ? 1e-6 : 1e-11 }

    init(metric: Metric, rowHeight: Double, radius: Meters) {
        self.metric = metric
        self.rowHeight = rowHeight
        self.radius = radius
        let height = metric.rowHeight(radius)
        let rows = ((height + (metric == .plane ? 1e-6 : 1e-11)) / rowHeight).rounded(.down) + 1
        self.rows = Int(min(rows, 1e15))
        let half = radius.value / (2 * Sphere.radius)
        radiusPart = half < .pi / 2 ? Self.squaredSine(half) : .infinity
        verticalParts =
            metric == .plane || self.rows > 64
            ? []
            : (0...self.rows).map {
                Self.squaredSine(max(0, Double($0 - 1) * rowHeight - 1e-11) * (.pi / 360))
            }
        if metric == .plane, self.rows <= 64 { planarWidths = (0...self.rows).map { planarWidth(apart: $0) } }
    }

    private func planarWidth(apart: Int) -> Double? {
        let gap = max(0, Double(apart - 1) * rowHeight - slack)
        guard gap <= radius.value else { return nil }
        return (radius.value * radius.value - gap * gap).squareRoot() * (1 + 1e-12) + slack
    }

    private static func squaredSine(_ angle: Double) -> Double {
        let sine = Double.sin(angle)
        return sine * sine
    }

    /// An upper bound on |x₁ − x₂|, in meters or degrees of longitude, for sites in rows so many apart within the radius of
    /// each other; nil when there can be none, infinite when any longitude may do.
    ///
    /// - Parameter product: of ``smallestCosine(_:)`` of both rows; not looked at in the plane.
    func widest(apart: Int, cosines product: Double) -> Double? {
        switch metric {
        case .plane: return apart < planarWidths.count ? planarWidths[apart] : planarWidth(apart: apart)
        case .sphere:
            let gap = max(0, Double(apart - 1) * rowHeight - slack)
            // From hav d = hav Δφ + cos φ₁ cos φ₂ hav Δλ with the least Δφ and cosines the rows allow.
            let vertical = apart < verticalParts.count ? verticalParts[apart] : Self.squaredSine(gap * (.pi / 360))
            let remainder = radiusPart - vertical
            guard remainder >= 0 else { return nil }
            guard product > 0, remainder < product else { return .infinity }
            let sine = (remainder / product).squareRoot()
            // asin t ≤ t + (π/2 − 1) t³ on 0...1: no need to be exact, and far quicker.
            let arc = sine + (.pi / 2 - 1) * sine * sine * sine
            return 2 * arc * (180 / .pi) * (1 + 1e-12) + slack
        }
    }

    /// The smallest cosine of a latitude in a row: 0 when the row reaches a pole.
    func smallestCosine(_ row: Int) -> Double {
        let edge = max(abs(Double(row)), abs(Double(row + 1))) * rowHeight + slack
        return edge >= 90 ? 0 : .cos(edge * (.pi / 180))
    }
}
