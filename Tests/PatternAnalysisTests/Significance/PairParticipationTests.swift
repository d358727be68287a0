import ColocationMining
import FirmModel
import ParallelWork
import SpatialIndex
import Testing

@Suite struct PairParticipationTests {
    /// Labellings of several kinds of firms, counted together, against the search for cliques one by one.
    @Test(arguments: 0..<12)
    func labellingsTogetherAreTheSameAsOneByOne(seed: Int) throws {
        var stream = RandomStream(seed: UInt64(seed), stream: 62)
        let industries = [3, 7, 70, 130, 600][seed % 5]
        let firms = 60 + stream.next(below: 200)
        let isGeographic = seed % 4 == 3
        let places = CenterRegister.places(firms, stream: &stream).map {
            isGeographic ? Coordinate(longitude: 7 + $0.x / 70000, latitude: 51 + $0.y / 110_000) : $0
        }
        let isWeighted = seed % 3 == 1
        let hasEntries = seed % 6 == 5
        let codes = places.map { _ in Int32(stream.next(below: industries + 1)) - 1 }
        let register = try CenterRegister(
            places, codes, weights: isWeighted ? places.map { _ in Int64(stream.next(below: 9)) } : nil,
            firms: hasEntries ? places.indices.map { Int32($0 / 2) } : nil, frame: isGeographic ? .geographic : .local)
        let relation = try NeighborRelation(register.sites, distance: 120, workers: Workers(count: 1))
        let labellings = (0..<11).map { _ in
            var order = Array(places.indices)
            for last in stride(from: order.count - 1, to: 0, by: -1) {
                order.swapAt(last, stream.next(below: last + 1))
            }
            return IndustryLabels(
                industryOfFirm: order.map { register.labels.industryOfFirm[$0] },
                industryCount: register.labels.industryCount,
                weights: register.labels.weights.map { weights in order.map { weights[$0] } },
                firmOfEntry: register.labels.firmOfEntry)
        }
        // Not all industries, and not in the order of their numbers.
        let asked = (0..<Int32(register.labels.industryCount)).filter { $0 % 5 != 2 }.reversed().map { $0 }
        let found = try relation.pairParticipation(of: labellings, industries: asked, workers: Workers(count: 3))
        #expect(found.count == labellings.count)
        for (labels, counts) in zip(labellings, found) {
            let pairs = asked.indices.flatMap { i in asked.indices.filter { $0 < i }.map { (i, $0) } }
            let expected = try relation.participation(
                in: pairs.map { [asked[$0], asked[$1]] }, of: labels, workers: Workers(count: 1))
            for ((i, j), pattern) in zip(pairs, expected) {
                let own = [counts.participants(of: i, near: j), counts.participants(of: j, near: i)]
                #expect(own == pattern.participants, "seed \(seed), industries \(pattern.industries)")
            }
        }
    }

    /// More firms of an industry around one place than a byte counts.
    @Test func manyFirmsOfOneIndustry() throws {
        let places = (0..<1500).map { Coordinate(x: Double($0 % 40), y: Double($0 / 40)) }
        let register = try CenterRegister(places, places.indices.map { Int32($0 % 3 == 0 ? 1 : 0) })
        let relation = try NeighborRelation(register.sites, distance: 100, workers: Workers(count: 1))
        let counts = try relation.pairParticipation(
            of: [register.labels], industries: [0, 1], workers: Workers(count: 2))
        #expect(counts[0].participants(of: 0, near: 1) == 1000)
        #expect(counts[0].participants(of: 1, near: 0) == 500)
    }
}
