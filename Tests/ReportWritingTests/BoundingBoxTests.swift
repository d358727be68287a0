import FirmModel
import Testing

@testable import ReportWriting

@Suite struct BoundingBoxTests {
    private func box(_ squares: [(west: Double, size: Double)], isGeographic: Bool = true) -> [Double]? {
        let polygons = squares.map { SampleReport.square(west: $0.west, south: -17, size: $0.size) }
        return BoundingBox(Footprint(polygons: polygons), isGeographic: isGeographic).map { [$0.west, $0.east] }
    }

    @Test func outlinesCutAtTheAntimeridianCrossIt() {
        #expect(box([(179, 1), (-180, 2)]) == [179, -178])
        #expect(box([(-180, 2), (179, 1)]) == [179, -178])
        #expect(box([(10, 1), (12, 1)]) == [10, 13])
        #expect(box([(-180, 360)]) == [-180, 180])
        // Touching from one side only is no crossing.
        #expect(box([(179, 1)]) == [179, 180])
        // Meters happen to have these values too.
        #expect(box([(179, 1), (-180, 2)], isGeographic: false) == [-180, 180])
    }

    @Test func collectionsLeaveOutTheWidestGap() {
        func joined(_ parts: [[(west: Double, size: Double)]]) -> [Double]? {
            let boxes = parts.compactMap { part in
                BoundingBox(
                    Footprint(polygons: part.map { SampleReport.square(west: $0.west, south: 0, size: $0.size) }),
                    isGeographic: true)
            }
            return BoundingBox(joining: boxes, isGeographic: true).map { [$0.west, $0.east] }
        }
        let fiji = [(west: 178.0, size: 2.0), (west: -180.0, size: 1.0)]
        #expect(joined([fiji, [(170, 1)]]) == [170, -179])
        #expect(joined([fiji, [(-170, 1)]]) == [178, -169])
        // The crossing outline reaches beyond the beginning of the next.
        #expect(joined([[(170, 10), (-180, 30)], [(-179, 1)], [(0, 150)]]) == [0, -150])
        // Nothing crosses: from the smallest to the largest, though the way round would be shorter.
        #expect(joined([[(-170, 1)], [(170, 1)]]) == [-170, 171])
        #expect(joined([]) == nil)
    }
}
