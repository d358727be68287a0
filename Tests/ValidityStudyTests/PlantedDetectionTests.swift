import FirmClusters
import Testing

@testable import ValidityStudy

@Suite struct PlantedDetectionTests {
    @Test func strongClustersAreFound() throws {
        var plan = StudyPlan.small
        plan.plantedRegisters = 20
        let rows = try [1, 12].map {
            try PlantedDetection(.automaticRadius, strength: $0, plan, workers: Workers())
        }
        let (none, strong) = (try #require(rows[0].power), try #require(rows[1].power))
        #expect(none.count <= 3 && strong.count > none.count + 5, "\(none) \(strong)")
        let rejections = try #require(rows[1].rejections)
        #expect(rejections.count >= strong.count)
        #expect(try #require(rows[1].recall) > 0.3)
        #expect(rows[1].adjustedRandIndex > rows[0].adjustedRandIndex)
    }

    @Test func onlySignificantClustersCount() throws {
        var random = RandomStream(seed: 8)
        let register = try StudyRegister.planted(
            firms: 400, groupSize: 60, discFirms: 40, strength: 30, &random)
        var report = try StudyMethod.automaticRadius.report(
            on: register, simulations: 19, seed: 1, reportsMembers: true, workers: Workers(count: 1))
        try #require(!report.clusters.isEmpty)
        for index in report.clusters.indices { report.clusters[index].significant = true }
        for index in report.groups.indices { report.groups[index].pValue = 0.05 }
        let all = PlantedDetection.Outcome(report, on: register)
        #expect(all.agreement.members == report.members.count { $0.cluster != nil })
        #expect(all.agreement.planted == register.isPlanted.count { $0 })
        #expect(all.hasSignificant == true)
        for index in report.clusters.indices { report.clusters[index].significant = false }
        let none = PlantedDetection.Outcome(report, on: register)
        #expect(none.agreement.members == 0 && !none.isFound && none.hasSignificant == false)
        for index in report.groups.indices { report.groups[index].pValue = nil }
        #expect(PlantedDetection.Outcome(report, on: register).hasSignificant == nil)
    }
}
