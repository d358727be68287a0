public import FirmModel

/// Draws the footprints of clusters: valid polygons to be written as they are.
///
///     let outlines = try OutlineBuilder(frame: register.frame)
///     let (footprint, area) = try outlines.footprint(centers: sites, radius: 250, shape: .discs)
///
/// Every center lies inside the polygons; the drawn boundary stays within 5 percent of r of the exact union (Hausdorff)
/// for the shape `discs`, provided that r is 0.3 m or more: smaller ones suffer from rounding, and below 0.1 m (0.01 m
/// without a place) discs are drawn with that radius. Coordinates are rounded to 7 decimals in longitude and latitude, to
/// 3 in local meters, before GEOS checks that the polygons are valid. Holes too narrow to be written are filled.
///
/// A builder belongs to one worker: it holds a GEOS context, is not `Sendable`, and is made once for many clusters.
public final class OutlineBuilder {
    /// Longitudes and latitudes in degrees for projected coordinates, in the same order.
    public typealias Transform = @Sendable ([Coordinate]) throws -> [Coordinate]

    private let frame: CoordinateFrame
    private let toWGS84: Transform?
    private let grid: CoordinateGrid
    private let session: GEOSSession

    /// How far edges may cut into a disc, in radii.
    private static let sagitta = 0.02
    /// The widest bay that a concave outline fills, in radii: twice the distance that joins firms into a cluster.
    private static let bayWidth = 4.0

    /// Outlines with more points are repaired on suspicion: GEOS needs time that grows with its square to check that
    /// outlines with many holes are valid, while what it snaps is so.
    private static let mostPointsToCheck = 20_000

    /// - Parameters:
    ///   - frame: the coordinates of the centers. Local ones are written as they are.
    ///   - toWGS84: for a projected frame; ignored for the others.
    public init(frame: CoordinateFrame, toWGS84: Transform? = nil) throws(GeometryError) {
        self.frame = frame
        if case .projected(let crs) = frame, toWGS84 == nil {
            throw .transformFailed("no transform from \(crs) was given")
        }
        self.toWGS84 = frame.isGeographic || frame == .local ? nil : toWGS84
        grid = frame == .local ? .meters : .degrees
        session = try GEOSSession()
    }

    /// The outline of everything within `radius` of the centers, and the exact area of that in square meters (in the
    /// plane of a projected frame).
    ///
    /// - Parameters:
    ///   - centers: at least one; equal ones count once, and their order does not matter.
    ///   - radius: positive and finite.
    public func footprint(
        centers: [Coordinate], radius: Meters, shape: FootprintShape
    ) throws(GeometryError) -> (footprint: Footprint, areaSquareMeters: Double) {
        let union = DiscUnion(centers: centers, radius: radius, frame: frame)
        if shape == .convex, let hull = directHull(of: union) {
            return (Footprint(polygons: [grid.coordinates(hull)]), union.areaSquareMeters)
        }
        let rings = try placed(boundary(of: union))
        let polygons: [Footprint.Polygon]
        switch shape {
        case .discs:
            polygons = try valid(cut(rings), radius: radius)
        case .convex:
            polygons = try hull(of: rings, radius: radius) { discs throws(GeometryError) in
                try GEOSGeometry(lineThrough: discs.flatMap(\.shell), in: session).convexHull()
            }
        case .concave:
            polygons = try hull(of: rings, radius: radius) { discs throws(GeometryError) in
                try filled(discs, upTo: Self.bayWidth * max(radius.value, grid.smallestRadius))
            }
        }
        return (Footprint(polygons: polygons.map(grid.coordinates)), union.areaSquareMeters)
    }

    /// The convex hull without the rings that it does not need, in whole steps: the usual case. A ring that turns left
    /// at every corner needs no check.
    private func directHull(of union: DiscUnion) -> Footprint.Polygon? {
        guard toWGS84 == nil, union.radius >= grid.smallestRadius,
            let points = union.pointsOfHull(sagitta: Self.sagitta),
            frame == .local || points.allSatisfy({ abs($0.x) < 180 })
        else { return nil }
        return ConvexHull.ring(around: points.map(grid.step)).map { Footprint.Polygon(shell: $0) }
    }

    /// Rings in the coordinates that are written, longitudes without a jump.
    private func boundary(of union: DiscUnion) throws(GeometryError) -> [[Coordinate]] {
        // Where rounding leaves a boundary open (many circles through one point), a slightly larger radius has none
        // of the coincidences that caused it.
        var drawn = union
        if union.radius < grid.smallestRadius {
            drawn = DiscUnion(centers: union.centers, radius: Meters(grid.smallestRadius), frame: frame)
        }
        var rings = drawn.rings(sagitta: Self.sagitta)
        for enlargement in [1e-6, 1e-5, 1e-4, 1e-3] where rings == nil {
            let radius = Meters(drawn.radius * (1 + enlargement))
            rings = DiscUnion(centers: union.centers, radius: radius, frame: frame).rings(sagitta: Self.sagitta)
        }
        guard let rings else { throw .boundaryDoesNotClose(discs: union.centers.count) }
        return try toWGS84.map { (transform) throws(GeometryError) in try transformed(rings, by: transform) } ?? rings
    }

    private func transformed(_ rings: [[Coordinate]], by transform: Transform) throws(GeometryError) -> [[Coordinate]] {
        let points: [Coordinate]
        do {
            points = try transform(Array(rings.joined()))
        } catch {
            throw .transformFailed(String(describing: error))
        }
        var start = 0
        return rings.map { ring in
            defer { start += ring.count }
            return withContinuousLongitudes(Array(points[start..<start + ring.count]))
        }
    }

    /// Rings of one cluster beside each other: each shifted by whole turns to where the first one is. Rings around a pole
    /// have no such place, nor has what is all sphere but for some holes: the cut makes one for them.
    private func placed(_ rings: [[Coordinate]]) -> [[Coordinate]] {
        guard frame != .local else { return rings }
        guard rings.allSatisfy({ abs($0[$0.count - 1].x - $0[0].x) < 180 }),
            rings.reduce(0, { $0 + doubleSignedArea($1) }) > 0
        else { return AntimeridianCut.closedRings(rings) }
        return rings.map { ring in
            let shift = longitudeStep(from: rings[0][0].x, to: ring[0].x) - (ring[0].x - rings[0][0].x)
            return ring.map { Coordinate(x: $0.x + shift, y: $0.y) }
        }
    }

    /// Placed rings in −180...180.
    private func cut(_ rings: [[Coordinate]]) -> [[Coordinate]] {
        let isInside = rings.allSatisfy { $0.allSatisfy { abs($0.x) <= 180 } }
        return frame == .local || isInside ? rings : AntimeridianCut.closedRings(rings)
    }

    /// What `hull` makes of the discs' polygons, both in whole steps, cut and valid.
    private func hull(
        of rings: [[Coordinate]], radius: Meters,
        _ hull: (_ discs: [Footprint.Polygon]) throws(GeometryError) -> GEOSGeometry
    ) throws(GeometryError) -> [Footprint.Polygon] {
        let discs = try valid(rings, radius: radius)
        let polygons = try hull(discs).polygons().map(grid.coordinates)
        return try valid(cut(polygons.flatMap(rightHanded)), radius: radius)
    }

    /// The discs' polygons and the triangles between their vertices that have no edge longer than `width` meters.
    private func filled(_ discs: [Footprint.Polygon], upTo width: Double) throws(GeometryError) -> GEOSGeometry {
        let triangles = try GEOSGeometry(lineThrough: discs.flatMap(\.shell), in: session).triangles()
        let narrow = triangles.filter { triangle in
            let corners = grid.coordinates(triangle.shell)
            return corners.indices.dropFirst().allSatisfy { meters(corners[$0 - 1], corners[$0]) <= width }
        }
        let discs = try GEOSGeometry(discs, in: session)
        guard !narrow.isEmpty else { return discs }
        return try merged(GEOSGeometry(narrow, in: session)).union(discs)
    }

    private func merged(_ triangles: consuming GEOSGeometry) throws(GeometryError) -> GEOSGeometry {
        do throws(GeometryError) {
            return try triangles.coverageUnion()
        } catch {
            // Of nearly collinear vertices GEOS makes triangles that overlap (around a pole, drawn as a thin strip): the
            // slow way takes those too.
            return try triangles.madeValid()
        }
    }

    /// The length of an edge in written coordinates.
    private func meters(_ a: Coordinate, _ b: Coordinate) -> Double {
        guard frame == .local else {
            let step = unitVector(b) - unitVector(a)
            return Sphere.radius * dot(step, step).squareRoot()
        }
        return ((b.x - a.x) * (b.x - a.x) + (b.y - a.y) * (b.y - a.y)).squareRoot()
    }

    /// Shells counter-clockwise, holes clockwise; GEOS winds the other way.
    private func rightHanded(_ polygon: Footprint.Polygon) -> [[Coordinate]] {
        let shell = doubleSignedArea(polygon.shell) > 0 ? polygon.shell : polygon.shell.reversed()
        return [shell] + polygon.holes.map { doubleSignedArea($0) < 0 ? $0 : $0.reversed() }
    }

    /// Valid polygons in whole steps of the grid.
    private func valid(_ rings: [[Coordinate]], radius: Meters) throws(GeometryError) -> [Footprint.Polygon] {
        var nesting = RingNesting(writable(rings.compactMap(grid.steps)))
        for _ in 0..<3 {
            guard !nesting.polygons.isEmpty else { throw .outlineVanishes(radius: radius.value) }
            if try isUncrossed(nesting) { return nesting.polygons }
            // Coordinates are checked as they will be read back, and repaired in whole steps.
            let points = nesting.polygons.reduce(0) { $0 + $1.holes.reduce($1.shell.count) { $0 + $1.count } }
            let isLarge = points > Self.mostPointsToCheck
            if !isLarge, try GEOSGeometry(nesting.polygons.map(grid.coordinates), in: session).isValid {
                return nesting.polygons
            }
            let repaired = try snapped(nesting.polygons, isLarge: isLarge)
            nesting = RingNesting(writable(repaired.flatMap(rightHanded)))
            if isLarge { return nesting.polygons }
        }
        throw .operationFailed(operation: "making an outline valid", messages: [])
    }

    /// Whether no ring meets itself or another and each lies where it belongs, which is enough to be valid.
    ///
    /// GEOS takes a tenth of the time for this of what it takes for validity, where it looks for each hole in the whole of
    /// its shell. Rings that touch in a point may be valid without this.
    private func isUncrossed(_ nesting: RingNesting) throws(GeometryError) -> Bool {
        guard nesting.isConsistent else { return false }
        let steps = nesting.polygons.flatMap { [$0.shell] + $0.holes }
        if let isUncrossed = CrossingCheck.areUncrossed(steps) { return isUncrossed }
        let rings = steps.map(grid.coordinates)
        return try GEOSGeometry(lines: rings, in: session).isSimple
    }

    /// Polygons repaired by GEOS, their edges meeting only in vertices.
    private func snapped(_ polygons: [Footprint.Polygon], isLarge: Bool) throws(GeometryError) -> [Footprint.Polygon] {
        let polygons = try GEOSGeometry(polygons, in: session)
        if isLarge {
            // Where a few of very many rings touch, snapping alone mends them, unless it refuses.
            do throws(GeometryError) { return try polygons.snappedToWholeNumbers().polygons() } catch {}
        }
        return try polygons.madeValid().snappedToWholeNumbers().polygons()
    }

    /// Leaves out holes whose mean width is under two steps.
    private func writable(_ rings: [[Coordinate]]) -> [[Coordinate]] {
        rings.filter { ring in
            let area = doubleSignedArea(ring)
            if area >= 0 { return area > 0 }
            var perimeter = 0.0
            for index in ring.indices.dropFirst() {
                let (a, b) = (ring[index - 1], ring[index])
                perimeter += ((b.x - a.x) * (b.x - a.x) + (b.y - a.y) * (b.y - a.y)).squareRoot()
            }
            return -area > 2 * perimeter
        }
    }
}
