import FirmModel
import ParallelWork
import SpatialIndex

/// The connected components of core sites at most a radius apart.
///
/// Core sites of one cell are all in reach of each other, so components are joined cell by cell: two cells are joined when
/// any pair of their core sites is within the radius. Pairs already joined by others are not looked at.
struct CoreComponents {
    /// The number of components.
    let count: Int
    private let componentOfCell: [Int32]
    private let cellOfPosition: [Int32]

    /// The component of the core site at a position; components ascend with their smallest site.
    func componentOfPosition(_ position: Int) -> Int32 { componentOfCell[Int(cellOfPosition[position])] }

    init(_ cells: SiteCells, radius: Meters, workers: Workers) throws {
        let rows = cells.rows
        let limit = rows.metric.limit(for: radius)
        let workers = rows.count < 1 << 13 ? workers.single : workers
        let cellOfPosition = try [Int32](count: rows.count) { cellOfPosition in
            try workers.forEach(in: 0..<cells.count, grain: 1 << 12) { range, _ in
                for cell in range {
                    for position in cells.positions(cell) { cellOfPosition[position] = Int32(cell) }
                }
            }
        }
        let joined = ConcurrentUnionFind(count: cells.count)
        try workers.forEach(in: 0..<rows.rowNumbers.count, grain: 16) { range, _ in
            var finder = RunFinder(target: rows, radius: radius)
            for row in range {
                finder.enter(row: rows.rowNumbers[row], forward: true)
                for cell in cells.rowCells[row]..<cells.rowCells[row + 1] {
                    let own = cells.positions(cell)
                    let runs = finder.runs(from: rows.x[own.lowerBound], to: rows.x[own.upperBound - 1])
                    for run in runs {
                        // Cells before this one have met it already.
                        var position = max(Int(run.start), own.upperBound)
                        while position < Int(run.end) {
                            let other = Int(cellOfPosition[position])
                            let end = min(cells.positions(other).upperBound, Int(run.end))
                            if !joined.areJoined(cell, other),
                                rows.areWithinReach(own, position..<end, limit: limit)
                            {
                                joined.join(cell, other)
                            }
                            position = end
                        }
                    }
                }
            }
        }

        // Number components by their smallest site, that is by the smallest subset index among their positions.
        var smallest = [Int32](repeating: .max, count: cells.count)
        var roots: [Int] = []
        for cell in 0..<cells.count {
            let root = joined.root(cell)
            if root == cell { roots.append(root) }
            for position in cells.positions(cell) { smallest[root] = min(smallest[root], rows.order[position]) }
        }
        roots.sort { smallest[$0] < smallest[$1] }
        var numbers = [Int32](repeating: 0, count: cells.count)
        for (number, root) in roots.enumerated() { numbers[root] = Int32(number) }
        componentOfCell = (0..<cells.count).map { numbers[joined.root($0)] }
        self.cellOfPosition = cellOfPosition
        count = roots.count
    }
}
