import ColocationMining
import Testing

@Suite struct ColocationPatternTests {
    @Test func indicesAreTheSmallestAndTheLargestRatio() {
        let pattern = ColocationPattern(industries: [0, 1, 2], participants: [1, 1, 1], totals: [4, 5, 3])
        #expect(pattern.participationIndex == 0.2)
        #expect(pattern.maximumParticipationRatio == 1.0 / 3)
    }

    @Test func anIndustryWithoutFirmsLeavesTheIndexUndefined() {
        let pattern = ColocationPattern(industries: [0, 1], participants: [0, 0], totals: [4, 0])
        #expect(pattern.participationIndex == nil)
        #expect(pattern.participationRatios == [0, nil])
    }
}
