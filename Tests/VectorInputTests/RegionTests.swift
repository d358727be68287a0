import FirmModel
import Testing
import VectorInput

@Suite struct RegionTests {
    @Test func aRegionWithoutANameIsCalledByItsIdentifier() {
        #expect(Region(identifier: "06007", polygons: []).name == "06007")
        #expect(Region(identifier: "06007", name: "Manzanillo", polygons: []).name == "Manzanillo")
    }
}
