import FirmModel
import Testing

@testable import ClusterGeometry

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// What is decided here instead of by GEOS, held against GEOS.
@Suite struct ExactChecksTests {
    /// A closed ring in whole steps, few enough for touches and crossings.
    private func ring(_ stream: inout RandomStream, corners: Int, size: Double) -> [Coordinate] {
        var ring: [Coordinate] = []
        for index in 0..<corners {
            let angle = (Double(index) + 1.4 * stream.nextUnit()) / Double(corners) * 2 * .pi
            let reach = size * (0.4 + 0.6 * stream.nextUnit())
            let point = Coordinate(
                x: (size + reach * cos(angle)).rounded() + 0, y: (size + reach * sin(angle)).rounded() + 0)
            if point != ring.last { ring.append(point) }
        }
        while ring.count > 1, ring.last == ring.first { ring.removeLast() }
        return ring + ring.prefix(1)
    }

    @Test func crossingsAreThoseThatGEOSFinds() throws {
        let session = try GEOSSession()
        var outcomes = [true: 0, false: 0]
        for seed in 0..<1500 {
            var stream = RandomStream(seed: UInt64(seed))
            let size = [4.0, 9, 30, 1000, 300_000_000][seed % 5]
            let rings = (0..<1 + seed % 3).map { number in
                ring(&stream, corners: 4 + seed % 9, size: size).map {
                    Coordinate(x: $0.x + 1.7 * size * Double(number), y: $0.y)
                }
            }.filter { $0.count >= 4 }.map { $0.map { Coordinate(x: $0.x.rounded(), y: $0.y) } }
            let isSimple = try GEOSGeometry(lines: rings, in: session).isSimple
            #expect(CrossingCheck.areUncrossed(rings) == isSimple, "seed \(seed): \(rings)")
            outcomes[isSimple, default: 0] += 1
        }
        #expect(outcomes.values.allSatisfy { $0 > 150 }, "\(outcomes)")
        let far = [0.0, 3e9].map { Coordinate(x: $0, y: 0) } + [Coordinate(x: 0, y: 1), Coordinate(x: 0, y: 0)]
        #expect(CrossingCheck.areUncrossed([far]) == nil)
    }

    @Test func hullsAreThoseOfGEOS() throws {
        let session = try GEOSSession()
        for seed in 0..<500 {
            var stream = RandomStream(seed: UInt64(seed))
            let size = [2.0, 10, 1000, 100_000_000][seed % 4]
            let points = (0..<3 + seed % 40).map { _ in
                Coordinate(x: (stream.nextUnit() * size).rounded(), y: (stream.nextUnit() * size).rounded())
            }
            let expected = try GEOSGeometry(lineThrough: points, in: session).convexHull().polygons()
            let hull = ConvexHull.ring(around: points)
            #expect((hull == nil) == expected.isEmpty, "seed \(seed)")
            guard let hull, let shell = expected.first?.shell else { continue }
            #expect(Set(hull) == Set(shell) && hull.count == shell.count, "seed \(seed)")
            #expect(hull.first == points.min() && hull.first == hull.last && doubleSignedArea(hull) > 0)
        }
        #expect(ConvexHull.ring(around: [0.0, 1, 5].map { Coordinate(x: $0, y: 2 * $0) }) == nil)
    }

    @Test func outerDiscsHoldTheHull() {
        for seed in 0..<200 {
            var stream = RandomStream(seed: UInt64(seed))
            let centers = (0..<1 + seed).map { _ in SIMD2(stream.nextUnit(), stream.nextUnit() * stream.nextUnit()) }
            let outer = OuterDiscs(centers, depth: 1e-9)
            let corners = ConvexHull.ring(
                around: centers.map { Coordinate(x: ($0.x * 1e9).rounded(), y: ($0.y * 1e9).rounded()) })
            for center in centers {
                let step = Coordinate(x: (center.x * 1e9).rounded(), y: (center.y * 1e9).rounded())
                if corners?.contains(step) ?? true { #expect(outer.contains(center), "seed \(seed)") }
            }
        }
    }

    @Test(arguments: [(0.0, 0.0), (120.7, 28), (-70, -53), (15.6, 78.2), (179.9, 60)])
    func closeFramesAgreeWithTheLibrary(longitude: Double, latitude: Double) throws {
        let lowest = Coordinate(x: longitude, y: latitude)
        let highest = Coordinate(x: longitude + 2, y: latitude + 1.5)
        let frame = try #require(SphereFrame(closeTo: lowest, highest, angle: 0.001))
        var stream = RandomStream(seed: 5)
        func place() -> Coordinate {
            Coordinate(x: longitude + 2 * stream.nextUnit(), y: latitude + 1.5 * stream.nextUnit())
        }
        for _ in 0..<2000 {
            let (a, b) = (place(), place())
            let back = frame.place(frame.vector(a))
            #expect(abs(back.x - a.x) < 1e-11 && abs(back.y - a.y) < 1e-11)
            let step = frame.vector(a) - frame.vector(b)
            let expected = unitVector(a) - unitVector(b)
            #expect(abs(dot(step, step).squareRoot() - dot(expected, expected).squareRoot()) < 1e-14)
        }
        #expect(SphereFrame(closeTo: lowest, Coordinate(x: longitude + 40, y: latitude), angle: 0.001) == nil)
        #expect(SphereFrame(closeTo: Coordinate(x: 0, y: 89.9), Coordinate(x: 0, y: 90), angle: 1e-4) == nil)
    }

    /// Whatever the table calls covered is so, wherever in its tolerance the neighbor really lies; what it calls untouched
    /// is not covered.
    @Test func theSectorTableErrsOnTheSafeSide() {
        var stream = RandomStream(seed: 9)
        SectorTable.shared.withReader { table in
            for _ in 0..<4_000 {
                let distance = stream.nextUnit() < 0.5 ? 2.2 * stream.nextUnit() : exp(-8 * stream.nextUnit())
                let direction = 2 * Double.pi * stream.nextUnit()
                let off = 1 + 0.6 * SectorTable.tolerance * (2 * stream.nextUnit() - 1)
                let turn = 0.6 * SectorTable.tolerance * (2 * stream.nextUnit() - 1)
                let offset = DiscOffset(
                    east: Int64(distance * off * cos(direction + turn) * DiscOffset.perRadius),
                    north: Int64(distance * off * sin(direction + turn) * DiscOffset.perRadius))
                let sure = table.sure(offset)
                if sure == nil { #expect(distance >= 2) }
                let possible = table.possible(offset)
                for _ in 0..<20 {
                    let angle = 2 * Double.pi * stream.nextUnit()
                    let sector = SectorTable.sectors(from: angle, width: 0)
                    let isCovered = cos(angle - direction) > distance / 2
                    if (sure ?? 0) & sector != 0 { #expect(isCovered) }
                    if possible & sector == 0 { #expect(!isCovered) }
                }
            }
        }
    }
}
