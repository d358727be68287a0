import FirmModel
import ParallelWork
import SpatialIndex

/// The walk of OPTICS through all points, at the cost of their sites.
///
/// All points of a site that are not yet in the order share reachability and predecessor, and what the first of them has
/// brought nearer no other can bring nearer still. So the queue holds sites, and only the first point of a site looks around.
struct ReachabilityTraversal: ~Copyable {
    /// What is known of the points, in their order; points go by their ranks.
    struct Steps {
        var ranks: [Int32] = []
        /// The rank of the point each was reached from; −1 where nothing had reached it.
        var predecessors: [Int32] = []
        var squaredReachability: [Double] = []
        var squaredCoreDistance: [Double] = []
    }

    private let rows: SiteRows
    private let points: RankedPoints
    private let minimumWeight: Double
    private var search: ReachabilitySearch
    private var queue: ReachabilityQueue

    // By position in the rows.

    /// The squared reachability: infinite before the site is reached, −infinite after its last point.
    private let reached: Column<Double>
    private let predecessors: Column<Int32>
    private let core: Column<Double>
    /// How many points of the site are in the order.
    private let done: Column<Int32>

    init(_ rows: SiteRows, points: RankedPoints, minimumWeight: Double, radius: Meters, limit: Double) {
        self.rows = rows
        self.points = points
        self.minimumWeight = minimumWeight
        search = ReachabilitySearch(rows, radius: radius, limit: limit)
        queue = ReachabilityQueue(capacity: rows.count)
        reached = Column(count: rows.count)
        predecessors = Column(count: rows.count)
        core = Column(count: rows.count)
        done = Column(count: rows.count)
        reached.base.update(repeating: .infinity, count: rows.count)
        core.base.update(repeating: .infinity, count: rows.count)
        predecessors.base.update(repeating: -1, count: rows.count)
        done.base.update(repeating: 0, count: rows.count)
    }

    mutating func run(_ cancellation: Cancellation) throws -> Steps {
        var steps = Steps()
        steps.ranks.reserveCapacity(points.count)
        steps.predecessors.reserveCapacity(points.count)
        steps.squaredReachability.reserveCapacity(points.count)
        steps.squaredCoreDistance.reserveCapacity(points.count)
        let positions = positionsByRank()
        var nextStart = 0
        for step in 0..<points.count {
            if step % 64 == 0 { try cancellation.check() }
            let (position, rank): (Int, Int32)
            if let first = queue.first {
                (position, rank) = (Int(first.position), first.rank)
            } else {
                while isInOrder(rank: Int32(nextStart), at: Int(positions[nextStart])) { nextStart += 1 }
                (position, rank) = (Int(positions[nextStart]), Int32(nextStart))
            }
            let isFirstOfSite = done.base[position] == 0
            let reachability = reached.base[position]
            if isFirstOfSite {
                // Around i, core(i) holds enough weight, so around a j reached from it core(i) + d(i, j) does: no more than
                // twice its reachability.
                search.turn(to: position)
                core.base[position] = search.squaredCoreDistance(
                    minimumWeight: minimumWeight, expectedWithin: 4 * reachability * (1 + 1e-9))
            }
            let coreDistance = core.base[position]
            steps.ranks.append(rank)
            steps.predecessors.append(predecessors.base[position])
            steps.squaredReachability.append(reachability)
            steps.squaredCoreDistance.append(coreDistance)
            pass(position)
            if isFirstOfSite, coreDistance < .infinity { lookAround(from: rank, coreDistance: coreDistance) }
        }
        return steps
    }

    /// Goes on to the next point of a site, if it has one.
    private mutating func pass(_ position: Int) {
        done.base[position] += 1
        let isQueued = reached.base[position] < .infinity
        if let next = nextRank(at: position) {
            if isQueued { queue.turnFirst(toRank: next) }
        } else {
            reached.base[position] = -.infinity
            if isQueued { queue.removeFirst() }
        }
    }

    /// Brings nearer what can be reached from the site that the search has turned to; other points of its own among them.
    private mutating func lookAround(from rank: Int32, coreDistance: Double) {
        let (reached, predecessors, done) = (reached.base, predecessors.base, done.base)
        let count = search.collectNearer(than: reached, core: coreDistance)
        let (positions, squaredDistances, order) = (search.positions, search.squaredDistances, rows.order)
        points.starts.withUnsafeBufferPointer { starts in
            points.ranks.withUnsafeBufferPointer { ranks in
                for index in 0..<count {
                    let position = Int(positions[index])
                    let reachability = max(coreDistance, squaredDistances[index])
                    reached[position] = reachability
                    predecessors[position] = rank
                    queue.bring(position, to: reachability) {
                        ranks[Int(starts[Int(order[position])] + done[position])]
                    }
                }
            }
        }
    }

    /// The smallest rank at a site that is not yet in the order.
    private func nextRank(at position: Int) -> Int32? {
        let site = Int(rows.order[position])
        let next = points.starts[site] + done.base[position]
        return next < points.starts[site + 1] ? points.ranks[Int(next)] : nil
    }

    private func isInOrder(rank: Int32, at position: Int) -> Bool {
        nextRank(at: position).map { rank < $0 } ?? true
    }

    /// For each rank where in the rows its site is.
    private func positionsByRank() -> [Int32] {
        [Int32](count: points.count) { positions in
            for position in 0..<rows.count {
                let site = Int(rows.order[position])
                for index in points.starts[site]..<points.starts[site + 1] {
                    positions[Int(points.ranks[Int(index)])] = Int32(truncatingIfNeeded: position)
                }
            }
        }
    }
}
