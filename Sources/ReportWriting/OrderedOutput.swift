import ParallelWork

/// Puts pieces that several workers make into the order of their numbers, and passes them on as soon as that order allows.
///
/// While a slow sink takes a piece, workers that come with the next ones wait: what is held in memory stays small.
final class OrderedOutput: Sendable {
    private struct State {
        /// The piece the sink is waiting for.
        var next = 0
        /// Pieces that came before their turn.
        var waiting: [Int: [UInt8]] = [:]
    }

    private let state = Guarded(State())
    private let sink: any ByteSink

    init(to sink: any ByteSink) { self.sink = sink }

    /// Takes piece `number`, counted from 0; each number comes once.
    func pass(_ piece: [UInt8], number: Int) throws(OutputError) {
        try state.withLock { state throws(OutputError) in
            state.waiting[number] = piece
            while let ready = state.waiting.removeValue(forKey: state.next) {
                try sink.write(ready)
                state.next += 1
            }
        }
    }
}
