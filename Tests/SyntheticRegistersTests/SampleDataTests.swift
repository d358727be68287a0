import FirmClustersTestSupport
import FirmModel
import Foundation
import SyntheticRegisters
import Testing

/// The committed sample: description, register, truth.
enum SampleFiles {
    static let folder = SharedFolder.projectFolder.appendingPathComponent("SampleData")
    static let seed: UInt64 = 1

    static func text() throws -> String {
        try String(contentsOf: folder.appendingPathComponent("wenzhou.txt"), encoding: .utf8)
    }

    static func description() throws -> RegisterDescription { try RegisterDescription(parsing: text()) }
}

@Suite struct SampleDataTests {
    /// Run with FIRMCLUSTERS_UPDATE_SAMPLE=1 to write the files anew after a change of description or generator.
    @Test func committedSampleIsWhatDescriptionAndSeedGive() throws {
        let register = SyntheticRegister(try SampleFiles.description(), seed: SampleFiles.seed)
        var firms = register.csvHeader(.full)
        register.appendCSV(rows: register.indices, columns: .full, to: &firms)
        var truth = register.truthHeader
        register.appendTruth(rows: register.indices, to: &truth)
        for (name, bytes) in [("wenzhou_firms.csv", firms), ("wenzhou_truth.csv", truth)] {
            let file = SampleFiles.folder.appendingPathComponent(name)
            if ProcessInfo.processInfo.environment["FIRMCLUSTERS_UPDATE_SAMPLE"] == "1" {
                try Data(bytes).write(to: file)
            }
            #expect(try Data(contentsOf: file) == Data(bytes), "\(name) differs")
        }
    }

    @Test func theDescriptionIsWenzhou() throws {
        let description = try SampleFiles.description()
        #expect(abs(description.outline.squareKilometers - 11_784) < 118)
        #expect(description.firms == 20_000)
        for plant in description.plants {
            #expect(description.sources.contains { $0.key == plant.source })
        }
        let densities = description.plants.map { Double($0.firms) / ($0.radius.value * $0.radius.value) }
        #expect(try #require(densities.max()) / #require(densities.min()) > 10)
    }

    @Test func whatTheFirmsAreLike() throws {
        let description = try SampleFiles.description()
        let register = SyntheticRegister(description, seed: SampleFiles.seed)
        let firms = Array(register)
        func share(_ isCounted: (SyntheticFirm) -> Bool) -> Double {
            Double(firms.count(where: isCounted)) / Double(firms.count)
        }
        #expect(firms.allSatisfy { description.outline.contains($0.location) })
        #expect(abs(share { description.ownerships[$0.ownership].kind == "family" } - 0.83) < 0.01)
        #expect(abs(share { $0.employees == nil } - 0.02) < 0.004)
        #expect(firms.allSatisfy { description.years.contains($0.founded) })
        #expect(firms.allSatisfy { $0.closed.map { $0 <= description.years.upperBound } ?? true })
        #expect(firms.allSatisfy { firm in firm.closed.map { $0 > firm.founded } ?? true })
        #expect((0.1...0.4).contains(share { $0.closed != nil }))
        #expect(firms.allSatisfy { (0...100).contains($0.exportPercent) })
        #expect(firms.allSatisfy { $0.employees.map { $0 >= 1 } ?? true })

        var residents: [String: Int] = [:]
        for firm in firms { residents["\(firm.location)", default: 0] += 1 }
        #expect((0.10...0.15).contains(share { residents["\($0.location)", default: 0] > 1 }))

        let children = firms.filter { $0.parent != nil }
        #expect((100...400).contains(children.count))
        for child in children {
            let parent = firms[try #require(child.parent)]
            #expect(parent.row != child.row && parent.parent == nil)
            if let plant = child.plant { #expect(parent.plant == plant) }
        }

        // Heavy-tailed: the largest hundredth employs far more than its share.
        let sizes = firms.compactMap(\.employees).sorted(by: >)
        let top = sizes.prefix(sizes.count / 100).reduce(0, +)
        #expect(Double(top) / Double(sizes.reduce(0, +)) > 0.15)
    }

    @Test func plantsHaveTheirFirmsAndHubs() throws {
        let description = try SampleFiles.description()
        let register = SyntheticRegister(description, seed: SampleFiles.seed)
        let membersByPlant = Dictionary(grouping: register.lazy.filter { $0.plant != nil }, by: \.plant)
        for (index, plant) in description.plants.enumerated() {
            let members = try #require(membersByPlant[index])
            #expect(members.count == plant.firms)
            #expect(members.allSatisfy { register.industryCodes[$0.industry] == plant.industry })
            #expect(members.allSatisfy { $0.founded >= plant.start })
            let sizes = members.compactMap(\.employees)
            let largest = Double(try #require(sizes.max())) / Double(sizes.reduce(0, +))
            switch plant.type {
            case .hubAndSpoke: #expect(largest >= 0.2, "\(plant.name)")
            case .marshallian: #expect(largest < 0.12, "\(plant.name)")
            }
        }
    }
}
