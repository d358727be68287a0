import FirmModel

/// The convex hull of points in whole steps, by Andrew's monotone chain (1979, Information Processing Letters 9(5),
/// 216–219).
enum ConvexHull {
    /// Differences below this make products and their sums that fit into 64 bits.
    private static let widest = 0x1p31

    /// A closed ring, counter-clockwise from its smallest point, without points on straight edges; nil when the points
    /// lie on a line or too far apart for whole numbers of 64 bits.
    ///
    /// - Complexity: O(n log n).
    static func ring(around points: [Coordinate]) -> [Coordinate]? {
        let points = points.sorted()
        guard let first = points.first, let last = points.last, last.x - first.x < widest else { return nil }
        var (lowest, highest) = (first.y, first.y)
        for point in points {
            lowest = min(lowest, point.y)
            highest = max(highest, point.y)
        }
        guard highest - lowest < widest else { return nil }

        var ring: [Coordinate] = []
        func add(_ point: Coordinate, after fewest: Int) {
            if point == ring.last { return }
            while ring.count > fewest, !turnsLeft(ring[ring.count - 2], ring[ring.count - 1], point) {
                ring.removeLast()
            }
            ring.append(point)
        }
        for point in points { add(point, after: 1) }
        let lower = ring.count
        for point in points.reversed().dropFirst() { add(point, after: lower) }
        return ring.count >= 4 ? ring : nil
    }

    @inline(__always)
    private static func turnsLeft(_ a: Coordinate, _ b: Coordinate, _ c: Coordinate) -> Bool {
        let (x, y) = (Int64(b.x - a.x), Int64(b.y - a.y))
        return x * Int64(c.y - b.y) > y * Int64(c.x - b.x)
    }
}
