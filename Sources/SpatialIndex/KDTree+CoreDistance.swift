public import FirmModel
public import ParallelWork

extension KDTree {
    /// For each site of the subset the smallest distance within which the sites weigh at least `weight`, the site itself
    /// included: the core distance of OPTICS and HDBSCAN*, and, for a weight of k + 1 firms, the k-distance of a firm there.
    ///
    /// Infinite where all sites together weigh less.
    ///
    /// - Complexity: O(n (log n + k log k)) expected, where k sites reach the weight.
    public func coreDistances(weight: Double, workers: Workers) throws -> [Meters] {
        let leaves = 1 << depth
        let workers = count < 1 << 12 ? workers.single : workers
        let squared = try [Double](count: count) { squared in
            try workers.forEach(in: 0..<leaves, grain: 32) { range, _ in
                var search = CoreDistanceSearch(tree: self, weight: weight)
                for leaf in range {
                    for position in Self.range(of: leaves - 1 + leaf, count: count) {
                        squared[Int(order[position])] = search.squaredDistance(from: position)
                    }
                }
            }
        }
        return squared.map { $0 == .infinity ? Meters(.infinity) : metric.distance(forSquared: $0) }
    }
}

/// Finds how far from a site the weight around it reaches a threshold. Belongs to one worker.
private struct CoreDistanceSearch {
    private struct Candidate {
        var squaredDistance: Double
        var weight: Double
    }

    private let tree: KDTree
    private let threshold: Double
    /// The nearest sites so far, no more than are needed to reach the threshold: a heap with the farthest on top.
    private var nearest: [Candidate] = []
    private var total = 0.0
    private var bound = Double.infinity
    private var origin: (Double, Double, Double) = (0, 0, 0)

    init(tree: KDTree, weight: Double) {
        self.tree = tree
        threshold = weight
    }

    mutating func squaredDistance(from position: Int) -> Double {
        nearest.removeAll(keepingCapacity: true)
        total = 0
        bound = .infinity
        origin = (
            tree.columns[0][position], tree.columns[1][position], tree.dimensions == 3 ? tree.columns[2][position] : 0
        )
        visit(0)
        return total >= threshold ? nearest[0].squaredDistance : .infinity
    }

    private mutating func visit(_ node: Int) {
        guard node < (1 << tree.depth) - 1 else {
            look(KDTree.range(of: node, count: tree.count))
            return
        }
        let (left, right) = (squaredDistance(toBox: 2 * node + 1), squaredDistance(toBox: 2 * node + 2))
        let (near, far) = left <= right ? (2 * node + 1, 2 * node + 2) : (2 * node + 2, 2 * node + 1)
        // A box as far as the bound can hold nothing that lowers it.
        if min(left, right) < bound { visit(near) }
        if max(left, right) < bound { visit(far) }
    }

    private func squaredDistance(toBox node: Int) -> Double {
        var sum = 0.0
        for dimension in 0..<tree.dimensions {
            let at = (node * tree.dimensions + dimension) * 2
            let value = dimension == 0 ? origin.0 : dimension == 1 ? origin.1 : origin.2
            let gap = max(0, max(tree.boxes[at] - value, value - tree.boxes[at + 1]))
            sum += gap * gap
        }
        return sum
    }

    private mutating func look(_ span: Range<Int>) {
        for position in span {
            let dx = tree.columns[0][position] - origin.0
            let dy = tree.columns[1][position] - origin.1
            var squared = dx * dx + dy * dy
            if tree.dimensions == 3 {
                let dz = tree.columns[2][position] - origin.2
                squared = squared + dz * dz
            }
            guard squared < bound else { continue }
            let weight = tree.weights.isEmpty ? 1 : tree.weights[position]
            guard weight > 0 else { continue }
            insert(Candidate(squaredDistance: squared, weight: weight))
        }
    }

    private mutating func insert(_ candidate: Candidate) {
        nearest.append(candidate)
        var place = nearest.count - 1
        while place > 0 {
            let parent = (place - 1) / 2
            guard nearest[parent].squaredDistance < nearest[place].squaredDistance else { break }
            nearest.swapAt(parent, place)
            place = parent
        }
        total += candidate.weight
        while let farthest = nearest.first, total - farthest.weight >= threshold {
            total -= farthest.weight
            removeFarthest()
        }
        if total >= threshold { bound = nearest[0].squaredDistance }
    }

    private mutating func removeFarthest() {
        let last = nearest.removeLast()
        guard !nearest.isEmpty else { return }
        var place = 0
        while true {
            var child = 2 * place + 1
            guard child < nearest.count else { break }
            if child + 1 < nearest.count, nearest[child + 1].squaredDistance > nearest[child].squaredDistance {
                child += 1
            }
            guard nearest[child].squaredDistance > last.squaredDistance else { break }
            nearest[place] = nearest[child]
            place = child
        }
        nearest[place] = last
    }
}
