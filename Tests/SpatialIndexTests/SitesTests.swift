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
}
