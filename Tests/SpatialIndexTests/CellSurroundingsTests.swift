import FirmModel
import ParallelWork
import SpatialIndex
import Testing

@Suite struct CellSurroundingsTests {
    @Test(arguments: 0..<60) func everyNeighborOfACellsSitesIsAround(seed: Int) throws {
        let random = try RandomSites(seed: seed)
        let (cells, limit) = try cells(random)
        var surroundings = CellSurroundings(cells, radius: Meters(random.radius))
        var visited = 0
        cells.forEachRow(of: 0..<cells.count) { row, part in
            surroundings.enter(row: row)
            for cell in part {
                visited += 1
                surroundings.turn(to: cell)
                let around = Set(surroundings.positions.map { Int($0) })
                #expect(around.count == surroundings.positions.count, "each once")
                for own in cells.positions(cell) {
                    #expect(around.contains(own))
                    for other in 0..<random.sites.count where isNear(own, other, cells, random, limit) {
                        #expect(around.contains(other), "seed \(seed), cell \(cell)")
                    }
                }
            }
        }
        #expect(visited == cells.count)
    }

    @Test(arguments: 0..<60) func rowsOfBitsSayWhoIsWithinReach(seed: Int) throws {
        let random = try RandomSites(seed: seed)
        let (cells, limit) = try cells(random)
        var stream = RandomStream(seed: UInt64(seed), stream: 5)
        // Places in any order, some more than once; some are of one group.
        let places = (0..<(1 + stream.next(below: 400))).map { _ in stream.next(below: random.sites.count) }
        let groups = places.map { _ in Int32(stream.next(below: 3)) - 1 }
        for isGrouped in [false, true] {
            var table = ReachTable(cells.rows, radius: Meters(random.radius))
            table.begin(count: places.count, isGrouped: isGrouped)
            for (index, position) in places.enumerated() {
                table.place(position, at: index)
                if isGrouped { table.group(groups[index], at: index) }
            }
            for index in places.indices {
                let row = table.row(index)
                for word in 0..<table.words {
                    for bit in 0..<64 {
                        let other = 64 * word + bit
                        let isSet = row[word] >> UInt64(bit) & 1 == 1
                        guard other < places.count else {
                            #expect(!isSet, "nothing beyond the last place")
                            continue
                        }
                        let isApart =
                            isGrouped && other != index && groups[index] >= 0 && groups[index] == groups[other]
                        #expect(
                            isSet == (!isApart && isNear(places[index], places[other], cells, random, limit)),
                            "seed \(seed)")
                    }
                }
            }
        }
    }

    private func cells(_ random: RandomSites) throws -> (SiteCells, limit: Double) {
        let side = SiteCells.side(metric: random.sites.metric, radius: Meters(random.radius))
        let rows = try SiteRows(random.sites, rowHeight: side, workers: Workers(count: 1))
        return (
            try SiteCells(rows, side: side, workers: Workers(count: 1)),
            random.sites.metric.limit(for: Meters(random.radius))
        )
    }

    private func isNear(_ a: Int, _ b: Int, _ cells: SiteCells, _ random: RandomSites, _ limit: Double) -> Bool {
        random.squaredDistance(Int(cells.rows.order[a]), Int(cells.rows.order[b])) <= limit
    }
}
