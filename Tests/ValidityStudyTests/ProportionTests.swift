import Testing

@testable import ValidityStudy

@Suite struct ProportionTests {
    @Test func limitsAreThoseOfClopperAndPearson() {
        // R: binom.test(50, 1000)$conf.int
        let share = Proportion(50, of: 1000)
        #expect(abs(share.limits.lowerBound - 0.037_335_398) < 1e-8)
        #expect(abs(share.limits.upperBound - 0.065_390_488) < 1e-8)
        #expect(FixedDecimals.text(share) == "0.050 (0.037–0.065)")
        #expect(Proportion(0, of: 10).limits.lowerBound == 0)
        #expect(Proportion(10, of: 10).limits.upperBound == 1)
    }

    @Test func sharesCountWhatHolds() {
        #expect(Proportion(of: [0.01, 0.05, 0.06]) { $0 <= 0.05 } == Proportion(2, of: 3))
    }
}
