/// The distance kernels of `CDistanceKernels` once more, in plain Swift and in three dimensions (z = 0 in the plane): what
/// they must compute, to the last bit.
///
/// They say what the C code means and are what it is tested against; nothing calls them for speed.
public enum ReferenceKernels {
    /// A point, or the columns of many.
    public typealias Columns = (x: [Double], y: [Double], z: [Double])

    /// The squared distance of a point to point i, summed in the order of the kernels.
    public static func squaredDistance(_ p: (Double, Double, Double), _ points: Columns, _ i: Int) -> Double {
        let (dx, dy, dz) = (points.x[i] - p.0, points.y[i] - p.1, points.z[i] - p.2)
        return (dx * dx + dy * dy) + dz * dz
    }

    /// Positions of the points within reach.
    public static func within(_ p: (Double, Double, Double), _ points: Columns, limit: Double) -> [Int] {
        points.x.indices.filter { squaredDistance(p, points, $0) <= limit }
    }

    /// The weight of the points within reach: point i adds to lane i mod 8, and lanes are added in pairs.
    public static func weight(
        _ p: (Double, Double, Double), _ points: Columns, weights: [Double], limit: Double
    ) -> Double {
        var lane = [Double](repeating: 0, count: 8)
        for i in points.x.indices where squaredDistance(p, points, i) <= limit { lane[i % 8] += weights[i] }
        return ((lane[0] + lane[1]) + (lane[2] + lane[3])) + ((lane[4] + lane[5]) + (lane[6] + lane[7]))
    }
}
