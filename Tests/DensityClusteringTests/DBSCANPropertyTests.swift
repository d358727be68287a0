import DensityClustering
import FirmClustersTestSupport
import FirmModel
import SpatialIndex
import Testing

/// Against the definition, on random sites made to hurt.
@Suite struct DBSCANPropertyTests {
    /// Planar inputs: clumps, duplicates, collinear runs, lattices with neighbors at exactly eps.
    static func planarPoints(_ stream: inout RandomStream) -> [Coordinate] {
        var points: [Coordinate] = []
        let shape = stream.next() % 4
        let count = 30 + Int(stream.next() % 150)
        for _ in 0..<count {
            switch shape {
            case 0:
                let center = Double(stream.next() % 4) * 400
                points.append(
                    Coordinate(x: center + stream.nextUnit() * 150, y: center / 2 + stream.nextUnit() * 150))
            case 1: points.append(Coordinate(x: Double(stream.next() % 12) * 50, y: Double(stream.next() % 12) * 50))
            case 2: points.append(Coordinate(x: Double(stream.next() % 400) * 12.5 - 2500, y: 0))
            default: points.append(Coordinate(x: 1e6 + stream.nextUnit() * 900, y: -3e6 + stream.nextUnit() * 900))
            }
        }
        for _ in 0..<count / 5 { points.append(points[Int(stream.next() % UInt64(points.count))]) }
        return points
    }

    /// Spherical inputs: a city, both poles, the antimeridian, the whole globe.
    static func sphericalPoints(_ stream: inout RandomStream) -> (points: [Coordinate], radius: Double) {
        let count = 40 + Int(stream.next() % 120)
        var points: [Coordinate] = []
        let place = stream.next() % 5
        for _ in 0..<count {
            switch place {
            case 0:
                points.append(
                    Coordinate(longitude: 113 + stream.nextUnit() * 0.02, latitude: 23 + stream.nextUnit() * 0.02))
            case 1:
                points.append(
                    Coordinate(longitude: stream.nextUnit() * 360 - 180, latitude: 90 - stream.nextUnit() * 0.02))
            case 2:
                points.append(
                    Coordinate(longitude: stream.nextUnit() * 360 - 180, latitude: stream.nextUnit() * 0.02 - 90))
            case 3:
                let offset = stream.nextUnit() * 0.04 - 0.02
                points.append(
                    Coordinate(
                        longitude: offset < 0 ? 180 + offset : offset - 180, latitude: stream.nextUnit() * 0.02 - 17))
            default:
                points.append(
                    Coordinate(longitude: stream.nextUnit() * 360 - 180, latitude: stream.nextUnit() * 180 - 90))
            }
        }
        points.append(Coordinate(longitude: 180, latitude: -17))
        points.append(Coordinate(longitude: -180, latitude: -17))
        points.append(Coordinate(longitude: 33, latitude: 90))
        points.append(Coordinate(longitude: -80, latitude: 90))
        for _ in 0..<count / 6 { points.append(points[Int(stream.next() % UInt64(points.count))]) }
        return (points, place == 4 ? 100_000 + stream.nextUnit() * 2_000_000 : 60 + stream.nextUnit() * 300)
    }

    @Test(arguments: 0..<300) func planeAgreesWithTheDefinition(seed: Int) throws {
        var stream = RandomStream(seed: UInt64(seed), stream: 1)
        let points = Self.planarPoints(&stream)
        let weighted = seed % 3 == 0
        let weights = points.map { _ in weighted ? Double(stream.next() % 8) : 1 }
        let radius = [50, 12.5, 70, 125, 1000][Int(stream.next() % 5)]
        let minimum = Double(1 + stream.next() % 9)
        for rule in DBSCAN.BorderRule.allCases {
            let expected = BruteForceDBSCAN(
                coordinates: points, weights: weights, limit: radius * radius, minimumWeight: minimum,
                borders: rule == .nearestCore
            ) { i, j in
                let (dx, dy) = (points[j].x - points[i].x, points[j].y - points[i].y)
                return dx * dx + dy * dy
            }
            let found = try Clustered(
                points, weights: weights, radius: radius, minimumWeight: minimum, borderRule: rule,
                threads: 1 + seed % 3)
            #expect(found.isCore == expected.isCore)
            #expect(areSamePartition(found.labels, expected.labels))
            #expect(found.isAmbiguous == expected.isAmbiguous)
        }
    }

    @Test(arguments: 0..<300) func sphereAgreesWithTheDefinition(seed: Int) throws {
        var stream = RandomStream(seed: UInt64(seed), stream: 2)
        let (points, radius) = Self.sphericalPoints(&stream)
        let minimum = Double(1 + stream.next() % 6)
        let vectors = points.map { place in
            let place = place.normalized(in: .geographic)
            return UnitVectors.vector(longitude: place.longitude, latitude: place.latitude)
        }
        let normalized = points.map { $0.normalized(in: .geographic) }
        let expected = BruteForceDBSCAN(
            coordinates: normalized, weights: points.map { _ in 1 }, limit: Metric.sphere.limit(for: Meters(radius)),
            minimumWeight: minimum
        ) { i, j in
            let (dx, dy) = (vectors[j].x - vectors[i].x, vectors[j].y - vectors[i].y)
            let dz = vectors[j].z - vectors[i].z
            return (dx * dx + dy * dy) + dz * dz
        }
        let found = try Clustered(
            points, frame: .geographic, radius: radius, minimumWeight: minimum, threads: 1 + seed % 3)
        #expect(found.isCore == expected.isCore)
        #expect(areSamePartition(found.labels, expected.labels))
        #expect(found.isAmbiguous == expected.isAmbiguous)
    }

    @Test(arguments: 0..<20) func orderOfTheInputDoesNotMatter(seed: Int) throws {
        var stream = RandomStream(seed: UInt64(seed), stream: 3)
        let points = Self.planarPoints(&stream)
        let order = points.indices.shuffled(using: &stream)
        let first = try Clustered(points, radius: 70, minimumWeight: 4)
        let second = try Clustered(order.map { points[$0] }, radius: 70, minimumWeight: 4, threads: 4)
        #expect(order.map { first.labels[$0] } == second.labels)
        #expect(order.map { first.isAmbiguous[$0] } == second.isAmbiguous)
    }

    @Test(arguments: 0..<20) func integerWeightsAreRepeatedFirms(seed: Int) throws {
        var stream = RandomStream(seed: UInt64(seed), stream: 4)
        let points = Self.planarPoints(&stream)
        let weights = points.map { _ in Double(1 + stream.next() % 4) }
        let repeated = zip(points, weights).flatMap { Array(repeating: $0, count: Int($1)) }
        let weighed = try Clustered(points, weights: weights, radius: 70, minimumWeight: 7)
        let expanded = try Clustered(repeated, radius: 70, minimumWeight: 7)
        #expect(
            expanded.labels == zip(weighed.labels, weights).flatMap { Array(repeating: $0, count: Int($1)) })
    }

    @Test(arguments: 0..<20) func aLargerRadiusNeverSplits(seed: Int) throws {
        var stream = RandomStream(seed: UInt64(seed), stream: 5)
        let points = Self.planarPoints(&stream)
        let narrow = try Clustered(points, radius: 60, minimumWeight: 4)
        let wide = try Clustered(points, radius: 90, minimumWeight: 4)
        var merged: [Int: Int] = [:]
        for i in points.indices where narrow.isCore[i] {
            #expect(wide.isCore[i])
            #expect(merged[narrow.labels[i], default: wide.labels[i]] == wide.labels[i])
            merged[narrow.labels[i]] = wide.labels[i]
        }
    }

    @Test func extremes() throws {
        let point = Coordinate(x: 5, y: 5)
        let tower = try Clustered([Coordinate](repeating: point, count: 10_000), radius: 1, minimumWeight: 10_000)
        #expect(tower.clusterCount == 1 && tower.isCore.allSatisfy { $0 })
        let one = try Clustered([point], radius: 1, minimumWeight: 2)
        #expect(one.labels == [-1])
        let none = try Clustered([], radius: 1, minimumWeight: 2)
        #expect(none.clusterCount == 0)
        // Rows far apart against their height: the table of all rows would be huge.
        let far = try Clustered(
            [Coordinate(x: -1e9, y: -1e9), Coordinate(x: 1e9, y: 1e9), Coordinate(x: 1e9, y: 1e9 - 0.001)],
            radius: 0.002,
            minimumWeight: 2)
        #expect(far.labels == [-1, 0, 0])
        let globe = try Clustered(
            [Coordinate(longitude: 0, latitude: 0), Coordinate(longitude: 180, latitude: 0)], frame: .geographic,
            radius: 30_000_000, minimumWeight: 2)
        #expect(globe.labels == [0, 0])
    }

    @Test func parametersAreChecked() {
        #expect(throws: DensityClusteringError.self) { try DBSCAN(neighborhoodRadius: 0, minimumWeight: 5) }
        #expect(throws: DensityClusteringError.self) { try DBSCAN(neighborhoodRadius: Meters(.nan), minimumWeight: 5) }
        #expect(throws: DensityClusteringError.self) { try DBSCAN(neighborhoodRadius: 10, minimumWeight: 0) }
    }
}
