import ParallelWork

/// Goes through the leaves of a k-d tree that are near a box, roughly the nearest first. Belongs to one worker.
struct LeafWalk: ~Copyable {
    private struct Entry {
        var low: Int32
        var high: Int32
        var squared: Double
    }

    private let tree: KDTree
    private let isSpatial: Bool
    private let boxes: UnsafePointer<Double>
    private let stack: UnsafeMutablePointer<Entry>

    init(_ tree: KDTree) {
        self.tree = tree
        isSpatial = tree.dimensions == 3
        boxes = UnsafePointer(tree.boxes.base)
        // Every step down leaves one sibling behind.
        stack = .allocate(capacity: 66)
    }

    deinit { stack.deallocate() }

    /// The box of a node.
    @inline(__always)
    func box(_ node: Int) -> UnsafePointer<Double> { boxes + node * (isSpatial ? 6 : 4) }

    /// Calls `visit` for each leaf that `isUseless` does not hold for, nor for any node above it.
    ///
    /// - Parameters:
    ///   - box: lowest and highest coordinate in each dimension.
    ///   - isUseless: given a node and the squared distance to it, which no point of it comes out nearer than.
    @inline(__always)
    func visitLeaves(
        near box: UnsafePointer<Double>, unless isUseless: (_ node: Int, _ squared: Double) -> Bool,
        _ visit: (_ leaf: Int) -> Void
    ) {
        var depth = 1
        stack[0] = Entry(low: 0, high: Int32(tree.leafCount), squared: 0)
        while depth > 0 {
            depth -= 1
            let entry = stack[depth]
            var (low, high, squared) = (Int(entry.low), Int(entry.high), entry.squared)
            guard !isUseless(KDTree.node(low, high), squared) else { continue }
            var isWorthVisiting = true
            while high - low > 1 {
                let middle = (low + high) / 2
                let (left, right) = (KDTree.node(low, middle), KDTree.node(middle, high))
                let (toLeft, toRight) = (squaredDistance(box, self.box(left)), squaredDistance(box, self.box(right)))
                let leftUseless = isUseless(left, toLeft)
                let rightUseless = isUseless(right, toRight)
                if !leftUseless, !rightUseless {
                    if toLeft <= toRight {
                        stack[depth] = Entry(low: Int32(middle), high: Int32(high), squared: toRight)
                        (high, squared) = (middle, toLeft)
                    } else {
                        stack[depth] = Entry(low: Int32(low), high: Int32(middle), squared: toLeft)
                        (low, squared) = (middle, toRight)
                    }
                    depth += 1
                } else if !leftUseless {
                    (high, squared) = (middle, toLeft)
                } else if !rightUseless {
                    (low, squared) = (middle, toRight)
                } else {
                    isWorthVisiting = false
                    break
                }
            }
            if isWorthVisiting { visit(low) }
        }
    }

    @inline(__always)
    private func squaredDistance(_ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>) -> Double {
        let dx = max(0, max(b[0] - a[1], a[0] - b[1]))
        let dy = max(0, max(b[2] - a[3], a[2] - b[3]))
        guard isSpatial else { return dx * dx + dy * dy }
        let dz = max(0, max(b[4] - a[5], a[4] - b[5]))
        return dx * dx + dy * dy + dz * dz
    }
}
