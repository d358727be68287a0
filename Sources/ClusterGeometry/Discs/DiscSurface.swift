import FirmModel
import RealModule

/// Discs of one radius on a surface: what the union needs to know of the plane or the sphere.
///
/// Angles on a circle run counter-clockwise from east. A disc is named by its index in canonical order, so that
/// everything derived from two indices is the same bits whoever asks.
protocol DiscSurface {
    /// A point of the surface.
    associatedtype Point: SIMD where Point.Scalar == Double
    /// A center with what is needed to look from it at others.
    associatedtype View

    /// Whether ``offset(from:to:)`` may be looked up in ``SectorTable``.
    var usesSectors: Bool { get }

    func center(_ disc: Int) -> Point

    func view(_ disc: Int) -> View

    /// A point in the coordinates of the input.
    func place(_ point: Point) -> Coordinate

    /// Where a neighbor lies, east and north, in radii. On a curved surface at most 0.3 percent too far away, never too
    /// near, so that what the neighbor is said to cover is covered.
    func offset(from view: View, to other: Int) -> (east: Double, north: Double)

    /// What part of the circle another disc covers.
    func bearing(from view: View, to other: Int) -> Bearing

    /// The point of the circle in a direction, a unit vector east and north.
    func point(on view: View, towards direction: SIMD2<Double>) -> Point

    /// The square of the distance to the circle from its center, in the unit of ``squaredDistance(_:_:)``.
    var squaredReach: Double { get }

    /// The point where the circle of `disc`, walked counter-clockwise, enters `other`: also where the circle of `other`
    /// leaves `disc`. The same bits either way.
    func crossing(from disc: Int, into other: Int) -> Point

    /// The point at angle 0 of a circle.
    func circleStart(_ disc: Int) -> Point

    func squaredDistance(_ a: Point, _ b: Point) -> Double

    /// The number by which points are sorted when close ones are looked for.
    func sweepKey(_ point: Point) -> Double

    /// The radius in the unit of ``squaredDistance(_:_:)`` and ``sweepKey(_:)``.
    var pointRadius: Double { get }

    /// The arc's share of the area: what its circle adds beyond its chord, and the triangle of the chord with a fixed
    /// point. Over a closed boundary the triangles make up the polygon.
    func area(of arc: BoundaryArc, from start: Point, to end: Point) -> Double

    /// The area of one whole disc, in the unit of ``area(of:from:to:)``.
    var discArea: Double { get }

    /// The total in square meters.
    func squareMeters(_ sum: Double) -> Double

    /// Appends points of the arc from its start up to, but without, its end, closely enough to deviate by at most
    /// `sagitta` radii.
    func sample(_ arc: BoundaryArc, from start: Point, sagitta: Double, into ring: inout [Coordinate])
}

/// Where another center lies as seen from a disc, and what that says about the disc's circle: the point in the direction
/// of a unit vector e is covered when e · step > least. Neither roots nor angles are needed to tell.
struct Bearing {
    /// East and north; its length is that of the step, or its sine.
    var step: SIMD2<Double>
    /// The length of the step times the cosine of half the covered angle. 0 only for a center in the same place.
    var least: Double

    /// Whether two centers have become the same in the surface's own coordinates.
    var isSamePlace: Bool { least == 0 }

    @inline(__always)
    func covers(_ direction: SIMD2<Double>) -> Bool {
        // What is covered by a hair is left to the angles.
        (direction * step).sum() > least - 1e-9 * (abs(step.x) + abs(step.y))
    }
}

/// The part of a circle that a neighboring disc covers.
enum CircleOverlap {
    case nothing
    case everything
    case arc(CoveredArc)

    @inline(__always)
    init(_ bearing: Bearing) {
        let length = (bearing.step * bearing.step).sum().squareRoot()
        let cosine = bearing.least / length
        if cosine >= 1 {
            self = .nothing
        } else if cosine <= -1 {
            self = .everything
        } else {
            let halfWidth = Double.acos(cosine)
            let direction = Double.atan2(y: bearing.step.y, x: bearing.step.x)
            let sine = max(0, 1 - cosine * cosine).squareRoot()
            let along = bearing.step * (cosine / length)
            let across = SIMD2(-bearing.step.y, bearing.step.x) * (sine / length)
            self = .arc(
                CoveredArc(
                    start: turned(direction - halfWidth), width: 2 * halfWidth, startDirection: along - across,
                    endDirection: along + across))
        }
    }
}

/// The angles of a circle from `start` counter-clockwise over `width`; `start` is in 0..<2π.
struct CoveredArc {
    var start: Double
    var width: Double
    /// The unit vectors of its ends.
    var startDirection: SIMD2<Double>
    var endDirection: SIMD2<Double>
}

/// A piece of the boundary of the union: an arc of one circle that no other disc covers.
struct BoundaryArc {
    /// The disc on whose circle it lies.
    var disc: Int32
    /// The disc whose circle the boundary follows before; −1 for a whole circle.
    var previous: Int32
    /// The disc whose circle the boundary follows after; −1 for a whole circle.
    var next: Int32
    /// The angle at which it starts, in 0..<2π.
    var start: Double
    /// The angle it spans, counter-clockwise.
    var width: Double

    var isWholeCircle: Bool { next < 0 }
}

/// The angle in 0..<2π, for one that is at most one turn off.
@inline(__always)
func turned(_ angle: Double) -> Double {
    let fullTurn = 2 * Double.pi
    if angle < 0 {
        // A tiny negative angle rounds to a full turn.
        let positive = angle + fullTurn
        return positive < fullTurn ? positive : 0
    }
    return angle < fullTurn ? angle : angle - fullTurn
}
