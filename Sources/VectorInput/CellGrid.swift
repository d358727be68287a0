/// A grid of equal cells over a box.
struct CellGrid: Sendable {
    let left: Double
    let bottom: Double
    let right: Double
    let top: Double
    let columns: Int
    let rows: Int
    private let columnsPerUnit: Double
    private let rowsPerUnit: Double

    /// A grid of about as many cells as asked for, and near squares; in each direction at least one.
    init(left: Double, bottom: Double, right: Double, top: Double, cells: Double) {
        let (width, height) = (right - left, top - bottom)
        let perUnit = (cells / max(width * height, .leastNormalMagnitude)).squareRoot()
        func count(_ length: Double) -> Int { max(1, Int(min(cells, length * perUnit))) }
        self.left = left
        self.bottom = bottom
        self.right = right
        self.top = top
        columns = count(width)
        rows = count(height)
        // Finite also where an extent is close to the smallest number there is.
        columnsPerUnit = width > 0 ? min(Double(columns) / width, .greatestFiniteMagnitude) : 0
        rowsPerUnit = height > 0 ? min(Double(rows) / height, .greatestFiniteMagnitude) : 0
    }

    /// The number of cells.
    var count: Int { columns * rows }
    var columnWidth: Double { (right - left) / Double(columns) }
    var rowHeight: Double { (top - bottom) / Double(rows) }

    /// The middle of a cell, cells numbered row by row.
    func middle(of cell: Int) -> (x: Double, y: Double) {
        (left + (Double(cell % columns) + 0.5) * columnWidth, bottom + (Double(cell / columns) + 0.5) * rowHeight)
    }

    func holds(_ x: Double, _ y: Double) -> Bool { x >= left && x <= right && y >= bottom && y <= top }

    // Both never fall with their argument: what lies between two places is in the cells between theirs, rounding included.

    /// The column of an x; the outermost for one outside the box.
    func column(_ x: Double) -> Int { max(0, min(columns - 1, Int((x - left) * columnsPerUnit))) }
    /// The row of a y; the outermost for one outside the box.
    func row(_ y: Double) -> Int { max(0, min(rows - 1, Int((y - bottom) * rowsPerUnit))) }

    /// The cells that the segment from (ax, ay) to (bx, by) passes through, and perhaps some that it nearly touches.
    func forEachCell(from ax: Double, _ ay: Double, to bx: Double, _ by: Double, _ body: (Int) -> Void) {
        let (lowX, lowY, highX, highY) = ay <= by ? (ax, ay, bx, by) : (bx, by, ax, ay)
        let slope = highY > lowY ? (highX - lowX) / (highY - lowY) : 0
        // Wider by a thousandth of a cell than computed, where the rounding of coordinates is far less.
        let (slackX, slackY) = (columnWidth / 1000, rowHeight / 1000)
        let (first, last) = (row(lowY), row(highY))
        for row in first...last {
            var (left, right) = (min(ax, bx), max(ax, bx))
            if first < last {
                let from = max(lowY, bottom + Double(row) * rowHeight - slackY)
                let to = min(highY, bottom + Double(row + 1) * rowHeight + slackY)
                let (one, other) = (lowX + (from - lowY) * slope, lowX + (to - lowY) * slope)
                left = max(left, min(one, other) - slackX)
                right = min(right, max(one, other) + slackX)
            }
            let columns = (column(left), column(right))
            for column in columns.0...max(columns.0, columns.1) { body(row * self.columns + column) }
        }
    }
}
