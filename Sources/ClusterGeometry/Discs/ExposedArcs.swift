/// The arcs of circles that no other disc covers, in order of disc, then of angle.
struct ExposedArcs {
    private(set) var arcs: [BoundaryArc] = []
    private var gaps = CircleGaps()

    static func find(on surface: some DiscSurface, in index: CellIndex) -> [BoundaryArc] {
        var search = ExposedArcs()
        SectorTable.shared.withReader { table in
            index.forEachCell { centers, runs in
                for disc in centers { search.look(at: disc, among: runs, on: surface, table) }
            }
        }
        return search.arcs
    }

    private mutating func look<Surface: DiscSurface>(
        at disc: Int, among runs: [Range<Int>], on surface: Surface, _ table: SectorTable.Reader
    ) {
        let view = surface.view(disc)
        let usesSectors = surface.usesSectors
        var covered: UInt64 = 0
        if usesSectors {
            for run in runs {
                let isCovered = Self.visitOutwards(run, from: disc) { other in
                    let (east, north) = surface.offset(from: view, to: other)
                    if table.isNear(east, north), surface.coincide(view, other) {
                        // Of equal discs the first stands for all.
                        if other < disc { covered = ~0 }
                    } else {
                        covered |= table.sure(east, north)
                    }
                    return covered == ~0
                }
                if isCovered { return }
            }
        }

        gaps.reset(toAllBut: covered)
        for run in runs {
            let isCovered = Self.visitOutwards(run, from: disc) { other in
                if usesSectors {
                    let (east, north) = surface.offset(from: view, to: other)
                    guard table.possible(east, north) & gaps.sectors != 0 else { return false }
                }
                if surface.coincide(view, other) {
                    if other < disc { gaps.clear() }
                } else {
                    switch surface.overlap(from: view, with: other) {
                    case .nothing: break
                    case .everything: gaps.clear()
                    case .arc(let start, let width): gaps.remove(start: start, width: width, coveredBy: Int32(other))
                    }
                }
                return gaps.isEmpty
            }
            if isCovered { return }
        }
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

    /// Visits a run from the disc outwards, or from its middle where the disc is not in it: the nearest in x come first,
    /// and both sides in turn, which is what covers a circle soonest. Ends when `visit` says so, and tells.
    @inline(__always)
    private static func visitOutwards(_ run: Range<Int>, from disc: Int, _ visit: (Int) -> Bool) -> Bool {
        let isOwn = run.contains(disc)
        var after = isOwn ? disc + 1 : run.lowerBound + run.count / 2
        var before = isOwn ? disc - 1 : after - 1
        while after < run.upperBound, before >= run.lowerBound {
            if visit(after) || visit(before) { return true }
            after += 1
            before -= 1
        }
        while after < run.upperBound {
            if visit(after) { return true }
            after += 1
        }
        while before >= run.lowerBound {
            if visit(before) { return true }
            before -= 1
        }
        return false
    }
}
