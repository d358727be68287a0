public import ParallelWork
import RealModule

/// Vectors from the center of the sphere to places on it, of length 1, as three columns.
public struct UnitVectors: Sendable {
    /// cos φ cos λ.
    public let x: [Double]
    /// cos φ sin λ.
    public let y: [Double]
    /// sin φ.
    public let z: [Double]

    /// The number of vectors.
    public var count: Int { x.count }

    init() { (x, y, z) = ([], [], []) }

    /// x = cos φ cos λ, y = cos φ sin λ, z = sin φ for longitudes λ and latitudes φ in degrees.
    public init(longitudes: [Double], latitudes: [Double], workers: Workers) throws {
        let count = longitudes.count
        var (ys, zs): ([Double], [Double]) = ([], [])
        x = try [Double](count: count) { vx in
            ys = try [Double](count: count) { vy in
                zs = try [Double](count: count) { vz in
                    try workers.forEach(in: 0..<count, grain: 1 << 14) { range, _ in
                        for i in range {
                            (vx[i], vy[i], vz[i]) = Self.vector(longitude: longitudes[i], latitude: latitudes[i])
                        }
                    }
                }
            }
        }
        (y, z) = (ys, zs)
    }

    /// The vector to one place, in degrees.
    public static func vector(longitude: Double, latitude: Double) -> (x: Double, y: Double, z: Double) {
        let (lambda, phi) = (longitude * (.pi / 180), latitude * (.pi / 180))
        let cosPhi = Double.cos(phi)
        return (cosPhi * .cos(lambda), cosPhi * .sin(lambda), .sin(phi))
    }
}
