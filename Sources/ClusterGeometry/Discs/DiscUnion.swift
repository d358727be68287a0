public import FirmModel

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
/// which few discs reach the boundary. Of k discs within 2r of each other that *all* show (sites exactly on one line) each
/// finds the few that bound it through a tree of boxes: k log k along an axis, k√k on a slant, and near k² only for lines
/// beyond 600 km on the sphere.
///
/// `Docs/Algorithms/DiscUnion.md` explains the steps.
public struct DiscUnion: Sendable {
    /// The exact area in square meters.
    public let areaSquareMeters: Double
    /// Whether discs cover the whole sphere, so that there is no boundary.
    public let coversSphere: Bool
    /// The distinct centers in canonical order, longitudes in −180...180; on the sphere moved by up to 13 nanometers.
    let centers: [Coordinate]
    let radius: Double
    private let surface: Surface
    private let arcs: [BoundaryArc]

    /// The centers in the order in which arcs name them.
    private enum Surface {
        /// Relative to an origin.
        case plane([SIMD2<Double>], origin: SIMD2<Double>)
        /// Unit vectors in a frame, and the radius as an angle.
        case sphere([SIMD3<Double>], SphereFrame, angle: Double)
    }

    /// - Parameters:
    ///   - centers: at least one; longitudes and latitudes in degrees, or x and y in meters.
    ///   - radius: positive and finite.
    public init(centers places: [Coordinate], radius: Meters, frame: CoordinateFrame) {
        precondition(!places.isEmpty, "a union of no discs")
        precondition(radius.value > 0 && radius.value.isFinite, "a disc radius is positive and finite")
        precondition(places.count < Int(Int32.max), "more discs than 32 bits can name")
        let angle = min(radius.value / Sphere.radius, .pi)
        let distinct = DistinctCenters(places, in: frame, angle: angle)
        self.radius = radius.value
        centers = distinct.places
        if frame.isGeographic {
            let frame = distinct.frame
            var vectors = centers.map { frame.vector($0) }
            let isClose = frame.isClose
            let cells =
                isClose
                ? Cells(map: vectors.map { SIMD2($0.y, $0.z) }, radius: angle)
                : Cells(CellIndex(centers, lattice: CellLattice(sphereWithAngle: angle)))
            vectors = cells.arranged(vectors)
            // A radius of half the circumference reaches everything, which arcs cannot say.
            (arcs, areaSquareMeters) =
                angle < .pi
                ? vectors.withUnsafeBufferPointer {
                    Self.measure(SphericalDiscs(centers: $0, frame: frame, angle: angle), cells)
                } : ([], Self.sphereArea)
            surface = .sphere(vectors, frame, angle: angle)
            coversSphere = arcs.isEmpty
        } else {
            let origin = SIMD2(distinct.lowest.x, distinct.lowest.y)
            var offsets = centers.map { SIMD2($0.x, $0.y) - origin }
            let cells = Cells(map: offsets, radius: radius.value)
            offsets = cells.arranged(offsets)
            (arcs, areaSquareMeters) = offsets.withUnsafeBufferPointer {
                Self.measure(PlanarDiscs(centers: $0, origin: origin, radius: radius.value), cells)
            }
            surface = .plane(offsets, origin: origin)
            coversSphere = false
        }
    }

    /// Centers arranged so that neighbors are found.
    private struct Cells {
        private enum Kind {
            case grid(CellGrid)
            case index(CellIndex)
        }

        private let kind: Kind
        /// On the map, as arranged; nil where there is none.
        private var positions: [SIMD2<Int64>]?

        init(_ index: CellIndex) { kind = .index(index) }

        /// - Parameter map: by rank, in the unit of `radius`.
        init(map: [SIMD2<Double>], radius: Double) {
            let lowest = map.reduce(map[0]) { pointwiseMin($0, $1) }
            let extent = (map.reduce(map[0]) { pointwiseMax($0, $1) } - lowest).max()
            let scale = DiscOffset.perRadius / radius
            if extent < MapOffsets.widest * radius, scale.isFinite {
                let positions = map.map { place in
                    let steps = (place - lowest) * scale
                    return SIMD2(Int64(steps.x), Int64(steps.y))
                }
                if let grid = positions.withUnsafeBufferPointer({ CellGrid($0) }) {
                    kind = .grid(grid)
                } else {
                    kind = .index(Self.index(map, lowest, extent, radius))
                }
                self.positions = arranged(positions)
            } else {
                kind = .index(Self.index(map, lowest, extent, radius))
            }
        }

        private static func index(
            _ map: [SIMD2<Double>], _ lowest: SIMD2<Double>, _ extent: Double, _ radius: Double
        ) -> CellIndex {
            CellIndex(
                map.map { Coordinate(x: $0.x, y: $0.y) },
                lattice: CellLattice(planeFrom: lowest, extent: extent, radius: radius))
        }

        /// What is given by rank, in the order of the cells.
        func arranged<Element>(_ elements: [Element]) -> [Element] {
            let order =
                switch kind {
                case .grid(let grid): grid.order
                case .index(let index): index.order
                }
            return elements.withUnsafeBufferPointer { elements in order.map { elements[Int($0)] } }
        }

        func exposedArcs(on surface: some DiscSurface) -> [BoundaryArc] {
            guard let positions else { return exposedArcs(on: surface, SurfaceOffsets(surface: surface)) }
            return positions.withUnsafeBufferPointer { exposedArcs(on: surface, MapOffsets(positions: $0)) }
        }

        private func exposedArcs(on surface: some DiscSurface, _ offsets: some DiscOffsets) -> [BoundaryArc] {
            switch kind {
            case .grid(let grid): ExposedArcs.find(grid.order.count, on: surface, offsets, in: grid)
            case .index(let index): ExposedArcs.find(index.order.count, on: surface, offsets, in: index)
            }
        }
    }

    private static let sphereArea = 4 * Double.pi * Sphere.radius * Sphere.radius

    private static func measure<S: DiscSurface>(
        _ surface: S, _ cells: Cells
    ) -> (arcs: [BoundaryArc], squareMeters: Double) {
        let arcs = cells.exposedArcs(on: surface)
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
        case .sphere(let vectors, let frame, let angle):
            let rings = vectors.withUnsafeBufferPointer {
                self.rings(sagitta, on: SphericalDiscs(centers: $0, frame: frame, angle: angle))
            }
            return frame.isClose ? rings : rings?.map(withContinuousLongitudes)
        }
    }

    /// Points of the boundary, as ``rings(sagitta:)`` has them, among which are all corners of their convex hull; nil
    /// where longitude and latitude bend too much for that to be told from a map.
    func pointsOfHull(sagitta: Double) -> [Coordinate]? {
        switch surface {
        case .plane(let offsets, let origin):
            return offsets.withUnsafeBufferPointer {
                // A disc may touch the hull between corners of larger ones that were cut off by chords.
                outerPoints(
                    sagitta, on: PlanarDiscs(centers: $0, origin: origin, radius: radius), depth: 2 * sagitta * radius
                ) { $0 }
            }
        case .sphere(let vectors, let frame, let angle):
            guard frame.isClose else { return nil }
            return vectors.withUnsafeBufferPointer {
                // What is straight in longitude and latitude leaves a straight line on the map of length ℓ by about
                // ℓ² tan φ / 8, and directions and lengths change by ℓ tan φ.
                let length = 2 * SphereFrame.extent(vectors) + 2 * angle
                let bend = length * frame.tangentOfFarthestLatitude
                return outerPoints(
                    sagitta, on: SphericalDiscs(centers: $0, frame: frame, angle: angle),
                    depth: angle * (2 * sagitta + 2 * bend) + 0.5 * length * bend
                ) { SIMD2($0.y, $0.z) }
            }
        }
    }

    private func outerPoints<S: DiscSurface>(
        _ sagitta: Double, on surface: S, depth: Double, map: (S.Point) -> SIMD2<Double>
    ) -> [Coordinate] {
        let exposed = arcs.map { map(surface.center(Int($0.disc))) }
        let outer = OuterDiscs(exposed, depth: depth)
        var points: [Coordinate] = []
        for (arc, center) in zip(arcs, exposed) where outer.contains(center) {
            sample(arc, on: surface, sagitta, into: &points)
            // The end is the start of another arc, which may be of a disc farther in.
            if !arc.isWholeCircle {
                points.append(surface.place(surface.crossing(from: Int(arc.disc), into: Int(arc.next))))
            }
        }
        return points
    }

    private func rings(_ sagitta: Double, on surface: some DiscSurface) -> [[Coordinate]]? {
        guard let joined = ArcRings(arcs, discCount: centers.count, on: surface) else { return nil }
        return (0..<joined.starts.count - 1).map { ring in
            var points: [Coordinate] = []
            let members = joined.starts[ring]..<joined.starts[ring + 1]
            points.reserveCapacity(4 * members.count + 1)
            for member in members { sample(arcs[Int(joined.arcs[member])], on: surface, sagitta, into: &points) }
            points.append(points[0])
            return points
        }
    }

    private func sample(
        _ arc: BoundaryArc, on surface: some DiscSurface, _ sagitta: Double, into points: inout [Coordinate]
    ) {
        let start =
            arc.isWholeCircle
            ? surface.circleStart(Int(arc.disc)) : surface.crossing(from: Int(arc.previous), into: Int(arc.disc))
        surface.sample(arc, from: start, sagitta: sagitta, into: &points)
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
