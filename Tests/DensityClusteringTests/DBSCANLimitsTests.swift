import DensityClustering
import FirmClustersTestSupport
import FirmModel
import Foundation
import ParallelWork
import SpatialIndex
import Testing

/// Many sites, in the shapes and with the parameters that a fast search is most likely to get wrong.
@Suite struct DBSCANLimitsTests {
    static func sites(_ points: [Coordinate], frame: CoordinateFrame = .local, threads: Int = 2) throws -> Sites {
        try Sites(
            FirmRegister(
                frame: frame, x: points.map(\.x), y: points.map(\.y),
                industry: CategoryColumn(categories: ["1"], indices: .init(repeating: 0, count: points.count))),
            workers: Workers(count: threads))
    }

    enum Shape: CaseIterable {
        case towns, oneCity, oneCell, alongARow, alongAColumn, diagonal, lattice
    }

    static func points(_ shape: Shape, count: Int) -> [Coordinate] {
        var stream = RandomStream(seed: 31)
        return (0..<count).map { i in
            let (u, v) = (stream.nextUnit(), stream.nextUnit())
            switch shape {
            case .towns:
                let town = Double(stream.next() % 40)
                return Coordinate(
                    x: town * 3000 + u * u * 900, y: (town * 7919).truncatingRemainder(dividingBy: 50_000) + v * v * 900
                )
            case .oneCity: return Coordinate(x: u * u * u * 4000, y: v * v * v * 4000)
            case .oneCell: return Coordinate(x: u, y: v)
            case .alongARow: return Coordinate(x: u * 3e5, y: 12)
            case .alongAColumn: return Coordinate(x: 12, y: u * 3e5)
            case .diagonal: return Coordinate(x: u * 2e5, y: u * 2e5)
            case .lattice: return Coordinate(x: Double(i % 200) * 50, y: Double(i / 200) * 50)
            }
        }
    }

    /// Against a search by hashed squares, for sizes at which work is cut into pieces.
    @Test(arguments: Shape.allCases, [1, 3]) func manySitesAgreeWithHashedSquares(shape: Shape, threads: Int) throws {
        // Squares hold all pairs of a dense place.
        let isDense = shape == .oneCell || shape == .oneCity
        let sites = try Self.sites(Self.points(shape, count: isDense ? 1500 : 20_000), threads: threads)
        for minimum in [4.0, 25] {
            let found = try DBSCAN(neighborhoodRadius: 50, minimumWeight: minimum)
                .clusters(in: sites, workers: Workers(count: threads))
            let expected = HashedSquaresDBSCAN(sites, radius: 50, minimumWeight: minimum)
            #expect(found.roles.map { $0 == .core } == expected.isCore)
            #expect(found.labels.map { $0 >= 0 } == expected.isClustered)
            var bijection: [Int32: Int] = [:]
            for site in 0..<sites.count where expected.isCore[site] {
                let component = bijection[found.labels[site], default: expected.component[site]]
                #expect(component == expected.component[site])
                bijection[found.labels[site]] = component
            }
            #expect(Set(bijection.values).count == found.clusterCount)
        }
    }

    @Test(arguments: Shape.allCases) func threadsDoNotMatter(shape: Shape) throws {
        let points = Self.points(shape, count: 70_000)
        let procedure = try DBSCAN(neighborhoodRadius: 40, minimumWeight: 6)
        let one = try procedure.clusters(in: Self.sites(points, threads: 1), workers: Workers(count: 1))
        for threads in [2, 4] {
            let many = try procedure.clusters(
                in: Self.sites(points, threads: threads), workers: Workers(count: threads))
            #expect(one == many)
        }
    }

    /// The same sites as a subset, with their counts written down, and as all sites.
    @Test func everySiteAndASubsetOfAll() throws {
        var points = Self.points(.towns, count: 30_000)
        points += points.prefix(9000)
        let sites = try Self.sites(points)
        let procedure = try DBSCAN(neighborhoodRadius: 40, minimumWeight: 6)
        let all = try procedure.clusters(in: sites)
        #expect(try procedure.clusters(of: .allFirms(of: sites), in: sites) == all)
        let weighed = SiteSubset(
            sites: (0..<Int32(sites.count)).map { $0 },
            weights: (0..<sites.count).map { 0.5 * Double(sites.firmStarts[$0 + 1] - sites.firmStarts[$0]) })
        #expect(weighed.counts.isEmpty)
        let halved = try DBSCAN(neighborhoodRadius: 40, minimumWeight: 3).clusters(of: weighed, in: sites)
        #expect(halved == all)
    }

    @Test func radiiAtTheirLimits() throws {
        let points = Self.points(.towns, count: 3000)
        let sites = try Self.sites(points)
        let least = try DBSCAN(neighborhoodRadius: DBSCAN.smallestRadius, minimumWeight: 1).clusters(in: sites)
        #expect(least.clusterCount == sites.count)
        for radius in [1e7, 1e12, 1e300] {
            let all = try DBSCAN(neighborhoodRadius: Meters(radius), minimumWeight: 3000).clusters(in: sites)
            #expect(all.clusterCount == 1 && all.labels.allSatisfy { $0 == 0 })
            let none = try DBSCAN(neighborhoodRadius: Meters(radius), minimumWeight: 3001).clusters(in: sites)
            #expect(none.clusterCount == 0)
        }
        let huge = try DBSCAN(neighborhoodRadius: 100, minimumWeight: 1e300).clusters(in: sites)
        #expect(huge.clusterCount == 0)
    }

    @Test func weightsAtTheirLimits() throws {
        let sites = try Self.sites((0..<50).map { Coordinate(x: Double($0), y: 0) })
        let all = (0..<Int32(50)).map { $0 }
        func cores(_ weights: [Double], _ minimum: Double) throws -> Int {
            try DBSCAN(neighborhoodRadius: 1.5, minimumWeight: minimum)
                .clusters(of: SiteSubset(sites: all, weights: weights), in: sites).roles.count { $0 == .core }
        }
        #expect(try cores([Double](repeating: 0, count: 50), 1e-300) == 0)
        #expect(try cores([Double](repeating: 1e308, count: 50), 1e308) == 50)
        // 3e308 is beyond what a double can hold: infinitely heavy is heavy enough.
        #expect(try cores([Double](repeating: 1e308, count: 50), 1.7e308) == 50)
        #expect(try cores((0..<50).map { $0 == 25 ? 3e9 : 0 }, 3e9) == 3)
        for bad in [-1.0, .nan, -.infinity] {
            var weights = [Double](repeating: 1, count: 50)
            weights[17] = bad
            #expect(throws: DensityClusteringError.badWeight(index: 17)) { try cores(weights, 2) }
        }
    }

    @Test(arguments: [1, 3]) func cancellationStopsInMidRun(threads: Int) throws {
        let sites = try Self.sites(Self.points(.towns, count: 200_000))
        let cancellation = Cancellation()
        let workers = Workers(count: threads, cancellation: cancellation)
        let procedure = try DBSCAN(neighborhoodRadius: 30, minimumWeight: 5)
        Thread.detachNewThread {
            // Some way into the work; wherever that is, the work must end.
            for _ in 0..<200_000 { _ = cancellation.isCancelled }
            cancellation.cancel()
        }
        #expect(throws: WorkCancelled.self) {
            for _ in 0..<1000 { _ = try procedure.clusters(in: sites, workers: workers) }
        }
        #expect(throws: WorkCancelled.self) { try Self.sorted(sites, workers) }
    }

    private static func sorted(_ sites: Sites, _ workers: Workers) throws {
        _ = try SiteRows(sites, rowHeight: 100, workers: workers)
    }
}

/// DBSCAN by the definition over squares of the radius in a dictionary: slow, but plain, and not quadratic.
private struct HashedSquaresDBSCAN {
    var isCore: [Bool]
    var isClustered: [Bool]
    /// Of core sites: the smallest site of their component.
    var component: [Int]

    init(_ sites: Sites, radius: Double, minimumWeight: Double) {
        struct Square: Hashable {
            var x: Int
            var y: Int
        }
        func square(_ site: Int) -> Square {
            Square(x: Int((sites.x[site] / radius).rounded(.down)), y: Int((sites.y[site] / radius).rounded(.down)))
        }
        var members: [Square: [Int]] = [:]
        for site in 0..<sites.count { members[square(site), default: []].append(site) }
        func neighbors(_ site: Int, _ body: (Int) -> Void) {
            let own = square(site)
            for x in own.x - 1...own.x + 1 {
                for y in own.y - 1...own.y + 1 {
                    for other in members[Square(x: x, y: y)] ?? [] {
                        let (dx, dy) = (sites.x[other] - sites.x[site], sites.y[other] - sites.y[site])
                        if dx * dx + dy * dy <= radius * radius { body(other) }
                    }
                }
            }
        }
        var core = [Bool](repeating: false, count: sites.count)
        for site in 0..<sites.count {
            var weight = 0
            neighbors(site) { weight += Int(sites.firmStarts[$0 + 1] - sites.firmStarts[$0]) }
            core[site] = Double(weight) >= minimumWeight
        }
        var component = [Int](repeating: -1, count: sites.count)
        var clustered = core
        for site in 0..<sites.count where core[site] && component[site] < 0 {
            component[site] = site
            var pending = [site]
            while let next = pending.popLast() {
                neighbors(next) {
                    clustered[$0] = true
                    if core[$0], component[$0] < 0 {
                        component[$0] = site
                        pending.append($0)
                    }
                }
            }
        }
        (isCore, isClustered, self.component) = (core, clustered, component)
    }
}
