import FirmModel
import RealModule

/// Discs on the sphere: everything within the arc length r of a center, ρ = r / R as an angle.
///
/// With d the angle between two centers, the neighbor covers the circle within α of its direction,
/// cos α = tan(d/2) / tan ρ: the planar d / 2r bent.
struct SphericalDiscs: DiscSurface {
    typealias Point = SIMD3<Double>

    /// A center with its east and north.
    struct View {
        let center: Point
        let east: Point
        let north: Point
    }

    /// Unit vectors of ``DistinctCenters`` in a frame.
    let centers: UnsafeBufferPointer<Point>
    let frame: SphereFrame
    /// ρ.
    let angle: Double
    private let sine: Double
    private let cosine: Double
    private let halfOverTangent: Double
    private let sectorScale: Double
    /// Whether edges of arcs, straight in longitude and latitude, leave the ground's straight lines by less than a
    /// thousandth of the radius: by ℓ² tan φ / 8 for edges of length ℓ ≤ 0.4 ρ.
    private let isDrawnStraight: Bool

    init(centers: UnsafeBufferPointer<Point>, frame: SphereFrame, angle: Double) {
        self.centers = centers
        self.frame = frame
        self.angle = angle
        sine = .sin(angle)
        cosine = .cos(angle)
        halfOverTangent = 0.5 / .tan(angle)
        isDrawnStraight = frame.isClose && frame.tangentOfFarthestLatitude * angle < 0.05
        // sin d = (1 + cos d) tan(d/2), and neighbors have 1 + cos d ≥ 2 cos² ρ: dividing by that bound instead of
        // the true 1 + cos d makes a neighbor look at most 1 / cos² ρ too far away.
        sectorScale = 1 / (sine * cosine)
    }

    /// Beyond 318 km neighbors would look too much too far away; below 0.6 mm directions are lost in rounding.
    var usesSectors: Bool { angle <= 0.05 && angle >= 1e-10 }
    var pointRadius: Double { sine }

    @inline(__always)
    func center(_ disc: Int) -> Point { centers[disc] }

    func place(_ point: Point) -> Coordinate { frame.place(point) }

    @inline(__always)
    func view(_ disc: Int) -> View {
        let center = centers[disc]
        let fromAxis = (center.x * center.x + center.y * center.y).squareRoot()
        let cosLongitude = fromAxis > 0 ? center.x / fromAxis : 1
        let sinLongitude = fromAxis > 0 ? center.y / fromAxis : 0
        return View(
            center: center, east: Point(-sinLongitude, cosLongitude, 0),
            north: Point(-center.z * cosLongitude, -center.z * sinLongitude, fromAxis))
    }

    @inline(__always)
    func offset(from view: View, to other: Int) -> (east: Double, north: Double) {
        let step = centers[other] - view.center
        return (dot(step, view.east) * sectorScale, dot(step, view.north) * sectorScale)
    }

    @inline(__always)
    func bearing(from view: View, to other: Int) -> Bearing {
        let step = centers[other] - view.center
        // tan(d/2) sin d = 2 sin²(d/2), and the chord is 2 sin(d/2).
        return Bearing(
            step: SIMD2(dot(step, view.east), dot(step, view.north)), least: dot(step, step) * halfOverTangent)
    }

    @inline(__always)
    func point(on view: View, towards direction: SIMD2<Double>) -> Point {
        view.center * cosine + (view.east * direction.x + view.north * direction.y) * sine
    }

    var squaredReach: Double {
        let chord = 2 * Double.sin(angle / 2)
        return chord * chord
    }

    func crossing(from disc: Int, into other: Int) -> Point {
        let sum = centers[disc] + centers[other]
        let step = centers[other] - centers[disc]
        let chord = dot(step, step)
        let cosineOfHalf = 0.5 * dot(sum, sum).squareRoot()
        // sin²ρ − sin²(d/2) rather than 1 − cos²ρ / cos²(d/2), which cancels for small discs.
        let height = max(0, sine * sine - 0.25 * chord).squareRoot() / cosineOfHalf
        let left = cross(sum, step)
        let length = dot(left, left).squareRoot()
        return sum * (cosine / (2 * cosineOfHalf * cosineOfHalf)) - left * (height / length)
    }

    func circleStart(_ disc: Int) -> Point {
        let view = view(disc)
        return view.center * cosine + view.east * sine
    }

    func squaredDistance(_ a: Point, _ b: Point) -> Double {
        let step = b - a
        return dot(step, step)
    }

    func sweepKey(_ point: Point) -> Double { point.x }

    var discArea: Double {
        let half = Double.sin(angle / 2)
        return 4 * Double.pi * half * half
    }

    func area(of arc: BoundaryArc, from start: Point, to end: Point) -> Double {
        let half = Double.sin(angle / 2)
        let sector = arc.width * 2 * half * half
        return sector - sphericalTriangleArea(centers[Int(arc.disc)], start, end)
            + sphericalTriangleArea(centers[0], start, end)
    }

    func squareMeters(_ sum: Double) -> Double {
        // Triangles with a fixed point know an area up to whole spheres.
        let sphere = 4 * Double.pi
        let area = sum - sphere * (sum / sphere).rounded(.down)
        return area * Sphere.radius * Sphere.radius
    }

    func sample(_ arc: BoundaryArc, from start: Point, sagitta: Double, into ring: inout [Coordinate]) {
        let view = view(Int(arc.disc))
        let pieces = max(1, Int((arc.width / (2 * Double.acos(1 - sagitta))).rounded(.up)))
        if isDrawnStraight { return sample(arc, view, from: start, pieces: pieces, into: &ring) }
        func point(at angle: Double) -> Coordinate {
            let along = view.east * .cos(angle) + view.north * .sin(angle)
            return frame.place(view.center * cosine + along * sine)
        }
        // Edges are drawn straight in longitude and latitude, which bends them on the ground: near a pole, or for
        // discs of continental size, by more than allowed.
        func bends(_ from: Coordinate, _ to: Coordinate) -> Bool {
            let turn = longitudeStep(from: from.x, to: to.x)
            let middle = frame.vector(Coordinate(x: from.x + turn / 2, y: (from.y + to.y) / 2))
            let chord = squaredDistance(middle, view.center).squareRoot()
            return abs(2 * Double.asin(min(1, chord / 2)) - angle) > sagitta * angle
        }
        func append(_ from: Coordinate, _ startAngle: Double, _ to: Coordinate, _ endAngle: Double, depth: Int) {
            guard depth < 16, bends(from, to) else { return ring.append(from) }
            let middleAngle = 0.5 * (startAngle + endAngle)
            let middle = point(at: middleAngle)
            append(from, startAngle, middle, middleAngle, depth: depth + 1)
            append(middle, middleAngle, to, endAngle, depth: depth + 1)
        }
        var from = frame.place(start)
        var fromAngle = arc.start
        for piece in 1...pieces {
            let toAngle = arc.start + arc.width * (Double(piece) / Double(pieces))
            let to = point(at: toAngle)
            append(from, fromAngle, to, toAngle, depth: 0)
            (from, fromAngle) = (to, toAngle)
        }
    }

    /// Where edges bend too little to matter: points by turning the first one on.
    private func sample(_ arc: BoundaryArc, _ view: View, from start: Point, pieces: Int, into ring: inout [Coordinate])
    {
        ring.append(frame.place(start))
        guard pieces > 1 else { return }
        let turn = arc.width / Double(pieces)
        let (cosTurn, sinTurn) = (Double.cos(turn), Double.sin(turn))
        let center = view.center * cosine
        let step = start - center
        var (east, north) = (dot(step, view.east), dot(step, view.north))
        for _ in 1..<pieces {
            (east, north) = (east * cosTurn - north * sinTurn, east * sinTurn + north * cosTurn)
            ring.append(frame.place(center + view.east * east + view.north * north))
        }
    }
}
