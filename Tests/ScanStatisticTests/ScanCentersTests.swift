import FirmModel
import ScanStatistic
import SpatialIndex
import Testing

@Suite struct ScanCentersTests {
    @Test func everySiteWhenTheyAreFew() throws {
        let register = try ScanRegister.random(seed: 1, firms: 50, industries: 2, frame: .local)
        let centers = ScanCenters(of: register.sites)
        #expect(centers.cellSize == nil)
        #expect(centers.sites == (0..<Int32(register.sites.count)).map { $0 })
    }

    /// Nine sites on three cells of 10 m; those nearest to (5, 5), (15, 5) and (−5, −5), of two the western one.
    @Test func nearestToTheMiddleOfACell() throws {
        let places = [
            (1.0, 1.0), (4, 5), (6, 5), (9, 9), (10, 5), (16, 5), (19.9, 0), (-0.1, -0.1), (-4, -4),
        ].map { Coordinate(x: $0.0, y: $0.1) }
        let register = try ScanRegister(frame: .local, places, industries: [Int](repeating: 0, count: 9))
        let centers = ScanCenters(of: register.sites, limit: 3)
        #expect(centers.cellSize == 10)
        #expect(centers.sites.map { register.sites.coordinate(Int($0)) } == [places[8], places[1], places[5]])
    }

    @Test(arguments: [CoordinateFrame.local, .geographic]) func theFinestGridThatFits(frame: CoordinateFrame) throws {
        let register = try ScanRegister.random(seed: 6, firms: 2000, industries: 2, frame: frame)
        var last = Int.max
        for limit in [1500, 700, 100, 10, 1] {
            let centers = ScanCenters(of: register.sites, limit: limit)
            #expect(centers.sites.count <= limit && centers.sites.count <= last)
            #expect(limit < 10 || 3 * centers.sites.count >= limit, "\(centers.sites.count) of \(limit)")
            last = centers.sites.count
        }
    }
}
