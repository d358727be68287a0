import ParallelWork
import Testing

@Suite struct AtomicMinimaTests {
    @Test func theLeastStays() {
        let minima = AtomicMinima(count: 3)
        #expect((0..<3).allSatisfy { minima[$0] == .infinity })
        minima.lower(1, to: .infinity)
        #expect(minima[1] == .infinity)
        for value in [5.0, 7, 3, 3.0.nextUp, .greatestFiniteMagnitude] { minima.lower(1, to: value) }
        #expect(minima[1] == 3)
        // The ends of what can be told apart.
        minima.lower(2, to: .leastNonzeroMagnitude)
        #expect(minima[2] == .leastNonzeroMagnitude)
        minima.lower(2, to: 0)
        #expect(minima[2] == 0)
        minima.reset(1..<2)
        #expect(minima[0] == .infinity && minima[1] == .infinity && minima[2] == 0)
        minima.reset(0..<3)
        #expect(minima[2] == .infinity)
        #expect(AtomicMinima(count: 0).count == 0)
    }

    @Test func manyLowerAtOnce() throws {
        let (minima, count) = (AtomicMinima(count: 7), 70_000)
        try Workers(count: 4).forEach(in: 0..<count, grain: 16) { range, _ in
            // Scattered, so that the least comes late and between others.
            for i in range { minima.lower(i % 7, to: Double((i &* 40_503) % 65_521) + 0.5) }
        }
        for index in 0..<7 {
            let expected = stride(from: index, to: count, by: 7).map { Double(($0 * 40_503) % 65_521) + 0.5 }.min()
            #expect(minima[index] == expected)
        }
    }
}
