import CDistanceKernels
public import ParallelWork

/// Lists the sites of a k-d tree that are within reach of each site of a leaf, a distance of its own for each: what is
/// nearest, once ``KDTree/squaredCoreDistances(weight:workers:)`` has told how far that is. Belongs to one worker.
public struct NeighborhoodSearch: ~Copyable {
    private let tree: KDTree
    private let walk: LeafWalk
    /// Leaves near the one at hand, and of these the runs near a site.
    private let leaves: UnsafeMutablePointer<Int32>
    private let runs: UnsafeMutablePointer<site_run>
    private var found: UnsafeMutableBufferPointer<Int32>

    /// Memory: 12 bytes a leaf.
    public init(_ tree: KDTree) {
        self.tree = tree
        walk = LeafWalk(tree)
        leaves = .allocate(capacity: max(1, tree.leafCount))
        runs = .allocate(capacity: max(1, tree.leafCount))
        found = .allocate(capacity: 64 * KDTree.leafSize)
    }

    deinit {
        leaves.deallocate()
        runs.deallocate()
        found.deallocate()
    }

    /// Calls `body` with each tree position of a leaf and the positions within its reach, itself among them, in an
    /// order that depends on the tree alone. The list is valid during the call.
    ///
    /// - Parameter reach: for each tree position a squared distance, inclusive.
    /// - Complexity: O(log n + leaves within the farthest reach of any site of the leaf).
    public mutating func forEachSite(
        ofLeaf leaf: Int, within reach: SharedColumn<Double>,
        _ body: (_ position: Int, _ neighbors: UnsafeBufferPointer<Int32>) -> Void
    ) {
        let own = tree.positions(leaf)
        var farthest = 0.0
        for position in own { farthest = max(farthest, reach[position]) }
        let leaves = leaves
        var leafCount = 0
        walk.visitLeaves(near: walk.box(2 * leaf)) { _, squared in
            squared > farthest
        } _: { other in
            leaves[leafCount] = Int32(truncatingIfNeeded: other)
            leafCount += 1
        }
        if found.count < leafCount * KDTree.leafSize {
            found.deallocate()
            found = .allocate(capacity: 2 * leafCount * KDTree.leafSize)
        }
        guard let room = found.baseAddress else { return }
        for position in own {
            // One far site in a leaf would have all others measure what only it can reach.
            let limit = reach[position]
            var (runCount, end) = (0, Int32(-1))
            for index in 0..<leafCount where squaredDistance(from: position, toLeaf: Int(leaves[index])) <= limit {
                let run = tree.positions(Int(leaves[index]))
                if end == Int32(truncatingIfNeeded: run.lowerBound) {
                    runCount -= 1
                } else {
                    runs[runCount].start = Int32(truncatingIfNeeded: run.lowerBound)
                }
                end = Int32(truncatingIfNeeded: run.upperBound)
                runs[runCount].end = end
                runCount += 1
            }
            let count =
                if let z = tree.z {
                    collect_in_runs_space(
                        tree.x.base[position], tree.y.base[position], z.base[position], tree.x.base, tree.y.base,
                        z.base, runs, runCount, limit, room)
                } else {
                    collect_in_runs_planar(
                        tree.x.base[position], tree.y.base[position], tree.x.base, tree.y.base, runs, runCount, limit,
                        room)
                }
            body(position, UnsafeBufferPointer(start: room, count: count))
        }
    }

    /// Rounding is monotone: no point of the leaf comes out nearer than this.
    @inline(__always)
    private func squaredDistance(from position: Int, toLeaf leaf: Int) -> Double {
        let box = walk.box(2 * leaf)
        let (x, y) = (tree.x.base[position], tree.y.base[position])
        let dx = max(0, max(box[0] - x, x - box[1]))
        let dy = max(0, max(box[2] - y, y - box[3]))
        guard let z = tree.z?.base[position] else { return dx * dx + dy * dy }
        let dz = max(0, max(box[4] - z, z - box[5]))
        return (dx * dx + dy * dy) + dz * dz
    }
}

extension KDTree {
    /// The number of leaves; those of a tree are numbered from 0 on.
    public var leaves: Range<Int> { 0..<leafCount }

    /// The squared distance between the sites at two tree positions, to the bit as kernels work it out.
    public func squaredDistance(_ position: Int, _ other: Int) -> Double {
        let (dx, dy) = (x.base[position] - x.base[other], y.base[position] - y.base[other])
        guard let z else { return dx * dx + dy * dy }
        let dz = z.base[position] - z.base[other]
        return (dx * dx + dy * dy) + dz * dz
    }
}
