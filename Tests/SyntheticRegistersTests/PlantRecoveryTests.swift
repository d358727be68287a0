import SyntheticRegisters
import Testing

@Suite struct PlantRecoveryTests {
    @Test func workedByHand() {
        //  plant 0: firms 0-3; plant 1: firms 4-7; plant 2: firms 8, 9; plant 3: none
        let planted = [0, 0, 0, 0, 1, 1, 1, 1, 2, 2, -1, -1]
        //  cluster 0: three of plant 0; cluster 1: one of plant 0 with two of plant 1; cluster 2: plant 2 and two
        //  others; cluster 3: a firm that nobody planted
        let detected = [0, 0, 0, 1, 1, 1, -1, -1, 2, 2, 2, 2]
        let recovery = PlantRecovery.compare(
            planted: planted, plantCount: 4, detected: detected, flagged: [true, true, false, true])
        #expect(recovery.plants.map(\.firms) == [4, 4, 2, 0])
        #expect(recovery.plants.map(\.cluster) == [0, 1, 2, nil])
        // 3 / 4, 2 / (4 + 3 − 2), 2 / 4
        #expect(recovery.plants.map(\.jaccard) == [0.75, 0.4, 0.5, 0])
        #expect(recovery.plants.map(\.isFound) == [true, false, true, false])
        #expect(recovery.clusterJaccard == [0.75, 0.4, 0.5, 0])
        #expect(recovery.recall == 2.0 / 3)
        #expect(recovery.precision == 0.5)
        #expect(recovery.flaggedPrecision == 1.0 / 3)
    }

    @Test func undefinedIsNil() {
        let nothing = PlantRecovery.compare(planted: [-1, -1], plantCount: 0, detected: [-1, -1], flagged: [])
        #expect(nothing.recall == nil && nothing.precision == nil && nothing.flaggedPrecision == nil)
        let unflagged = PlantRecovery.compare(planted: [0, 0], plantCount: 1, detected: [0, 0], flagged: [false])
        #expect(unflagged.recall == 1 && unflagged.precision == 1 && unflagged.flaggedPrecision == nil)
    }

    @Test func tiesTakeTheSmallestCluster() {
        let recovery = PlantRecovery.compare(
            planted: [0, 0], plantCount: 1, detected: [1, 0], flagged: [true, true])
        #expect(recovery.plants[0].cluster == 0 && recovery.plants[0].isFound)
    }
}
