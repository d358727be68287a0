public import FirmModel
public import ParallelWork

/// Finds the region that holds a place, for millions of places and thousands of regions with thousands of corners.
///
/// A grid over all regions knows for each cell the polygons whose outline passes through it and the first that holds all of
/// it: most places are answered by their cell, the others are held against the few edges at their height (``PolygonSlabs``).
///
/// - **Inside**: by the even-odd rule for each polygon, so that holes are outside; a region holds what any of its polygons
///   does. Edges are straight lines in the coordinates, in longitude and latitude too, as RFC 7946 has them.
/// - **Borders** are half open: a place on one is in the polygon to its right (east of it; above, where it is level). Of
///   regions that share their corners along a common border exactly one holds each place, and none is lost between them. On
///   the outermost border the left and lower sides are inside, the right and upper ones outside.
/// - **Overlaps**: the region that comes first in the array. Those of ``RegionFile`` ascend by identifier.
/// - **Antimeridian**: longitude 180 is also looked for as −180.
///
/// - Complexity: O(E log E) to build for E edges, at most some 100 bytes an edge, and up to 4 million cells of 8 bytes; near
///   constant for a place.
public struct RegionIndex: Sendable {
    private let slabs: PolygonSlabs
    private let grid: CellGrid
    /// What cell c knows is `entries[cellStarts[c]..<cellStarts[c + 1]]`, in the order of regions: twice the number of a
    /// polygon, and one more if that holds the whole cell, after which nothing follows.
    private let cellStarts: [Int32]
    private let entries: [Int32]
    private let isGeographic: Bool

    /// - Parameter frame: what the coordinates of regions and places are.
    /// - Precondition: coordinates are within `FirmRegister.coordinateLimit(in:)` (and a millionth of a degree).
    public init(_ regions: [Region], frame: CoordinateFrame = .geographic) {
        var slabs = PolygonSlabs()
        let limit = FirmRegister.coordinateLimit(in: frame)
        // What edges measure across and up, all together: by it the cells they pass through are foreseen.
        var (edges, across, up) = (0.0, 0.0, 0.0)
        for (number, region) in regions.enumerated() {
            for (index, polygon) in region.polygons.enumerated() {
                polygon.forEachEdge { a, b in
                    precondition(abs(a.x) <= limit.x + 1e-6 && abs(a.y) <= limit.y + 1e-6, "\(a) is out of range")
                    edges += 1
                    across += abs(a.x - b.x)
                    up += abs(a.y - b.y)
                }
                slabs.append(polygon, index: index, region: Int32(number))
            }
        }
        let parts = slabs.parts
        let left = parts.reduce(.infinity) { min($0, $1.left) }
        let right = parts.reduce(-.infinity) { max($0, $1.right) }
        let bottom = parts.reduce(.infinity) { min($0, $1.bottom) }
        let top = parts.reduce(-.infinity) { max($0, $1.top) }
        func grid(_ cells: Double) -> CellGrid {
            parts.isEmpty
                ? CellGrid(left: 0, bottom: 0, right: 0, top: 0, cells: 1)
                : CellGrid(left: left, bottom: bottom, right: right, top: top, cells: cells)
        }
        var cells = max(64, min(4 * edges, 4e6))
        while cells > 64, across / grid(cells).columnWidth + up / grid(cells).rowHeight > 8 * edges { cells /= 2 }

        self.slabs = slabs
        self.grid = grid(cells)
        isGeographic = frame.isGeographic
        (cellStarts, entries) = Self.entries(of: regions, slabs: slabs, grid: self.grid)
    }

    private static func entries(
        of regions: [Region], slabs: PolygonSlabs, grid: CellGrid
    ) -> (starts: [Int32], entries: [Int32]) {
        var found: [(cell: Int32, entry: Int32)] = []
        var starts = [Int32](repeating: 0, count: grid.count + 1)
        // A cell that one region holds altogether needs no others: a thousand regions on one place fill it once.
        var isDecided = [Bool](repeating: false, count: grid.count)
        func add(_ cell: Int, _ entry: Int, decides: Bool) {
            guard !isDecided[cell] else { return }
            isDecided[cell] = decides
            found.append((Int32(cell), Int32(entry)))
            starts[cell + 1] += 1
        }
        var outline: [Int32] = []
        for (number, part) in slabs.parts.enumerated() {
            outline.removeAll(keepingCapacity: true)
            regions[Int(part.region)].polygons[part.polygon].forEachEdge { a, b in
                grid.forEachCell(from: a.x, a.y, to: b.x, b.y) { cell in
                    if outline.last != Int32(cell) { outline.append(Int32(cell)) }
                }
            }
            outline.sort()
            var previous = -1
            for cell in outline.lazy.map({ Int($0) }) where cell != previous {
                // Cells between two of the outline in a row are all inside or all outside.
                if previous >= 0, previous + 1 < cell, previous / grid.columns == cell / grid.columns {
                    let middle = grid.middle(of: previous + 1)
                    if slabs.contains(middle.x, middle.y, part: number) {
                        for inner in previous + 1..<cell { add(inner, 2 * number + 1, decides: true) }
                    }
                }
                add(cell, 2 * number, decides: false)
                previous = cell
            }
        }
        for cell in 0..<grid.count { starts[cell + 1] += starts[cell] }
        var next = starts
        var entries = [Int32](repeating: 0, count: found.count)
        for (cell, entry) in found {
            entries[Int(next[Int(cell)])] = entry
            next[Int(cell)] += 1
        }
        return (starts, entries)
    }

    /// The number of the region that holds a place: its index in the array that the index was made of. Nil outside all, and for
    /// coordinates that are no numbers.
    public func region(at place: Coordinate) -> Int32? {
        let number = region(place.x, place.y)
        return number < 0 ? nil : number
    }

    /// For each place the number of the region that holds it, −1 outside all.
    ///
    /// - Precondition: as many x as y.
    /// - Throws: `WorkCancelled`.
    public func regions(x: [Double], y: [Double], workers: Workers = Workers()) throws -> [Int32] {
        precondition(x.count == y.count, "\(x.count) x and \(y.count) y")
        let grain = 1 << 15
        let slots = ResultSlots<[Int32]>(count: (x.count + grain - 1) / grain)
        try workers.forEach(in: 0..<x.count, grain: grain) { range, _ in
            slots.set(range.lowerBound / grain, range.map { region(x[$0], y[$0]) })
        }
        return slots.values.flatMap { $0 }
    }

    private func region(_ x: Double, _ y: Double) -> Int32 {
        let number = find(x, y)
        return number < 0 && isGeographic && x == 180 ? find(-180, y) : number
    }

    private func find(_ x: Double, _ y: Double) -> Int32 {
        guard grid.holds(x, y) else { return -1 }
        let cell = grid.row(y) * grid.columns + grid.column(x)
        for index in Int(cellStarts[cell])..<Int(cellStarts[cell + 1]) {
            let (part, holdsCell) = (Int(entries[index] >> 1), entries[index] & 1 == 1)
            if holdsCell || slabs.contains(x, y, part: part) { return slabs.parts[part].region }
        }
        return -1
    }
}
