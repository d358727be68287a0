/// Arcs joined end to start into closed rings.
///
/// Where the circle of one disc enters another there is one point and one arc that goes on from it, named by the two
/// discs: almost all joints are found by name. Where three or more circles meet in a point (lattices), rounding may let
/// the discs disagree about who follows whom; those joints are found by place.
struct ArcRings {
    /// The arcs of ring after ring, each starting with its lowest; rings in order of that.
    private(set) var arcs: [Int32] = []
    /// Where each ring begins in ``arcs``, and one more past the end.
    private(set) var starts: [Int] = [0]

    /// Ends and starts farther apart than this many radii do not belong together.
    private static let tolerance = 1e-4

    /// Nil when some end has no start anywhere near.
    ///
    /// - Parameter discCount: how many discs arcs may name.
    init?<Surface: DiscSurface>(_ arcs: [BoundaryArc], discCount: Int, on surface: Surface) {
        var following = [Int32](repeating: -1, count: arcs.count)
        var isReached = [Bool](repeating: false, count: arcs.count)
        Self.joinByName(arcs, discCount: discCount, &following, &isReached)
        let ends = arcs.indices.filter { following[$0] < 0 }
        if !ends.isEmpty {
            let starts = arcs.indices.filter { !isReached[$0] }
            guard Self.join(ends, to: starts, of: arcs, on: surface, &following) else { return nil }
        }

        self.arcs.reserveCapacity(arcs.count)
        var isTaken = [Bool](repeating: false, count: arcs.count)
        for first in arcs.indices where !isTaken[first] {
            var index = first
            repeat {
                isTaken[index] = true
                self.arcs.append(Int32(index))
                index = Int(following[index])
            } while index != first
            starts.append(self.arcs.count)
        }
    }

    private static func joinByName(
        _ arcs: [BoundaryArc], discCount: Int, _ following: inout [Int32], _ isReached: inout [Bool]
    ) {
        // The first arc of each disc; those of one disc lie behind each other.
        withUnsafeTemporaryAllocation(of: Int32.self, capacity: discCount) { firstArc in
            firstArc.initialize(repeating: -1)
            for (index, arc) in arcs.enumerated() where firstArc[Int(arc.disc)] < 0 {
                firstArc[Int(arc.disc)] = Int32(index)
            }
            for (index, arc) in arcs.enumerated() {
                var next = index
                if !arc.isWholeCircle {
                    // The arc that starts where the boundary leaves this one.
                    next = Int(firstArc[Int(arc.next)])
                    guard next >= 0 else { continue }
                    while next < arcs.count, arcs[next].disc == arc.next, arcs[next].previous != arc.disc { next += 1 }
                    guard next < arcs.count, arcs[next].disc == arc.next else { continue }
                }
                following[index] = Int32(next)
                isReached[next] = true
            }
        }
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
