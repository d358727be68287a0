/// OPTICS straight from its definition, O(n²): every step looks at all points for the next one and brings all nearer that
/// it can.
public struct BruteForceOPTICS {
    /// The points in their order.
    public var order: [Int] = []
    /// By point, squared; infinite where undefined.
    public var reachability: [Double]
    public var coreDistance: [Double]
    /// By point; −1 for none.
    public var predecessor: [Int]

    /// - Parameters:
    ///   - ranks: decide ties.
    ///   - limit: the largest squared distance at which points are neighbors.
    ///   - squaredDistance: between two points, in the units of `limit`.
    public init(
        weights: [Double], ranks: [Int], minimumWeight: Double, limit: Double, squaredDistance: (Int, Int) -> Double
    ) {
        let count = weights.count
        coreDistance = (0..<count).map { i in
            let nearest = (0..<count).map { (distance: squaredDistance(i, $0), weight: weights[$0]) }
                .sorted { $0.distance < $1.distance }
            var total = 0.0
            for neighbor in nearest where neighbor.distance <= limit {
                total += neighbor.weight
                if total >= minimumWeight { return neighbor.distance }
            }
            return .infinity
        }
        reachability = [Double](repeating: .infinity, count: count)
        predecessor = [Int](repeating: -1, count: count)
        // In the order of ranks, so that the first of the smallest is the one.
        var remaining = (0..<count).sorted { ranks[$0] < ranks[$1] }
        while var place = remaining.indices.first {
            for other in remaining.indices where reachability[remaining[other]] < reachability[remaining[place]] {
                place = other
            }
            let next = remaining.remove(at: place)
            order.append(next)
            guard coreDistance[next] < .infinity else { continue }
            for other in remaining {
                let distance = squaredDistance(next, other)
                guard distance <= limit else { continue }
                let reached = max(coreDistance[next], distance)
                if reached < reachability[other] {
                    reachability[other] = reached
                    predecessor[other] = next
                }
            }
        }
    }
}
