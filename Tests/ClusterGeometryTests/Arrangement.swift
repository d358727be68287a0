import FirmModel

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Random places in the arrangements that break disc unions, around somewhere on the sphere or in the plane.
struct Arrangement: CustomStringConvertible {
    enum Pattern: CaseIterable { case uniform, towns, lattice, tightLattice, doubles, line, ring, speck }
    enum Site: CaseIterable { case plane, farPlane, town, antimeridian, northPole, southPole, highLatitude }

    let pattern: Pattern
    let site: Site
    let radius: Double
    let seed: UInt64
    let frame: CoordinateFrame
    let centers: [Coordinate]

    var description: String { "\(pattern) at \(site), r \(radius) m, \(centers.count) centers, seed \(seed)" }

    init(_ pattern: Pattern, at site: Site, radius: Double, seed: UInt64) {
        var stream = RandomStream(seed: seed)
        let count = 1 + Int(stream.nextUnit() * 80)
        // In radii; extents from everything overlapping to mostly apart.
        let extent = 1 + stream.nextUnit() * 14
        var offsets: [(Double, Double)] = []
        switch pattern {
        case .uniform, .doubles:
            offsets = (0..<count).map { _ in (stream.nextUnit() * extent, stream.nextUnit() * extent) }
            if pattern == .doubles {
                offsets += offsets.map { ($0 + 1e-7 * stream.nextUnit(), $1 - 1e-7 * stream.nextUnit()) }
                offsets += offsets.prefix(10)
            }
        case .speck:
            // Down to where coordinates run out of digits.
            let size = pow(10, -1 - 13 * stream.nextUnit())
            offsets = (0..<count).map { _ in (stream.nextUnit() * size, stream.nextUnit() * size) }
        case .towns:
            for _ in 0..<4 {
                let (x, y) = (stream.nextUnit() * extent, stream.nextUnit() * extent)
                for _ in 0..<1 + count / 4 {
                    offsets.append((x + 0.7 * stream.nextUnit(), y + 0.7 * stream.nextUnit()))
                }
            }
        case .lattice, .tightLattice:
            // Spacings at which circles touch, or meet in one point by threes and fours.
            let spacings = pattern == .lattice ? [2, 2.0.squareRoot(), 3.0.squareRoot(), 1.9] : [1, 0.5, 0.25, 0.8]
            let spacing = spacings[Int(stream.nextUnit() * 4)]
            for row in 0..<6 {
                for column in 0..<Int(2 + stream.nextUnit() * 6) {
                    offsets.append((Double(column) * spacing, Double(row) * spacing))
                }
            }
        case .line:
            let slope = stream.nextUnit() < 0.5 ? 0 : stream.nextUnit()
            offsets = (0..<count).map { _ in stream.nextUnit() * extent }.map { ($0, slope * $0) }
        case .ring:
            let (size, around) = (1.2 + stream.nextUnit() * 4, 5 + count / 3)
            offsets = (0..<around).map {
                let angle = Double($0) / Double(around) * 2 * .pi
                return (size * cos(angle), size * sin(angle))
            }
        }
        self.pattern = pattern
        self.site = site
        self.radius = radius
        self.seed = seed
        let degrees = radius / (Sphere.radius * .pi / 180)
        let (longitude, latitude) =
            switch site {
            case .plane, .farPlane: (0.0, 0.0)
            case .town: (120.7 + stream.nextUnit(), 27.9)
            case .antimeridian: (180 - 4 * degrees * stream.nextUnit(), -17.0)
            case .northPole: (0.0, 90.0)
            case .southPole: (0.0, -90.0)
            case .highLatitude: (15.6, 78.2)
            }
        switch site {
        case .plane, .farPlane:
            frame = .local
            let origin = site == .plane ? 0.0 : 4_321_000
            centers = offsets.map { Coordinate(x: origin + $0 * radius, y: origin / 2 + $1 * radius) }
        case .northPole, .southPole:
            frame = .geographic
            let (x0, y0) = (extent * stream.nextUnit(), extent * stream.nextUnit())
            centers = offsets.map { offset in
                let (x, y) = (offset.0 - x0, offset.1 - y0)
                let away = min(170, hypot(x, y) * degrees)
                return Coordinate(
                    longitude: atan2(y, x) * 180 / .pi, latitude: latitude > 0 ? 90 - away : away - 90)
            }
        case .town, .antimeridian, .highLatitude:
            frame = .geographic
            centers = offsets.map { offset in
                let y = max(-89.9, min(89.9, latitude + offset.1 * degrees))
                let x = longitude + offset.0 * degrees / cos(latitude * .pi / 180)
                return Coordinate(longitude: x - 360 * (x / 360).rounded(), latitude: y)
            }
        }
    }

    static let radii: [Double] = [1, 30, 500, 20_000, 100_000, 500_000]
}
