/// A k-d tree (Friedman, Bentley & Finkel 1977) over a subset of sites, for nearest neighbors when no radius is given.
///
/// Balanced and without pointers: node n has children 2n + 1 and 2n + 2, leaves hold at most 12 sites in
/// contiguous columns. Boxes are of the coordinates that distances are computed from, so poles and the antimeridian need
/// no care.
///
/// Memory: 28 bytes a site in the plane and 36 on the sphere, and about 8 for boxes.
public struct KDTree: Sendable {
    static let leafSize = 12

    let metric: Metric
    let dimensions: Int
    /// Tree position → index in the subset.
    let order: [Int32]
    /// Coordinates by tree position, one column after the other.
    let columns: [[Double]]
    let weights: [Double]
    /// For each node, for each dimension, the lowest and the highest coordinate.
    let boxes: [Double]
    let depth: Int

    /// The number of sites.
    public var count: Int { order.count }

    /// - Complexity: O(n log n).
    public init(_ subset: SiteSubset, in sites: Sites) {
        metric = sites.metric
        let gathered: [[Double]] =
            switch sites.metric {
            case .plane: [subset.sites.map { sites.x[Int($0)] }, subset.sites.map { sites.y[Int($0)] }]
            case .sphere:
                UnitVectors.columns(
                    longitudes: subset.sites.map { sites.x[Int($0)] }, latitudes: subset.sites.map { sites.y[Int($0)] })
            }
        dimensions = gathered.count
        let count = subset.count
        var depth = 0
        while count >> depth > Self.leafSize { depth += 1 }
        self.depth = depth
        let dimensions = dimensions
        var boxes = [Double](repeating: 0, count: ((2 << depth) - 1) * 2 * dimensions)
        var order = (0..<Int32(count)).map { $0 }

        order.withUnsafeMutableBufferPointer { order in
            boxes.withUnsafeMutableBufferPointer { boxes in
                // Breadth first: a node's range follows from halving, see `range(of:)`.
                for node in 0..<(2 << depth) - 1 {
                    let span = Self.range(of: node, count: count)
                    var (axis, widest) = (0, -1.0)
                    for dimension in 0..<dimensions {
                        var (low, high) = (Double.infinity, -Double.infinity)
                        gathered[dimension].withUnsafeBufferPointer { column in
                            for i in span {
                                low = min(low, column[Int(order[i])])
                                high = max(high, column[Int(order[i])])
                            }
                        }
                        boxes[(node * dimensions + dimension) * 2] = low
                        boxes[(node * dimensions + dimension) * 2 + 1] = high
                        if high - low > widest { (axis, widest) = (dimension, high - low) }
                    }
                    if node < (1 << depth) - 1 {
                        gathered[axis].withUnsafeBufferPointer { column in
                            select(order, in: span, middle: Self.middle(span)) { column[Int($0)] }
                        }
                    }
                }
            }
        }
        columns = gathered.map { column in order.map { column[Int($0)] } }
        weights = subset.counts.isEmpty && subset.amounts.isEmpty ? [] : order.map { subset.weight(Int($0)) }
        self.order = order
        self.boxes = boxes
    }

    static func middle(_ span: Range<Int>) -> Int { span.lowerBound + span.count / 2 }

    /// The tree positions below a node: halves of halves, found by walking down from the root.
    static func range(of node: Int, count: Int) -> Range<Int> {
        var (low, high) = (0, count)
        let path = node + 1
        var bit = Int.bitWidth - path.leadingZeroBitCount - 2
        while bit >= 0 {
            let middle = low + (high - low) / 2
            if path >> bit & 1 == 0 { high = middle } else { low = middle }
            bit -= 1
        }
        return low..<high
    }
}

/// Hoare's selection: afterwards keys before `middle` are at most, and keys from it on at least, the key at `middle`.
private func select(
    _ items: UnsafeMutableBufferPointer<Int32>, in span: Range<Int>, middle: Int, key: (Int32) -> Double
) {
    var (low, high) = (span.lowerBound, span.upperBound - 1)
    while low < high {
        // The median of three keeps sorted input, which this mostly is, from going quadratic.
        let (a, b, c) = (key(items[low]), key(items[low + (high - low) / 2]), key(items[high]))
        let pivot = max(min(a, b), min(max(a, b), c))
        var (i, j) = (low, high)
        while i <= j {
            while key(items[i]) < pivot { i += 1 }
            while key(items[j]) > pivot { j -= 1 }
            if i <= j {
                items.swapAt(i, j)
                i += 1
                j -= 1
            }
        }
        if middle <= j { high = j } else if middle >= i { low = i } else { return }
    }
}
