public import FirmModel
import RealModule

/// The union of discs of one radius around given places: everything within r of at least one of them.
///
///     let union = DiscUnion(centers: sites, radius: 250, frame: .geographic)
///     union.areaSquareMeters
///
/// Discs are spherical caps of arc length r for longitude and latitude, and Euclidean discs otherwise. The area is by
/// closed formulas over the arcs of the boundary; with arcs a → b on circles, each spanning θ,
///
///     plane:   A = Σ ½ (a × b) + ½ r² (θ − sin θ)
///     sphere:  A / R² = Σ E(o, a, b) + θ (1 − cos ρ) − E(c, a, b),   ρ = r / R
///
/// where c is the arc's center, o any fixed point, and E the signed area of a spherical triangle. Holes come out negative
/// by themselves. Results do not depend on the order of the centers; equal centers count once.
///
/// Cost: sorting, then a few table lookups for each disc that others cover, and n log n in all for the usual case in
/// which few discs reach the boundary. A disc on the boundary looks at all its neighbors, so that k discs within 2r of
/// each other that *all* show (sites exactly on one line) cost k².
///
/// `Docs/Algorithms/DiscUnion.md` explains the steps.
public struct DiscUnion: Sendable {
    /// The exact area in square meters.
    public let areaSquareMeters: Double
    /// Whether discs cover the whole sphere, so that there is no boundary.
    public let coversSphere: Bool
    /// The distinct centers in canonical order, longitudes in −180...180; on the sphere moved by up to 13 nanometers.
    let centers: [Coordinate]
    /// Places at which a disc reaches the boundary.
    let exposedCenters: [Coordinate]
    let radius: Double
    private let surface: Surface
    private let arcs: [BoundaryArc]

    private enum Surface {
        /// Centers relative to an origin.
        case plane([SIMD2<Double>], origin: SIMD2<Double>)
        /// Unit vectors, and the radius as an angle.
        case sphere([SIMD3<Double>], angle: Double)
    }

    /// - Parameters:
    ///   - centers: at least one; longitudes and latitudes in degrees, or x and y in meters.
    ///   - radius: positive and finite.
    public init(centers places: [Coordinate], radius: Meters, frame: CoordinateFrame) {
        precondition(!places.isEmpty, "a union of no discs")
        precondition(radius.value > 0 && radius.value.isFinite, "a disc radius is positive and finite")
        precondition(places.count < Int(Int32.max), "more discs than 32 bits can name")
        let places = places.map { $0.normalized(in: frame) }
        self.radius = radius.value
        if frame.isGeographic {
            let angle = min(radius.value / Sphere.radius, .pi)
            let index = CellIndex(places.map(distinguishable), lattice: CellLattice(sphereWithAngle: angle))
            centers = index.centers
            let vectors = centers.map(unitVector)
            // A radius of half the circumference reaches everything, which arcs cannot say.
            (arcs, areaSquareMeters) =
                angle < .pi
                ? vectors.withUnsafeBufferPointer { Self.measure(SphericalDiscs(centers: $0, angle: angle), index) }
                : ([], Self.sphereArea)
            surface = .sphere(vectors, angle: angle)
            coversSphere = arcs.isEmpty
        } else {
            var lowest = SIMD2(places[0].x, places[0].y)
            var highest = lowest
            for place in places {
                lowest = pointwiseMin(lowest, SIMD2(place.x, place.y))
                highest = pointwiseMax(highest, SIMD2(place.x, place.y))
            }
            let lattice = CellLattice(planeFrom: lowest, to: highest, radius: radius.value)
            let index = CellIndex(places, lattice: lattice)
            centers = index.centers
            let offsets = centers.map { SIMD2($0.x, $0.y) - lowest }
            (arcs, areaSquareMeters) = offsets.withUnsafeBufferPointer {
                Self.measure(PlanarDiscs(centers: $0, origin: lowest, radius: radius.value), index)
            }
            surface = .plane(offsets, origin: lowest)
            coversSphere = false
        }
        var exposed: [Coordinate] = []
        var last: Int32 = -1
        for arc in arcs where arc.disc != last {
            exposed.append(centers[Int(arc.disc)])
            last = arc.disc
        }
        exposedCenters = exposed
    }

    private static let sphereArea = 4 * Double.pi * Sphere.radius * Sphere.radius

    private static func measure<S: DiscSurface>(
        _ surface: S, _ index: CellIndex
    ) -> (arcs: [BoundaryArc], squareMeters: Double) {
        let arcs = ExposedArcs.find(on: surface, in: index)
        var sum = 0.0
        for arc in arcs {
            if arc.isWholeCircle {
                sum += surface.discArea
            } else {
                sum += surface.area(
                    of: arc, from: surface.crossing(from: Int(arc.previous), into: Int(arc.disc)),
                    to: surface.crossing(from: Int(arc.disc), into: Int(arc.next)))
            }
        }
        return (arcs, arcs.isEmpty ? sphereArea : surface.squareMeters(sum))
    }

    /// The boundary as closed rings in the coordinates of the centers, shells counter-clockwise and holes clockwise, in
    /// canonical order.
    ///
    /// Edges deviate from the arcs by at most `sagitta` radii and lie inside the union along shells. Longitudes run on
    /// without a jump and may leave −180...180; a ring around a pole ends 360 degrees from where it began.
    ///
    /// - Returns: nil in the rare case that rounding leaves arcs that do not join up.
    /// - Complexity: O(a log a) for a arcs.
    public func rings(sagitta: Double = 0.02) -> [[Coordinate]]? {
        precondition(sagitta > 0 && sagitta < 1, "the sagitta is a share of the radius")
        switch surface {
        case .plane(let offsets, let origin):
            return offsets.withUnsafeBufferPointer {
                rings(sagitta, on: PlanarDiscs(centers: $0, origin: origin, radius: radius))
            }
        case .sphere(let vectors, let angle):
            return vectors.withUnsafeBufferPointer {
                rings(sagitta, on: SphericalDiscs(centers: $0, angle: angle))
            }?.map(withContinuousLongitudes)
        }
    }

    private func rings(_ sagitta: Double, on surface: some DiscSurface) -> [[Coordinate]]? {
        ArcRings(arcs, on: surface)?.rings.map { ring in
            var points: [Coordinate] = []
            for index in ring {
                let arc = arcs[index]
                let start =
                    arc.isWholeCircle
                    ? surface.circleStart(Int(arc.disc))
                    : surface.crossing(from: Int(arc.previous), into: Int(arc.disc))
                surface.sample(arc, from: start, sagitta: sagitta, into: &points)
            }
            points.append(points[0])
            return points
        }
    }
}

/// The same ring with each longitude within 180 degrees of the one before.
func withContinuousLongitudes(_ ring: [Coordinate]) -> [Coordinate] {
    var ring = ring
    for index in ring.indices.dropFirst() {
        ring[index].x = ring[index - 1].x + longitudeStep(from: ring[index - 1].x, to: ring[index].x)
    }
    return ring
}
