import FirmModel
import Testing

@testable import ClusterGeometry

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

@Suite struct OutlineTests {
    private func isValid(_ footprint: Footprint) throws -> Bool {
        try GEOSGeometry(footprint.polygons, in: GEOSSession()).isValid
    }

    private func expectSound(
        _ footprint: Footprint, _ centers: [Coordinate], _ frame: CoordinateFrame, _ note: String
    ) throws {
        #expect(!footprint.polygons.isEmpty, "\(note)")
        #expect(try isValid(footprint), "not valid: \(note)")
        let digits = frame == .local ? 1e3 : 1e7
        for polygon in footprint.polygons {
            for (index, ring) in ([polygon.shell] + polygon.holes).enumerated() {
                #expect(ring.first == ring.last && ring.count >= 4, "\(note)")
                #expect((doubleSignedArea(ring) > 0) == (index == 0), "winding: \(note)")
                #expect(ring.allSatisfy { $0.x == ($0.x * digits).rounded() / digits }, "\(note)")
                if frame != .local {
                    #expect(ring.allSatisfy { abs($0.x) <= 180 && abs($0.y) <= 90 }, "\(note)")
                }
            }
        }
        let outside = centers.filter { !contains(footprint, $0) && !isOnEdge($0, frame) }
        #expect(outside.isEmpty, "\(outside.count) centers outside: \(note)")
    }

    /// On the antimeridian or a pole, where the drawing ends.
    private func isOnEdge(_ place: Coordinate, _ frame: CoordinateFrame) -> Bool {
        frame.isGeographic && (abs(place.x) == 180 || abs(place.y) == 90)
    }

    @Test(arguments: Arrangement.Pattern.allCases, Arrangement.Site.allCases)
    func outlinesAreValidAndHoldEveryCenter(pattern: Arrangement.Pattern, site: Arrangement.Site) throws {
        for (index, radius) in Arrangement.radii.enumerated() {
            let arrangement = Arrangement(pattern, at: site, radius: radius, seed: UInt64(2000 + index))
            let outlines = try OutlineBuilder(frame: arrangement.frame)
            for shape in FootprintShape.allCases {
                let (footprint, area) = try outlines.footprint(
                    centers: arrangement.centers, radius: Meters(radius), shape: shape)
                try expectSound(footprint, arrangement.centers, arrangement.frame, "\(shape) \(arrangement)")
                #expect(
                    area
                        == DiscUnion(centers: arrangement.centers, radius: Meters(radius), frame: arrangement.frame)
                        .areaSquareMeters)
            }
        }
    }

    @Test(arguments: Arrangement.Pattern.allCases, Arrangement.Site.allCases)
    func drawnBoundaryIsNearTheExactOne(pattern: Arrangement.Pattern, site: Arrangement.Site) throws {
        for (index, radius) in Arrangement.radii.enumerated() {
            let arrangement = Arrangement(pattern, at: site, radius: radius, seed: UInt64(3000 + index))
            let outlines = try OutlineBuilder(frame: arrangement.frame)
            let (footprint, _) = try outlines.footprint(
                centers: arrangement.centers, radius: Meters(radius), shape: .discs)
            var worst = 0.0
            for polygon in footprint.polygons {
                for ring in [polygon.shell] + polygon.holes {
                    for i in ring.indices.dropFirst() {
                        let (a, b) = (ring[i - 1], ring[i])
                        if a.x == b.x, abs(a.x) == 180, arrangement.frame.isGeographic { continue }
                        if a.y == b.y, abs(a.y) == 90, arrangement.frame.isGeographic { continue }
                        for share in [0.25, 0.5, 0.75] {
                            let point = Coordinate(x: a.x + share * (b.x - a.x), y: a.y + share * (b.y - a.y))
                            let nearest = arrangement.centers.map { distance($0, point, in: arrangement.frame) }.min()
                            worst = max(worst, abs((nearest ?? 0) - radius) / radius)
                        }
                    }
                }
            }
            #expect(worst <= 0.05, "\(worst) radii off: \(arrangement)")
        }
    }

    @Test func orderDoesNotMatter() throws {
        for pattern in Arrangement.Pattern.allCases {
            for site in Arrangement.Site.allCases {
                let arrangement = Arrangement(pattern, at: site, radius: 30, seed: 77)
                var stream = RandomStream(seed: 77, stream: 1)
                let outlines = try OutlineBuilder(frame: arrangement.frame)
                for shape in FootprintShape.allCases {
                    let first = try outlines.footprint(centers: arrangement.centers, radius: 30, shape: shape)
                    let second = try outlines.footprint(
                        centers: arrangement.centers.shuffled(using: &stream), radius: 30, shape: shape)
                    #expect(first == second, "\(shape) \(arrangement)")
                }
            }
        }
    }

    @Test func oneSiteIsARoundPolygonInEveryShape() throws {
        let outlines = try OutlineBuilder(frame: .geographic)
        let site = Coordinate(longitude: 120.699_4, latitude: 27.993_8)
        for shape in FootprintShape.allCases {
            let (footprint, _) = try outlines.footprint(centers: [site], radius: 250, shape: shape)
            #expect(footprint.polygons.count == 1 && footprint.polygons[0].shell.count >= 17)
            try expectSound(footprint, [site], .geographic, "\(shape)")
        }
    }

    @Test func theAntimeridianCutsAFootprintInTwo() throws {
        let outlines = try OutlineBuilder(frame: .geographic)
        let sites = [Coordinate(longitude: 179.999, latitude: -17), Coordinate(longitude: -179.999, latitude: -17)]
        for shape in FootprintShape.allCases {
            let (footprint, _) = try outlines.footprint(centers: sites, radius: 500, shape: shape)
            #expect(footprint.polygons.count == 2)
            try expectSound(footprint, sites, .geographic, "\(shape)")
        }
        // A site on the line itself.
        let (one, _) = try outlines.footprint(
            centers: [Coordinate(longitude: -180, latitude: 10)], radius: 500, shape: .discs)
        #expect(one.polygons.count == 2)
    }

    @Test(arguments: [90.0, -90]) func aPoleInsideIsClosedAlongTheEdge(pole: Double) throws {
        let outlines = try OutlineBuilder(frame: .geographic)
        for shape in FootprintShape.allCases {
            let (footprint, _) = try outlines.footprint(
                centers: [Coordinate(longitude: 12, latitude: pole)], radius: 10_000, shape: shape)
            #expect(footprint.polygons.count == 1)
            let shell = footprint.polygons[0].shell
            #expect(shell.contains(Coordinate(x: 180, y: pole)) && shell.contains(Coordinate(x: -180, y: pole)))
            #expect(contains(footprint, Coordinate(x: 100, y: pole * 0.9999)))
            #expect(try isValid(footprint))
        }
    }

    @Test func aBeltAroundTheEarthAndAllButOnePlace() throws {
        let outlines = try OutlineBuilder(frame: .geographic)
        let belt = (0..<36).map { Coordinate(longitude: Double($0) * 10 - 175, latitude: 0) }
        let (around, _) = try outlines.footprint(centers: belt, radius: 800_000, shape: .discs)
        try expectSound(around, belt, .geographic, "belt")
        #expect(contains(around, Coordinate(x: 3, y: 0.5)) && !contains(around, Coordinate(x: 3, y: 20)))

        let site = Coordinate(longitude: 20, latitude: 30)
        let (almost, _) = try outlines.footprint(centers: [site], radius: 19_000_000, shape: .discs)
        try expectSound(almost, [site], .geographic, "all but one place")
        #expect(contains(almost, Coordinate(x: 0, y: 0)) && !contains(almost, Coordinate(x: -160, y: -30)))

        let (whole, area) = try outlines.footprint(centers: [site], radius: 25_000_000, shape: .convex)
        #expect(
            whole.polygons == [
                .init(shell: [
                    Coordinate(x: -180, y: -90), Coordinate(x: 180, y: -90), Coordinate(x: 180, y: 90),
                    Coordinate(x: -180, y: 90), Coordinate(x: -180, y: -90),
                ])
            ])
        #expect(area == 4 * Double.pi * Sphere.radius * Sphere.radius)
    }

    @Test func holesFindTheirShells() throws {
        // Two rings of discs, one inside the hole of the other, far enough apart not to touch.
        let angles = (0..<60).map { Double($0) * .pi / 30 }
        func ring(_ size: Double) -> [Coordinate] {
            angles.map { angle in
                let (sine, cosine) = (sin(angle), cos(angle))
                return Coordinate(x: size * cosine, y: size * sine)
            }
        }
        let (footprint, _) = try OutlineBuilder(frame: .local).footprint(
            centers: ring(1000) + ring(400), radius: 60, shape: .discs)
        #expect(footprint.polygons.count == 2)
        #expect(footprint.polygons.allSatisfy { $0.holes.count == 1 })
        #expect(try isValid(footprint))
        #expect(!contains(footprint, Coordinate(x: 0, y: 0)) && !contains(footprint, Coordinate(x: 700, y: 0)))
    }

    @Test(arguments: [1e-9, 0.001, 0.05, 0.1, 0.3]) func smallRadiiStillDraw(radius: Double) throws {
        let sites = [Coordinate(x: 8.123_456_78, y: 48.1), Coordinate(x: 8.123_456_781, y: 48.100_000_001)]
        for frame in [CoordinateFrame.geographic, .local] {
            let (footprint, area) = try OutlineBuilder(frame: frame).footprint(
                centers: sites, radius: Meters(radius), shape: .discs)
            try expectSound(footprint, sites, frame, "r \(radius)")
            #expect(area > 3 * radius * radius)
        }
    }

    @Test func projectedRingsAreTransformed() throws {
        let shift: OutlineBuilder.Transform = { points in
            points.map { point in
                let x = 179.99 + (point.x - 500_000) / 1e5
                return Coordinate(x: x > 180 ? x - 360 : x, y: point.y / 1e5)
            }
        }
        let outlines = try OutlineBuilder(frame: .projected(crs: "EPSG:1"), toWGS84: shift)
        let (footprint, area) = try outlines.footprint(
            centers: [Coordinate(x: 501_000, y: 4_000_000)], radius: 500, shape: .discs)
        #expect(footprint.polygons.count == 2)
        #expect(try isValid(footprint))
        #expect(abs(area - .pi * 250_000) < 1e-6)

        struct Refusal: Error, CustomStringConvertible { var description: String { "no" } }
        let refusing = try OutlineBuilder(frame: .projected(crs: "EPSG:1")) { _ in throw Refusal() }
        #expect(throws: GeometryError.transformFailed("no")) {
            try refusing.footprint(centers: [Coordinate(x: 0, y: 0)], radius: 1, shape: .discs)
        }
        #expect(throws: GeometryError.self) { try OutlineBuilder(frame: .projected(crs: "EPSG:1")) }
    }
}
