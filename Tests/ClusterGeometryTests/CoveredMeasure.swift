import FirmModel

@testable import ClusterGeometry

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The area of a disc union by brute force: strips across, and in each the merged intervals that discs cover.
enum CoveredMeasure {
    static func area(_ centers: [Coordinate], radius: Double, frame: CoordinateFrame, strips: Int = 2000) -> Double {
        frame.isGeographic
            ? onSphere(centers, radius: radius, strips: strips) : inPlane(centers, radius: radius, strips: strips)
    }

    private static func inPlane(_ centers: [Coordinate], radius: Double, strips: Int) -> Double {
        guard let lowest = centers.map(\.y).min(), let highest = centers.map(\.y).max() else { return 0 }
        let height = (highest - lowest + 2 * radius) / Double(strips)
        return (0..<strips).reduce(0.0) { sum, strip in
            let y = lowest - radius + (Double(strip) + 0.5) * height
            let intervals = centers.compactMap { center -> (Double, Double)? in
                let half = (radius * radius - (y - center.y) * (y - center.y))
                return half > 0 ? (center.x - half.squareRoot(), center.x + half.squareRoot()) : nil
            }
            return sum + height * merged(intervals)
        }
    }

    private static func onSphere(_ centers: [Coordinate], radius: Double, strips: Int) -> Double {
        let angle = radius / Sphere.radius
        let degree = Double.pi / 180
        let latitudes = centers.map { $0.latitude * degree }
        guard let south = latitudes.min(), let north = latitudes.max() else { return 0 }
        let lowest = max(-Double.pi / 2, south - angle)
        let highest = min(Double.pi / 2, north + angle)
        let height = (highest - lowest) / Double(strips)
        let sum = (0..<strips).reduce(0.0) { sum, strip in
            let latitude = lowest + (Double(strip) + 0.5) * height
            var intervals: [(Double, Double)] = []
            for (index, center) in centers.enumerated() {
                let other = latitudes[index]
                // cos d − cos ρ over half versines, which do not cancel for small discs.
                let offset = sin((latitude - other) / 2)
                let limit = sin(angle / 2)
                let haversine = (limit * limit - offset * offset) / (cos(latitude) * cos(other))
                if haversine <= 0 { continue }
                let half = haversine >= 1 ? Double.pi : 2 * asin(haversine.squareRoot())
                let start = center.longitude * degree - half
                for turn in [-2 * Double.pi, 0, 2 * Double.pi] {
                    let from = max(-Double.pi, start + turn)
                    let to = min(Double.pi, start + 2 * half + turn)
                    if from < to { intervals.append((from, to)) }
                }
            }
            return sum + height * cos(latitude) * merged(intervals)
        }
        return sum * Sphere.radius * Sphere.radius
    }

    private static func merged(_ intervals: [(Double, Double)]) -> Double {
        var total = 0.0
        var reached = -Double.infinity
        for (from, to) in intervals.sorted(by: { $0.0 < $1.0 }) where to > reached {
            total += to - max(from, reached)
            reached = to
        }
        return total
    }
}

/// The distance in meters.
func distance(_ a: Coordinate, _ b: Coordinate, in frame: CoordinateFrame) -> Double {
    guard frame.isGeographic else { return hypot(a.x - b.x, a.y - b.y) }
    let step = unitVector(b) - unitVector(a)
    return 2 * Sphere.radius * asin(min(1, dot(step, step).squareRoot() / 2))
}

/// Whether a point lies inside a footprint, by counting crossings.
func contains(_ footprint: Footprint, _ point: Coordinate) -> Bool {
    footprint.polygons.contains { polygon in
        isInside(polygon.shell, point) && !polygon.holes.contains { isInside($0, point) }
    }
}

private func isInside(_ ring: [Coordinate], _ point: Coordinate) -> Bool {
    var inside = false
    for index in ring.indices.dropFirst() {
        let (a, b) = (ring[index - 1], ring[index])
        if (a.y <= point.y) != (b.y <= point.y),
            point.x < a.x + (point.y - a.y) / (b.y - a.y) * (b.x - a.x)
        {
            inside.toggle()
        }
    }
    return inside
}
