import CDistanceKernels
public import FirmModel

/// The sites around one cell after the other: those within a radius of the box around the cell's own sites, themselves
/// among them.
///
///     var surroundings = CellSurroundings(cells, radius: 300)
///     cells.forEachRow(of: range) { row, cells in
///         surroundings.enter(row: row)
///         for cell in cells { surroundings.turn(to: cell); … surroundings.positions … }
///     }
///
/// All sites of a cell then share what is looked up around it. Belongs to one worker; memory for the sites around one
/// cell.
public struct CellSurroundings: ~Copyable {
    private let cells: SiteCells
    private let limit: Double
    private var finder: RunFinder
    private var found: UnsafeMutablePointer<Int32>
    private var capacity = 0
    private var count = 0

    /// The positions of the sites around the cell turned to last.
    public var positions: UnsafeBufferPointer<Int32> { UnsafeBufferPointer(start: found, count: count) }

    /// - Parameter radius: within which sites count as near.
    public init(_ cells: SiteCells, radius: Meters) {
        self.cells = cells
        limit = cells.rows.metric.limit(for: radius)
        finder = RunFinder(target: cells.rows, radius: radius)
        found = .allocate(capacity: 0)
    }

    deinit { found.deallocate() }

    /// Turns to the occupied row with an index; its cells are then asked for from west to east.
    public mutating func enter(row: Int) { finder.enter(row: cells.rows.rowNumbers[row]) }

    /// Looks up what is around a cell of the row entered last, no further west than the one before.
    public mutating func turn(to cell: Int) {
        let rows = cells.rows
        let own = cells.positions(cell)
        let (runs, runCount) = finder.kernelRuns(from: rows.x[own.lowerBound], to: rows.x[own.upperBound - 1])
        if finder.candidates > capacity {
            capacity = max(2 * capacity, finder.candidates)
            found.deallocate()
            found = .allocate(capacity: capacity)
        }
        var box = SIMD8<Double>()
        for (axis, column) in [rows.first, rows.second].enumerated() { box.span(own, of: column, axis) }
        if let third = rows.third {
            box.span(own, of: third, 2)
            count = withUnsafeBytes(of: box) {
                collect_near_box_space(
                    $0.bindMemory(to: Double.self).baseAddress, rows.first, rows.second, third, runs, runCount, limit,
                    found)
            }
        } else {
            count = withUnsafeBytes(of: box) {
                collect_near_box_planar(
                    $0.bindMemory(to: Double.self).baseAddress, rows.first, rows.second, runs, runCount, limit, found)
            }
        }
    }
}

extension SIMD8<Double> {
    /// Takes the lowest and highest of some coordinates along an axis.
    fileprivate mutating func span(_ positions: Range<Int>, of column: UnsafePointer<Double>, _ axis: Int) {
        var (low, high) = (Double.infinity, -Double.infinity)
        for position in positions {
            low = Swift.min(low, column[position])
            high = Swift.max(high, column[position])
        }
        self[2 * axis] = low
        self[2 * axis + 1] = high
    }
}
