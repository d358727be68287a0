import FirmModel

/// Whether rings touch neither themselves nor each other: exact, as coordinates are whole steps.
///
/// Edges are sorted into the cells of a grid about as wide as they are long, and each is held against the few others of
/// its cells. O(e) for e edges of about the same length.
struct CrossingCheck {
    private struct Edge {
        var from: SIMD2<Int32>
        var to: SIMD2<Int32>
        /// The edge before it in its ring.
        var previous: Int32

        var lowest: SIMD2<Int32> { pointwiseMin(from, to) }
        var highest: SIMD2<Int32> { pointwiseMax(from, to) }
    }

    /// Differences below this make products and their sums that fit into 64 bits.
    private static let widest = Double(Int32.max)

    /// - Parameter rings: closed, in whole steps, without repeated points.
    /// - Returns: nil where they reach too far for whole numbers of 64 bits.
    static func areUncrossed(_ rings: [[Coordinate]]) -> Bool? {
        guard let first = rings.first?.first else { return true }
        var (lowest, highest) = (first, first)
        for ring in rings {
            for point in ring {
                lowest = Coordinate(x: min(lowest.x, point.x), y: min(lowest.y, point.y))
                highest = Coordinate(x: max(highest.x, point.x), y: max(highest.y, point.y))
            }
        }
        let extent = SIMD2(highest.x - lowest.x, highest.y - lowest.y)
        guard extent.max() < widest else { return nil }
        let edges = edges(of: rings, from: lowest)
        return edges.withUnsafeBufferPointer { edges in
            Grid(edges.count, extent).cells(of: edges) { areApart(edges, $0) }
        }
    }

    private static func edges(of rings: [[Coordinate]], from lowest: Coordinate) -> [Edge] {
        let count = rings.reduce(0) { $0 + $1.count - 1 }
        return [Edge](unsafeUninitializedCapacity: count) { edges, initialized in
            var next = 0
            for ring in rings {
                let first = next
                var from = SIMD2(Int32(ring[0].x - lowest.x), Int32(ring[0].y - lowest.y))
                for point in ring.dropFirst() {
                    let to = SIMD2(Int32(point.x - lowest.x), Int32(point.y - lowest.y))
                    edges[next] = Edge(from: from, to: to, previous: Int32(next - 1))
                    next += 1
                    from = to
                }
                edges[first].previous = Int32(next - 1)
            }
            initialized = count
        }
    }

    /// Whether the edges of a cell touch only where one follows the other.
    @inline(__always)
    private static func areApart(_ edges: UnsafeBufferPointer<Edge>, _ cell: UnsafeBufferPointer<Int32>) -> Bool {
        for (position, index) in cell.enumerated() {
            let edge = edges[Int(index)]
            let (lowest, highest) = (edge.lowest, edge.highest)
            for otherIndex in cell[..<position] {
                let other = edges[Int(otherIndex)]
                if any(other.lowest .> highest) || any(lowest .> other.highest) { continue }
                if edge.previous == otherIndex {
                    if foldsBack(other, edge) { return false }
                } else if other.previous == index {
                    if foldsBack(edge, other) { return false }
                } else if touch(edge, other) {
                    return false
                }
            }
        }
        return true
    }

    /// Whether `next`, which begins where `edge` ends, runs back along it.
    private static func foldsBack(_ edge: Edge, _ next: Edge) -> Bool {
        let a = SIMD2<Int64>(truncatingIfNeeded: edge.to &- edge.from)
        let b = SIMD2<Int64>(truncatingIfNeeded: next.to &- next.from)
        return a.x * b.y == a.y * b.x && (a &* b).wrappedSum() < 0
    }

    /// Whether edges with overlapping boxes have a point in common.
    @inline(__always)
    private static func touch(_ a: Edge, _ b: Edge) -> Bool {
        if (side(of: b.from, a) * side(of: b.to, a)) > 0 { return false }
        return (side(of: a.from, b) * side(of: a.to, b)) <= 0
    }

    /// 1 left of the line through the edge, −1 right of it, 0 on it.
    @inline(__always)
    private static func side(of point: SIMD2<Int32>, _ edge: Edge) -> Int64 {
        let a = SIMD2<Int64>(truncatingIfNeeded: edge.to &- edge.from)
        let b = SIMD2<Int64>(truncatingIfNeeded: point &- edge.from)
        return (a.x * b.y - a.y * b.x).signum()
    }

    private struct Grid {
        let side: Double
        let columns: Int
        let rows: Int

        init(_ edgeCount: Int, _ extent: SIMD2<Double>) {
            // At most a cell or so to an edge; outlines fill few of them, with a handful of edges each.
            let area = max(extent.x, 1) * max(extent.y, 1)
            let longer = max(extent.max(), 1)
            side = max((area / Double(edgeCount)).squareRoot(), longer / Double(edgeCount), 1)
            columns = Int(extent.x / side) + 1
            rows = Int(extent.y / side) + 1
        }

        /// Whether `body` holds for the edges of every cell.
        func cells(
            of edges: UnsafeBufferPointer<Edge>, _ body: (_ cell: UnsafeBufferPointer<Int32>) -> Bool
        ) -> Bool {
            let perStep = 1 / side
            var starts = [Int32](repeating: 0, count: columns * rows + 1)
            return starts.withUnsafeMutableBufferPointer { starts in
                @inline(__always)
                func forEachCell(of edge: Edge, _ visit: (Int) -> Void) {
                    let (lowest, highest) = (edge.lowest, edge.highest)
                    // Rounding may put the upper border into a column or row beyond the last.
                    let left = min(columns - 1, Int(Double(lowest.x) * perStep))
                    let right = min(columns - 1, Int(Double(highest.x) * perStep))
                    let bottom = min(rows - 1, Int(Double(lowest.y) * perStep))
                    let top = min(rows - 1, Int(Double(highest.y) * perStep))
                    for row in bottom...top {
                        for column in left...right { visit(row * columns + column) }
                    }
                }
                for edge in edges { forEachCell(of: edge) { starts[$0] += 1 } }
                var end: Int32 = 0
                for cell in starts.indices {
                    end += starts[cell]
                    starts[cell] = end
                }
                return withUnsafeTemporaryAllocation(of: Int32.self, capacity: Int(end)) { sorted in
                    for (index, edge) in edges.enumerated().reversed() {
                        forEachCell(of: edge) { cell in
                            starts[cell] -= 1
                            sorted[Int(starts[cell])] = Int32(truncatingIfNeeded: index)
                        }
                    }
                    for cell in 0..<starts.count - 1 {
                        let range = Int(starts[cell])..<Int(starts[cell + 1])
                        if range.count > 1, !body(UnsafeBufferPointer(rebasing: sorted[range])) { return false }
                    }
                    return true
                }
            }
        }
    }
}
