/// HDBSCAN* straight from its definition, from the top down: every pair of firms is measured, a set of firms is split below the
/// longest edge of its minimum spanning tree, its parts are looked at again. O(n³), every firm a point of its own.
public struct BruteForceHDBSCAN {
    /// One cluster of the condensed tree.
    public struct Cluster {
        public var parent: Int?
        public var children: [Int] = []
        /// Infinite for the root.
        public var squaredBirth: Double
        /// What the set that became the cluster hangs together at.
        public var squaredLongest: Double
        /// Ascending points.
        public var members: [Int]
        public var level: Int
        public var stability = 0.0
        /// Of what leaves the cluster itself.
        public var largestLambda = 0.0
    }

    /// From the root down, siblings by their first member.
    public private(set) var clusters: [Cluster] = []
    /// For each point the smallest cluster it is in, −1 for none.
    public private(set) var clusterOfPoint: [Int]
    /// For each point the squared distance at which it leaves that cluster.
    public private(set) var squaredDepartures: [Double]
    /// For each point, infinite when all weigh too little.
    public private(set) var squaredCores: [Double]

    private let sites: [Int]
    private let weights: [Double]
    private let length: (Double) -> Double
    private let minimumClusterSize: Double
    private let minimumSites: Int
    /// m(i, j), squared, row by row.
    private var reachability: [Double]

    /// - Parameters:
    ///   - sites: for each point where it is.
    ///   - weights: for each point, 1 or 0.
    ///   - squaredDistance: between two sites.
    ///   - length: the meters of a squared distance.
    public init(
        sites: [Int], weights: [Double], minimumSamples: Double, minimumClusterSize: Double, minimumSites: Int = 1,
        squaredDistance: (Int, Int) -> Double, length: @escaping (Double) -> Double
    ) {
        (self.sites, self.weights, self.length) = (sites, weights, length)
        (self.minimumClusterSize, self.minimumSites) = (minimumClusterSize, minimumSites)
        let count = sites.count
        clusterOfPoint = [Int](repeating: -1, count: count)
        squaredDepartures = [Double](repeating: .infinity, count: count)
        squaredCores = (0..<count).map { i in
            var sum = 0.0
            let near = (0..<count).map { (squared: squaredDistance(sites[i], sites[$0]), weight: weights[$0]) }
            for other in near.sorted(by: { $0.squared < $1.squared }) {
                sum += other.weight
                if sum >= minimumSamples { return other.squared }
            }
            return .infinity
        }
        reachability = []
        reachability.reserveCapacity(count * count)
        for i in 0..<count {
            for j in 0..<count {
                reachability.append(max(squaredDistance(sites[i], sites[j]), squaredCores[i], squaredCores[j]))
            }
        }
        let all = Array(0..<count)
        if squaredCores.allSatisfy(\.isFinite), isLarge(all) { grow(all, from: nil, squaredBirth: .infinity) }
    }

    private func isLarge(_ set: [Int]) -> Bool {
        set.reduce(0) { $0 + weights[$1] } >= minimumClusterSize && Set(set.map { sites[$0] }).count >= minimumSites
    }

    /// The lengths of the edges of a minimum spanning tree of a set, squared, by Prim's algorithm.
    private func spanningEdges(of set: [Int]) -> [Double] {
        guard var last = set.first else { return [] }
        var waiting = Array(set.dropFirst())
        var shortest = [Double](repeating: .infinity, count: waiting.count)
        var edges: [Double] = []
        while !waiting.isEmpty {
            var nearest = 0
            for index in waiting.indices {
                shortest[index] = min(shortest[index], reachability[last * sites.count + waiting[index]])
                if shortest[index] < shortest[nearest] { nearest = index }
            }
            edges.append(shortest[nearest])
            last = waiting[nearest]
            waiting.swapAt(nearest, waiting.count - 1)
            shortest.swapAt(nearest, shortest.count - 1)
            waiting.removeLast()
            shortest.removeLast()
        }
        return edges
    }

    /// The squared lengths of a minimum spanning tree of the sites, ascending.
    public var spanningEdgesOfSites: [Double] {
        var seen: Set<Int> = []
        return spanningEdges(of: sites.indices.filter { seen.insert(sites[$0]).inserted }).sorted()
    }

    /// What hangs together by edges shorter than a length.
    private func parts(of set: [Int], below squared: Double) -> [[Int]] {
        var waiting = set
        var parts: [[Int]] = []
        while let start = waiting.first {
            waiting.removeFirst()
            var (part, at) = ([start], 0)
            while at < part.count {
                let row = part[at] * sites.count
                part += waiting.filter { reachability[row + $0] < squared }
                waiting.removeAll { reachability[row + $0] < squared }
                at += 1
            }
            parts.append(part.sorted())
        }
        return parts
    }

    private mutating func grow(_ members: [Int], from parent: Int?, squaredBirth: Double) {
        let cluster = clusters.count
        if let parent { clusters[parent].children.append(cluster) }
        let level = parent.map { clusters[$0].level + 1 } ?? 0
        clusters.append(
            Cluster(parent: parent, squaredBirth: squaredBirth, squaredLongest: 0, members: members, level: level))
        let birthLambda = 1 / length(squaredBirth)
        func gain(_ lambda: Double) -> Double { lambda > birthLambda ? lambda - birthLambda : 0 }
        var rest = members
        var longest: Double?
        while true {
            // A single firm stays until its core distance.
            let squared = spanningEdges(of: rest).max() ?? squaredCores[rest[0]]
            longest = longest ?? squared
            let parts = parts(of: rest, below: squared)
            // Nothing hangs together below the core distance of a firm, not even the firm.
            let large = rest.count > 1 ? parts.filter { isLarge($0) } : []
            let kept = Set(large.flatMap { $0 })
            let lambda = 1 / length(squared)
            for point in rest where !kept.contains(point) {
                (clusterOfPoint[point], squaredDepartures[point]) = (cluster, squared)
                if weights[point] > 0 { clusters[cluster].stability += gain(lambda) * weights[point] }
            }
            clusters[cluster].largestLambda = lambda
            if large.count == 1 {
                rest = large[0]
                continue
            }
            for part in large {
                clusters[cluster].stability += gain(lambda) * part.reduce(0) { $0 + weights[$1] }
                grow(part, from: cluster, squaredBirth: squared)
            }
            break
        }
        clusters[cluster].squaredLongest = longest ?? 0
    }
}

extension BruteForceHDBSCAN {
    /// What is chosen from the clusters, with the label of each point.
    public struct Selection {
        /// Ascending.
        public var clusters: [Int]
        /// For each point its place in `clusters`, −1 for noise.
        public var labels: [Int]
        public var strengths: [Double]
        /// Whether two choices were as good but for rounding.
        public var isDoubtful: Bool
    }

    private func birth(_ cluster: Int) -> Double { length(clusters[cluster].squaredBirth) }

    /// The cluster and what it is in, without the root.
    private func branch(_ cluster: Int) -> [Int] {
        Array(sequence(first: cluster) { clusters[$0].parent }.dropLast(cluster == 0 ? 0 : 1))
    }

    public func selection(leaf: Bool, epsilon: Double, allowsSingleCluster: Bool) -> Selection {
        guard !clusters.isEmpty else {
            let count = sites.count
            return Selection(
                clusters: [], labels: [Int](repeating: -1, count: count),
                strengths: [Double](repeating: 0, count: count), isDoubtful: false)
        }
        var isDoubtful = false
        func best(_ cluster: Int) -> (stability: Double, chosen: [Int]) {
            let own = clusters[cluster].stability
            let inside = clusters[cluster].children.map { best($0) }
            let sum = inside.reduce(0) { $0 + $1.stability }
            if cluster == 0, !allowsSingleCluster { return (sum, inside.flatMap(\.chosen)) }
            if !inside.isEmpty, own != 0 || sum != 0, abs(own - sum) <= 1e-9 * max(own, sum) { isDoubtful = true }
            return own >= sum ? (own, [cluster]) : (sum, inside.flatMap(\.chosen))
        }
        var chosen =
            leaf
            ? clusters.indices.filter { clusters[$0].children.isEmpty && ($0 > 0 || allowsSingleCluster) }
            : best(0).chosen
        if epsilon > 0, chosen != [0] {
            chosen = chosen.map { cluster in
                if birth(cluster) >= epsilon { return cluster }
                let around = branch(cluster)
                return around.first { birth($0) > epsilon } ?? (allowsSingleCluster ? 0 : around[around.count - 1])
            }
            let all = Set(chosen)
            chosen = all.filter { cluster in
                !sequence(first: cluster, next: { clusters[$0].parent }).dropFirst().contains { all.contains($0) }
            }.sorted()
        }
        var labels: [Int] = []
        var strengths: [Double] = []
        for point in sites.indices {
            let own = clusterOfPoint[point]
            let label =
                sequence(first: own) { clusters[$0].parent }.compactMap { chosen.firstIndex(of: $0) }.first ?? -1
            let lambda = 1 / length(squaredDepartures[point])
            let enough = epsilon > 0 ? 1 / epsilon : clusters[0].largestLambda
            if label < 0 || (chosen == [0] && lambda < enough) {
                labels.append(-1)
                strengths.append(0)
            } else {
                let largest = clusters[chosen[label]].largestLambda
                labels.append(label)
                strengths.append(largest.isFinite ? min(lambda, largest) / largest : 1)
            }
        }
        return Selection(clusters: chosen, labels: labels, strengths: strengths, isDoubtful: isDoubtful)
    }

    /// 1 − λ / λ_max, with the largest λ of the cluster that a point leaves and of all inside it.
    public var outlierScores: [Double] {
        func largestInside(_ cluster: Int) -> Double {
            clusters[cluster].children.reduce(clusters[cluster].largestLambda) { max($0, largestInside($1)) }
        }
        let deepest = clusters.indices.map { largestInside($0) }
        return sites.indices.map { point in
            guard clusterOfPoint[point] >= 0 else { return 1 }
            let largest = deepest[clusterOfPoint[point]]
            let lambda = 1 / length(squaredDepartures[point])
            if lambda == largest { return 0 }
            return largest.isFinite ? 1 - lambda / largest : 1
        }
    }
}
