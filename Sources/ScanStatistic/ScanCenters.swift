public import FirmModel
import RealModule
public import SpatialIndex

/// Where the circles of a scan have their centers.
///
/// Every site of a register, as long as there are not too many; beyond that one site of each occupied cell of a square grid. The
/// grid lies at the origin of the coordinates, so that it does not depend on the firms, and its cells have a round size:
/// 1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6 or 8 times a power of ten, in meters.
///
/// - In the plane, cell (i, j) is [i s, (i + 1) s) × [j s, (j + 1) s).
/// - On the sphere, parallels every s meters make rows; a row is cut from the meridian of 180° eastward into as many equal cells as
///   are at least s wide on its middle parallel.
///
/// The center of a cell is the site nearest to the middle of the cell, of equally near ones that with the smallest x, then y.
public struct ScanCenters: Sendable, Equatable {
    /// Ascending sites.
    public let sites: [Int32]
    /// The side of the cells of the grid; nil when every site is a center.
    public let cellSize: Meters?

    /// The number of sites up to which every one is a center.
    public static let usualLimit = 20_000

    /// The given sites.
    ///
    /// - Precondition: `sites` ascend strictly.
    public init(sites: [Int32], cellSize: Meters? = nil) {
        precondition(zip(sites, sites.dropFirst()).allSatisfy { $0 < $1 }, "sites ascend")
        self.sites = sites
        self.cellSize = cellSize
    }

    /// Every site, or one for each occupied cell of the finest grid with at most `limit` of them: the next finer size of cell would
    /// have more.
    ///
    /// - Complexity: O(S log S) for S sites; memory for 8 bytes a site while it works.
    public init(of sites: Sites, limit: Int = usualLimit) {
        precondition(limit >= 1, "at least one center")
        guard sites.count > limit else {
            self.init(sites: (0..<Int32(sites.count)).map { $0 })
            return
        }
        // Sizes that fit are assumed to be followed by sizes that fit.
        var (tooFine, fits) = (CellGrid.finestStep - 1, CellGrid.coarsestStep)
        while fits - tooFine > 1 {
            let middle = (tooFine + fits) / 2
            let occupied = CellGrid(step: middle, metric: sites.metric).occupiedCells(sites, upTo: limit)
            if occupied <= limit { fits = middle } else { tooFine = middle }
        }
        let grid = CellGrid(step: fits, metric: sites.metric)
        self.init(sites: grid.middleSites(of: sites), cellSize: Meters(grid.size))
    }
}

/// A grid of square cells on the ground.
private struct CellGrid {
    // From a millimeter to beyond the earth, ten sizes a decade.
    static let finestStep = -30
    static let coarsestStep = 80

    private static let roundSizes = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8]

    let size: Double
    let metric: Metric

    init(step: Int, metric: Metric) {
        let decade = (step + 1000) / 10 - 100
        let round = Self.roundSizes[(step + 1000) % 10]
        size = decade >= 0 ? round * .pow(10, decade) : round / .pow(10, -decade)
        self.metric = metric
    }

    private struct Cell: Hashable {
        var column: Int64
        var row: Int64
    }

    /// Columns of the row of the cell: on the sphere fewer towards the poles.
    private func columns(ofRow row: Int64) -> Double {
        let middle = (Double(row) + 0.5) * size / Sphere.radius
        return max(1, (2 * .pi * Sphere.radius * max(0, .cos(middle)) / size).rounded(.down))
    }

    private func cell(_ place: Coordinate) -> Cell {
        switch metric {
        case .plane:
            return Cell(column: Int64((place.x / size).rounded(.down)), row: Int64((place.y / size).rounded(.down)))
        case .sphere:
            let row = Int64((place.y * (.pi / 180) * Sphere.radius / size).rounded(.down))
            // Longitude 180 is the western edge of the first column.
            let turn = place.x == 180 ? 0 : (place.x + 180) / 360
            return Cell(column: Int64((turn * columns(ofRow: row)).rounded(.down)), row: row)
        }
    }

    private func middle(_ cell: Cell) -> SIMD3<Double> {
        let row = (Double(cell.row) + 0.5) * size
        switch metric {
        case .plane: return SIMD3((Double(cell.column) + 0.5) * size, row, 0)
        case .sphere:
            let (phi, turn) = (row / Sphere.radius, (Double(cell.column) + 0.5) / columns(ofRow: cell.row))
            let lambda = 2 * .pi * turn - .pi
            return SIMD3(.cos(phi) * .cos(lambda), .cos(phi) * .sin(lambda), .sin(phi))
        }
    }

    /// How many cells hold a site; more than `limit` are not all counted.
    func occupiedCells(_ sites: Sites, upTo limit: Int) -> Int {
        var occupied: Set<Cell> = []
        for site in 0..<sites.count where occupied.count <= limit { occupied.insert(cell(sites.coordinate(site))) }
        return occupied.count
    }

    func middleSites(of sites: Sites) -> [Int32] {
        var nearest: [Cell: (site: Int32, squared: Double)] = [:]
        for site in 0..<sites.count {
            let cell = cell(sites.coordinate(site))
            let place = metric == .plane ? SIMD3(sites.x[site], sites.y[site], 0) : sites.vector(site)
            let offset = place - middle(cell)
            let squared = (offset * offset).sum()
            // Sites ascend by x, then y: of equally near ones the first stays.
            if squared < nearest[cell]?.squared ?? .infinity { nearest[cell] = (Int32(site), squared) }
        }
        return nearest.values.map(\.site).sorted()
    }
}
