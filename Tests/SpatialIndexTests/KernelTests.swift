import CDistanceKernels
import FirmModel
import SpatialIndex
import Testing

/// The C kernels against their plain twins, bit for bit, at every length around the widths of vector units.
@Suite struct KernelTests {
    struct Example: CustomStringConvertible {
        let seed: Int
        let isPlanar: Bool
        var p: (Double, Double, Double)
        var points: ReferenceKernels.Columns
        var weights: [Double]
        var limit: Double
        /// Disjoint runs of the points, some of them short, in no order.
        var runs: [site_run] = []

        init(seed: Int, isPlanar: Bool) {
            var stream = RandomStream(seed: UInt64(seed), stream: isPlanar ? 21 : 22)
            self.seed = seed
            self.isPlanar = isPlanar
            let count = seed % 131
            // Coordinates of a projected country: rounding is then at its worst.
            let scale = isPlanar ? 5e6 : 1.0
            let spread = isPlanar ? 100.0 : 1e-5
            func value() -> Double { scale + stream.nextUnit() * spread }
            p = (value(), value(), isPlanar ? 0 : value())
            points = (
                (0..<count).map { _ in value() }, (0..<count).map { _ in value() },
                (0..<count).map { _ in isPlanar ? 0 : value() }
            )
            weights = (0..<count).map { _ in stream.nextUnit() * 10 }
            // Half of the time a limit that some point meets exactly.
            limit = spread * spread * stream.nextUnit()
            if seed % 2 == 0, count > 0 { limit = ReferenceKernels.squaredDistance(p, points, count / 2) }
            var start = 0
            while start < count {
                let end = min(count, start + 1 + Int(stream.next() % 21))
                if stream.next() % 4 > 0 { runs.append(site_run(start: Int32(start), end: Int32(end))) }
                start = end
            }
            if seed % 3 == 0 { runs.reverse() }
        }

        var description: String { "seed \(seed), \(isPlanar ? "planar" : "space")" }
        /// What lies beyond the last point is within reach of everything: reading it must change nothing.
        func padded(_ column: [Double], by value: Double) -> [Double] {
            column + [Double](repeating: value, count: Int(column_padding))
        }
        var columns: (x: [Double], y: [Double], z: [Double], weights: [Double]) {
            (padded(points.x, by: p.0), padded(points.y, by: p.1), padded(points.z, by: p.2), padded(weights, by: 1e9))
        }
        /// Positions in the runs within reach of p, in the order of the runs.
        var withinRuns: [Int32] {
            let within = Set(ReferenceKernels.within(p, points, limit: limit))
            return runs.flatMap { ($0.start..<$0.end).filter { within.contains(Int($0)) } }
        }
    }

    static let examples = (0..<400).flatMap { seed in
        [true, false].map { Example(seed: seed, isPlanar: $0) }
    }

    @Test(arguments: examples) func collectInRuns(e: Example) {
        let c = e.columns
        var found = [Int32](repeating: -1, count: e.points.x.count + 8)
        let count =
            e.isPlanar
            ? collect_in_runs_planar(e.p.0, e.p.1, c.x, c.y, e.runs, e.runs.count, e.limit, &found)
            : collect_in_runs_space(e.p.0, e.p.1, e.p.2, c.x, c.y, c.z, e.runs, e.runs.count, e.limit, &found)
        #expect(Array(found.prefix(count)) == e.withinRuns)
    }

    /// The points of the first run as queries, the runs as candidates.
    @Test(arguments: examples) func dense(e: Example) {
        guard let own = e.runs.first else { return }
        let c = e.columns
        for enough in [1, 2, 5, 12] {
            var dense = [Bool](repeating: false, count: e.points.x.count)
            if e.isPlanar {
                mark_dense_planar(
                    c.x, c.y, Int(own.start), Int(own.end), e.runs, e.runs.count, e.limit, enough, &dense)
            } else {
                mark_dense_space(
                    c.x, c.y, c.z, Int(own.start), Int(own.end), e.runs, e.runs.count, e.limit, enough, &dense)
            }
            for m in own.start..<own.end {
                var query = e
                query.p = (e.points.x[Int(m)], e.points.y[Int(m)], e.points.z[Int(m)])
                #expect(dense[Int(m)] == (query.withinRuns.count >= enough), "point \(m), enough \(enough)")
            }
        }
    }

    @Test(arguments: examples) func crowded(e: Example) {
        guard let own = e.runs.first else { return }
        let c = e.columns
        // Most points stand for one.
        let counts = e.weights.map { $0 < 8 ? Int32(1) : Int32($0) }
        let before = counts.reduce(into: [Int32(0)]) { $0.append($0[$0.count - 1] + $1) } + [0, 0, 0, 0, 0, 0, 0, 0]
        for enough in [1, 3, 20, 60] {
            var crowded = [Bool](repeating: false, count: counts.count)
            if e.isPlanar {
                mark_crowded_planar(
                    c.x, c.y, before, Int(own.start), Int(own.end), e.runs, e.runs.count, e.limit, Int64(enough),
                    &crowded)
            } else {
                mark_crowded_space(
                    c.x, c.y, c.z, before, Int(own.start), Int(own.end), e.runs, e.runs.count, e.limit, Int64(enough),
                    &crowded)
            }
            for m in own.start..<own.end {
                var query = e
                query.p = (e.points.x[Int(m)], e.points.y[Int(m)], e.points.z[Int(m)])
                let count = query.withinRuns.reduce(0) { $0 + Int(counts[Int($1)]) }
                #expect(crowded[Int(m)] == (count >= enough), "point \(m), enough \(enough)")
            }
        }
    }

    @Test(arguments: examples) func heavy(e: Example) {
        guard let own = e.runs.first else { return }
        let c = e.columns
        for enough in [3.0, 20, 60] {
            var heavy = [Bool](repeating: false, count: e.points.x.count)
            if e.isPlanar {
                mark_heavy_planar(
                    c.x, c.y, c.weights, Int(own.start), Int(own.end), e.runs, e.runs.count, e.limit, enough, &heavy)
            } else {
                mark_heavy_space(
                    c.x, c.y, c.z, c.weights, Int(own.start), Int(own.end), e.runs, e.runs.count, e.limit, enough,
                    &heavy)
            }
            for m in own.start..<own.end {
                var query = e
                query.p = (e.points.x[Int(m)], e.points.y[Int(m)], e.points.z[Int(m)])
                let weight = query.withinRuns.reduce(0) { $0 + e.weights[Int($1)] }
                // Sums in another order differ in their last digits.
                guard abs(weight - enough) > 1e-9 else { continue }
                #expect(heavy[Int(m)] == (weight >= enough), "point \(m), enough \(enough)")
            }
        }
    }

    @Test(arguments: examples) func anyPair(e: Example) {
        guard e.runs.count > 1 else { return }
        let c = e.columns
        let (some, others) = (e.runs[0], e.runs[1])
        for limit in [e.limit, e.limit / 100, e.limit / 10_000] {
            let expected = (some.start..<some.end).contains { i in
                let i = Int(i)
                let p = (e.points.x[i], e.points.y[i], e.points.z[i])
                return (others.start..<others.end).contains {
                    ReferenceKernels.squaredDistance(p, e.points, Int($0)) <= limit
                }
            }
            let found =
                e.isPlanar
                ? any_pair_within_planar(c.x, c.y, some, others, limit)
                : any_pair_within_space(c.x, c.y, c.z, some, others, limit)
            #expect(found == expected)
        }
    }

    /// Windows against counting, for queries that move east in steps short and long.
    @Test(arguments: 0..<200) func windows(seed: Int) {
        var stream = RandomStream(seed: UInt64(seed), stream: 23)
        let x = (0..<seed).map { _ in (stream.nextUnit() * 40).rounded() / 2 }.sorted()
        let columns = x + [Double](repeating: -1e9, count: Int(column_padding))
        let width = stream.nextUnit() * 4
        var window = site_window(row_start: 0, row_end: Int32(x.count), start: 0, end: 0, width: width)
        var (low, high) = (-3.0, -3.0)
        while low < 24 {
            high = max(high, low + stream.nextUnit())
            var run = site_run()
            var points = 0
            let count = advance_windows(columns, &window, 1, low, high, &run, &points)
            let expected = x.indices.filter { x[$0] >= low - width && x[$0] <= high + width }
            #expect(points == expected.count)
            #expect(count == (expected.isEmpty ? 0 : 1))
            if count == 1 { #expect(Array(run.start..<run.end).map { Int($0) } == expected) }
            low += stream.nextUnit() * 3
        }
    }

    /// Unit vectors against the same formula in the C library's functions, and exactly at quarter turns.
    @Test func unitVectors() {
        var stream = RandomStream(seed: 5, stream: 24)
        for _ in 0..<20_000 {
            let (longitude, latitude) = (stream.nextUnit() * 360 - 180, stream.nextUnit() * 180 - 90)
            let found = UnitVectors.vector(longitude: longitude, latitude: latitude)
            let expected = ReferenceKernels.unitVector(longitude: longitude, latitude: latitude)
            #expect(abs(found.x - expected.x) <= 4e-16 && abs(found.y - expected.y) <= 4e-16)
            #expect(abs(found.z - expected.z) <= 2.3e-16)
        }
        #expect(UnitVectors.vector(longitude: 0, latitude: 90) == SIMD3(0, 0, 1))
        #expect(UnitVectors.vector(longitude: 180, latitude: 0) == SIMD3(-1, 0, 0))
        #expect(UnitVectors.vector(longitude: -90, latitude: 0) == SIMD3(0, -1, 0))
        #expect(UnitVectors.vector(longitude: 90, latitude: 0) == SIMD3(0, 1, 0))
        #expect(UnitVectors.vector(longitude: 0, latitude: -90) == SIMD3(0, 0, -1))
    }
}
