import RealModule

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

    /// The vector from the center of the sphere to a place in degrees.
    public static func unitVector(longitude: Double, latitude: Double) -> SIMD3<Double> {
        let (lambda, phi) = (longitude * (.pi / 180), latitude * (.pi / 180))
        return SIMD3(.cos(phi) * .cos(lambda), .cos(phi) * .sin(lambda), .sin(phi))
    }
}
