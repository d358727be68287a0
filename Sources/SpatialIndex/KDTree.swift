import CDistanceKernels
import FirmModel
public import ParallelWork

/// A k-d tree (Friedman, Bentley & Finkel 1977) over a subset of sites, for nearest neighbors when no radius is given.
///
/// Leaves are runs of ``leafSize`` tree positions, all full but the last, so that kernels answer for whole leaves. The tree
/// has no pointers: a node is a range of leaves a..<b, cut at m = ⌊(a + b) / 2⌋, and is numbered in order from west to east
/// of the tree, leaf l as 2l and the node cut at m as 2m − 1. Boxes are of the coordinates that distances are computed from,
/// so poles and the antimeridian need no care.
///
/// A final class that owns its columns: made once, then read by any number of threads. Memory: 20 bytes a site in the plane
/// and 28 on the sphere, 4 more with counts or 8 with weights, and 4 or 6 for boxes; 32 while it is built.
public final class KDTree: @unchecked Sendable {
    // Sendable by hand: nothing changes after init.

    /// Sites in a leaf. Two vectors of distances for each of them is where kernels and walking down weigh the same.
    static let leafSize = Int(leaf_points)

    /// How distance is measured between the sites.
    public let metric: Metric
    /// The number of sites.
    public let count: Int
    let leafCount: Int
    /// Tree position → index in the subset.
    public let order: Column<Int32>
    let x: Column<Double>
    let y: Column<Double>
    /// Only on the sphere.
    let z: Column<Double>?
    /// For each tree position how many it counts for; nil where all count for 1.
    let counts: Column<Int32>?
    /// For each tree position its weight, where counts cannot say it.
    let weights: Column<Double>?
    /// For each node, for each dimension, the lowest and the highest coordinate.
    let boxes: Column<Double>

    var dimensions: Int { z == nil ? 2 : 3 }

    /// - Complexity: O(n log n).
    /// - Throws: `WorkCancelled`.
    public init(_ subset: SiteSubset, in sites: Sites, workers: Workers) throws {
        let count = subset.count
        let workers = count < 1 << 13 ? workers.single : workers
        metric = sites.metric
        self.count = count
        leafCount = (count + Self.leafSize - 1) / Self.leafSize
        let hasDepth = sites.metric == .sphere
        let (leafCount, dimensions) = (leafCount, hasDepth ? 3 : 2)

        let columns = (0..<dimensions).map { _ in Column<Double>(count: count) }
        let order = Column<Int32>(count: count)
        boxes = Column<Double>(count: max(0, 2 * leafCount - 1) * 2 * dimensions)
        do {
            let cut = try KDTreeCut(subset, in: sites, workers: workers)
            let (indices, placed) = (order.shared, cut.sites.shared)
            let (xs, ys, zs) = (columns[0].shared, columns[1].shared, columns[dimensions - 1].shared)
            try workers.forEach(in: 0..<count, grain: 1 << 14) { range, _ in
                for position in range {
                    let site = placed[position]
                    xs[position] = site.x
                    ys[position] = site.y
                    if hasDepth { zs[position] = site.z }
                    indices[position] = KDTreeCut.index(of: site)
                }
            }
            withExtendedLifetime(cut) {}
        }
        self.order = order
        (x, y, z) = (columns[0], columns[1], hasDepth ? columns[2] : nil)
        counts = subset.counts.isEmpty ? nil : Self.gathered(subset.counts, order)
        weights = subset.amounts.isEmpty ? nil : Self.gathered(subset.amounts, order)
        try measureLeaves(workers)
        if leafCount > 0 { _ = measure(0..<leafCount) }
    }

    private static func gathered<Value: BitwiseCopyable & Sendable>(
        _ values: [Value], _ order: Column<Int32>
    ) -> Column<Value> {
        let column = Column<Value>(count: order.count)
        for position in 0..<order.count { column.base[position] = values[Int(order.base[position])] }
        return column
    }

    /// The tree positions in a leaf.
    func positions(_ leaf: Int) -> Range<Int> {
        leaf * Self.leafSize..<min(count, (leaf + 1) * Self.leafSize)
    }

    /// The number of a node, for whatever is kept about nodes.
    @inline(__always)
    static func node(_ low: Int, _ high: Int) -> Int { high - low == 1 ? 2 * low : (low + high) / 2 * 2 - 1 }

    private func measureLeaves(_ workers: Workers) throws {
        let (columns, boxes) = ([x, y] + (z.map { [$0] } ?? []), boxes.shared)
        try workers.forEach(in: 0..<leafCount, grain: 1 << 10) { range, _ in
            for (dimension, column) in columns.enumerated() {
                for leaf in range {
                    var (low, high) = (Double.infinity, -Double.infinity)
                    for position in self.positions(leaf) {
                        low = min(low, column.base[position])
                        high = max(high, column.base[position])
                    }
                    let at = (2 * leaf * columns.count + dimension) * 2
                    (boxes[at], boxes[at + 1]) = (low, high)
                }
            }
        }
    }

    /// Gives every node over some leaves the box around its children's; returns the number of the topmost.
    private func measure(_ leaves: Range<Int>) -> Int {
        let node = Self.node(leaves.lowerBound, leaves.upperBound)
        guard leaves.count > 1 else { return node }
        let middle = (leaves.lowerBound + leaves.upperBound) / 2
        let (left, right) = (measure(leaves.lowerBound..<middle), measure(middle..<leaves.upperBound))
        let (length, base) = (2 * dimensions, boxes.base)
        for bound in stride(from: 0, to: length, by: 2) {
            base[node * length + bound] = min(base[left * length + bound], base[right * length + bound])
            base[node * length + bound + 1] = max(base[left * length + bound + 1], base[right * length + bound + 1])
        }
        return node
    }
}
