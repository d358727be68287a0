import Charts
import FirmClusters
import Foundation
import Testing

@testable import ValidityStudy

@Suite struct ValidityDocumentTests {
    /// Results as a good test would have them: 1,000 registers, 48 of them rejected, 400 by the naive p-value.
    private static func results(rejected: Int = 48, tested: Bool = true) -> StudyResults {
        let outcomes = (0..<1000).map { number in
            NullRejections.Outcome(
                naive: number < 400 ? 0.001 : 0.5, tested: tested ? (number < rejected ? 0.02 : 0.6) : nil)
        }
        let agreement = MemberAgreement(clusters: [0, 0, -1, -1], isPlanted: [true, true, true, false])
        return StudyResults(
            null: [NullRejections(method: "DBSCAN", groupSize: 500, outcomes: outcomes)],
            families: [
                FamilyRejections(
                    method: "DBSCAN",
                    outcomes: (0..<100).map {
                        .init(isNaiveRejection: $0 < 90, isRejection: $0 < 4, rejectedGroups: $0 < 4 ? 1 : 0)
                    })
            ],
            planted: [
                PlantedDetection(
                    method: "DBSCAN", strength: 4,
                    outcomes: (0..<10).map { .init(hasSignificant: $0 < 6, isFound: $0 < 5, agreement: agreement) })
            ])
    }

    @Test func tablesHoldTheNumbers() {
        let text = ValidityDocument(results: Self.results(), plan: .full).text
        for row in [
            "| DBSCAN | 500 | 1000 | 0.400 (0.369–0.431) | 0.048 (0.036–0.063) | 0.572 |",
            "| DBSCAN | 100 | 0.900 (0.824–0.951) | 0.040 (0.011–0.099) | 4 of 2000 |",
            "| DBSCAN | 4 | 3.000 | 0.500 (0.187–0.813) | 0.600 (0.262–0.878) | 1.000 | 0.667 | 0.000 |",
        ] { #expect(text.contains(row), "\(row)\n\(text)") }
        #expect(text.contains("Seed \(StudyPlan.full.seed)"))
        #expect(!text.contains("does not hold"))
    }

    @Test func whatDoesNotHoldIsSaid() {
        let failing = Self.results(rejected: 90)
        #expect(ValidityDocument(results: failing, plan: .full).text.contains("**does not hold**"))
        #expect(Demand.all(of: failing, .full).count { !$0.isMet } == 1)
        let idle = Self.results(rejected: 10)
        #expect(Demand.all(of: idle, .full).count { !$0.isMet } == 1)
        #expect(Demand.all(of: Self.results(tested: false), .full).count { !$0.isMet } == 2)
    }

    @Test func missingTestsAreSaid() {
        #expect(ValidityDocument(results: Self.results(tested: false), plan: .full).text.contains("| not tested |"))
    }

    @Test func filesAreWrittenAndNamedInTheText() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("validity-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try ValidityStudy.write(Self.results(), .full, to: folder)
        let text = try String(contentsOf: folder.appendingPathComponent("Validity.md"), encoding: .utf8)
        let images = try FileManager.default.contentsOfDirectory(atPath: folder.appendingPathComponent("Images").path)
        #expect(images.count == 4)
        for image in images { #expect(text.contains("(Images/\(image))")) }
    }
}

@Suite struct StudyTests {
    /// All parts of the study, small, on one thread and on three: the same text.
    @Test func sameTextForAnyNumberOfThreads() throws {
        let texts = try [1, 3].map { threads in
            let results = try StudyResults(.small, workers: Workers(count: threads), announce: { _ in })
            return ValidityDocument(results: results, plan: .small).text
                + ValidityFigures(results: results, plan: .small).all.map { $0.figure.svg() }.joined()
        }
        #expect(texts[0] == texts[1])
    }
}
