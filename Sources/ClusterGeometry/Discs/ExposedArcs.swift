/// The arcs of circles that no other disc covers, in order of disc, then of angle.
struct ExposedArcs<Surface: DiscSurface, Offsets: DiscOffsets> {
    private(set) var arcs: [BoundaryArc] = []
    private let surface: Surface
    private let offsets: Offsets
    private let table: SectorTable.Reader
    private var gaps = CircleGaps()

    static func find(on surface: Surface, _ offsets: Offsets, in cells: some CenterCells) -> [BoundaryArc] {
        SectorTable.shared.withReader { table in
            var search = ExposedArcs(surface, offsets, table)
            defer { search.gaps.deallocate() }
            let usesSectors = surface.usesSectors
            cells.forEachCell { centers, runs in
                for disc in centers {
                    var covered: UInt64 = 0
                    if usesSectors {
                        covered = search.sectorsCovered(of: disc, by: runs)
                        if covered == ~0 { continue }
                    }
                    search.cut(disc, startingWithout: covered, by: runs, usesSectors: usesSectors)
                }
            }
            return search.arcs
        }
    }

    private init(_ surface: Surface, _ offsets: Offsets, _ table: SectorTable.Reader) {
        self.surface = surface
        self.offsets = offsets
        self.table = table
    }

    /// What the table knows to be covered; all sectors as soon as they are.
    @inline(__always)
    private func sectorsCovered(of disc: Int, by runs: UnsafeBufferPointer<CandidateRun>) -> UInt64 {
        let glance = offsets.glance(disc)
        var covered: UInt64 = 0
        for run in runs {
            let isCovered = Self.visitOutwards(run, from: disc) { other in
                covered |= table.sure(offsets.offset(from: glance, to: other))
                return covered == ~0
            }
            if isCovered { break }
        }
        return covered
    }

    private mutating func cut(
        _ disc: Int, startingWithout covered: UInt64, by runs: UnsafeBufferPointer<CandidateRun>, usesSectors: Bool
    ) {
        let view = surface.view(disc)
        let glance = offsets.glance(disc)
        gaps.reset(toAllBut: covered)
        for run in runs {
            let isCovered = Self.visitOutwards(run, from: disc) { other in
                if usesSectors {
                    guard table.possible(offsets.offset(from: glance, to: other)) & gaps.sectors != 0 else {
                        return false
                    }
                }
                if surface.coincide(view, other) {
                    // Of equal discs the first stands for all.
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
    private static func visitOutwards(_ run: CandidateRun, from disc: Int, _ visit: (Int) -> Bool) -> Bool {
        let centers = run.centers
        let isOwn = centers.contains(disc)
        var after = isOwn ? disc + 1 : run.middle
        var before = isOwn ? disc - 1 : after - 1
        while after < centers.upperBound, before >= centers.lowerBound {
            if visit(after) || visit(before) { return true }
            after += 1
            before -= 1
        }
        while after < centers.upperBound {
            if visit(after) { return true }
            after += 1
        }
        while before >= centers.lowerBound {
            if visit(before) { return true }
            before -= 1
        }
        return false
    }
}
