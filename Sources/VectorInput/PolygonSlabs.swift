import FirmModel

/// Polygons arranged so that a place is held against few of their edges: the height of a polygon is cut into slabs of equal
/// height, each with the edges that reach into it.
///
/// A place is inside by the even-odd rule: a ray from it to the right (growing x) crosses the edges of the rings an odd number
/// of times. An edge from a up to b is crossed when a.y ≤ y < b.y and the place is strictly to its left, so that a place on
/// an edge belongs to the polygon on the edge's right, and of polygons that share edges exactly one has it. Edges are looked
/// at upwards whatever way a ring runs: two polygons come to the same answer on an edge they share, to the bit.
///
/// Memory: 32 bytes an edge and, since slabs are no finer than lets each edge be in four of them on average, up to 16 more.
struct PolygonSlabs: Sendable {
    /// A polygon.
    struct Part: Sendable {
        /// The region it belongs to.
        var region: Int32
        /// Its number among the polygons of the region.
        var polygon: Int
        var bottom: Double
        var top: Double
        var left: Double
        var right: Double
        fileprivate var slabsPerUnit: Double
        fileprivate var firstSlab: Int
        fileprivate var slabCount: Int

        /// The slab a height falls into. Never falls with y, so an edge is in every slab from that of its lower to that of its
        /// upper end, and in no other.
        fileprivate func slab(_ y: Double) -> Int { min(slabCount - 1, Int((y - bottom) * slabsPerUnit)) }
    }

    private(set) var parts: [Part] = []
    /// Lower end, upper end: ax, ay, bx, by with ay < by. Level edges are never crossed and left out.
    private var edges: [SIMD4<Double>] = []
    /// The edges of slab s are `slabEdges[slabStarts[s]..<slabStarts[s + 1]]`.
    private var slabStarts: [Int32] = [0]
    private var slabEdges: [Int32] = []

    /// Adds a polygon of a region. One without height holds nothing and is left out.
    mutating func append(_ polygon: Region.Polygon, index: Int, region: Int32) {
        let first = edges.count
        var climb = 0.0
        var (left, right) = (Double.infinity, -Double.infinity)
        polygon.forEachEdge { a, b in
            left = min(left, a.x)
            right = max(right, a.x)
            guard a.y != b.y else { return }
            edges.append(a.y < b.y ? SIMD4(a.x, a.y, b.x, b.y) : SIMD4(b.x, b.y, a.x, a.y))
            climb += abs(a.y - b.y)
        }
        guard edges.count > first else { return }
        let bottom = edges[first...].reduce(.infinity) { min($0, $1.y) }
        let top = edges[first...].reduce(-.infinity) { max($0, $1.w) }
        let count = Double(edges.count - first)
        let slabCount = max(1, min(count, 3 * count * (top - bottom) / climb).rounded(.down))
        let part = Part(
            region: region, polygon: index, bottom: bottom, top: top, left: left, right: right,
            slabsPerUnit: min(slabCount / (top - bottom), .greatestFiniteMagnitude), firstSlab: slabStarts.count - 1,
            slabCount: Int(slabCount))
        arrange(edges: first..<edges.count, of: part)
        parts.append(part)
    }

    /// A counting sort of edges by slab.
    private mutating func arrange(edges range: Range<Int>, of part: Part) {
        var ends = [Int32](repeating: 0, count: part.slabCount)
        for edge in range {
            for slab in part.slab(edges[edge].y)...part.slab(edges[edge].w) { ends[slab] += 1 }
        }
        var next = [Int32](repeating: 0, count: part.slabCount)
        var end = slabStarts[part.firstSlab]
        for slab in 0..<part.slabCount {
            next[slab] = end
            end += ends[slab]
            slabStarts.append(end)
        }
        slabEdges.append(contentsOf: repeatElement(0, count: Int(end) - slabEdges.count))
        for edge in range {
            for slab in part.slab(edges[edge].y)...part.slab(edges[edge].w) {
                slabEdges[Int(next[slab])] = Int32(edge)
                next[slab] += 1
            }
        }
    }

    /// Whether a polygon holds a place.
    ///
    /// - Complexity: the edges in one slab, a handful for the outlines of areas.
    func contains(_ x: Double, _ y: Double, part number: Int) -> Bool {
        let part = parts[number]
        guard y >= part.bottom, y < part.top, x >= part.left, x < part.right else { return false }
        let slab = part.firstSlab + part.slab(y)
        var isInside = false
        for index in Int(slabStarts[slab])..<Int(slabStarts[slab + 1]) {
            let edge = edges[Int(slabEdges[index])]
            guard edge.y <= y, y < edge.w else { continue }
            if (edge.z - edge.x) * (y - edge.y) > (edge.w - edge.y) * (x - edge.x) { isInside.toggle() }
        }
        return isInside
    }
}

extension Region.Polygon {
    /// Calls `body` with the ends of each edge, the one from the last place of a ring to its first included.
    func forEachEdge(_ body: (Coordinate, Coordinate) -> Void) {
        for ring in self {
            guard var previous = ring.last else { continue }
            for place in ring {
                body(previous, place)
                previous = place
            }
        }
    }
}
