import FirmModel
import Testing

@testable import ClusterGeometry

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

@Suite struct DiscUnionTests {
    private func area(_ points: [(Double, Double)], radius: Double, frame: CoordinateFrame = .local) -> Double {
        let centers = points.map { Coordinate(x: $0, y: $1) }
        return DiscUnion(centers: centers, radius: Meters(radius), frame: frame).areaSquareMeters
    }

    private func isClose(_ a: Double, _ b: Double, within tolerance: Double = 1e-12) -> Bool {
        abs(a - b) <= tolerance * abs(b)
    }

    @Test(arguments: [0.001, 1, 250, 1e6]) func oneDiscInThePlane(radius: Double) {
        #expect(isClose(area([(3, 4)], radius: radius), .pi * radius * radius))
    }

    @Test(arguments: [0, 1e-9, 0.3, 1, 1.999_999, 2, 2.1]) func twoDiscsInThePlane(distance d: Double) {
        let lens = d < 2 ? 2 * acos(d / 2) - d / 2 * (4 - d * d).squareRoot() : 0
        for (x, y) in [(0.0, 0.0), (4e6, -3e6)] {
            let union = area([(x, y), (x + 100 * d, y)], radius: 100)
            #expect(isClose(union, 1e4 * (2 * .pi - lens), within: 1e-10))
        }
    }

    @Test(arguments: [1, 500, 1e5, 5e6, 1.5e7]) func oneDiscOnTheSphere(radius: Double) {
        let half = sin(radius / Sphere.radius / 2)
        let cap = 4 * Double.pi * half * half * Sphere.radius * Sphere.radius
        for (x, y) in [(120.7, 28.0), (180, -17), (0, 90), (0, -90)] {
            #expect(isClose(area([(x, y)], radius: radius, frame: .geographic), cap, within: 1e-9))
        }
    }

    /// Equal caps: 2 [π − acos((cos d − cos²ρ) / sin²ρ) − 2 cos ρ acos(cos ρ (1 − cos d) / (sin d sin ρ))]
    /// (Tovchigrechko & Vakser 2001, Biophysical Journal 81(1), formula A2 specialized).
    @Test(arguments: [0.1, 0.5, 1.2, 1.9]) func twoDiscsOnTheSphere(ratio: Double) {
        for angle in [0.02, 0.3, 1.2] {
            let d = ratio * angle
            let bearing = acos((cos(d) - cos(angle) * cos(angle)) / (sin(angle) * sin(angle)))
            let halfWidth = acos(cos(angle) * (1 - cos(d)) / (sin(d) * sin(angle)))
            let lens = 2 * (.pi - bearing - 2 * cos(angle) * halfWidth)
            let union = (4 * Double.pi * (1 - cos(angle)) - lens) * Sphere.radius * Sphere.radius
            let degrees = d * 180 / Double.pi
            let found = area(
                [(179.9, 0), (179.9 + degrees - 360, 0)], radius: angle * Sphere.radius, frame: .geographic)
            #expect(isClose(found, union, within: 1e-8))
        }
    }

    @Test func discsOfAMeterOnTheSphereKeepSixDigits() {
        let degrees = 1 / (Sphere.radius * .pi / 180)
        let offsets = (0..<40).map { (1.7 * Double($0 % 7), 1.1 * Double($0 / 7)) }
        let planar = area(offsets, radius: 1)
        let sphere = area(offsets.map { (9 + $0.0 * degrees, $0.1 * degrees) }, radius: 1, frame: .geographic)
        #expect(isClose(sphere, planar, within: 1e-6))
    }

    @Test func discsAroundAHoleLeaveItOut() {
        // Six discs around a regular hexagon of side s: the triangles between neighbors and the middle are known.
        let s = 1.9
        let hexagon = (0..<6).map { (100 * s * cos(Double($0) * .pi / 3), 100 * s * sin(Double($0) * .pi / 3)) }
        let lens = 2 * acos(s / 2) - s / 2 * (4 - s * s).squareRoot()
        #expect(isClose(area(hexagon, radius: 100), 1e4 * 6 * (.pi - lens), within: 1e-11))
        let union = DiscUnion(
            centers: hexagon.map { Coordinate(x: $0.0, y: $0.1) }, radius: 100, frame: .local)
        #expect(union.rings()?.count == 2)
    }

    @Test func latticesWithExactMultipleCrossings() {
        // Spacing √2 r: circles meet in the middle of each square by fours and leave nothing.
        let r = 50 * 2.0.squareRoot()
        let lattice = (0..<30).flatMap { i in (0..<20).map { (100 * Double(i), 100 * Double($0)) } }
        // Each rim disc adds a quarter-circle segment of chord 100: ¼ π r² − ½ 50·100.
        let segments = 2 * (30 + 20) * (0.25 * .pi * r * r - 2500)
        #expect(isClose(area(lattice, radius: r), 30 * 20 * 1e4 + segments, within: 1e-10))
        // Spacing 2 r: circles touch.
        #expect(isClose(area(lattice, radius: 50), 600 * .pi * 2500, within: 1e-12))
    }

    @Test func discsThatCoverTheSphere() {
        let axes: [(Double, Double)] = [(0, 0), (90, 0), (180, 0), (-90, 0), (0, 90), (0, -90)]
        let whole = 4 * Double.pi * Sphere.radius * Sphere.radius
        #expect(area(axes, radius: 7e6, frame: .geographic) == whole)
        #expect(area([(10, 20)], radius: 3e7, frame: .geographic) == whole)
        // The opposite of one place stays free.
        let almost = area(Array(axes.dropLast()), radius: 7e6, frame: .geographic)
        let brute = CoveredMeasure.area(
            axes.dropLast().map { Coordinate(x: $0.0, y: $0.1) }, radius: 7e6, frame: .geographic)
        #expect(isClose(almost, brute, within: 1e-4))
        #expect(almost < whole)
    }

    @Test func centersThatCannotBeToldApartAreOne() {
        let half = sin(500 / Sphere.radius / 2)
        let cap = 4 * Double.pi * half * half * Sphere.radius * Sphere.radius
        let atThePole = (0..<36).map { (step: Int) -> (Double, Double) in
            (Double(step) * 10 - 170, 90 - 1e-14 * Double(step))
        }
        #expect(isClose(area(atThePole, radius: 500, frame: .geographic), cap, within: 1e-9))
        let inTown = (0..<36).map { (step: Int) -> (Double, Double) in
            (120.7 + 1e-15 * Double(step * step), 28 + 4e-15 * Double(step % 7))
        }
        #expect(isClose(area(inTown, radius: 500, frame: .geographic), cap, within: 1e-9))
        #expect(isClose(area(inTown + [(121, 28)], radius: 500, frame: .geographic), 2 * cap, within: 1e-9))
    }

    @Test func farApartGroupsAddUp() {
        let group = (0..<50).map { (cos(Double($0)) * Double($0), sin(Double($0)) * Double($0)) }
        let one = area(group, radius: 5)
        let two = area(group + group.map { ($0.0 + 1e6, $0.1 - 1e6) }, radius: 5)
        #expect(isClose(two, 2 * one, within: 1e-9))
    }

    @Test func thousandsOfSitesInOneSpot() {
        var stream = RandomStream(seed: 1)
        let spot = (0..<5000).map { _ in (stream.nextUnit(), stream.nextUnit()) }
        // The square of spots grown by r: area a² + 4 a r + π r².
        #expect(isClose(area(spot, radius: 500), 1 + 2000 + .pi * 250_000, within: 1e-4))
    }

    /// Every disc shows and none is looked at by all others: with all pairs these would take minutes.
    @Test(arguments: [0, 0.37, 1e9], [1.9, 40])
    func sitesOnALine(slope: Double, length: Double) {
        let (dx, dy): (Double, Double) = slope > 1e6 ? (0, 1) : (1, slope)
        let points = (0..<2_000).map { (step: Int) -> (Double, Double) in
            let along = 100 * length * Double(step) / 1_999
            return (dx * along, dy * along)
        }
        // A strip of width 2r and two half discs, less 2,000 scallops.
        let ground = 100 * length * (dx * dx + dy * dy).squareRoot()
        let expected = 200 * ground + Double.pi * 1e4
        #expect(isClose(area(points, radius: 100), expected, within: 1e-4))
        let degrees = 1 / (Sphere.radius * .pi / 180)
        let onSphere = points.map { (point: (Double, Double)) -> (Double, Double) in
            (9 + point.0 * degrees, point.1 * degrees)
        }
        #expect(isClose(area(onSphere, radius: 100, frame: .geographic), expected, within: 1e-4))
        // The same whatever lies around it.
        let beside = points.prefix(500).map { (point: (Double, Double)) -> (Double, Double) in
            (point.0 + 1, point.1 - 1)
        }
        let crowd = points + beside
        let shuffled = Array(crowd.reversed())
        #expect(area(crowd, radius: 100) == area(shuffled, radius: 100))
    }

    /// Discs with hundreds of neighbors each, on the rim and inside.
    @Test(arguments: Arrangement.Site.allCases) func crowdsAgreeWithStrips(site: Arrangement.Site) {
        for seed in 0..<1 {
            var stream = RandomStream(seed: UInt64(seed))
            let few = Arrangement(.uniform, at: site, radius: 300, seed: UInt64(50 + seed))
            let degrees = 300 / (Sphere.radius * .pi / 180)
            let centers = few.centers.flatMap { place in
                (0..<12).map { _ in
                    let step = few.frame.isGeographic ? degrees : 300
                    let y = place.y + step * (stream.nextUnit() - 0.5)
                    return Coordinate(
                        x: max(-180, min(180, place.x + step * (stream.nextUnit() - 0.5))),
                        y: few.frame.isGeographic ? max(-90, min(90, y)) : y)
                }
            }
            let union = DiscUnion(centers: centers, radius: 300, frame: few.frame)
            let strips = CoveredMeasure.area(centers, radius: 300, frame: few.frame, strips: 200)
            #expect(isClose(union.areaSquareMeters, strips, within: 1e-2), "\(few)")
        }
    }

    @Test(arguments: Arrangement.Pattern.allCases, Arrangement.Site.allCases)
    func areaAgreesWithStrips(pattern: Arrangement.Pattern, site: Arrangement.Site) {
        for (index, radius) in Arrangement.radii.enumerated() {
            let arrangement = Arrangement(pattern, at: site, radius: radius, seed: UInt64(1000 + index))
            let union = DiscUnion(
                centers: arrangement.centers, radius: Meters(radius), frame: arrangement.frame)
            let strips = CoveredMeasure.area(arrangement.centers, radius: radius, frame: arrangement.frame)
            #expect(isClose(union.areaSquareMeters, strips, within: 1e-3), "\(arrangement)")
        }
    }

    @Test(arguments: Arrangement.Pattern.allCases, Arrangement.Site.allCases)
    func orderDoesNotMatter(pattern: Arrangement.Pattern, site: Arrangement.Site) {
        for seed in 0..<4 {
            let arrangement = Arrangement(pattern, at: site, radius: 500, seed: UInt64(seed))
            var stream = RandomStream(seed: UInt64(seed), stream: 7)
            let shuffled = arrangement.centers.shuffled(using: &stream)
            let union = DiscUnion(centers: arrangement.centers, radius: 500, frame: arrangement.frame)
            let other = DiscUnion(centers: shuffled, radius: 500, frame: arrangement.frame)
            #expect(union.areaSquareMeters.bitPattern == other.areaSquareMeters.bitPattern, "\(arrangement)")
            #expect(union.rings() == other.rings(), "\(arrangement)")
        }
    }

    @Test(arguments: Arrangement.Pattern.allCases, Arrangement.Site.allCases)
    func ringsCloseAndEncloseTheArea(pattern: Arrangement.Pattern, site: Arrangement.Site) throws {
        for seed in 0..<10 {
            let arrangement = Arrangement(pattern, at: site, radius: 500, seed: UInt64(100 + seed))
            let union = DiscUnion(centers: arrangement.centers, radius: 500, frame: arrangement.frame)
            let rings = try #require(union.rings(sagitta: 1e-5), "\(arrangement)")
            guard !arrangement.frame.isGeographic else { continue }
            let enclosed = rings.reduce(0.0) { $0 + doubleSignedArea($1) / 2 }
            #expect(isClose(enclosed, union.areaSquareMeters, within: 1e-4), "\(arrangement)")
        }
    }

    @Test func translationChangesNothingInThePlane() {
        let here = Arrangement(.uniform, at: .plane, radius: 30, seed: 5).centers
        let there = here.map { Coordinate(x: $0.x + 4096, y: $0.y - 8192) }
        let first = DiscUnion(centers: here, radius: 30, frame: .local).areaSquareMeters
        #expect(isClose(DiscUnion(centers: there, radius: 30, frame: .local).areaSquareMeters, first))
    }
}
