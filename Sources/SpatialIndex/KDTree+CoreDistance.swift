import CDistanceKernels
public import FirmModel
public import ParallelWork

extension KDTree {
    /// For each site of the subset the smallest distance within which the sites weigh at least `weight`, the site itself
    /// included: the core distance of OPTICS and HDBSCAN*, and, for a weight of k + 1 firms, the k-distance of a firm there.
    ///
    /// Infinite where all sites together weigh less.
    ///
    /// - Complexity: O(n (log n + k)) expected for up to 64 sites k that reach the weight, O(n (log n + k log k)) beyond.
    /// - Throws: `WorkCancelled`.
    public func coreDistances(weight: Double, workers: Workers) throws -> [Meters] {
        let squared = try squaredCoreDistances(weight: weight, workers: workers)
        defer { withExtendedLifetime(squared) {} }
        let (positions, values) = (order.shared, squared.shared)
        return try [Meters](count: count) { distances in
            try workers.forEach(in: 0..<count, grain: 1 << 14) { range, _ in
                for position in range {
                    let squared = values[position]
                    distances[Int(positions[position])] =
                        squared == .infinity ? Meters(.infinity) : self.metric.distance(forSquared: squared)
                }
            }
        }
    }

    /// The same by tree position, squared as distances are compared.
    public func squaredCoreDistances(weight: Double, workers: Workers) throws -> Column<Double> {
        let workers = count < 1 << 12 ? workers.single : workers
        let column = Column<Double>(count: count)
        defer { withExtendedLifetime(column) {} }
        let squared = column.shared
        // Counts are whole numbers; so is then what is enough of them.
        let enough = weight.rounded(.up)
        if weights == nil, enough <= Double(most_nearest) {
            try workers.forEach(in: 0..<leafCount, grain: 64) { range, _ in
                let search = NearestLists(self, enough: max(1, Int32(enough)))
                for leaf in range { search.writeSquaredDistances(ofLeaf: leaf, to: squared) }
            }
        } else {
            try workers.forEach(in: 0..<leafCount, grain: 64) { range, _ in
                let walk = LeafWalk(self)
                var ball = HeavyBall(threshold: weight)
                for leaf in range {
                    for position in self.positions(leaf) {
                        squared[position] = self.squaredRadius(around: position, walk: walk, ball: &ball)
                    }
                }
            }
        }
        return column
    }
}

/// Finds the nearest sites of all sites of a leaf at once, while they are few. Belongs to one worker.
private struct NearestLists: ~Copyable {
    private let tree: KDTree
    private let walk: LeafWalk
    private let enough: Int32
    private let lists: UnsafeMutablePointer<nearest_lists>

    init(_ tree: KDTree, enough: Int32) {
        self.tree = tree
        self.enough = enough
        walk = LeafWalk(tree)
        lists = .allocate(capacity: 1)
    }

    deinit { lists.deallocate() }

    func writeSquaredDistances(ofLeaf leaf: Int, to squared: SharedBuffer<Double>) {
        let own = tree.positions(leaf)
        clear_nearest(lists, enough)
        // The leaf itself first: it makes the bounds with which the others are looked for.
        take(leaf, into: own)
        var farthest = farthestBound(own.count)
        walk.visitLeaves(near: walk.box(2 * leaf)) { _, squared in
            squared >= farthest
        } _: { other in
            guard other != leaf else { return }
            take(other, into: own)
            farthest = farthestBound(own.count)
        }
        withUnsafeBytes(of: &lists.pointee.bounds) { bounds in
            let bounds = bounds.assumingMemoryBound(to: Double.self)
            for (index, position) in own.enumerated() { squared[position] = bounds[index] }
        }
    }

    @inline(__always)
    private func farthestBound(_ count: Int) -> Double {
        withUnsafeBytes(of: &lists.pointee.bounds) { bounds in
            let bounds = bounds.assumingMemoryBound(to: Double.self)
            var farthest = 0.0
            for index in 0..<count { farthest = max(farthest, bounds[index]) }
            return farthest
        }
    }

    @inline(__always)
    private func take(_ other: Int, into own: Range<Int>) {
        let (others, counts) = (tree.positions(other), tree.counts?.base)
        if let z = tree.z {
            take_nearest_space(
                tree.x.base, tree.y.base, z.base, counts, own.lowerBound, own.upperBound, others.lowerBound,
                others.upperBound, walk.box(2 * other), lists)
        } else {
            take_nearest_planar(
                tree.x.base, tree.y.base, counts, own.lowerBound, own.upperBound, others.lowerBound,
                others.upperBound, walk.box(2 * other), lists)
        }
    }
}

extension KDTree {
    /// How far from a site the weight around it reaches the threshold of `ball`, squared, for any weights and any number of
    /// sites.
    fileprivate func squaredRadius(around position: Int, walk: borrowing LeafWalk, ball: inout HeavyBall) -> Double {
        ball.empty()
        let (px, py, pz) = (x.base[position], y.base[position], z?.base[position] ?? 0)
        let box: InlineArray<6, Double> = [px, px, py, py, pz, pz]
        box.span.withUnsafeBufferPointer { box in
            guard let box = box.baseAddress else { return }
            walk.visitLeaves(near: box) { _, squared in
                squared >= ball.bound
            } _: { leaf in
                for other in positions(leaf) {
                    let (dx, dy) = (x.base[other] - px, y.base[other] - py)
                    var squared = dx * dx + dy * dy
                    if let z {
                        let dz = z.base[other] - pz
                        squared += dz * dz
                    }
                    guard squared < ball.bound else { continue }
                    let weight = weights?.base[other] ?? Double(counts?.base[other] ?? 1)
                    if weight > 0 { ball.insert(squared, weight) }
                }
            }
        }
        return ball.isHeavyEnough ? ball.bound : .infinity
    }
}

/// The nearest sites so far, no more than are needed to reach a weight: a heap with the farthest on top.
private struct HeavyBall {
    private struct Site {
        var squared: Double
        var weight: Double
    }

    private let threshold: Double
    private var sites: [Site] = []
    private var total = 0.0
    /// What is as far can lower nothing.
    private(set) var bound = Double.infinity

    var isHeavyEnough: Bool { total >= threshold }

    init(threshold: Double) { self.threshold = threshold }

    mutating func empty() {
        sites.removeAll(keepingCapacity: true)
        (total, bound) = (0, .infinity)
    }

    mutating func insert(_ squared: Double, _ weight: Double) {
        sites.append(Site(squared: squared, weight: weight))
        var place = sites.count - 1
        while place > 0 {
            let parent = (place - 1) / 2
            guard sites[parent].squared < sites[place].squared else { break }
            sites.swapAt(parent, place)
            place = parent
        }
        total += weight
        while let farthest = sites.first, total - farthest.weight >= threshold {
            total -= farthest.weight
            removeFarthest()
        }
        if total >= threshold { bound = sites[0].squared }
    }

    private mutating func removeFarthest() {
        let last = sites.removeLast()
        guard !sites.isEmpty else { return }
        var place = 0
        while true {
            var child = 2 * place + 1
            guard child < sites.count else { break }
            if child + 1 < sites.count, sites[child + 1].squared > sites[child].squared { child += 1 }
            guard sites[child].squared > last.squared else { break }
            sites[place] = sites[child]
            place = child
        }
        sites[place] = last
    }
}
