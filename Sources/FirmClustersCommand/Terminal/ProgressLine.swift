import FirmClusters
import Synchronization

/// Shows how far the work has come on one line of standard error, with the time left once it can be told.
final class ProgressLine: WorkProgress {
    private struct State {
        var step = ""
        var total: Int?
        var done = 0
        var began = ContinuousClock.now
        var shown = ContinuousClock.now
    }

    private let state = Mutex(State())
    private let console: Console

    init(on console: Console) { self.console = console }

    func began(_ step: String, total: Int?) {
        state.withLock { state in
            state = State(step: step, total: total)
            console.progress(step + " …")
        }
    }

    func advanced(by amount: Int) {
        state.withLock { state in
            state.done += amount
            let now = ContinuousClock.now
            guard state.shown.duration(to: now) > .milliseconds(100) else { return }
            state.shown = now
            console.progress(Self.line(state, now: now))
        }
    }

    /// Takes the line away.
    func finished() { console.progress("") }

    private static func line(_ state: State, now: ContinuousClock.Instant) -> String {
        guard let total = state.total, total > 0 else { return "\(state.step) … \(grouped(state.done))" }
        let share = min(1, Double(state.done) / Double(total))
        var line = "\(state.step) … \(Int(share * 100)) %"
        let elapsed = state.began.duration(to: now) / .seconds(1)
        // Before a second has gone by or a twentieth is done, the time left would be a guess.
        if elapsed > 1, share > 0.05 {
            line += ", \(Int((elapsed * (1 - share) / share).rounded(.up))) s left"
        }
        return line
    }
}
