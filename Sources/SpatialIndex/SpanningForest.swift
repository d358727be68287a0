import ParallelWork
import Synchronization

/// The components of one round of Borůvka's algorithm, and what is known of the edges that leave them.
struct SpanningForest {
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
