import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A number of threads that share a piece of work.
///
///     let workers = Workers(count: 4)
///     try workers.forEach(in: 0..<n, grain: 4096) { range, worker in
///         for i in range { ... }           // `worker` is 0..<count: an index into per-worker buffers
///     }
///
/// Ranges are handed out from a shared counter as workers become free. Which worker gets which range is not
/// repeatable; results must depend on the ranges alone.
///
/// Threads are started for each call, some 20 µs each, and end with it: nothing lingers between calls.
public struct Workers: Sendable {
    /// How many threads share the work, the calling one included.
    public let count: Int
    /// Looked at between ranges.
    public let cancellation: Cancellation

    /// - Parameter count: at least 1; all processors on line when nil.
    public init(count: Int? = nil, cancellation: Cancellation = Cancellation()) {
        self.count = max(1, count ?? Self.availableProcessors)
        self.cancellation = cancellation
    }

    /// The same cancellation on one thread, for work that is already one of several.
    public var single: Workers { Workers(count: 1, cancellation: cancellation) }

    /// Processors of this machine that are on line.
    public static var availableProcessors: Int {
        return max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    }

    /// Runs `body` over consecutive ranges that together make up `range`, each at most `grain` long.
    ///
    /// - Throws: ``WorkCancelled`` when cancelled; otherwise the error of the lowest range that threw, so that the same
    ///   error comes out whatever the number of threads.
    public func forEach(
        in range: Range<Int>, grain: Int, _ body: @Sendable (_ part: Range<Int>, _ worker: Int) throws -> Void
    ) throws {
        let grain = max(1, grain)
        let pieces = (range.count + grain - 1) / grain
        guard pieces > 0 else { return try cancellation.check() }
        let next = Atomic<Int>(0)
        let failure = Guarded<(piece: Int, error: any Error)?>(nil)

        runOnThreads(min(count, pieces)) { worker in
            while !cancellation.isCancelled {
                let piece = next.wrappingAdd(1, ordering: .relaxed).oldValue
                guard piece < pieces else { return }
                // Ranges before a failed one still run: the lowest failure is then the same for any thread count.
                if let failed = failure.withLock({ $0?.piece }), failed < piece { return }
                let start = range.lowerBound + piece * grain
                do {
                    try body(start..<min(start + grain, range.upperBound), worker)
                } catch {
                    failure.withLock { if $0.map({ piece < $0.piece }) ?? true { $0 = (piece, error) } }
                }
            }
        }
        try cancellation.check()
        if let failure = failure.withLock({ $0?.error }) { throw failure }
    }

    private func runOnThreads(_ threadCount: Int, _ body: @Sendable (Int) -> Void) {
        guard threadCount > 1 else { return body(0) }
        withoutActuallyEscaping(body) { body in
            let threads = (1..<threadCount).compactMap { worker in JoinableThread { body(worker) } }
            body(0)
            for thread in threads { thread.join() }
        }
    }
}
