import SpatialIndex

/// What distances between sites are computed from: x and y in the plane, unit vectors on the sphere.
struct SiteVectors: Sendable {
    let first: [Double]
    let second: [Double]
    /// Empty in the plane.
    let third: [Double]

    init(_ sites: Sites) {
        switch sites.metric {
        case .plane: (first, second, third) = (sites.x, sites.y, [])
        case .sphere:
            var columns: ([Double], [Double], [Double]) = ([], [], [])
            for site in 0..<sites.count {
                let vector = sites.vector(site)
                columns.0.append(vector.x)
                columns.1.append(vector.y)
                columns.2.append(vector.z)
            }
            (first, second, third) = columns
        }
    }

    /// The squared distance of a site from a center, to the last bit as when all are written.
    func squaredDistance(from center: Int, to site: Int) -> Double {
        let (dx, dy) = (first[site] - first[center], second[site] - second[center])
        guard !third.isEmpty else { return dx * dx + dy * dy }
        let dz = third[site] - third[center]
        return (dx * dx + dy * dy) + dz * dz
    }

    /// Writes the squared distance of every site from a center, summed in the order of the distance kernels, and returns the
    /// largest.
    func writeSquaredDistances(from center: Int, to squared: UnsafeMutablePointer<Double>) -> Double {
        first.withUnsafeBufferPointer { first in
            second.withUnsafeBufferPointer { second in
                third.withUnsafeBufferPointer { third in
                    var largest = 0.0
                    let (a, b) = (first[center], second[center])
                    if third.isEmpty {
                        for site in 0..<first.count {
                            let (dx, dy) = (first[site] - a, second[site] - b)
                            squared[site] = dx * dx + dy * dy
                            largest = largest > squared[site] ? largest : squared[site]
                        }
                    } else {
                        let c = third[center]
                        for site in 0..<first.count {
                            let (dx, dy, dz) = (first[site] - a, second[site] - b, third[site] - c)
                            squared[site] = (dx * dx + dy * dy) + dz * dz
                            largest = largest > squared[site] ? largest : squared[site]
                        }
                    }
                    return largest
                }
            }
        }
    }
}
