/// The arcs of circles that no other disc covers, in order of disc, then of angle.
struct ExposedArcs<Surface: DiscSurface, Offsets: DiscOffsets> {
    private(set) var arcs: [BoundaryArc] = []
    private let surface: Surface
    private let offsets: Offsets
    private let table: SectorTable.Reader
    private var gaps = CircleGaps()
    private var neighbors = NeighborList()
    /// Made when the first disc has more neighbors than are listed.
    private var tree: BoxTree<Surface.Point>?
    private let count: Int

    /// - Parameter count: how many discs there are.
    static func find(
        _ count: Int, on surface: Surface, _ offsets: Offsets, in cells: some CenterCells
    ) -> [BoundaryArc] {
        SectorTable.shared.withReader { table in
            var search = ExposedArcs(count, surface, offsets, table)
            defer {
                search.gaps.deallocate()
                search.neighbors.deallocate()
            }
            let usesSectors = surface.usesSectors
            cells.forEachCell { centers, runs in
                search.neighbors.reserve(for: runs)
                for disc in centers {
                    let covered = usesSectors ? search.look(at: disc, among: runs) : search.list(disc, runs)
                    if covered != ~0 { search.cut(disc, startingWithout: covered, among: runs) }
                }
            }
            return search.arcs
        }
    }

    private init(_ count: Int, _ surface: Surface, _ offsets: Offsets, _ table: SectorTable.Reader) {
        self.count = count
        self.surface = surface
        self.offsets = offsets
        self.table = table
    }

    /// Lists the neighbors and returns what the table knows to be covered; ends as soon as that is all.
    @inline(__always)
    private mutating func look(at disc: Int, among runs: UnsafeBufferPointer<CandidateRun>) -> UInt64 {
        let glance = offsets.glance(disc)
        let (offsets, table) = (self.offsets, self.table)
        return neighbors.list(for: disc, among: runs) { other in
            table.sure(offsets.offset(from: glance, to: other))
        }
    }

    /// Lists the neighbors where the table is of no use.
    private mutating func list(_ disc: Int, _ runs: UnsafeBufferPointer<CandidateRun>) -> UInt64 {
        neighbors.list(for: disc, among: runs) { _ in 0 }
    }

    private mutating func cut(
        _ disc: Int, startingWithout covered: UInt64, among runs: UnsafeBufferPointer<CandidateRun>
    ) {
        let view = surface.view(disc)
        let glance = offsets.glance(disc)
        gaps.reset(toAllBut: covered, directions: table.directions)
        for other in neighbors.listed where remove(from: disc, view, glance, Int(other)) { return }
        let neighbors = self.neighbors
        neighbors.forEachRest(of: runs) { range in
            let tree = self.tree ?? BoxTree(count) { surface.center($0) }
            self.tree = tree
            return tree.forEach(in: range) { lowest, highest in
                gaps.mayChange(byCentersFrom: lowest, to: highest, around: disc, view, on: surface)
            } _: { other in
                remove(from: disc, view, glance, other)
            }
        }
        if gaps.isEmpty { return }
        let first = arcs.count
        for gap in gaps.gaps {
            let isWhole = gap.width == 2 * .pi
            precondition(isWhole || (gap.previous >= 0 && gap.next >= 0), "a boundary arc ends nowhere")
            arcs.append(
                BoundaryArc(
                    disc: Int32(disc), previous: gap.previous, next: gap.next, start: gap.start, width: gap.width))
        }
        if arcs.count - first > 1 { arcs[first...].sort { $0.start < $1.start } }
    }

    /// Takes away from the gaps what another disc covers; true when nothing is left.
    @inline(__always)
    private mutating func remove(from disc: Int, _ view: Surface.View, _ glance: Offsets.Glance, _ other: Int) -> Bool {
        let bearing = surface.bearing(from: view, to: other)
        // Of equal discs the first stands for all.
        if bearing.isSamePlace {
            if other < disc { gaps.clear() }
            return other < disc
        }
        switch gaps.effect(of: bearing) {
        case .none: return false
        case .some: break
        case .perhaps:
            if surface.usesSectors {
                guard table.possible(offsets.offset(from: glance, to: other)) & gaps.sectors != 0 else { return false }
            }
        }
        switch CircleOverlap(bearing) {
        case .nothing: break
        case .everything: gaps.clear()
        case .arc(let arc): gaps.remove(arc, coveredBy: Int32(other))
        }
        return gaps.isEmpty
    }
}
