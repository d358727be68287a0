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
        let cellsOfPiece = try [Int](count: (count + grain - 1) / grain) { cellsOfPiece in
            try workers.forEach(in: 0..<count, grain: grain) { range, _ in
                var cells = 0
                Self.forEachCell(beginningIn: range, of: rows, side: side) { _, _ in cells += 1 }
                cellsOfPiece[range.lowerBound / grain] = cells
            }
        }
        var offsets = [0]
        for cells in cellsOfPiece { offsets.append(offsets[offsets.count - 1] + cells) }
        let firstCells = offsets
        let total = firstCells[firstCells.count - 1]
        var starts: [Int32] = []
        rowCells = try [Int](count: rows.rowNumbers.count + 1) { rowCells in
            starts = try [Int32](count: total + 1) { starts in
                try workers.forEach(in: 0..<count, grain: grain) { range, _ in
                    var cell = firstCells[range.lowerBound / grain]
                    Self.forEachCell(beginningIn: range, of: rows, side: side) { position, beginsRow in
                        starts[cell] = Int32(truncatingIfNeeded: position)
                        if let beginsRow { rowCells[beginsRow] = cell }
                        cell += 1
                    }
                }
                starts[total] = Int32(count)
            }
            rowCells[rows.rowNumbers.count] = total
        }
        self.starts = starts
    }

    /// Calls `body` with the first position of every cell that begins in a range, and with the row that begins there.
    @inline(__always)
    private static func forEachCell(
        beginningIn range: Range<Int>, of rows: SiteRows, side: Meters, _ body: (Int, _ beginsRow: Int?) -> Void
    ) {
        let x = rows.x
        rows.forEachRow(of: range) { row, span in
            let width = columnWidth(of: rows.rowNumbers[row], in: rows, side: side)
            var position = span.lowerBound
            var column: Int
            if position == rows.rowStarts[row] {
                body(position, row)
                column = Self.column(of: x[position], width)
                position += 1
            } else {
                column = Self.column(of: x[position - 1], width)
            }
            while position < span.upperBound {
                let own = Self.column(of: x[position], width)
                if own != column {
                    body(position, nil)
                    column = own
                }
                position += 1
            }
        }
    }

    /// ⌊x / width⌋.
    @inline(__always)
    private static func column(of x: Double, _ width: Double) -> Int {
        let quotient = x / width
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
