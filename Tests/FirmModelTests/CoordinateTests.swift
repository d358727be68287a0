import FirmModel
import Testing

@Suite struct CoordinateTests {
    @Test func oneSpellingForEachPlace() {
        let zero = Coordinate(x: -0.0, y: -0.0).normalized(in: .local)
        #expect(zero.x.sign == .plus && zero.y.sign == .plus)
        #expect(Coordinate(x: -180, y: 10).normalized(in: .geographic) == Coordinate(x: 180, y: 10))
        #expect(Coordinate(x: 57, y: 90).normalized(in: .geographic) == Coordinate(x: 0, y: 90))
        #expect(Coordinate(x: -180, y: 90).normalized(in: .local) == Coordinate(x: -180, y: 90))
    }

    @Test func tiesBreakByXThenY() {
        #expect(Coordinate(x: 1, y: 5) < Coordinate(x: 2, y: 0))
        #expect(Coordinate(x: 1, y: 0) < Coordinate(x: 1, y: 5))
    }

    @Test func registersRefuseBadColumns() {
        let codes = CategoryColumn(["10", "20"])
        #expect(throws: RegisterError.columnLength(column: "y", expected: 2, found: 1)) {
            try FirmRegister(frame: .local, x: [0, 1], y: [0], industry: codes)
        }
        #expect(throws: RegisterError.coordinateOutOfRange(row: 1, x: 181, y: 0)) {
            try FirmRegister(frame: .geographic, x: [0, 181], y: [0, 0], industry: codes)
        }
        #expect(throws: RegisterError.missingIndustry(row: 1)) {
            try FirmRegister(frame: .local, x: [0, 1], y: [0, 1], industry: CategoryColumn(["10", ""]))
        }
    }
}
