import FirmModel
import Geodesy
import ParallelWork
import Testing

@Suite struct RegisterPlacementTests {
    static func register(_ crs: String, _ x: [Double], _ y: [Double]) throws -> FirmRegister {
        var identifiers = TextColumn()
        for i in x.indices { identifiers.append("F\(i)") }
        return try FirmRegister(
            frame: .projected(crs: crs), x: x, y: y, industry: CategoryColumn(x.indices.map { "\($0 % 3)" }),
            employment: x.indices.map { Double($0) }, identifier: identifiers)
    }

    @Test func otherGeographicSystemsBecomeWGS84() throws {
        // NAD27, some 40 m from WGS 84 in Kansas (recorded with pyproj 3.7.2).
        let (register, unplaceable) = try Self.register("EPSG:4267", [-98.5, -98.5, 200, -98], [39, 95, 39, 39])
            .placed(workers: Workers(count: 2))
        #expect(register.frame == .geographic)
        #expect(unplaceable.contains(1))
        #expect(register.count == 4 - unplaceable.count)
        #expect(abs(register.x[0] + 98.5) < 0.001 && register.x[0] != -98.5)
        #expect(register.label(register.count - 1) == "F3")
        #expect(register.employees(register.count - 1) == 3)
        #expect(register.industry[register.count - 1] == "0")
    }

    @Test func feetBecomeMeters() throws {
        // EPSG:2263, New York Long Island in US survey feet.
        let (register, unplaceable) = try Self.register("EPSG:2263", [984_000], [213_000]).placed(workers: Workers())
        #expect(unplaceable.isEmpty)
        #expect(abs(register.x[0] - 984_000 * 1200 / 3937) < 1e-6)
        #expect(register.frame == .projected(crs: "EPSG:2263"))
    }

    @Test func metersStayAndFirmsOutOfReachAreNamed() throws {
        let (register, unplaceable) = try Self.register("EPSG:3035", [4_321_000, 9e8], [3_210_000, 9e8])
            .placed(workers: Workers())
        #expect(unplaceable == [1])
        #expect(register.x == [4_321_000] && register.industry.categories == ["0"])
    }
}
