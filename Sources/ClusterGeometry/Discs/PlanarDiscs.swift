import FirmModel
import RealModule

/// Discs in a plane measured in meters.
struct PlanarDiscs: DiscSurface {
    /// Relative to `origin`.
    let centers: UnsafeBufferPointer<SIMD2<Double>>
    let origin: SIMD2<Double>
    let radius: Double
    private let perRadius: Double

    init(centers: UnsafeBufferPointer<SIMD2<Double>>, origin: SIMD2<Double>, radius: Double) {
        self.centers = centers
        self.origin = origin
        self.radius = radius
        self.perRadius = 1 / radius
    }

    var usesSectors: Bool { true }
    var pointRadius: Double { radius }

    @inline(__always)
    func center(_ disc: Int) -> SIMD2<Double> { centers[disc] }

    func place(_ point: SIMD2<Double>) -> Coordinate { Coordinate(x: origin.x + point.x, y: origin.y + point.y) }

    @inline(__always)
    func view(_ disc: Int) -> SIMD2<Double> { centers[disc] }

    @inline(__always)
    func offset(from view: SIMD2<Double>, to other: Int) -> (east: Double, north: Double) {
        let step = centers[other] - view
        return (step.x * perRadius, step.y * perRadius)
    }

    @inline(__always)
    func bearing(from view: SIMD2<Double>, to other: Int) -> Bearing {
        let step = centers[other] - view
        return Bearing(step: step, least: (step * step).sum() * 0.5 * perRadius)
    }

    @inline(__always)
    func point(on view: SIMD2<Double>, towards direction: SIMD2<Double>) -> SIMD2<Double> { view + direction * radius }

    var squaredReach: Double { radius * radius }

    func crossing(from disc: Int, into other: Int) -> SIMD2<Double> {
        let middle = (centers[disc] + centers[other]) * 0.5
        let step = centers[other] - centers[disc]
        let squared = step.x * step.x + step.y * step.y
        let height = max(0, radius * radius / squared - 0.25).squareRoot()
        return SIMD2(middle.x + step.y * height, middle.y - step.x * height)
    }

    func circleStart(_ disc: Int) -> SIMD2<Double> { centers[disc] + SIMD2(radius, 0) }

    func squaredDistance(_ a: SIMD2<Double>, _ b: SIMD2<Double>) -> Double {
        let step = b - a
        return step.x * step.x + step.y * step.y
    }

    func sweepKey(_ point: SIMD2<Double>) -> Double { point.x }

    var discArea: Double { Double.pi * radius * radius }

    func area(of arc: BoundaryArc, from start: SIMD2<Double>, to end: SIMD2<Double>) -> Double {
        let triangle = start.x * end.y - start.y * end.x
        let segment = radius * radius * (arc.width - .sin(arc.width))
        return 0.5 * (triangle + segment)
    }

    func squareMeters(_ sum: Double) -> Double { sum }

    func sample(_ arc: BoundaryArc, from start: SIMD2<Double>, sagitta: Double, into ring: inout [Coordinate]) {
        ring.append(Coordinate(x: origin.x + start.x, y: origin.y + start.y))
        let center = origin + centers[Int(arc.disc)]
        let pieces = Int((arc.width / (2 * Double.acos(1 - sagitta))).rounded(.up))
        for piece in 1..<max(1, pieces) {
            let angle = arc.start + arc.width * (Double(piece) / Double(pieces))
            ring.append(Coordinate(x: center.x + radius * .cos(angle), y: center.y + radius * .sin(angle)))
        }
    }
}
