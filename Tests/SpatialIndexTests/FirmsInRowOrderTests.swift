import FirmModel
import ParallelWork
import SpatialIndex
import Testing

@Suite struct FirmsInRowOrderTests {
    /// Firms dealt in the order of rows make the same rows as their sites sorted for themselves.
    @Test(arguments: 0..<60) func rowsOfALabellingAreThoseOfItsSubset(seed: Int) throws {
        let random = try RandomSites(seed: seed)
        let sites = random.sites
        let height = Meters(random.radius)
        let order = try RowOrder(sites, rowHeight: height, workers: Workers(count: 1))
        let siteOfFirm = try sites.sitesOfFirms(workers: Workers(count: 1))
        var stream = RandomStream(seed: UInt64(seed), stream: 5)
        var inOrder = SitesInRowOrder(order)
        // Listed twice, as if used before.
        inOrder.list(labels: [UInt16](repeating: 1, count: sites.firmCount), industryCount: 3)
        let labels = (0..<sites.firmCount).map { _ in UInt16(stream.next(below: 3)) }
        inOrder.list(labels: labels, industryCount: 3)
        let ascending = FirmsByIndustry(labels: labels.map { Int32($0) }, industryCount: 3)
        for label in 0..<3 {
            var members: [Int32] = []
            let dealt = SiteRows(
                sites, inRowOrder: inOrder.sites(of: label), rowHeight: height,
                members: &members)
            let subset = SiteSubset(firms: ascending.firms(of: label), siteOfFirm: siteOfFirm)
            let sorted = try SiteRows(sites, subset: subset, rowHeight: height, workers: Workers(count: 1))
            #expect(dealt.count == sorted.count)
            #expect(dealt.rowNumbers == sorted.rowNumbers)
            #expect(dealt.rowStarts == sorted.rowStarts)
            #expect(members == (0..<sorted.count).map { subset.sites[Int(sorted.order[$0])] })
            for position in 0..<dealt.count {
                #expect(dealt.x[position] == sorted.x[position])
                #expect(Double(dealt.count(at: position..<position + 1)) == subset.weight(Int(sorted.order[position])))
            }
        }
    }

    /// The curve passes places that are next to each other, every one once.
    @Test func hilbertCurveDoesNotLeap() throws {
        let side = 32
        let points = (0..<side * side).map { Coordinate(x: Double($0 % side), y: Double($0 / side)) }
        let random = try RandomSites(points, frame: .local)
        let order = try random.sites.firmsAlongHilbertCurve(seed: 1, workers: Workers(count: 2))
        #expect(order.sorted() == (0..<Int32(points.count)).map { $0 })
        let places = order.map { random.coordinates[Int($0)] }
        var leaps = 0
        for (a, b) in zip(places, places.dropFirst()) where abs(a.x - b.x) + abs(a.y - b.y) != 1 { leaps += 1 }
        #expect(leaps <= side, "\(leaps)")
    }

    /// In canonical order firms of one address are sorted by code: a shift would carry a code's firms there on together.
    @Test func firmsOfOneAddressAreShuffled() throws {
        let random = try RandomSites([Coordinate](repeating: Coordinate(x: 3, y: 4), count: 60), frame: .local)
        let order = try random.sites.firmsAlongHilbertCurve(seed: 1)
        #expect(order.sorted() == (0..<60).map { $0 })
        let descents = zip(order, order.dropFirst()).count { $0 > $1 }
        #expect((15...45).contains(descents), "\(descents)")
        #expect(try random.sites.firmsAlongHilbertCurve(seed: 1) == order)
        #expect(try random.sites.firmsAlongHilbertCurve(seed: 2) != order)
    }

    @Test func hilbertCurveOfOnePlaceAndNone() throws {
        let one = try RandomSites([Coordinate(x: 3, y: 4), Coordinate(x: 3, y: 4)], frame: .local)
        #expect(try one.sites.firmsAlongHilbertCurve(seed: 1).sorted() == [0, 1])
        let none = try RandomSites([], frame: .local)
        #expect(try none.sites.firmsAlongHilbertCurve(seed: 1) == [])
    }
}
