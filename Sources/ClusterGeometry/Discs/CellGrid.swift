/// Centers on a map by the cells of a grid one radius wide: the candidates around a cell are five contiguous runs, found
/// without a search because every cell of the box has its place in a table.
struct CellGrid: CenterCells {
    /// The ranks of the centers by row, column and rank.
    let order: [Int32]
    private let columns: Int
    private let rows: Int
    /// Where each cell begins in `order`, and one more past the end.
    private let starts: [Int32]

    /// Bits of a step that make up a cell, a hair wider than a radius, so that rounding cannot put a neighbor three cells
    /// away.
    private static let side = DiscOffset.radius + 16
    /// The most cells to a center, and more for the smallest.
    private static let cellsPerCenter = 8
    private static let fewCells = 256

    /// Nil when the box has so many more cells than there are centers that a table would not pay.
    ///
    /// - Parameter positions: on the map, in steps, none below 0.
    init?(_ positions: UnsafeBufferPointer<SIMD2<Int64>>) {
        let highest = positions.reduce(SIMD2.zero) { pointwiseMax($0, $1) }
        let columns = Int(highest.x / Self.side) + 1
        let rows = Int(highest.y / Self.side) + 1
        let (cells, overflows) = columns.multipliedReportingOverflow(by: rows)
        guard !overflows, cells <= Self.cellsPerCenter * positions.count + Self.fewCells else { return nil }
        // A counting sort: stable, so that ranks ascend in each cell.
        var starts = [Int32](repeating: 0, count: cells + 1)
        let order = [Int32](unsafeUninitializedCapacity: positions.count) { order, initialized in
            withUnsafeTemporaryAllocation(of: Int32.self, capacity: positions.count) { cellOf in
                starts.withUnsafeMutableBufferPointer { starts in
                    for (rank, position) in positions.enumerated() {
                        let cell = Int(position.y / Self.side) * columns + Int(position.x / Self.side)
                        cellOf[rank] = Int32(truncatingIfNeeded: cell)
                        starts[cell] += 1
                    }
                    var end: Int32 = 0
                    for cell in starts.indices {
                        end += starts[cell]
                        starts[cell] = end
                    }
                    for rank in positions.indices.reversed() {
                        let cell = Int(cellOf[rank])
                        starts[cell] -= 1
                        order[Int(starts[cell])] = Int32(truncatingIfNeeded: rank)
                    }
                }
            }
            initialized = positions.count
        }
        self.columns = columns
        self.rows = rows
        self.starts = starts
        self.order = order
    }

    func forEachCell(_ body: (_ centers: Range<Int>, _ runs: UnsafeBufferPointer<CandidateRun>) -> Void) {
        let steps = [0, 1, -1, 2, -2]
        starts.withUnsafeBufferPointer { starts in
            withUnsafeTemporaryAllocation(of: CandidateRun.self, capacity: steps.count) { runs in
                for row in 0..<rows {
                    for column in 0..<columns {
                        let cell = row * columns + column
                        let centers = Int(starts[cell])..<Int(starts[cell + 1])
                        if centers.isEmpty { continue }
                        let (west, east) = (max(0, column - 2) - column, min(columns - 1, column + 2) - column)
                        var count = 0
                        for step in steps where row + step >= 0 && row + step < rows {
                            let middle = cell + step * columns
                            let run = Int(starts[middle + west])..<Int(starts[middle + east + 1])
                            if run.isEmpty { continue }
                            runs[count] = CandidateRun(
                                centers: run, middle: (Int(starts[middle]) + Int(starts[middle + 1])) / 2)
                            count += 1
                        }
                        body(centers, UnsafeBufferPointer(rebasing: runs[..<count]))
                    }
                }
            }
        }
    }
}

/// Centers arranged in cells, so that the neighbors of each lie in a few contiguous runs.
protocol CenterCells {
    /// Calls `body` for each occupied cell in order with its centers and the runs that hold all their neighbors; the first
    /// run is of the cell's own row and holds the cell itself.
    func forEachCell(_ body: (_ centers: Range<Int>, _ runs: UnsafeBufferPointer<CandidateRun>) -> Void)
}

/// Candidates for neighbors of a cell's centers.
struct CandidateRun {
    var centers: Range<Int>
    /// Where it is nearest to the cell.
    var middle: Int
}
