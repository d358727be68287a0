import RealModule

/// Which discs may reach the convex hull of all: those whose centers lie near the outside of the centers' own hull.
///
/// The polygon of the farthest centers in some directions lies inside that hull, so that what is deep inside of the
/// polygon is deep inside of the hull. Few of the discs on the boundary pass, and no sorting is needed to find them.
struct OuterDiscs {
    /// Corners of the polygon, counter-clockwise.
    private var corners: [SIMD2<Double>] = []
    /// The inward normal of the edge from each corner to the next.
    private var normals: [SIMD2<Double>] = []
    private let depth: Double

    private static let directions = (0..<16).map { index in
        let angle = Double(index) * (2 * .pi / 16)
        return SIMD2(Double.cos(angle), Double.sin(angle))
    }

    /// - Parameters:
    ///   - centers: on a map.
    ///   - depth: how far inside of the hull of the centers no disc matters, in the unit of the map.
    init(_ centers: [SIMD2<Double>], depth: Double) {
        self.depth = depth
        for direction in Self.directions {
            var farthest = (-Double.infinity, SIMD2<Double>.zero)
            for center in centers {
                let reach = center.x * direction.x + center.y * direction.y
                if reach > farthest.0 { farthest = (reach, center) }
            }
            if farthest.1 != corners.last, farthest.1 != corners.first { corners.append(farthest.1) }
        }
        for (index, corner) in corners.enumerated() {
            let edge = corners[(index + 1) % corners.count] - corner
            let length = (edge * edge).sum().squareRoot()
            normals.append(length > 0 ? SIMD2(-edge.y, edge.x) / length : .zero)
        }
    }

    func contains(_ center: SIMD2<Double>) -> Bool {
        for index in corners.indices where (normals[index] * (center - corners[index])).sum() <= depth { return true }
        return corners.isEmpty
    }
}
