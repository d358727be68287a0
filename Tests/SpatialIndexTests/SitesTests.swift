import FirmModel
import ParallelWork
import SpatialIndex
import Testing

@Suite struct SitesTests {
    @Test(arguments: 0..<60) func sitesAscendAndHoldEveryFirmOnce(seed: Int) throws {
        let random = try RandomSites(seed: seed)
        let sites = random.sites
        for (a, b) in zip(random.coordinates, random.coordinates.dropFirst()) { #expect(a < b) }
        #expect(sites.firmRows.sorted() == (0..<Int32(sites.firmCount)).map { $0 })
        #expect(sites.firmStarts.first == 0 && sites.firmStarts.last == Int32(sites.firmCount))
    }

    @Test func firmsOnOneSiteAreInCanonicalOrder() throws {
        let register = try FirmRegister(
            frame: .geographic, x: [180, -180, 10, 180], y: [0, 0, 0, 0],
            industry: CategoryColumn(["b", "a", "c", "a"]), employment: [1, .nan, 5, 7])
        let sites = try Sites(register)
        #expect(sites.count == 2)
        // −180° is 180°; code a before b; known employment before unknown.
        #expect(sites.firmRows == [2, 3, 1, 0])
        #expect(sites.firmStarts == [0, 1, 4])
    }

    @Test(arguments: [1, 2, 5]) func manyFirmsSortAlikeForAnyThreads(threads: Int) throws {
        var stream = RandomStream(seed: 5)
        let count = 150_000
        let x = (0..<count).map { _ in (stream.nextUnit() * 1000).rounded() + stream.nextUnit() * 1e-7 }
        let y = (0..<count).map { _ in (stream.nextUnit() * 1000).rounded() }
        let register = try FirmRegister(
            frame: .local, x: x, y: y,
            industry: CategoryColumn(categories: ["1"], indices: .init(repeating: 0, count: count)))
        let sites = try Sites(register, workers: Workers(count: threads))
        let expected = (0..<count).sorted { (x[$0], y[$0], $0) < (x[$1], y[$1], $1) }
        #expect(sites.firmRows == expected.map { Int32($0) })
    }

    /// Ways in which firms bunch up that cutting the extent into equal slabs does not foresee.
    enum Bunching: CaseIterable {
        case even, oneMeridian, oneParallel, fewAddresses, outlier, nested, onePlace
    }

    @Test(arguments: Bunching.allCases, [1, 2, 3]) func bunchedFirmsAreInCanonicalOrder(
        bunching: Bunching, threads: Int
    ) throws {
        var stream = RandomStream(seed: 8)
        let count = 120_000
        var (x, y, code): ([Double], [Double], [Int32]) = ([], [], [])
        for i in 0..<count {
            let (u, v) = (stream.nextUnit(), stream.nextUnit())
            let place: (x: Double, y: Double)
            switch bunching {
            case .even: place = (u * 1e5, v * 1e5)
            case .oneMeridian: place = (7, (v * 1e5).rounded())
            case .oneParallel: place = ((u * 1e5).rounded(), 7)
            case .fewAddresses: place = ((u * 30).rounded(), (v * 30).rounded())
            case .outlier: place = (i == 77 ? 1e9 : u, v)
            case .nested: place = (Double(sign: .plus, exponent: -Int(u * 60), significand: 1 + v), v)
            case .onePlace: place = (3, 4)
            }
            x.append(place.x)
            y.append(place.y)
            code.append(Int32(stream.next() % 3))
        }
        let register = try FirmRegister(
            frame: .local, x: x, y: y, industry: CategoryColumn(categories: ["1", "2", "3"], indices: code))
        let sites = try Sites(register, workers: Workers(count: threads))
        let expected = (0..<count).sorted { (x[$0], y[$0], code[$0], $0) < (x[$1], y[$1], code[$1], $1) }
        #expect(sites.firmRows == expected.map { Int32($0) })
        for site in 0..<sites.count {
            let place = sites.coordinate(site)
            if site > 0 { #expect(sites.coordinate(site - 1) < place) }
            for firm in sites.firmStarts[site]..<sites.firmStarts[site + 1] {
                let row = Int(sites.firmRows[Int(firm)])
                #expect(x[row] == place.x && y[row] == place.y)
            }
        }
    }
}

/// Numbers of sites and firms in the order of rows.
@Suite struct RowOrderTests {
    @Test(arguments: [10, 5000, 300_000], [1, 3]) func numbersFindTheirRows(count: Int, threads: Int) throws {
        var stream = RandomStream(seed: 12)
        let x = (0..<count).map { _ in (stream.nextUnit() * Double(count)).rounded() }
        let register = try FirmRegister(
            frame: .local, x: x, y: x,
            industry: CategoryColumn(categories: ["1"], indices: .init(repeating: 0, count: count)))
        let workers = Workers(count: threads)
        let sites = try Sites(register, workers: workers)
        let bySite = try sites.byRow(ofSites: (0..<sites.count).map { Int32($0) - 5 }, workers: workers)
        for row in 0..<count where sites.x[Int(bySite[row]) + 5] != x[row] { Issue.record("row \(row)") }
        let byFirm = try sites.byRow(ofFirms: (0..<count).map { Int32($0) }, workers: workers)
        for row in 0..<count where sites.firmRows[Int(byFirm[row])] != Int32(row) { Issue.record("row \(row)") }
    }
}
