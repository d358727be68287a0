import ParallelWork
import Synchronization
import Testing

@Suite struct WorkersTests {
    struct Failed: Error, Equatable { var at: Int }

    @Test(arguments: [1, 2, 7]) func everyIndexIsHandedOutOnce(threads: Int) throws {
        let seen = try [UInt8](count: 10_000) { seen in
            for i in 0..<10_000 { seen[i] = 0 }
            try Workers(count: threads).forEach(in: 0..<10_000, grain: 37) { range, worker in
                #expect(worker < threads)
                for i in range { seen[i] += 1 }
            }
        }
        #expect(seen.allSatisfy { $0 == 1 })
    }

    @Test(arguments: 1...8) func theLowestFailureComesOut(threads: Int) {
        for _ in 0..<20 {
            #expect(throws: Failed(at: 300)) {
                try Workers(count: threads).forEach(in: 0..<1000, grain: 1) { range, _ in
                    if range.lowerBound >= 300, range.lowerBound % 7 == 6 { throw Failed(at: range.lowerBound) }
                }
            }
        }
    }

    @Test func cancellationStopsTheWork() {
        let workers = Workers(count: 3)
        let done = Atomic<Int>(0)
        #expect(throws: WorkCancelled.self) {
            try workers.forEach(in: 0..<1_000_000, grain: 1) { _, _ in
                if done.wrappingAdd(1, ordering: .relaxed).newValue == 100 { workers.cancellation.cancel() }
            }
        }
        #expect(done.load(ordering: .relaxed) < 1000)
    }

    @Test func unionFindGivesTheSmallestMemberAsRoot() throws {
        for threads in [1, 2, 4] {
            let joined = ConcurrentUnionFind(count: 9000)
            // Three interleaved chains, joined from all sides at once.
            try Workers(count: threads).forEach(in: 0..<8997, grain: 5) { range, _ in
                for i in range.reversed() { joined.join(i + 3, i) }
            }
            #expect((0..<9000).allSatisfy { joined.root($0) == $0 % 3 })
            #expect(joined.areJoined(4, 8998) && !joined.areJoined(0, 1))
        }
    }
}
