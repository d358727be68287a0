import ColocationMining
import FirmClustersTestSupport
import FirmModel
import Foundation
import ParallelWork
import SpatialIndex
import Testing

@Suite struct ColocationQuotientTests {
    /// `pairwise_clq_k3` is by the R package sfdep on the diagonal and by definition off it, where sfdep is wrong.
    @Test(arguments: [3, 1]) func goldenQuotients(count: Int) throws {
        let golden = try JSONTree(parsing: Self.golden("clq_expected.json"))
        let quotient = try LabelledFirms.golden().quotient(count: count)
        let expected = try #require(golden["pairwise_clq_k\(count)"])
        for (a, row) in expected.items.enumerated() {
            for (b, value) in row.items.enumerated() {
                let found = try #require(quotient.quotient(of: a, toward: b))
                #expect(abs(found - (value.number ?? .nan)) < 1e-9)
            }
        }
        let global = try #require(quotient.global)
        #expect(abs(global - (golden["global_clq_k\(count)"]?.number ?? .nan)) < 1e-9)
        #expect(quotient.neighborCount == count && quotient.firms == 72 && quotient.firmCounts == [22, 16, 34])
    }

    @Test func equalsTheDefinition() throws {
        let seed = UInt64.random(in: 0..<1_000_000)
        var stream = RandomStream(seed: seed)
        for trial in 0..<32 {
            // From no two firms on a place to dozens.
            let count = 2 + stream.next(below: 78)
            var firms = LabelledFirms.lattice(
                count, side: [2, 4, 9, 40][trial % 4], industryCount: 1 + stream.next(below: 5), &stream)
            if trial % 3 == 0 {
                firms.frame = .geographic
                firms.x = firms.x.map { $0 / 30 + 176 - ($0 > 100 ? 360 : 0) }
                firms.y = firms.y.map { 89 - $0 / 40 }
            }
            for k in [1, 2, 3, 10, 70] {
                let quotient = try firms.quotient(count: k)
                let expected = firms.bruteForce.quotients(count: k)
                let shares = firms.bruteForce.shares(count: k)
                for a in 0..<firms.industryCount {
                    for b in 0..<firms.industryCount {
                        let found = quotient.quotient(of: a, toward: b)
                        #expect((found == nil) == (expected[a][b] == nil), "seed \(seed) trial \(trial)")
                        #expect(
                            abs((found ?? 0) - (expected[a][b] ?? 0)) < 1e-9,
                            "seed \(seed) trial \(trial) k \(k) \(a) → \(b)")
                        #expect(abs(quotient.share(of: a, toward: b) - shares[a][b]) < 1e-9)
                    }
                }
            }
        }
    }

    @Test func ordersOfRowsAndThreadsMakeNoDifference() throws {
        let seed = UInt64.random(in: 0..<1_000_000)
        var stream = RandomStream(seed: seed)
        for side in [3, 20, 1000] {
            let firms = LabelledFirms.lattice(3000, side: side, industryCount: 7, &stream)
            let quotient = try firms.quotient(count: 4, workers: Workers(count: 1))
            #expect(
                try firms.shuffled(&stream).quotient(count: 4, workers: Workers(count: 3)) == quotient, "seed \(seed)")
        }
    }

    /// Shares of a firm add up to 1.
    @Test func rowsAddUpToTheFirms() throws {
        var stream = RandomStream(seed: 5)
        let firms = LabelledFirms.lattice(2000, side: 12, industryCount: 9, &stream)
        let quotient = try firms.quotient(count: 6)
        for a in 0..<9 {
            let sum = (0..<9).reduce(0.0) { $0 + quotient.share(of: a, toward: $1) }
            #expect(abs(sum - Double(quotient.firmCounts[a])) < 1e-8)
        }
    }

    /// In a mall everybody has all others for neighbors, so every quotient is 1, whatever the industries.
    @Test func everyQuotientInAMallIsOne() throws {
        var stream = RandomStream(seed: 6)
        let firms = LabelledFirms(
            x: [Double](repeating: 5, count: 20_000), y: [Double](repeating: 7, count: 20_000),
            industries: (0..<20_000).map { _ in stream.next(below: 30) }, industryCount: 30)
        let quotient = try firms.quotient(count: 10)
        for a in 0..<30 {
            for b in 0..<30 {
                let found = try #require(quotient.quotient(of: a, toward: b))
                #expect(abs(found - 1) < 1e-9)
            }
        }
        #expect(abs((quotient.global ?? 0) - 1) < 1e-9)
    }

    /// A kiosk beside a mall of forty sees them all as equally near.
    @Test func aMallAtTheEdgeIsShared() throws {
        let firms = LabelledFirms(
            x: [0, 1] + [Double](repeating: 3, count: 40), y: [Double](repeating: 0, count: 42),
            industries: [0, 1] + (0..<40).map { $0 < 10 ? 1 : 2 }, industryCount: 3)
        let quotient = try firms.quotient(count: 3)
        #expect(abs(quotient.share(of: 0, toward: 1) - (1.0 / 3 + 2.0 / 3 * 10 / 40)) < 1e-9)
        #expect(abs(quotient.share(of: 0, toward: 2) - 2.0 / 3 * 30 / 40) < 1e-9)
    }

    @Test func oneFirmHasNoQuotient() throws {
        let quotient = try LabelledFirms(x: [1], y: [2], industries: [0], industryCount: 2).quotient(count: 5)
        #expect(quotient.quotient(of: 0, toward: 0) == nil)
        #expect(quotient.quotient(of: 0, toward: 1) == nil)
        #expect(quotient.global == nil)
    }

    @Test func twoFirmsAreNeighbors() throws {
        let apart = try LabelledFirms(x: [1, 9], y: [2, 2], industries: [0, 1], industryCount: 2).quotient(count: 5)
        #expect(apart.quotient(of: 0, toward: 1) == 1)
        #expect(apart.quotient(of: 0, toward: 0) == nil)
        #expect(apart.global == nil)
        let alike = try LabelledFirms(x: [1, 1], y: [2, 2], industries: [1, 1], industryCount: 2).quotient(count: 1)
        #expect(alike.quotient(of: 1, toward: 1) == 1)
        #expect(alike.quotient(of: 0, toward: 1) == nil)
        #expect(alike.quotient(of: 1, toward: 0) == nil)
        #expect(alike.global == 1)
    }

    @Test func firmsOfOneIndustryHaveNothingElse() throws {
        var stream = RandomStream(seed: 8)
        let quotient = try LabelledFirms.lattice(200, side: 30, industryCount: 1, &stream).quotient(count: 3)
        #expect(quotient.quotient(of: 0, toward: 0) == 1)
        #expect(quotient.global == 1)
    }

    @Test func noFirmsHaveNoQuotient() throws {
        let quotient = try LabelledFirms(x: [], y: [], industries: [], industryCount: 0).quotient(count: 1)
        #expect(quotient.global == nil && quotient.firms == 0)
    }

    /// Firms that take no part are nobody's neighbors.
    @Test func someFirmsAmongAll() throws {
        var stream = RandomStream(seed: 9)
        var firms = LabelledFirms.lattice(400, side: 9, industryCount: 4, &stream)
        let sites = try firms.sites()
        let labels = firms.labels(on: sites)
        let part = (0..<Int32(400)).filter { labels.industryOfFirm[Int($0)] != 2 }
        let quotient = try ColocationQuotient(of: labels, nearest: NearestFirms(sites, count: 5, among: part))
        let kept = firms.industries.indices.filter { firms.industries[$0] != 2 }
        firms.x = kept.map { firms.x[$0] }
        firms.y = kept.map { firms.y[$0] }
        firms.industries = kept.map { firms.industries[$0] }
        #expect(try firms.quotient(count: 5) == quotient)
    }

    @Test func whatCannotBeIsRefused() throws {
        let firms = LabelledFirms(x: [1, 9], y: [2, 2], industries: [0, 1], industryCount: 2)
        let sites = try firms.sites()
        for count in [0, -1, 1001] {
            #expect(throws: ColocationQuotientError.badNeighborCount(count)) {
                try NearestFirms(sites, count: count)
            }
        }
        let nearest = try NearestFirms(sites, count: 1)
        #expect(throws: ColocationQuotientError.firmWithoutIndustry(1)) {
            try ColocationQuotient(of: IndustryLabels(industryOfFirm: [0, -1], industryCount: 2), nearest: nearest)
        }
        #expect(throws: ColocationQuotientError.severalEntriesToAFirm) {
            try ColocationQuotient(
                of: IndustryLabels(industryOfFirm: [0, 1], industryCount: 2, firmOfEntry: [0, 0]), nearest: nearest)
        }
        #expect(throws: ColocationQuotientError.tooManyIndustries(20_000)) {
            try ColocationQuotient(
                of: IndustryLabels(industryOfFirm: [0, 1], industryCount: 20_000), nearest: nearest)
        }
    }

    static func golden(_ name: String) throws -> Data {
        try Data(
            contentsOf: URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
                .appendingPathComponent("Golden/\(name)"))
    }
}
