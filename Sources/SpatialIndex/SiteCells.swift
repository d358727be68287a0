public import FirmModel
public import ParallelWork
import RealModule

/// Sites in rows cut into cells so small that any two sites of one cell lie within a radius of each other
/// (side radius/√2: Gunawan 2013; de Berg, Gunawan & Roeloffzen 2017).
///
/// Only occupied cells exist. A cell is a run of positions; cells ascend with positions.
public struct SiteCells: Sendable {
    /// The rows that are cut.
    public let rows: SiteRows
    /// Cell c holds positions `starts[c]..<starts[c + 1]`.
    public let starts: [Int32]
    /// Occupied row r of the rows holds cells `rowCells[r]..<rowCells[r + 1]`.
    public let rowCells: [Int]

    /// The number of occupied cells.
    public var count: Int { starts.count - 1 }
    /// The positions in a cell.
    public func positions(_ cell: Int) -> Range<Int> { Int(starts[cell])..<Int(starts[cell + 1]) }

    /// The height of rows whose cells are cliques at `radius`: with sides s on the ground, any two places of a cell are
    /// within s√2 in the plane and within 2R asin(s / (√2 R)) on the sphere; a little less keeps rounding out of it.
    public static func side(metric: Metric, radius: Meters) -> Meters {
        let side =
            switch metric {
            case .plane: radius.value / 2.squareRoot()
            // Beyond a hundredth of the sphere cells are kept small, where the bound above is far from tight.
            case .sphere:
                Sphere.radius * 2.squareRoot() * Double.sin(min(radius.value, 200_000) / (2 * Sphere.radius))
            }
        return Meters(side * (1 - 1e-7) - 1e-8)
    }

    /// - Parameters:
    ///   - rows: of the height that ``side(metric:radius:)`` gives for the radius.
    ///   - side: that height.
    public init(_ rows: SiteRows, side: Meters, workers: Workers) throws {
        self.rows = rows
        let (count, grain) = (rows.count, 1 << 15)
        let workers = count < 1 << 16 ? workers.single : workers
        let pieces = (count + grain - 1) / grain
        // Cells are looked for piece by piece, and put together when it is known how many come before each piece.
        let found = ResultSlots<(starts: [Int32], rows: [(row: Int, cell: Int)])>(count: pieces)
        try workers.forEach(in: 0..<count, grain: grain) { range, _ in
            var beginnings: [(row: Int, cell: Int)] = []
            let starts = [Int32](unsafeUninitializedCapacity: range.count) { starts, cells in
                Self.forEachCell(beginningIn: range, of: rows, side: side) { position, beginsRow in
                    starts[cells] = Int32(truncatingIfNeeded: position)
                    if let beginsRow { beginnings.append((beginsRow, cells)) }
                    cells += 1
                }
            }
            found.set(range.lowerBound / grain, (starts, beginnings))
        }
        var (starts, rowCells): ([Int32], [Int]) = ([], [])
        let parts = found.values
        starts.reserveCapacity(parts.reduce(1) { $0 + $1.starts.count })
        rowCells.reserveCapacity(rows.rowNumbers.count + 1)
        for part in parts {
            for beginning in part.rows { rowCells.append(starts.count + beginning.cell) }
            starts += part.starts
        }
        rowCells.append(starts.count)
        starts.append(Int32(count))
        (self.starts, self.rowCells) = (starts, rowCells)
    }

    /// Calls `body` with the first position of every cell that begins in a range, and with the row that begins there.
    @inline(__always)
    private static func forEachCell(
        beginningIn range: Range<Int>, of rows: SiteRows, side: Meters, _ body: (Int, _ beginsRow: Int?) -> Void
    ) {
        let x = rows.x
        rows.forEachRow(of: range) { row, span in
            let columns = 1 / columnWidth(of: rows.rowNumbers[row], in: rows, side: side)
            var position = span.lowerBound
            var column: Int
            if position == rows.rowStarts[row] {
                body(position, row)
                column = Self.column(of: x[position], columns)
                position += 1
            } else {
                column = Self.column(of: x[position - 1], columns)
            }
            while position < span.upperBound {
                let own = Self.column(of: x[position], columns)
                if own != column {
                    body(position, nil)
                    column = own
                }
                position += 1
            }
        }
    }

    /// ⌊x / width⌋, for so many columns a meter or degree.
    @inline(__always)
    private static func column(of x: Double, _ columns: Double) -> Int {
        let quotient = x * columns
        let towardZero = Int(quotient)
        return Double(towardZero) > quotient ? towardZero &- 1 : towardZero
    }

    /// Columns of a row are as wide as the side where the row is longest, at its edge toward the equator.
    private static func columnWidth(of row: Int, in rows: SiteRows, side: Meters) -> Double {
        switch rows.metric {
        case .plane: return side.value
        case .sphere:
            let edge = max(0, (row >= 0 ? Double(row) : -Double(row + 1)) * rows.rowHeight)
            let cosine = Double.cos(min(edge, 90) * (.pi / 180))
            let width = side.value / Sphere.radius * (180 / .pi)
            return width < 360 * cosine ? width / cosine : 360
        }
    }

    /// The number of columns from x = 0 to a cell, which is `columnWidth` of its row wide, both in the units of x.
    private func column(_ cell: Int, _ columnWidth: Double) -> Int {
        Self.column(of: rows.x[Int(starts[cell])], 1 / columnWidth)
    }

    /// For each cell those of the rows next to it that it touches, beside itself: any two places of two touching cells are within
    /// twice the radius for which any two of one cell are within it.
    ///
    /// Of more than three cells that touch it in one row, three are given; on the sphere none across ±180°.
    ///
    /// - Parameter side: that of the cells.
    public func touching(side: Meters) -> TouchingCells {
        var touching = TouchingCells(count: count)
        for (index, number) in rows.rowNumbers.enumerated() {
            let width = Self.columnWidth(of: number, in: rows, side: side)
            for (offset, neighbor) in [(-1, index - 1), (0, index), (1, index + 1)] {
                guard rows.rowNumbers.indices.contains(neighbor), rows.rowNumbers[neighbor] == number + offset else {
                    continue
                }
                let otherWidth = offset == 0 ? width : Self.columnWidth(of: number + offset, in: rows, side: side)
                var other = rowCells[neighbor]
                for cell in rowCells[index]..<rowCells[index + 1] {
                    let own = column(cell, width)
                    let (west, east) = (Double(own) * width, Double(own + 1) * width)
                    func liesWest(_ cell: Int) -> Bool { Double(column(cell, otherWidth) + 1) * otherWidth < west }
                    while other < rowCells[neighbor + 1], liesWest(other) { other += 1 }
                    var end = other
                    while end < rowCells[neighbor + 1], end < other + 3,
                        Double(column(end, otherWidth)) * otherWidth <= east
                    { end += 1 }
                    touching.set(other..<end, of: cell, row: offset)
                }
            }
        }
        return touching
    }

    /// Cuts a range of cells where rows end, and calls `body` with the index of each row and its part of the range.
    @inlinable
    public func forEachRow(of cells: Range<Int>, _ body: (_ row: Int, _ cells: Range<Int>) -> Void) {
        rowCells.forEachPart(of: cells, body)
    }
}

extension SiteRows {
    /// Cuts a range of positions where rows end, and calls `body` with the index of each row and its part of the range.
    @inlinable
    public func forEachRow(of positions: Range<Int>, _ body: (_ row: Int, _ positions: Range<Int>) -> Void) {
        rowStarts.forEachPart(of: positions, body)
    }

    /// Cuts some positions, ascending, where rows end, and calls `body` with the index of each row and the positions in it.
    public func forEachRow(
        of positions: ArraySlice<Int32>, _ body: (_ row: Int, _ positions: ArraySlice<Int32>) -> Void
    ) {
        var start = positions.startIndex
        while start < positions.endIndex {
            let row = rowStarts.partitioningIndex { $0 > Int(positions[start]) } - 1
            let end = rowStarts[row + 1]
            var next = start
            while next < positions.endIndex, Int(positions[next]) < end { next += 1 }
            body(row, positions[start..<next])
            start = next
        }
    }
}

extension [Int] {
    /// Cuts a range at these numbers, the ascending starts of parts and their end, and calls `body` with the index of each
    /// part that it touches and the piece of the range in it.
    @inlinable
    func forEachPart(of range: Range<Int>, _ body: (Int, Range<Int>) -> Void) {
        guard !range.isEmpty else { return }
        var (low, high) = (0, count)
        // The last part that starts at or before the range.
        while high - low > 1 {
            let middle = low + (high - low) / 2
            if self[middle] <= range.lowerBound { low = middle } else { high = middle }
        }
        var (part, start) = (low, range.lowerBound)
        while start < range.upperBound {
            let end = Swift.min(range.upperBound, self[part + 1])
            if start < end { body(part, start..<end) }
            start = end
            part += 1
        }
    }
}
