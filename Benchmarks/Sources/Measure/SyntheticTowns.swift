import FirmClusters
import Foundation

/// A country of 1,000 by 1,000 km: 85 % of its points in 4,000 towns whose sizes follow Zipf's law and whose density
/// falls off with a heavy tail, the rest evenly spread. Points depend on the seed alone, not on the threads.
struct SyntheticTowns {
    private static let side = 1_000_000.0
    private static let townCount = 4_000
    private let seed: UInt64
    /// Running sums of the shares of the towns.
    private let cumulated: [Double]
    private let towns: [(x: Double, y: Double, radius: Double)]

    init(seed: UInt64) {
        self.seed = seed
        var random = RandomStream(seed: seed)
        var total = 0.0
        cumulated = (1...Self.townCount).map { rank in
            total += 1 / Double(rank)
            return total
        }
        towns = (1...Self.townCount).map { rank in
            let radius = min(max(15_000 / pow(Double(rank), 0.42), 500), 15_000)
            return (random.nextUnit() * Self.side, random.nextUnit() * Self.side, radius / 2)
        }
    }

    /// Coordinates of a number of points.
    func points(_ count: Int, workers: Workers) throws -> (x: [Double], y: [Double]) {
        var y: [Double] = []
        let x = try [Double](count: count) { x in
            y = try [Double](count: count) { y in
                try workers.forEach(in: 0..<count, grain: 1 << 16) { range, _ in
                    var random = RandomStream(seed: seed, stream: UInt64(range.lowerBound) + 1)
                    for index in range { (x[index], y[index]) = point(&random) }
                }
            }
        }
        return (x, y)
    }

    private func point(_ random: inout RandomStream) -> (Double, Double) {
        guard random.nextUnit() < 0.85 else { return (random.nextUnit() * Self.side, random.nextUnit() * Self.side) }
        let town = towns[rank(random.nextUnit())]
        let angle = random.nextUnit() * 2 * .pi
        // Student's t in two dimensions with 2.5 degrees of freedom: the distance has this inverse distribution.
        let distance = (2.5 * (pow(1 - random.nextUnit(), -2 / 2.5) - 1)).squareRoot()
        return (town.x + town.radius * distance * cos(angle), town.y + town.radius * distance * sin(angle))
    }

    /// The town at a share of all towns' points.
    private func rank(_ share: Double) -> Int {
        let sought = share * cumulated[cumulated.count - 1]
        var (low, high) = (0, cumulated.count - 1)
        while low < high {
            let middle = (low + high) / 2
            if cumulated[middle] > sought { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
