/// For each of some ``SiteCells`` the occupied cells that touch it, itself among them. Memory: 13 bytes a cell.
public struct TouchingCells: Sendable {
    /// For each cell the first in the row south of it, its own, and that north of it.
    @usableFromInline var firsts: [Int32]
    /// For each cell how many there are in these rows: two bits each.
    @usableFromInline var counts: [UInt8]

    init(count: Int) {
        firsts = [Int32](repeating: 0, count: 3 * count)
        counts = [UInt8](repeating: 0, count: count)
    }

    mutating func set(_ cells: Range<Int>, of cell: Int, row: Int) {
        firsts[3 * cell + row + 1] = Int32(truncatingIfNeeded: cells.lowerBound)
        counts[cell] |= UInt8(cells.count) << (2 * UInt8(row + 1))
    }

    /// Calls `body` with each cell that touches one.
    @inlinable
    public func forEach(touching cell: Int, _ body: (Int) -> Void) {
        for row in 0..<3 {
            let (first, count) = run(row, touching: cell)
            for other in first..<first + count { body(other) }
        }
    }

    @inlinable
    func run(_ row: Int, touching cell: Int) -> (first: Int, count: Int) {
        (Int(firsts[3 * cell + row]), Int(counts[cell] >> (2 * UInt8(row))) & 3)
    }
}
