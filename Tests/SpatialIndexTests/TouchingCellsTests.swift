import FirmModel
import ParallelWork
import SpatialIndex
import Testing

@Suite struct TouchingCellsTests {
    @Test(arguments: 0..<120) func sitesOfTouchingCellsAreWithinTwiceTheRadius(seed: Int) throws {
        let random = try RandomSites(seed: seed)
        let sites = random.sites
        let side = SiteCells.side(metric: sites.metric, radius: Meters(random.radius / 2))
        let rows = try SiteRows(sites, rowHeight: side, workers: Workers(count: 1))
        let cells = try SiteCells(rows, side: side, workers: Workers(count: 1))
        let touching = cells.touching(side: side)
        let limit = sites.metric.limit(for: Meters(random.radius))
        for cell in 0..<cells.count {
            var neighbors: Set<Int> = []
            touching.forEach(touching: cell) { other in
                #expect(neighbors.insert(other).inserted)
                for a in cells.positions(cell) {
                    for b in cells.positions(other) {
                        #expect(random.squaredDistance(Int(rows.order[a]), Int(rows.order[b])) <= limit)
                    }
                }
            }
            #expect(neighbors.contains(cell))
            guard sites.metric == .plane else { continue }
            // In the plane they are the nine squares around.
            func square(_ cell: Int) -> (x: Double, y: Double) {
                let site = Int(rows.order[cells.positions(cell).lowerBound])
                return ((sites.x[site] / side.value).rounded(.down), (sites.y[site] / side.value).rounded(.down))
            }
            let own = square(cell)
            let expected = (0..<cells.count).filter {
                abs(square($0).x - own.x) <= 1 && abs(square($0).y - own.y) <= 1
            }
            #expect(neighbors == Set(expected))
        }
    }
}
