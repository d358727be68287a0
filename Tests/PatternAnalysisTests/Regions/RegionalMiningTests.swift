import ColocationMining
import FirmModel
import ParallelWork
import SpatialIndex
import Testing

@testable import PatternAnalysis

@Suite struct RegionalMiningTests {
    @Test(arguments: 0..<12 as Range<UInt64>) func equalsBruteForce(seed: UInt64) throws {
        let town = try RandomTown(seed: seed)
        for borderPairs in RegionalMining.BorderPairs.allCases {
            var mining = town.mining
            mining.borderPairs = borderPairs
            for threads in [1, 3] {
                let result = try mining.patterns(
                    of: town.labels, in: town.relation, regionOfFirm: town.regionOfFirm, names: town.names,
                    workers: Workers(count: threads))
                for outcome in result.regions {
                    let expected = town.bruteForce(region: outcome.region, keepingBorderPairs: borderPairs == .kept)
                    #expect(outcome.patterns == expected, "seed \(seed), \(borderPairs), region \(outcome.region)")
                }
                let counts = town.names.indices.map { region in town.regionOfFirm.count { $0 == region } }
                #expect(result.regions.map(\.region) == counts.indices.filter { counts[$0] >= 20 })
                #expect(result.skipped.map(\.firms) == counts.filter { $0 < 20 })
                #expect(result.firmsOutside == town.regionOfFirm.count { $0 < 0 })
                #expect(result.city == (try mining.miner.patterns(of: town.labels, in: town.relation)))
            }
        }
    }

    @Test func keptPairsOnlyEverAddPatterns() throws {
        var added = 0
        for seed in 0..<10 as Range<UInt64> {
            let town = try RandomTown(seed: seed)
            func sets(_ borderPairs: RegionalMining.BorderPairs) throws -> [Set<[Int32]>] {
                var mining = town.mining
                mining.borderPairs = borderPairs
                return try mining.patterns(
                    of: town.labels, in: town.relation, regionOfFirm: town.regionOfFirm, names: town.names
                ).regions.map { Set($0.patterns.map(\.industries)) }
            }
            for (dropped, kept) in zip(try sets(.dropped), try sets(.kept)) {
                #expect(kept.isSuperset(of: dropped), "seed \(seed)")
                added += kept.count - dropped.count
            }
        }
        #expect(added > 0)
    }

    /// One region that is everything differs in nothing.
    @Test func aRegionOfAllFirmsIsTheWhole() throws {
        let town = try RandomTown(seed: 3)
        var mining = town.mining
        mining.minimumIndustryFirms = mining.miner.minimumFirms
        let result = try mining.patterns(
            of: town.labels, in: town.relation, regionOfFirm: town.regionOfFirm.map { _ in 0 }, names: ["all"])
        #expect(!result.city.isEmpty)
        #expect(result.regions[0].patterns == result.city)
        #expect(result.regions[0].jaccardDistance == 0)
        #expect(result.regions[0].distinctive.isEmpty)
        #expect(result.localShare == 0)
        #expect(result.regional == result.city.map(\.industries))
    }

    /// Weights are added up within the region, and entries of one firm are one firm.
    @Test func weightsAndEntriesGoWithTheirFirms() throws {
        // a and b side by side in region 0, and two entries of one firm; c beyond the border.
        let register = try FirmRegister(
            frame: .local, x: [0, 1, 2, 2, 50], y: [0, 0, 0, 0, 0],
            industry: CategoryColumn(["a", "b", "a", "b", "c"]))
        let sites = try Sites(register)
        let relation = try NeighborRelation(sites, distance: 50)
        let rows = sites.firmRows.map { Int($0) }
        let labels = IndustryLabels(
            industryOfFirm: rows.map { register.industry.indices[$0] }, industryCount: 3,
            weights: rows.map { [10, 20, 30, 40, 50][$0] }, firmOfEntry: rows.map { [0, 1, 2, 2, 3][$0] })
        var mining = RegionalMining()
        mining.minimumRegionFirms = 3
        mining.minimumIndustryFirms = 1
        mining.miner.minimumFirms = 1
        let result = try mining.patterns(
            of: labels, in: relation, regionOfFirm: rows.map { $0 < 4 ? 0 : 1 }, names: ["west", "east"])
        #expect(result.regions.map(\.firms) == [3])
        #expect(result.skipped == [.init(region: 1, name: "east", firms: 1)])
        #expect(
            result.regions[0].patterns
                == [ColocationPattern(industries: [0, 1], participants: [40, 60], totals: [40, 60])])
        mining.minimumRegionFirms = 1
        mining.borderPairs = .kept
        let kept = try mining.patterns(
            of: labels, in: relation, regionOfFirm: rows.map { $0 < 4 ? 0 : 1 }, names: ["west", "east"])
        // The firm at 50 m has neighbors across the border, but its industry has no partner with firms inside.
        #expect(kept.regions.map { $0.patterns.map(\.industries) } == [[[0, 1]], []])
    }

    @Test func sharesAndDistances() throws {
        func pattern(_ industries: Int32...) -> ColocationPattern {
            let ones = [Int64](repeating: 1, count: industries.count)
            return ColocationPattern(industries: industries, participants: ones, totals: ones)
        }
        let result = RegionalPatterns(
            city: [pattern(0, 1), pattern(1, 2)],
            mined: [
                (0, 100, 3, [pattern(0, 1), pattern(0, 2), pattern(0, 1, 2)]), (2, 150, 4, [pattern(0, 2)]),
                (3, 120, 4, []),
            ], skipped: [.init(region: 1, name: "b", firms: 7)], names: ["a", "b", "c", "d"], firmsOutside: 5)
        #expect(result.regional == [[0, 1], [0, 2], [0, 1, 2]])
        #expect(result.local == [[0, 2], [0, 1, 2]])
        #expect(result.localShare == 2.0 / 3)
        #expect(result.regions.map { $0.distinctive.map(\.industries) } == [[[0, 2], [0, 1, 2]], [[0, 2]], []])
        #expect(result.regions.map { $0.onlyHere.map(\.industries) } == [[[0, 1, 2]], [], []])
        #expect(result.regions.map(\.jaccardDistance) == [0.75, 1, 1])
        let none = RegionalPatterns(city: [], mined: [(0, 100, 1, [])], skipped: [], names: ["a"], firmsOutside: 0)
        #expect(none.localShare == nil)
        #expect(none.regions[0].jaccardDistance == nil)
    }

    @Test func noRegionsAtAll() throws {
        let town = try RandomTown(seed: 1)
        let result = try town.mining.patterns(
            of: town.labels, in: town.relation, regionOfFirm: town.regionOfFirm.map { _ in -1 }, names: [])
        #expect(result.regions.isEmpty && result.skipped.isEmpty && result.localShare == nil)
        #expect(result.firmsOutside == town.regionOfFirm.count)
    }
}
