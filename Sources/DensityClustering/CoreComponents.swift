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
    /// The component of the core site at each position; components ascend with their smallest site.
    let labels: Column<Int32>

    init(_ cells: SiteCells, radius: Meters, workers: Workers) throws {
        let rows = cells.rows
        let workers = rows.count < 1 << 13 ? workers.single : workers
        // First the cell of each position, in the end the component of that cell.
        labels = Column<Int32>(count: rows.count)
        let cellOfPosition = labels.shared
        try workers.forEach(in: 0..<cells.count, grain: 1 << 12) { range, _ in
            for cell in range {
                for position in cells.positions(cell) { cellOfPosition[position] = Int32(truncatingIfNeeded: cell) }
            }
        }
        let joined = ConcurrentUnionFind(count: cells.count)
        let limit = rows.metric.limit(for: radius)
        let starts = cells.starts
        try workers.forEach(in: 0..<cells.count, grain: 1 << 11) { range, _ in
            var finder = RunFinder(target: rows, radius: radius)
            let x = rows.x
            cells.forEachRow(of: range) { row, part in
                finder.enter(row: rows.rowNumbers[row], from: x[Int(starts[part.lowerBound])], forward: true)
                for cell in part {
                    let own = Int(starts[cell])..<Int(starts[cell + 1])
                    for run in finder.runs(from: x[own.lowerBound], to: x[own.upperBound - 1]) {
                        // Cells before this one have met it already.
                        var position = max(Int(run.start), own.upperBound)
                        while position < Int(run.end) {
                            let other = Int(cellOfPosition[position])
                            let end = min(Int(starts[other + 1]), Int(run.end))
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

        // Within a cell sites ascend, so the smallest site of a component is the first of one of its cells.
        var smallest = [Int32](repeating: .max, count: cells.count)
        var roots: [Int] = []
        for cell in 0..<cells.count {
            let root = joined.root(cell)
            if root == cell { roots.append(root) }
            smallest[root] = min(smallest[root], rows.order[cells.positions(cell).lowerBound])
        }
        roots.sort { smallest[$0] < smallest[$1] }
        count = roots.count
        // The room of what was compared takes the numbers of the components.
        for (number, root) in roots.enumerated() { smallest[root] = Int32(number) }
        let numbers = smallest
        try workers.forEach(in: 0..<cells.count, grain: 1 << 12) { range, _ in
            for cell in range {
                let component = numbers[joined.root(cell)]
                for position in cells.positions(cell) { cellOfPosition[position] = component }
            }
        }
    }
}
