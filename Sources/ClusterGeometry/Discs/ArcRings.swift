/// Arcs joined end to start into closed rings.
///
/// Where the circle of one disc enters another there is one point and one arc that goes on from it, named by the two
/// discs: almost all joints are found by name. Where three or more circles meet in a point (lattices), rounding may let
/// the discs disagree about who follows whom; those joints are found by place.
struct ArcRings {
    /// Each ring as indices of arcs, starting with its lowest; rings in order of that.
    let rings: [[Int]]

    /// Ends and starts farther apart than this many radii do not belong together.
    private static let tolerance = 1e-4

    /// Nil when some end has no start anywhere near.
    init?<Surface: DiscSurface>(_ arcs: [BoundaryArc], on surface: Surface) {
        var following = [Int32](repeating: -1, count: arcs.count)
        var isReached = [Bool](repeating: false, count: arcs.count)
        for (index, arc) in arcs.enumerated() {
            if let next = arc.isWholeCircle ? index : Self.arc(on: arc.next, after: arc.disc, among: arcs) {
                following[index] = Int32(next)
                isReached[next] = true
            }
        }
        let ends = arcs.indices.filter { following[$0] < 0 }
        if !ends.isEmpty {
            let starts = arcs.indices.filter { !isReached[$0] }
            guard Self.join(ends, to: starts, of: arcs, on: surface, &following) else { return nil }
        }

        var rings: [[Int]] = []
        var isTaken = [Bool](repeating: false, count: arcs.count)
        for first in arcs.indices where !isTaken[first] {
            var ring: [Int] = []
            var index = first
            repeat {
                isTaken[index] = true
                ring.append(index)
                index = Int(following[index])
            } while index != first
            rings.append(ring)
        }
        self.rings = rings
    }

    /// The arc on `disc` that starts where the boundary leaves `previous`.
    private static func arc(on disc: Int32, after previous: Int32, among arcs: [BoundaryArc]) -> Int? {
        var low = 0
        var high = arcs.count
        while low < high {
            let middle = (low + high) / 2
            if arcs[middle].disc < disc { low = middle + 1 } else { high = middle }
        }
        while low < arcs.count, arcs[low].disc == disc {
            if arcs[low].previous == previous { return low }
            low += 1
        }
        return nil
    }

    private static func join<Surface: DiscSurface>(
        _ ends: [Int], to starts: [Int], of arcs: [BoundaryArc], on surface: Surface, _ following: inout [Int32]
    ) -> Bool {
        guard ends.count == starts.count else { return false }
        let reach = tolerance * surface.pointRadius
        var candidates = starts.map { index in
            let arc = arcs[index]
            let point = surface.crossing(from: Int(arc.previous), into: Int(arc.disc))
            return (key: surface.sweepKey(point), index: index, point: point, isFree: true)
        }
        candidates.sort { $0.key != $1.key ? $0.key < $1.key : $0.index < $1.index }
        for end in ends {
            let arc = arcs[end]
            let point = surface.crossing(from: Int(arc.disc), into: Int(arc.next))
            let key = surface.sweepKey(point)
            var low = 0
            var high = candidates.count
            while low < high {
                let middle = (low + high) / 2
                if candidates[middle].key < key - reach { low = middle + 1 } else { high = middle }
            }
            var best: (position: Int, distance: Double)?
            while low < candidates.count, candidates[low].key <= key + reach {
                if candidates[low].isFree {
                    let distance = surface.squaredDistance(point, candidates[low].point)
                    if distance <= reach * reach, distance < best?.distance ?? .infinity { best = (low, distance) }
                }
                low += 1
            }
            guard let best else { return false }
            candidates[best.position].isFree = false
            following[end] = Int32(candidates[best.position].index)
        }
        return true
    }
}
