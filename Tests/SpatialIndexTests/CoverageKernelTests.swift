import CDistanceKernels
import FirmModel
import Testing

@Suite struct CoverageKernelTests {
    /// The union of intervals around ascending centers, against merging them in the order of their starts.
    @Test(arguments: 0..<200) func unionOfIntervals(seed: Int) {
        var stream = RandomStream(seed: UInt64(seed), stream: 51)
        let count = Int(stream.next() % 40)
        let spread = [4.0, 20, 100][seed % 3]
        // Whole numbers, so that intervals touch.
        let x = (0..<count).map { _ in (stream.nextUnit() * spread).rounded() }.sorted()
        let width = x.map { _ in stream.nextUnit() < 0.2 ? Double.nan : (stream.nextUnit() * 5).rounded() }
        var result = [interval](repeating: interval(low: 0, high: 0), count: count)
        let found = union_of_intervals(x, width, count, &result)

        var expected: [(low: Double, high: Double)] = []
        let starts = x.indices.filter { !width[$0].isNaN }.sorted { x[$0] - width[$0] < x[$1] - width[$1] }
        for i in starts {
            if let last = expected.last, x[i] - width[i] <= last.high {
                expected[expected.count - 1].high = max(last.high, x[i] + width[i])
            } else {
                expected.append((x[i] - width[i], x[i] + width[i]))
            }
        }
        #expect(result.prefix(found).map(\.low) == expected.map(\.low))
        #expect(result.prefix(found).map(\.high) == expected.map(\.high))
    }

    /// Widths hold at the edges of a row, and a place is in a disc as the two bounds say.
    @Test(arguments: 0..<100) func widthsAndPlaces(seed: Int) {
        var stream = RandomStream(seed: UInt64(seed), stream: 52)
        let count = Int(stream.next() % 30)
        let (x, y) = (
            (0..<count).map { _ in stream.nextUnit() * 20 }.sorted(), (0..<count).map { _ in stream.nextUnit() * 20 }
        )
        var bounds = disc_bounds(sure_limit: 4, sure_stretch: 0.9, possible_limit: 4.5, possible_stretch: 0.8)
        let (bottom, top) = (9.0, 10.0)
        var (sure, possible) = ([Double](repeating: 0, count: count), [Double](repeating: 0, count: count))
        disc_widths(y, count, bottom, top, &bounds, &sure, &possible)
        for i in 0..<count {
            let farthest = max(abs(y[i] - bottom), abs(y[i] - top))
            let nearest = y[i] >= bottom && y[i] <= top ? 0 : min(abs(y[i] - bottom), abs(y[i] - top))
            #expect(sure[i].isNaN == (farthest >= 2))
            #expect(possible[i].isNaN == (nearest * nearest > 4.5))
            if !sure[i].isNaN { #expect(abs(farthest * farthest + 0.9 * sure[i] * sure[i] - 4) < 1e-12) }
            if !possible[i].isNaN { #expect(abs(nearest * nearest + 0.8 * possible[i] * possible[i] - 4.5) < 1e-12) }
        }
        for _ in 0..<50 {
            let (px, py) = (stream.nextUnit() * 20, stream.nextUnit() * 20)
            func isWithin(_ limit: Double, _ stretch: Double) -> Bool {
                (0..<count).contains {
                    (y[$0] - py) * (y[$0] - py) + stretch * ((x[$0] - px) * (x[$0] - px)) <= limit
                }
            }
            let expected: Int32 = isWithin(4, 0.9) ? 2 : isWithin(4.5, 0.8) ? 1 : 0
            #expect(place_in_discs(px, py, x, y, count, &bounds) == expected)
        }
    }
}
