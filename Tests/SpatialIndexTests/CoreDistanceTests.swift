import FirmModel
import ParallelWork
import SpatialIndex
import Testing

@Suite struct CoreDistanceTests {
    @Test(arguments: 0..<200) func isTheSmallestRadiusThatHoldsTheWeight(seed: Int) throws {
        let random = try RandomSites(seed: seed)
        let sites = random.sites
        var stream = RandomStream(seed: UInt64(seed), stream: 13)
        let weights = (0..<sites.count).map { _ in seed % 2 == 0 ? 1 : Double(stream.next() % 4) }
        let threshold = Double(1 + stream.next() % 12)
        let subset = SiteSubset(sites: (0..<Int32(sites.count)).map { $0 }, weights: weights)
        let found = try KDTree(subset, in: sites, workers: Workers(count: 2)).coreDistances(weight: threshold, workers: Workers(count: 2))
        for i in 0..<sites.count {
            let others = (0..<sites.count).map { (random.squaredDistance(i, $0), weights[$0]) }.sorted { $0.0 < $1.0 }
            var sum = 0.0
            let reached = others.first { other in
                sum += other.1
                return sum >= threshold && other.1 > 0
            }
            let expected = reached.map { sites.metric.distance(forSquared: $0.0) } ?? Meters(.infinity)
            #expect(found[i] == expected)
        }
    }

    @Test func emptyAndSmall() throws {
        let random = try RandomSites(seed: 0)
        #expect(
            try KDTree(SiteSubset(sites: []), in: random.sites, workers: Workers()).coreDistances(weight: 1, workers: Workers()).isEmpty)
        let one = try KDTree(SiteSubset(sites: [3]), in: random.sites, workers: Workers())
        #expect(try one.coreDistances(weight: 1, workers: Workers()) == [0])
        #expect(try one.coreDistances(weight: 2, workers: Workers()) == [Meters(.infinity)])
    }
}
