public import FirmModel
import RealModule

/// Squares of one size, in meters on the ground, as regions.
///
/// In a plane cell (c, r) is [c s, (c + 1) s) × [r s, (r + 1) s) for the size s, and called `x<c>y<r>`: `x12y-3`. In longitude
/// and latitude rows are bands of latitude s high, counted from the equator, and the columns of a row, counted from the
/// meridian of Greenwich, are as wide in degrees as s is at the row's middle, R cos φ Δλ = s on ``Sphere``: cells of one row
/// stand side by side, those of different rows are not aligned. The column that 180° or −180° cuts is narrower. A cell does
/// not depend on the firms or on their extent: registers of several years have the same.
public struct GridRegions: Sendable {
    /// The side of a cell, s.
    public let size: Meters
    /// What coordinates are.
    public let frame: CoordinateFrame

    /// - Precondition: at least 1 m, and finite.
    public init(size: Meters, frame: CoordinateFrame) {
        precondition(size.value >= 1 && size.value.isFinite, "cells of \(size.value) m")
        self.size = size
        self.frame = frame
    }

    private static let degree = Sphere.radius * .pi / 180

    /// The height of a row in the units of y.
    private var rowHeight: Double { frame.isGeographic ? size.value / Self.degree : size.value }

    /// The width of the columns of a row in the units of x; rows whose middle is at or beyond a pole have one on either side of
    /// Greenwich.
    private func columnWidth(row: Int) -> Double {
        guard frame.isGeographic else { return size.value }
        let cosine = Double.cos((Double(row) + 0.5) * rowHeight * (.pi / 180))
        return abs((Double(row) + 0.5) * rowHeight) < 90 ? min(180, size.value / (Self.degree * cosine)) : 180
    }

    /// The column and row of the cell that holds a place.
    public func cell(at place: Coordinate) -> (column: Int, row: Int) {
        let place = place.normalized(in: frame)
        let row = Int((place.y / rowHeight).rounded(.down))
        // Cells hold their western side: 180° is that of the first column of a row.
        let x = frame.isGeographic && place.x == 180 ? -180 : place.x
        return (Int((x / columnWidth(row: row)).rounded(.down)), row)
    }

    /// A cell as a region, with its outline.
    public func region(column: Int, row: Int) -> Region {
        let (width, limit) = (columnWidth(row: row), FirmRegister.coordinateLimit(in: frame))
        let x = (max(-limit.x, Double(column) * width), min(limit.x, Double(column + 1) * width))
        let y = (max(-limit.y, Double(row) * rowHeight), min(limit.y, Double(row + 1) * rowHeight))
        let ring = [(x.0, y.0), (x.1, y.0), (x.1, y.1), (x.0, y.1)].map { Coordinate(x: $0.0, y: $0.1) }
        return Region(identifier: "x\(column)y\(row)", polygons: [[ring]])
    }

    /// The cells in which a register has firms, row by row from the south, each row from the west.
    public func assignment(of register: FirmRegister) -> RegionAssignment {
        struct Cell: Hashable, Comparable {
            var row: Int
            var column: Int
            static func < (left: Cell, right: Cell) -> Bool {
                left.row != right.row ? left.row < right.row : left.column < right.column
            }
        }
        let cells = (0..<register.count).map { firm in
            let cell = cell(at: register.coordinate(firm))
            return Cell(row: cell.row, column: cell.column)
        }
        let distinct = Set(cells).sorted()
        let number = Dictionary(uniqueKeysWithValues: zip(distinct, Int32(0)...))
        return RegionAssignment(
            regions: distinct.map { region(column: $0.column, row: $0.row) },
            regionOfRow: cells.map { number[$0, default: -1] })
    }
}
