import FirmModel
import RealModule

/// Discs of one radius on a surface: what the union needs to know of the plane or the sphere.
///
/// Angles on a circle run counter-clockwise from east. A disc is named by its index in canonical order, so that
/// everything derived from two indices is the same bits whoever asks.
protocol DiscSurface {
    /// A point of the surface.
    associatedtype Point
    /// A center with what is needed to look from it at others.
    associatedtype View

    /// Whether ``offset(from:to:)`` may be looked up in ``SectorTable``.
    var usesSectors: Bool { get }

    func view(_ disc: Int) -> View

    /// Where a neighbor lies, east and north, in radii. On a curved surface at most 0.3 percent too far away, never too
    /// near, so that what the neighbor is said to cover is covered.
    func offset(from view: View, to other: Int) -> (east: Double, north: Double)

    /// Whether two centers have become the same in the surface's own coordinates.
    func coincide(_ view: View, _ other: Int) -> Bool

    /// What part of the circle another disc covers.
    func overlap(from view: View, with other: Int) -> CircleOverlap

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

/// The part of a circle that a neighboring disc covers.
enum CircleOverlap {
    case nothing
    case everything
    /// The angles from `start` counter-clockwise over `width`; `start` is in 0..<2π.
    case arc(start: Double, width: Double)

    /// The arc of `halfWidth` on either side of `direction`, where cos(halfWidth) is given.
    @inline(__always)
    init(direction: Double, cosineOfHalfWidth cosine: Double) {
        if cosine >= 1 {
            self = .nothing
        } else if cosine <= -1 {
            self = .everything
        } else {
            let halfWidth = Double.acos(cosine)
            self = .arc(start: turned(direction - halfWidth), width: 2 * halfWidth)
        }
    }
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
