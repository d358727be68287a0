import Testing

@testable import ValidityStudy

@Suite struct MemberAgreementTests {
    @Test func perfectAgreement() {
        let agreement = MemberAgreement(clusters: [0, 0, 0, -1, -1], isPlanted: [true, true, true, false, false])
        #expect(agreement.planted == 3 && agreement.members == 3 && agreement.plantedMembers == 3)
        #expect(agreement.adjustedRandIndex == 1)
    }

    /// scikit-learn: adjusted_rand_score([1, 1, 1, 0, 0, 0, 0, 0], [0, 0, -1, 0, -1, -1, 1, 1]).
    @Test func partialAgreement() {
        let agreement = MemberAgreement(
            clusters: [0, 0, -1, 0, -1, -1, 1, 1],
            isPlanted: [true, true, true, false, false, false, false, false])
        #expect(agreement.members == 5 && agreement.plantedMembers == 2)
        #expect(abs(agreement.adjustedRandIndex + 1.0 / 27) < 1e-12)
    }

    @Test func nothingFoundIsNoAgreement() {
        let agreement = MemberAgreement(clusters: [-1, -1, -1], isPlanted: [true, false, false])
        #expect(agreement.adjustedRandIndex == 0)
        #expect(agreement.members == 0)
    }

    @Test func nothingPlantedAndNothingFoundIsAgreement() {
        #expect(MemberAgreement(clusters: [-1, -1], isPlanted: [false, false]).adjustedRandIndex == 1)
    }
}
