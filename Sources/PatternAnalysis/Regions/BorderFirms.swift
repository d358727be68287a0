import ColocationMining
import ParallelWork
import SpatialIndex

/// For each region the firms around it: outside it, and near a cell of the ground that has firms of it.
///
/// All neighbors of the region's firms are among them, and a few more, up to a cell's diagonal further away; these are in no row
/// instance with a firm of the region and change nothing.
///
/// Memory: 8 bytes for each firm and region that it is near.
struct BorderFirms: Sendable {
    private let firms: [Int: [Int32]]

    /// - Parameter regions: those whose surroundings are asked for.
    init(in relation: NeighborRelation, regionOfFirm: [Int32], regions: [Int], workers: Workers) throws {
        let sites = relation.sites
        let side = SiteCells.side(metric: sites.metric, radius: relation.distance)
        let cells = try SiteCells(SiteRows(sites, rowHeight: side, workers: workers), side: side, workers: workers)
        var isAsked = [Bool](repeating: false, count: (regions.max() ?? -1) + 1)
        for region in regions { isAsked[region] = true }
        let (asked, grain) = (isAsked, 512)
        let parts = ResultSlots<[(region: Int32, firm: Int32)]>(count: (cells.count + grain - 1) / grain)
        try workers.forEach(in: 0..<cells.count, grain: grain) { range, _ in
            var pairs: [(region: Int32, firm: Int32)] = []
            var surroundings = CellSurroundings(cells, radius: relation.distance)
            cells.forEachRow(of: range) { row, cellsOfRow in
                surroundings.enter(row: row)
                for cell in cellsOfRow {
                    var here: Set<Int32> = []
                    for position in cells.positions(cell) {
                        for firm in sites.firms(atSite: Int(cells.rows.order[position])) {
                            let region = regionOfFirm[Int(firm)]
                            if region >= 0, Int(region) < asked.count, asked[Int(region)] { here.insert(region) }
                        }
                    }
                    guard !here.isEmpty else { continue }
                    surroundings.turn(to: cell)
                    for position in surroundings.positions {
                        for firm in sites.firms(atSite: Int(cells.rows.order[Int(position)])) {
                            for region in here where region != regionOfFirm[Int(firm)] { pairs.append((region, firm)) }
                        }
                    }
                }
            }
            parts.set(range.lowerBound / grain, pairs)
        }
        var firms: [Int: [Int32]] = [:]
        for part in parts.values {
            for (region, firm) in part { firms[Int(region), default: []].append(firm) }
        }
        self.firms = firms.mapValues { Set($0).sorted() }
    }

    /// The firms around a region, by canonical position, ascending.
    subscript(region: Int) -> [Int32] { firms[region] ?? [] }
}

extension Sites {
    /// The canonical positions of the firms at a site.
    fileprivate func firms(atSite site: Int) -> Range<Int32> { firmStarts[site]..<firmStarts[site + 1] }
}
