import FirmClusters
import FirmClustersTestSupport
import Foundation
import Testing

/// The sample register and ten others of its kind: most planted clusters are found with default options.
@Suite struct PlantedClusterTests {
    @Test(arguments: 1...11) func mostPlantedClustersAreFound(seed: Int) throws {
        let path = SharedFolder.projectFolder.appendingPathComponent("SampleData/wenzhou.txt")
        let description = try RegisterDescription(parsing: String(contentsOf: path, encoding: .utf8))
        let synthetic = SyntheticRegister(description, seed: UInt64(seed))
        var request = DetectionRequest()
        request.reportsMembers = true
        let report = try ClusterDetector(request).report(on: synthetic.firmRegister())
        let recovery = PlantRecovery.compare(
            planted: synthetic.plantLabels, plantCount: description.plants.count,
            detected: report.members.map { $0.cluster.map { Int($0) } ?? -1 },
            flagged: report.clusters.map { ($0.locationQuotientLow ?? 0) > 1 })
        let recall = try #require(recovery.recall)
        #expect(recall >= 0.8, "recall \(recall) for seed \(seed)")
        // Precision is low before a test against chance; it is printed by the demo, not asked for here.
        #expect((recovery.flaggedPrecision ?? 0) >= (recovery.precision ?? 0))
    }
}
