import FirmClustersTestSupport
import FirmModel
import Foundation
import ParallelWork
import Testing
import VectorInput

@Suite struct RegionIndexTests {
    /// A box as a region; corners may be given in any order.
    private func box(_ identifier: String, _ x: ClosedRange<Double>, _ y: ClosedRange<Double>) -> Region {
        Region(identifier: identifier, polygons: [[ring(x, y)]])
    }

    private func ring(_ x: ClosedRange<Double>, _ y: ClosedRange<Double>) -> [Coordinate] {
        [
            (x.lowerBound, y.lowerBound), (x.upperBound, y.lowerBound), (x.upperBound, y.upperBound),
            (x.lowerBound, y.upperBound),
        ]
        .map { Coordinate(x: $0.0, y: $0.1) }
    }

    @Test func bordersBelongToTheRightAndToAbove() {
        let index = RegionIndex([box("a", 0...1, 0...1), box("b", 1...2, 0...1), box("c", 0...2, 1...2)])
        #expect(index.region(at: Coordinate(x: 1, y: 0.5)) == 1)
        #expect(index.region(at: Coordinate(x: 0.5, y: 1)) == 2)
        #expect(index.region(at: Coordinate(x: 1, y: 1)) == 2)
        #expect(index.region(at: Coordinate(x: 0, y: 0)) == 0)
        for outside in [(2.0, 0.5), (1, 2), (-0.1, 0.5), (5, 5), (.nan, 0.5), (0.5, .infinity)] {
            #expect(index.region(at: Coordinate(x: outside.0, y: outside.1)) == nil, "\(outside)")
        }
    }

    @Test func ofOverlappingRegionsTheFirstHolds() {
        let index = RegionIndex([box("inner", 1...2, 1...2), box("outer", 0...3, 0...3)])
        #expect(index.region(at: Coordinate(x: 1.5, y: 1.5)) == 0)
        #expect(index.region(at: Coordinate(x: 0.5, y: 1.5)) == 1)
        let other = RegionIndex([box("outer", 0...3, 0...3), box("inner", 1...2, 1...2)])
        #expect(other.region(at: Coordinate(x: 1.5, y: 1.5)) == 0)
    }

    @Test func holesAreOutsideAndPartsThatOverlapInside() {
        let ring = Region(identifier: "ring", polygons: [[self.ring(0...4, 0...4), self.ring(1...3, 1...3)]])
        #expect(RegionIndex([ring]).region(at: Coordinate(x: 2, y: 2)) == nil)
        #expect(RegionIndex([ring]).region(at: Coordinate(x: 0.5, y: 2)) == 0)
        let parts = Region(identifier: "parts", polygons: [[self.ring(0...2, 0...2)], [self.ring(1...3, 0...2)]])
        #expect(RegionIndex([parts]).region(at: Coordinate(x: 1.5, y: 1)) == 0)
    }

    @Test func theAntimeridianIsOnePlace() {
        let regions = [box("west", -180 ... -179, -1...1), box("east", 179...180, -1...1)]
        let index = RegionIndex(regions)
        #expect(index.region(at: Coordinate(x: 180, y: 0)) == 0)
        #expect(index.region(at: Coordinate(x: -180, y: 0)) == 0)
        #expect(index.region(at: Coordinate(x: 179.5, y: 0)) == 1)
        #expect(RegionIndex(regions, frame: .local).region(at: Coordinate(x: 180, y: 0)) == nil)
    }

    @Test func nothingIsInRegionsWithoutArea() {
        let line = Region(identifier: "line", polygons: [[ring(0...1, 1...1)], [ring(1...1, 0...1)], [[]], []])
        for regions in [[], [Region(identifier: "none", polygons: [])], [line]] {
            let index = RegionIndex(regions)
            #expect(index.region(at: Coordinate(x: 0, y: 0)) == nil)
            #expect(index.region(at: Coordinate(x: 0.5, y: 1)) == nil)
        }
    }

    /// Extents close to the smallest numbers there are must not overflow.
    @Test(arguments: [.leastNonzeroMagnitude, .leastNormalMagnitude / 8, 1e-160, 1e-20] as [Double])
    func regionsOfNoExtentToSpeakOf(size: Double) {
        for (width, height) in [(size, size), (size, 1), (1, size)] {
            let regions = [box("a", 0...width, 0...height)]
            let index = RegionIndex(regions)
            for place in [(0.0, 0.0), (width / 2, height / 2), (width, height), (0.5, 0.5), (1, 1)] {
                let place = Coordinate(x: place.0, y: place.1)
                let region = index.region(at: place)
                // Products of smaller numbers vanish, and with them the inside.
                if size > 1e-200 || min(place.x, place.y) >= 0.5 {
                    #expect(region == bruteForceRegion(at: place, in: regions), "\(place)")
                }
            }
        }
    }

    /// Triangles of a triangulated jittered lattice share their edges: every place inside is in exactly one of them, corners
    /// and places on edges included.
    @Test(arguments: 0..<20 as Range<UInt64>) func tessellationsHoldEveryPlaceOnce(seed: UInt64) throws {
        var random = RandomStream(seed: seed, stream: 0)
        let side = 8
        // Coordinates of few digits, so that many places are on the lines of edges.
        func coarse(_ range: Range<Double>) -> Double { (Double.random(in: range, using: &random) * 16).rounded() / 16 }
        var corners: [[Coordinate]] = []
        for row in 0...side {
            corners.append(
                (0...side).map { column in
                    let isInner = row > 0 && row < side && column > 0 && column < side
                    return Coordinate(
                        x: Double(column) + (isInner ? coarse(-0.3..<0.3) : 0),
                        y: Double(row) + (isInner ? coarse(-0.3..<0.3) : 0))
                })
        }
        var regions: [Region] = []
        for row in 0..<side {
            for column in 0..<side {
                let (a, b) = (corners[row][column], corners[row][column + 1])
                let (c, d) = (corners[row + 1][column + 1], corners[row + 1][column])
                for triangle in [[a, b, c], [c, a, d].shuffled(using: &random)] {
                    regions.append(Region(identifier: "\(regions.count)", polygons: [[triangle]]))
                }
            }
        }
        let index = RegionIndex(regions)
        let single = regions.map { RegionIndex([$0]) }
        var places = corners.flatMap { $0 }
        for _ in 0..<400 { places.append(Coordinate(x: coarse(0..<7.9), y: coarse(0..<7.9))) }
        for place in places where place.x < Double(side) && place.y < Double(side) {
            let holders = single.indices.filter { single[$0].region(at: place) != nil }
            #expect(holders.count == 1, "seed \(seed): \(place) is in \(holders)")
            #expect(index.region(at: place).map { Int($0) } == holders.first, "seed \(seed): \(place)")
        }
    }

    /// Stars with long thin arms, overlapping, some with holes: against a look at every edge.
    @Test(arguments: 0..<40 as Range<UInt64>) func equalsBruteForceOnRandomShapes(seed: UInt64) throws {
        var random = RandomStream(seed: seed, stream: 1)
        let scale = [1e-6, 1, 90, 1e-2][Int(seed % 4)]
        func star() -> [Coordinate] {
            let (x, y) = (Double.random(in: -1...1, using: &random), Double.random(in: -0.7...0.7, using: &random))
            let arms = Int.random(in: 3...40, using: &random)
            return (0..<arms).map { _ in
                let reach = Double.random(in: 0...0.3, using: &random)
                return Coordinate(
                    x: scale * (x + reach * Double.random(in: -1...1, using: &random)),
                    y: scale * (y + reach * Double.random(in: -1...1, using: &random)))
            }
        }
        let regions = (0..<Int.random(in: 1...60, using: &random)).map { number in
            Region(
                identifier: "\(number)",
                polygons: (0..<Int.random(in: 1...3, using: &random)).map { _ in
                    (0..<Int.random(in: 1...2, using: &random)).map { _ in star() }
                })
        }
        let index = RegionIndex(regions)
        for _ in 0..<1500 {
            let place = Coordinate(
                x: scale * Double.random(in: -1.4...1.4, using: &random),
                y: scale * Double.random(in: -1...1, using: &random))
            #expect(index.region(at: place) == bruteForceRegion(at: place, in: regions), "seed \(seed): \(place)")
        }
    }

    /// An edge from end to end of the extent for each corner: neither slabs nor cells may multiply.
    @Test func combsStaySmall() throws {
        let comb =
            (0..<4000).map { Coordinate(x: Double($0) / 200, y: $0 % 2 == 0 ? 0 : 1) } + [
                Coordinate(x: 20, y: -1), Coordinate(x: 0, y: -1),
            ]
        let regions = [Region(identifier: "comb", polygons: [[comb]])]
        let index = RegionIndex(regions, frame: .local)
        for x in stride(from: -0.5, to: 21, by: 0.37) {
            for y in [-1.0, -0.5, 0, 0.3, 0.99] {
                let place = Coordinate(x: x, y: y)
                #expect(index.region(at: place) == bruteForceRegion(at: place, in: regions), "\(place)")
            }
        }
    }

    @Test(.enabled(if: RealBoundaries.areThere, "needs the shared folder"), arguments: RealBoundaries.allCases)
    func equalsShapelyOnRealAreas(boundaries: RealBoundaries) throws {
        let file = try boundaries.file()
        let index = RegionIndex(file.regions)
        let golden = try GoldenTable("regions_of_places.csv")
        let (x, y) = (try golden.doubles("x"), try golden.doubles("y"))
        let rows = golden.rows.indices.filter { golden.rows[$0][0] == boundaries.rawValue }
        #expect(rows.count > 500)
        for row in rows {
            let region = index.region(at: Coordinate(x: x[row], y: y[row])).map { file.regions[Int($0)].identifier }
            #expect(region ?? "" == golden.rows[row][3], "(\(x[row]), \(y[row]))")
        }
    }

    /// Corners of real areas are where three of them meet.
    @Test(.enabled(if: RealBoundaries.areThere, "needs the shared folder"), arguments: RealBoundaries.allCases)
    func equalsBruteForceOnCornersOfRealAreas(boundaries: RealBoundaries) throws {
        let regions = try boundaries.file().regions
        let index = RegionIndex(regions)
        let corners = regions.flatMap(\.polygons).flatMap { $0 }.flatMap { $0 }
        for (number, corner) in corners.enumerated() where number % (corners.count / 60) == 0 && abs(corner.x) < 180 {
            #expect(index.region(at: corner) == bruteForceRegion(at: corner, in: regions), "\(corner)")
        }
    }

    @Test func manyPlacesAtOnceForAnyNumberOfThreads() throws {
        var random = RandomStream(seed: 1, stream: 0)
        let regions = (0..<50).map { box("\($0)", Double($0)...Double($0 + 1), 0...50) }
        let index = RegionIndex(regions, frame: .local)
        let x = (0..<100_000).map { _ in Double.random(in: -1..<51, using: &random) }
        let y = (0..<100_000).map { _ in Double.random(in: -1..<51, using: &random) }
        let expected = zip(x, y).map { index.region(at: Coordinate(x: $0, y: $1)) ?? -1 }
        for threads in [1, 3] { #expect(try index.regions(x: x, y: y, workers: Workers(count: threads)) == expected) }
        #expect(try index.regions(x: [], y: []) == [])
        let assignment = try RegionAssignment(polygons: regions, x: x, y: y, frame: .local)
        #expect(assignment.firmCounts.reduce(0, +) == expected.filter { $0 >= 0 }.count)
    }
}
