import CDistanceKernels
public import ParallelWork
import Synchronization

extension KDTree {
    /// The edges of a minimum spanning tree of mutual reachability, m(i, j) = max(core(i), core(j), d(i, j)), the shortest
    /// first.
    ///
    /// Borůvka's algorithm (1926): every component takes the shortest edge that leaves it, until one component is left. The
    /// sites of a leaf look for it together. What was found in one round bounds the next ones, because the edges that leave
    /// a component only become fewer: an edge from i is never shorter than core(i), nor than the edge that was the shortest when
    /// i last looked.
    ///
    /// Which of several minimum spanning trees it is depends on the run; their lengths are all the same.
    ///
    /// - Parameter squaredCores: by tree position, all finite.
    /// - Complexity: O(n log n) expected; 44 bytes a site while it runs.
    /// - Throws: `WorkCancelled`.
    public func spanningEdges(squaredCores: Column<Double>, workers: Workers) throws -> Column<SpanningEdge> {
        let workers = count < 1 << 12 ? workers.single : workers
        let edges = Column<SpanningEdge>(count: max(0, count - 1))
        var forest = try SpanningForest(self, squaredCores: squaredCores, workers: workers)
        while forest.componentCount > 1 { try forest.join(into: edges, workers: workers) }
        return try edges.ascending(workers: workers)
    }
}

/// The components of one round of Borůvka's algorithm, and what is known of the edges that leave them.
private struct SpanningForest {
    let tree: KDTree
    let cores: Column<Double>
    var componentCount: Int
    private var edgeCount = 0

    /// The component of each position.
    private let components: Column<Int32>
    /// No edge from a position to another component is shorter, squared.
    private let floors: Column<Double>
    /// For each position one that was in another component when it was found; −1 for none yet.
    private let candidates: Column<Int32>
    /// The only component in a node, −1 where there are several.
    private let nodeComponents: Column<Int32>
    /// The lowest floor in a node.
    private let nodeFloors: Column<Double>
    /// For each component the squared length of the shortest edge that leaves it.
    private let shortest: AtomicMinima

    init(_ tree: KDTree, squaredCores: Column<Double>, workers: Workers) throws {
        self.tree = tree
        cores = squaredCores
        let count = tree.count
        componentCount = count
        components = Column(count: count)
        floors = Column(count: count)
        candidates = Column(count: count)
        nodeComponents = Column(count: max(0, 2 * tree.leafCount - 1))
        nodeFloors = Column(count: max(0, 2 * tree.leafCount - 1))
        shortest = AtomicMinima(count: count)
        let (components, floors, candidates, cores) = (
            components.shared, floors.shared, candidates.shared, cores.shared
        )
        try workers.forEach(in: 0..<count, grain: 1 << 14) { range, _ in
            for position in range {
                components[position] = Int32(truncatingIfNeeded: position)
                floors[position] = cores[position]
                candidates[position] = -1
            }
        }
    }

    /// One round: every component is joined to the one its shortest edge leads to.
    mutating func join(into edges: Column<SpanningEdge>, workers: Workers) throws {
        try describeNodes(workers)
        try recallCandidates(workers)
        try lookForForeign(workers)
        let ends = try shortestEnds(workers)

        let joined = ConcurrentUnionFind(count: componentCount)
        let next = Atomic<Int>(edgeCount)
        try drawEdges(from: ends, joined, next, into: edges, workers)
        edgeCount = next.load(ordering: .relaxed)
        componentCount = try renumber(joined, workers)
    }

    /// A component that leads back to one that leads to it, or a ring of them with edges of one length, is joined once: any of
    /// these edges may be left out.
    private func drawEdges(
        from ends: AtomicMinima, _ joined: ConcurrentUnionFind, _ next: borrowing Atomic<Int>,
        into edges: Column<SpanningEdge>, _ workers: Workers
    ) throws {
        let (edge, candidates, components) = (edges.shared, candidates.shared, components.shared)
        try workers.forEach(in: 0..<componentCount, grain: 1 << 12) { range, _ in
            for component in range {
                let first = Int(ends[component])
                let second = Int(candidates[first])
                if joined.join(component, Int(components[second])) {
                    let place = next.wrappingAdd(1, ordering: .relaxed).oldValue
                    edge[place] = SpanningEdge(
                        squared: squaredLength(first, second), first: Int32(truncatingIfNeeded: first),
                        second: Int32(truncatingIfNeeded: second))
                }
            }
        }
    }

    /// Gives every position the number of its new component; returns how many there are.
    private func renumber(_ joined: ConcurrentUnionFind, _ workers: Workers) throws -> Int {
        let numbers = Column<Int32>(count: componentCount)
        defer { withExtendedLifetime(numbers) {} }
        var count: Int32 = 0
        for component in 0..<componentCount where joined.root(component) == component {
            numbers.base[component] = count
            count += 1
        }
        let (number, components) = (numbers.shared, components.shared)
        try workers.forEach(in: 0..<tree.count, grain: 1 << 14) { range, _ in
            for position in range { components[position] = number[joined.root(Int(components[position]))] }
        }
        return Int(count)
    }

    @inline(__always)
    private func squaredLength(_ first: Int, _ second: Int) -> Double {
        let (dx, dy) = (tree.x.base[second] - tree.x.base[first], tree.y.base[second] - tree.y.base[first])
        var squared = dx * dx + dy * dy
        if let z = tree.z {
            let dz = z.base[second] - z.base[first]
            squared += dz * dz
        }
        return max(squared, max(cores.base[first], cores.base[second]))
    }

    /// Brings up to date which nodes are of one component, and their floors.
    private func describeNodes(_ workers: Workers) throws {
        let (nodeComponents, nodeFloors) = (nodeComponents.shared, nodeFloors.shared)
        let (components, floors, tree) = (components.shared, floors.shared, tree)
        try workers.forEach(in: 0..<tree.leafCount, grain: 1 << 10) { range, _ in
            for leaf in range {
                let positions = tree.positions(leaf)
                var (component, floor) = (components[positions.lowerBound], Double.infinity)
                for position in positions {
                    if components[position] != component { component = -1 }
                    floor = min(floor, floors[position])
                }
                (nodeComponents[2 * leaf], nodeFloors[2 * leaf]) = (component, floor)
            }
        }
        func describe(_ low: Int, _ high: Int) -> Int {
            let node = KDTree.node(low, high)
            guard high - low > 1 else { return node }
            let middle = (low + high) / 2
            let (left, right) = (describe(low, middle), describe(middle, high))
            nodeComponents[node] = nodeComponents[left] == nodeComponents[right] ? nodeComponents[left] : -1
            nodeFloors[node] = min(nodeFloors[left], nodeFloors[right])
            return node
        }
        _ = describe(0, tree.leafCount)
    }

    /// Candidates of earlier rounds that are still in another component are the first bounds.
    private func recallCandidates(_ workers: Workers) throws {
        let (shortest, candidates, components) = (shortest, candidates.shared, components.shared)
        shortest.reset(0..<componentCount)
        try workers.forEach(in: 0..<tree.count, grain: 1 << 14) { range, _ in
            for position in range {
                let candidate = Int(candidates[position])
                guard candidate >= 0, components[candidate] != components[position] else { continue }
                shortest.lower(Int(components[position]), to: self.squaredLength(position, candidate))
            }
        }
    }

    private func lookForForeign(_ workers: Workers) throws {
        try workers.forEach(in: 0..<tree.leafCount, grain: 64) { range, _ in
            let search = ForeignSearch(
                tree, cores: cores, components: components, floors: floors, candidates: candidates,
                nodeComponents: nodeComponents, nodeFloors: nodeFloors, shortest: shortest)
            for leaf in range { search.look(from: leaf) }
        }
    }

    /// For each component the first position from which its shortest edge leads to the position's candidate.
    private func shortestEnds(_ workers: Workers) throws -> AtomicMinima {
        let ends = AtomicMinima(count: componentCount)
        let (candidates, components, floors) = (candidates.shared, components.shared, floors.shared)
        try workers.forEach(in: 0..<tree.count, grain: 1 << 14) { range, _ in
            for position in range {
                let component = Int(components[position])
                let candidate = Int(candidates[position])
                guard floors[position] <= shortest[component], candidate >= 0,
                    components[candidate] != components[position],
                    squaredLength(position, candidate) == shortest[component]
                else { continue }
                ends.lower(component, to: Double(position))
            }
        }
        return ends
    }
}

/// Looks for the nearest sites of other components from all sites of a leaf at once. Belongs to one worker.
private struct ForeignSearch: ~Copyable {
    private let tree: KDTree
    private let walk: LeafWalk
    private let search: UnsafeMutablePointer<foreign_search>
    private let components: UnsafeMutablePointer<Int32>
    private let floors: UnsafeMutablePointer<Double>
    private let candidates: UnsafeMutablePointer<Int32>
    private let nodeComponents: UnsafeMutablePointer<Int32>
    private let nodeFloors: UnsafeMutablePointer<Double>
    private let shortest: AtomicMinima

    init(
        _ tree: KDTree, cores: Column<Double>, components: Column<Int32>, floors: Column<Double>,
        candidates: Column<Int32>, nodeComponents: Column<Int32>, nodeFloors: Column<Double>, shortest: AtomicMinima
    ) {
        self.tree = tree
        walk = LeafWalk(tree)
        search = .allocate(capacity: 1)
        search.initialize(to: foreign_search())
        search.pointee.cores = UnsafePointer(cores.base)
        search.pointee.components = UnsafePointer(components.base)
        search.pointee.floors = UnsafePointer(floors.base)
        (self.components, self.floors, self.candidates) = (components.base, floors.base, candidates.base)
        (self.nodeComponents, self.nodeFloors) = (nodeComponents.base, nodeFloors.base)
        self.shortest = shortest
    }

    deinit { search.deallocate() }

    func look(from leaf: Int) {
        withUnsafeMutableBytes(of: &search.pointee.bounds) { bounds in
            withUnsafeMutableBytes(of: &search.pointee.found) { found in
                let bounds = bounds.assumingMemoryBound(to: Double.self)
                let found = found.assumingMemoryBound(to: Int32.self)
                found.update(repeating: -1)
                let component = nodeComponents[2 * leaf]
                if component >= 0 {
                    lookTogether(from: leaf, of: component, bounds, found)
                } else {
                    lookApart(from: leaf, bounds, found)
                }
            }
        }
    }

    /// All sites of the leaf are in one component: one bound serves them all.
    private func lookTogether(
        from leaf: Int, of component: Int32, _ bounds: UnsafeMutableBufferPointer<Double>,
        _ found: UnsafeMutableBufferPointer<Int32>
    ) {
        let own = tree.positions(leaf)
        var bound = shortest[Int(component)]
        guard nodeFloors[2 * leaf] < bound else { return }
        search.pointee.one_component = true
        walk.visitLeaves(near: walk.box(2 * leaf)) { node, squared in
            squared >= bound || nodeFloors[node] >= bound || nodeComponents[node] == component
        } _: { other in
            // Others may have found a shorter one meanwhile.
            bounds[0] = min(bound, shortest[Int(component)])
            find(other, from: own)
            bound = bounds[0]
        }
        for (index, position) in own.enumerated() {
            floors[position] = max(floors[position], bound)
            if found[index] >= 0 { candidates[position] = found[index] }
        }
        shortest.lower(Int(component), to: bound)
    }

    private func lookApart(
        from leaf: Int, _ bounds: UnsafeMutableBufferPointer<Double>, _ found: UnsafeMutableBufferPointer<Int32>
    ) {
        let own = tree.positions(leaf)
        for (index, position) in own.enumerated() { bounds[index] = shortest[Int(components[position])] }
        search.pointee.one_component = false
        // The leaf itself first: most sites find what they need in it.
        find(leaf, from: own)
        var bound = widestBound(own, bounds)
        walk.visitLeaves(near: walk.box(2 * leaf)) { node, squared in
            squared >= bound || nodeFloors[node] >= bound
        } _: { other in
            guard other != leaf else { return }
            find(other, from: own)
            bound = widestBound(own, bounds)
        }
        for (index, position) in own.enumerated() {
            floors[position] = max(floors[position], bounds[index])
            guard found[index] >= 0 else { continue }
            candidates[position] = found[index]
            shortest.lower(Int(components[position]), to: bounds[index])
        }
    }

    /// The largest bound of a site that could still find something shorter.
    @inline(__always)
    private func widestBound(_ own: Range<Int>, _ bounds: UnsafeMutableBufferPointer<Double>) -> Double {
        var widest = 0.0
        for (index, position) in own.enumerated() where floors[position] < bounds[index] {
            widest = max(widest, bounds[index])
        }
        return widest
    }

    @inline(__always)
    private func find(_ other: Int, from own: Range<Int>) {
        let others = tree.positions(other)
        if let z = tree.z {
            find_foreign_space(
                tree.x.base, tree.y.base, z.base, own.lowerBound, own.upperBound, others.lowerBound,
                others.upperBound, walk.box(2 * other), search)
        } else {
            find_foreign_planar(
                tree.x.base, tree.y.base, own.lowerBound, own.upperBound, others.lowerBound, others.upperBound,
                walk.box(2 * other), search)
        }
    }
}
