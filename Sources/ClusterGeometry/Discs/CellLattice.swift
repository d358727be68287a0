import FirmModel
import RealModule

/// Rows of cells about one disc radius on a side, in the plane or around the sphere.
///
/// On the sphere each row of latitude has its own number of columns, so that cells are about square everywhere; columns
/// go around.
enum CellLattice {
    case plane(x: Double, y: Double, side: Double)
    /// `height` of a row and `reach` in radians.
    case sphere(height: Double, reach: Double)

    /// How many rows up and down hold neighbors.
    static let rowReach = 2
    /// Cells are a hair larger than the radius, so that rounding cannot put a neighbor three rows away.
    private static let slack = 1 + 1e-9

    /// - Parameters:
    ///   - lowest: the lower left corner of the centers' bounding box.
    ///   - extent: its longer side.
    init(planeFrom lowest: SIMD2<Double>, extent: Double, radius: Double) {
        // Indices stay below 2³⁰ however small the discs.
        self = .plane(x: lowest.x, y: lowest.y, side: max(radius * Self.slack, extent * 0x1p-30))
    }

    init(sphereWithAngle angle: Double) {
        self = .sphere(height: max(angle * Self.slack, 2 * .pi * 0x1p-30), reach: 2 * angle)
    }

    /// The cell of a center. Longitudes are −180...180.
    func cell(of center: Coordinate) -> (row: Int, column: Int) {
        switch self {
        case .plane(let x, let y, let side):
            return (Int((center.y - y) / side), Int((center.x - x) / side))
        case .sphere(let height, _):
            let row = Int((center.latitude + 90) * (.pi / 180) / height)
            let columns = columnCount(row) ?? 1
            return (row, min(columns - 1, Int((center.longitude + 180) / 360 * Double(columns))))
        }
    }

    /// The number of columns that go around in a row; nil in the plane.
    func columnCount(_ row: Int) -> Int? {
        guard case .sphere(let height, _) = self else { return nil }
        let latitude = (Double(row) + 0.5) * height - .pi / 2
        return max(1, Int(2 * .pi * Double.cos(min(abs(latitude), .pi / 2)) / height))
    }

    /// The columns of `other` that may hold neighbors of centers in a cell. On the sphere they may run below 0 or beyond
    /// the last one, and then go around; nil means the whole row.
    func columns(of other: Int, near cell: (row: Int, column: Int)) -> ClosedRange<Int>? {
        switch self {
        case .plane:
            return cell.column - Self.rowReach...cell.column + Self.rowReach
        case .sphere(let height, let reach):
            let latitude = max(
                abs(Double(cell.row) * height - .pi / 2), abs(Double(cell.row + 1) * height - .pi / 2))
            guard latitude + reach < .pi / 2 - 1e-9, let columns = columnCount(cell.row),
                let otherColumns = columnCount(other)
            else { return nil }
            // The widest meridians that a cap of this reach touches.
            let sine = Double.sin(reach) / Double.cos(latitude)
            guard sine < 1 else { return nil }
            let spread = Double.asin(sine) / (2 * .pi) * Self.slack + 1e-12
            let west = Double(cell.column) / Double(columns) - spread
            let east = Double(cell.column + 1) / Double(columns) + spread
            let first = Int((west * Double(otherColumns)).rounded(.down))
            let last = Int((east * Double(otherColumns)).rounded(.down))
            return last - first + 1 < otherColumns ? first...last : nil
        }
    }
}
