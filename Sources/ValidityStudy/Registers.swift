import FirmClusters

/// Simulated registers, shared among threads one by one, so that results do not depend on the number of threads.
struct Registers: Sendable {
    let count: Int
    let workers: Workers

    /// What `body` makes of each register, in the order of their numbers; each runs on one thread.
    func map<Result: Sendable>(
        _ body: @Sendable (_ number: Int, _ workers: Workers) throws -> Result
    ) throws -> [Result] {
        let results = ResultSlots<Result>(count: count)
        try workers.forEach(in: 0..<count, grain: 1) { range, _ in
            for number in range { results.set(number, try body(number, workers.single)) }
        }
        return results.values
    }
}
