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
        let rowCount = rows.rowNumbers.count
        let workers = rows.count < 1 << 16 ? workers.single : workers
        let counts = try [Int](count: rowCount) { counts in
            try workers.forEach(in: 0..<rowCount, grain: 64) { range, _ in
                for row in range {
                    var cells = 0
                    Self.forEachCell(of: row, in: rows, side: side) { _ in cells += 1 }
                    counts[row] = cells
                }
            }
        }
        var rowCells = [0]
        rowCells.reserveCapacity(rowCount + 1)
        for cells in counts { rowCells.append(rowCells[rowCells.count - 1] + cells) }
        let offsets = rowCells
        let total = offsets[rowCount]
        starts = try [Int32](count: total + 1) { starts in
            try workers.forEach(in: 0..<rowCount, grain: 64) { range, _ in
                for row in range {
                    var cell = offsets[row]
                    Self.forEachCell(of: row, in: rows, side: side) { start in
                        starts[cell] = Int32(start)
                        cell += 1
                    }
                }
            }
            starts[total] = Int32(rows.count)
        }
        self.rowCells = rowCells
    }

    /// Calls `body` with the first position of every cell of a row.
    @inline(__always)
    private static func forEachCell(of row: Int, in rows: SiteRows, side: Meters, _ body: (Int) -> Void) {
        let width = columnWidth(of: rows.rowNumbers[row], in: rows, side: side)
        var column = -Double.infinity
        for position in rows.rowStarts[row]..<rows.rowStarts[row + 1] {
            let own = (rows.x[position] / width).rounded(.down)
            if own != column {
                body(position)
                column = own
            }
        }
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
}
