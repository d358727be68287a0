import PatternAnalysis
import Testing

@Suite struct PatternRecordTests {
    @Test func firmsAreThoseOfAllIndustries() {
        let record = PatternRecord(
            industries: ["A", "B"], titles: [nil, nil], participationIndex: 0.5, participationRatios: [0.5, 1],
            maximumParticipationRatio: 1, participants: [2, 3])
        #expect(record.firms == 5)
        #expect(record.size == 2)
    }
}
