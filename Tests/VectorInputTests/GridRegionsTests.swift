import FirmModel
import Testing
import VectorInput

@Suite struct GridRegionsTests {
    private func register(_ frame: CoordinateFrame, _ places: [(Double, Double)]) throws -> FirmRegister {
        try FirmRegister(
            frame: frame, x: places.map { $0.0 }, y: places.map { $0.1 },
            industry: CategoryColumn(places.map { _ in "A" }))
    }

    @Test func squaresOfThePlane() throws {
        let grid = GridRegions(size: 1000, frame: .local)
        let places = [(12_500.0, -2001.0), (0, 0), (-0.5, 999), (12_000, -3000), (1000, 0)]
        let assignment = grid.assignment(of: try register(.local, places))
        #expect(assignment.regions.map(\.identifier) == ["x12y-3", "x-1y0", "x0y0", "x1y0"])
        #expect(assignment.regionOfRow == [0, 2, 1, 0, 3])
        #expect(assignment.firmCounts == [2, 1, 1, 1])
        let outline = [(12_000.0, -3000.0), (13_000, -3000), (13_000, -2000), (12_000, -2000)]
        #expect(assignment.regions[0].polygons == [[outline.map { Coordinate(x: $0.0, y: $0.1) }]])
    }

    /// At 60° a degree of longitude is half as long as one of latitude.
    @Test func cellsOnTheGroundAreSquare() {
        let grid = GridRegions(size: 10_000, frame: .geographic)
        let region = grid.region(column: 3, row: 667)
        let ring = region.polygons[0][0]
        let (width, height) = (ring[1].x - ring[0].x, ring[2].y - ring[1].y)
        #expect(abs(width / height - 2) < 0.01)
        #expect(abs(height * .pi / 180 * Sphere.radius - 10_000) < 1e-6)
        #expect(region.identifier == "x3y667")
    }

    @Test(arguments: [1000.0, 250_000, 5e6, 1e8]) func everyPlaceOfTheEarthIsInItsCell(size: Double) throws {
        let grid = GridRegions(size: Meters(size), frame: .geographic)
        for x in [-180.0, -179.999, -90, -1e-9, 0, 12.3, 179.999, 180] {
            for y in [-90.0, -89.9999, -45, 0, 1e-9, 60, 89.9999, 90] {
                let place = Coordinate(x: x, y: y).normalized(in: .geographic)
                let (column, row) = grid.cell(at: place)
                let ring = grid.region(column: column, row: row).polygons[0][0]
                let west = place.x == 180 ? -180 : place.x
                #expect(ring[0].x - 1e-9 <= west && west <= ring[2].x + 1e-9, "\(place) in \(ring)")
                #expect(ring[0].y - 1e-9 <= y && y <= ring[2].y + 1e-9, "\(place) in \(ring)")
                #expect(ring.allSatisfy { abs($0.x) <= 180 && abs($0.y) <= 90 })
            }
        }
    }

    @Test func theOutlineHoldsTheFirmsOfTheCell() throws {
        var random = RandomStream(seed: 5, stream: 0)
        let places = (0..<2000).map { _ in
            (Double.random(in: 7...8, using: &random), Double.random(in: 48...49, using: &random))
        }
        let register = try register(.geographic, places)
        let assignment = GridRegions(size: 7000, frame: .geographic).assignment(of: register)
        let again = try RegionAssignment(polygons: assignment.regions, x: register.x, y: register.y)
        #expect(again.regionOfRow == assignment.regionOfRow)
    }

    @Test func columnsMakeRegions() {
        let column = CategoryColumn(["Colima", "", "Armería", "Colima"])
        let assignment = RegionAssignment(column: column)
        #expect(assignment.regions.map(\.name) == ["Armería", "Colima"])
        #expect(assignment.regionOfRow == [1, -1, 0, 1])
        var texts = TextColumn()
        for text in ["Colima", "", "Armería", "Colima"] { texts.append(text) }
        #expect(RegionAssignment(column: texts).regionOfRow == assignment.regionOfRow)
    }
}
