import FirmModel
import ParallelWork
import SignificanceTesting
import Testing

@Suite struct MonteCarloTestTests {
    /// A simulated statistic: uniform, the same for a replicate and family whoever asks.
    private static func uniform(_ replicate: Int, _ family: Int, seed: UInt64 = 1) -> Double {
        var stream = RandomStream(seed: seed &* 1000 &+ UInt64(family), stream: UInt64(replicate))
        return stream.nextUnit()
    }

    @Test func countsThoseAtLeastAsLarge() throws {
        let simulated = [0.0, 3, 1, 3, 2, 5, 3, 0, 0]
        let outcome = try MonteCarloTest(simulations: 9).run(observed: [[3, 6], [], [0]], workers: Workers(count: 2)) {
            replicate, families, _ in
            #expect(families == [0, 2])
            return [simulated[replicate], simulated[replicate]]
        }
        #expect(outcome.pValues[0].map(\.value) == [0.5, 0.1])
        #expect(outcome.pValues[1].isEmpty)
        // A simulation without a cluster is as good as a cluster without any excess.
        #expect(outcome.pValues[2].map(\.value) == [1])
        #expect(outcome.largest == [simulated, [], simulated])
    }

    /// Against the definition: the replicates one after the other until the h-th exceedance.
    @Test(arguments: [1, 3, 10], [1, 2, 4]) func stopsAtTheExceedanceThatCounts(h: Int, threads: Int) throws {
        let observed = [[0.99, 0.5], [0.9], [0.999], [0.02, 0.01], []]
        let simulations = 300
        let outcome = try MonteCarloTest(simulations: simulations, stopping: SequentialStopping(exceedances: h)).run(
            observed: observed, workers: Workers(count: threads)
        ) { replicate, families, _ in families.map { Self.uniform(replicate, $0) } }
        for (family, statistics) in observed.enumerated() {
            var last = 0
            for (index, statistic) in statistics.enumerated() {
                var (exceedances, made) = (0, 0)
                while exceedances < h, made < simulations {
                    if Self.uniform(made, family) >= statistic { exceedances += 1 }
                    made += 1
                }
                let p = exceedances == h ? Double(h) / Double(made) : Double(exceedances + 1) / Double(made + 1)
                #expect(outcome.pValues[family][index].value == p, "family \(family), statistic \(index)")
                last = max(last, made)
            }
            #expect(outcome.largest[family] == (0..<last).map { Self.uniform($0, family) })
        }
    }

    /// Under the null the observed statistic is one like the others: P(p ≤ α) must not be above α.
    @Test(arguments: [nil, SequentialStopping(exceedances: 4)]) func pValuesAreValid(stopping: SequentialStopping?)
        throws
    {
        let registers = 4000
        var rejected = 0
        for register in 0..<registers {
            let outcome = try MonteCarloTest(simulations: 39, stopping: stopping).run(
                observed: [[Self.uniform(1000, 0, seed: UInt64(register))]], workers: Workers(count: 1)
            ) { replicate, families, _ in families.map { Self.uniform(replicate, $0, seed: UInt64(register)) } }
            if outcome.pValues[0][0].value <= 0.05 { rejected += 1 }
        }
        // 0.05 and three standard errors of 0.0034 to either side.
        #expect(abs(Double(rejected) / Double(registers) - 0.05) < 0.0103)
    }

    @Test func onlyOpenFamiliesAreSimulated() throws {
        let asked = Guarded<[Int: Int]>([:])
        let told = Guarded(0)
        _ = try MonteCarloTest(simulations: 2000, stopping: .tenExceedances).run(
            observed: [[0.5], [0.9999]], workers: Workers(count: 2), finished: { made in told.withLock { $0 += made } }
        ) { replicate, families, _ in
            asked.withLock { asked in for family in families { asked[family, default: 0] += 1 } }
            return families.map { Self.uniform(replicate, $0) }
        }
        let counts = asked.withLock { $0 }
        #expect((counts[0] ?? 0) <= 40)
        #expect(counts[1] == 2000)
        #expect(told.withLock { $0 } == 2000)
    }

    @Test func errorsAndCancellationComeOut() throws {
        struct Failed: Error {}
        #expect(throws: Failed.self) {
            try MonteCarloTest(simulations: 10).run(observed: [[1]], workers: Workers(count: 2)) { replicate, _, _ in
                if replicate == 5 { throw Failed() }
                return [0]
            }
        }
        let cancellation = Cancellation()
        #expect(throws: WorkCancelled.self) {
            try MonteCarloTest(simulations: 1000).run(
                observed: [[1]], workers: Workers(count: 2, cancellation: cancellation)
            ) { replicate, _, _ in
                if replicate == 3 { cancellation.cancel() }
                return [0]
            }
        }
    }
}
