import FirmModel
import Testing

@testable import PatternAnalysis

@Suite struct PatternExtremesTests {
    private static func record(_ industries: String, _ index: Double) -> PatternRecord {
        PatternRecord(
            industries: industries.map { String($0) }, titles: industries.map { _ in nil }, participationIndex: index,
            participationRatios: industries.map { _ in index }, maximumParticipationRatio: index,
            participants: industries.map { _ in 1 })
    }

    @Test func partsOfLargerPatternsAreNotMaximal() {
        var records = [
            Self.record("AB", 0.5), Self.record("AC", 0.4), Self.record("BC", 0.6), Self.record("BD", 0.7),
            Self.record("ABC", 0.4),
        ]
        PatternRecord.markExtremes(&records)
        #expect(records.map(\.isMaximal) == [false, false, false, true, true])
        #expect(records.map(\.isClosed) == [true, false, true, true, true])
    }

    /// Against the definitions, for indices of random transactions, whose minimum of shares is anti-monotone as participation is.
    @Test(arguments: 0..<20) func allPairsOfPatternsAgree(seed: Int) {
        var stream = RandomStream(seed: UInt64(seed), stream: 9)
        let letters = Array("ABCDEF")
        let baskets = (0..<12).map { _ in letters.indices.filter { _ in stream.nextUnit() < 0.6 } }
        var records: [PatternRecord] = []
        for mask in 1..<(1 << letters.count) where mask.nonzeroBitCount > 1 {
            let members = letters.indices.filter { mask >> $0 & 1 == 1 }
            let together = baskets.count { basket in members.allSatisfy(basket.contains) }
            let index = members.map { member in Double(together) / Double(baskets.count { $0.contains(member) }) }.min()
            if let index, index >= 0.3 { records.append(Self.record(String(members.map { letters[$0] }), index)) }
        }
        records.shuffle(using: &stream)
        PatternRecord.markExtremes(&records)
        for record in records {
            let larger = records.filter {
                $0.size > record.size && Set($0.industries).isSuperset(of: record.industries)
            }
            #expect(record.isMaximal == larger.isEmpty, "seed \(seed) \(record.industries)")
            #expect(
                record.isClosed == !larger.contains { $0.participationIndex == record.participationIndex },
                "seed \(seed) \(record.industries)")
        }
    }

    @Test func rulesLeadFromEachIndustryToTheOthers() {
        var record = Self.record("ABC", 0.25)
        record.participationRatios = [0.5, 0.25, 1]
        #expect(
            record.rules == [
                ColocationRule(
                    antecedent: ["A"], consequent: ["B", "C"], conditionalProbability: 0.5, support: 0.25),
                ColocationRule(
                    antecedent: ["B"], consequent: ["A", "C"], conditionalProbability: 0.25, support: 0.25),
                ColocationRule(antecedent: ["C"], consequent: ["A", "B"], conditionalProbability: 1, support: 0.25),
            ])
    }
}
