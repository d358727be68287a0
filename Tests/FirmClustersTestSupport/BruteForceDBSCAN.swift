public import FirmModel

/// DBSCAN straight from its definition, O(n²): every pair of firms is measured, clusters are found by flooding.
public struct BruteForceDBSCAN {
    /// The cluster of each firm, −1 for noise.
    public var labels: [Int]
    public var isCore: [Bool]
    public var isAmbiguous: [Bool]

    /// - Parameters:
    ///   - squaredDistance: between two firms, in the units of `limit`.
    ///   - limit: the largest squared distance at which firms are neighbors.
    ///   - coordinates: break ties between equally near core firms.
    public init(
        coordinates: [Coordinate], weights: [Double], limit: Double, minimumWeight: Double, borders: Bool = true,
        squaredDistance: (Int, Int) -> Double
    ) {
        let count = coordinates.count
        let neighbors = (0..<count).map { i in (0..<count).filter { squaredDistance(i, $0) <= limit } }
        isCore = neighbors.map { $0.reduce(0) { $0 + weights[$1] } >= minimumWeight }
        labels = [Int](repeating: -1, count: count)
        isAmbiguous = [Bool](repeating: false, count: count)
        var next = 0
        for start in 0..<count where isCore[start] && labels[start] < 0 {
            var queue = [start]
            labels[start] = next
            while let i = queue.popLast() {
                for j in neighbors[i] where isCore[j] && labels[j] < 0 {
                    labels[j] = next
                    queue.append(j)
                }
            }
            next += 1
        }
        guard borders else { return }
        for i in 0..<count where !isCore[i] {
            let cores = neighbors[i].filter { isCore[$0] }
            let nearest = cores.min {
                let (a, b) = (squaredDistance(i, $0), squaredDistance(i, $1))
                return a != b ? a < b : coordinates[$0] < coordinates[$1]
            }
            guard let nearest else { continue }
            labels[i] = labels[nearest]
            isAmbiguous[i] = Set(cores.map { labels[$0] }).count > 1
        }
    }
}
