import CDistanceKernels
import ParallelWork

/// Looks for the nearest sites of other components from all sites of a leaf at once. Belongs to one worker.
struct ForeignSearch: ~Copyable {
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
