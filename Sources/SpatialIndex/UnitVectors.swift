import CDistanceKernels

/// Vectors from the center of the sphere to places on it, of length 1: what distances on the sphere are computed from.
public enum UnitVectors {
    /// x = cos φ cos λ, y = cos φ sin λ, z = sin φ for longitude λ and latitude φ in degrees.
    ///
    /// The same bits as in the columns that neighbor search uses, on every processor.
    public static func vector(longitude: Double, latitude: Double) -> SIMD3<Double> {
        var (x, y, z) = (0.0, 0.0, 0.0)
        var (longitude, latitude) = (longitude, latitude)
        unit_vectors(&longitude, &latitude, 1, &x, &y, &z)
        return SIMD3(x, y, z)
    }

    /// Columns of x, y and z for places in degrees.
    static func columns(longitudes: [Double], latitudes: [Double]) -> [[Double]] {
        let count = longitudes.count
        var (x, y, z) = ([Double](repeating: 0, count: count), [Double](repeating: 0, count: count), latitudes)
        z.withUnsafeMutableBufferPointer { z in
            guard let base = z.baseAddress else { return }
            unit_vectors(longitudes, base, count, &x, &y, base)
        }
        return [x, y, z]
    }
}
