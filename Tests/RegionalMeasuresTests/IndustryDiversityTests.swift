import RealModule
import RegionalMeasures
import Testing

@Suite struct IndustryDiversityTests {
    @Test func equalIndustriesCountFully() throws {
        for industries in 1...50 {
            let value = try #require(
                IndustryDiversity.effectiveNumber(ofCounts: Array(repeating: 7, count: industries)))
            #expect(isClose(value, Double(industries), 1e-13))
        }
        #expect(IndustryDiversity.effectiveNumber(ofCounts: [12]) == 1)
    }

    @Test func entropyOfTheVarietyExample() throws {
        // 2.2649798 bits (variety_expected.json).
        let value = try #require(IndustryDiversity.effectiveNumber(ofCounts: [30, 10, 60, 5, 45, 50]))
        #expect(abs(.log(value) / .log(2.0) - 2.2649798) < 5e-8)
    }

    @Test func emptyIndustriesDoNotMatter() {
        #expect(
            IndustryDiversity.effectiveNumber(ofCounts: [3, 0, 5, 0])
                == IndustryDiversity.effectiveNumber(ofCounts: [3, 5]))
        #expect(IndustryDiversity.effectiveNumber(ofCounts: []) == nil)
        #expect(IndustryDiversity.effectiveNumber(ofCounts: [0, 0]) == nil)
    }
}
