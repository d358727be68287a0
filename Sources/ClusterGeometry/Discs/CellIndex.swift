import FirmModel

/// Centers sorted by lattice row, column and rank: the candidates around a cell are a few contiguous runs.
struct CellIndex: CenterCells {
    struct Cell {
        var column: Int
        /// Its first center.
        var start: Int
    }

    struct Row {
        var row: Int
        /// Its first cell.
        var start: Int
    }

    /// The ranks of the centers in order.
    let order: [Int32]
    private let lattice: CellLattice
    /// Occupied cells, and one more past the end.
    private let cells: [Cell]
    /// Occupied rows, and one more past the end.
    private let rows: [Row]

    /// - Parameter places: distinct, in the coordinates of the lattice, by rank.
    init(_ places: [Coordinate], lattice: CellLattice) {
        var entries: [(cell: UInt64, rank: Int32)] = []
        entries.reserveCapacity(places.count)
        for (rank, place) in places.enumerated() {
            let cell = lattice.cell(of: place)
            entries.append((UInt64(cell.row) << 32 | UInt64(cell.column), Int32(rank)))
        }
        entries.sort { $0.cell != $1.cell ? $0.cell < $1.cell : $0.rank < $1.rank }

        var cells: [Cell] = []
        var rows: [Row] = []
        var current: UInt64?
        for (start, entry) in entries.enumerated() where entry.cell != current {
            let row = Int(entry.cell >> 32)
            if rows.last?.row != row { rows.append(Row(row: row, start: cells.count)) }
            cells.append(Cell(column: Int(entry.cell & 0xFFFF_FFFF), start: start))
            current = entry.cell
        }
        rows.append(Row(row: .max, start: cells.count))
        cells.append(Cell(column: .max, start: entries.count))
        order = entries.map { $0.rank }
        self.lattice = lattice
        self.cells = cells
        self.rows = rows
    }

    func forEachCell(_ body: (_ centers: Range<Int>, _ runs: UnsafeBufferPointer<CandidateRun>) -> Void) {
        let reach = CellLattice.rowReach
        let order = [0] + (1...reach).flatMap { [$0, -$0] }
        var runs: [CandidateRun] = []
        for rowIndex in 0..<rows.count - 1 {
            let row = rows[rowIndex].row
            // The occupied rows in reach, nearest first, each with a cursor at the first cell of the last window: windows
            // move on as the cells of the row do.
            var near: [(row: Int, cells: Range<Int>, cursor: Int)] = []
            for step in order {
                guard
                    let index = (max(0, rowIndex - reach)...min(rows.count - 2, rowIndex + reach)).first(where: {
                        rows[$0].row == row + step
                    })
                else { continue }
                let start = rows[index].start
                near.append((row + step, start..<rows[index + 1].start, start))
            }
            for cell in rows[rowIndex].start..<rows[rowIndex + 1].start {
                runs.removeAll(keepingCapacity: true)
                for index in near.indices {
                    appendRuns(around: (row, cells[cell].column), in: &near[index], to: &runs)
                }
                runs.withUnsafeBufferPointer { body(cells[cell].start..<cells[cell + 1].start, $0) }
            }
        }
    }

    private func appendRuns(
        around cell: (row: Int, column: Int), in near: inout (row: Int, cells: Range<Int>, cursor: Int),
        to runs: inout [CandidateRun]
    ) {
        guard let columns = lattice.columns(of: near.row, near: cell) else {
            return append(near.cells, to: &runs)
        }
        while near.cursor < near.cells.upperBound, cells[near.cursor].column < columns.lowerBound { near.cursor += 1 }
        var end = near.cursor
        while end < near.cells.upperBound, cells[end].column <= columns.upperBound { end += 1 }
        append(near.cursor..<end, to: &runs)

        // What lies around the back of the sphere.
        guard let count = lattice.columnCount(near.row) else { return }
        if columns.lowerBound < 0 {
            var start = near.cells.upperBound
            while start > end, cells[start - 1].column >= columns.lowerBound + count { start -= 1 }
            append(start..<near.cells.upperBound, to: &runs)
        }
        if columns.upperBound >= count {
            var last = near.cells.lowerBound
            while last < near.cursor, cells[last].column <= columns.upperBound - count { last += 1 }
            append(near.cells.lowerBound..<last, to: &runs)
        }
    }

    private func append(_ cellRange: Range<Int>, to runs: inout [CandidateRun]) {
        guard !cellRange.isEmpty else { return }
        let centers = cells[cellRange.lowerBound].start..<cells[cellRange.upperBound].start
        runs.append(CandidateRun(centers: centers, middle: centers.lowerBound + centers.count / 2))
    }
}
