import FirmModel

/// Rings on the sphere cut into closed rings of the rectangle −180...180 by −90...90.
///
/// Where a ring crosses the antimeridian it falls into paths from edge to edge of the rectangle. The inside lies left of
/// each path, so from the end of one the outline follows the rectangle counter-clockwise to the beginning of the next:
/// that closes what crosses the antimeridian as well as what encloses a pole.
struct AntimeridianCut {
    private struct Path {
        var points: [Coordinate]
        var entry: Double
        var exit: Double
    }

    private static let rectangle = [
        Coordinate(x: 180, y: -90), Coordinate(x: 180, y: 90), Coordinate(x: -180, y: 90), Coordinate(x: -180, y: -90),
    ]
    /// Where the corners lie along the rectangle's edge, counted counter-clockwise from the lower right in degrees.
    private static let corners: [(position: Double, point: Coordinate)] = zip([0, 180, 540, 720], rectangle).map {
        ($0, $1)
    }
    private static let perimeter = 1080.0

    private var closed: [[Coordinate]] = []
    private var paths: [Path] = []

    /// - Parameter rings: with continuous longitudes; the last point repeats the first, up to whole turns. Shells run
    ///   counter-clockwise seen from outside, holes clockwise. No rings at all mean the whole sphere.
    static func closedRings(_ rings: [[Coordinate]]) -> [[Coordinate]] {
        var cut = AntimeridianCut()
        for ring in rings { cut.add(ring) }
        return cut.closedRings()
    }

    private mutating func add(_ ring: [Coordinate]) {
        guard ring.count > 1 else { return }
        // Points on the cut itself move aside by less than can be written.
        let ring = ring.map { abs($0.x.remainder(dividingBy: 360)) == 180 ? Coordinate(x: $0.x - 1e-9, y: $0.y) : $0 }
        var pieces: [[Coordinate]] = [[]]
        var window = ((ring[0].x + 180) / 360).rounded(.down)
        func shifted(_ point: Coordinate) -> Coordinate { Coordinate(x: point.x - 360 * window, y: point.y) }
        for (index, point) in ring.enumerated() {
            let next = ((point.x + 180) / 360).rounded(.down)
            if next != window, index > 0 {
                let before = ring[index - 1]
                let edge = next > window ? 180.0 : -180.0
                let share = (edge + 360 * window - before.x) / (point.x - before.x)
                let latitude = before.y + share * (point.y - before.y)
                pieces[pieces.count - 1].append(Coordinate(x: edge, y: latitude))
                pieces.append([Coordinate(x: -edge, y: latitude)])
                window = next
            }
            pieces[pieces.count - 1].append(shifted(point))
        }
        guard pieces.count > 1 else { return closed.append(pieces[0]) }
        // The last piece runs on into the first; the point where the ring closes is in both.
        pieces[0] = pieces.removeLast() + pieces[0].dropFirst()
        for piece in pieces {
            guard let first = piece.first, let last = piece.last else { continue }
            paths.append(Path(points: piece, entry: Self.position(first), exit: Self.position(last)))
        }
    }

    private static func position(_ point: Coordinate) -> Double {
        point.x > 0 ? point.y + 90 : 540 + 90 - point.y
    }

    private func closedRings() -> [[Coordinate]] {
        guard !paths.isEmpty else {
            // Nothing crosses the rectangle's edge: it lies inside when the outermost ring is a hole, or there is none.
            let area = closed.reduce(0) { $0 + doubleSignedArea($1) }
            return area > 0 ? closed : [Self.rectangle + [Self.rectangle[0]]] + closed
        }
        var rings = closed
        let entries = paths.indices.sorted {
            paths[$0].entry != paths[$1].entry ? paths[$0].entry < paths[$1].entry : $0 < $1
        }
        var isTaken = [Bool](repeating: false, count: paths.count)
        for first in entries where !isTaken[first] {
            var ring: [Coordinate] = []
            var current = first
            repeat {
                isTaken[current] = true
                ring += paths[current].points
                let exit = paths[current].exit
                let free = entries.filter { !isTaken[$0] || $0 == first }
                let next = free.first { paths[$0].entry >= exit } ?? free[0]
                let entry = paths[next].entry
                let end = entry >= exit ? entry : entry + Self.perimeter
                for lap in [0, Self.perimeter] {
                    for corner in Self.corners where corner.position + lap > exit && corner.position + lap < end {
                        ring.append(corner.point)
                    }
                }
                current = next
            } while current != first
            ring.append(ring[0])
            rings.append(ring)
        }
        return rings
    }
}
