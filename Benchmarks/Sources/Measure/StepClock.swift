import FirmClusters

/// Notes when each step of a detection began.
final class StepClock: WorkProgress {
    private let stopwatch = Stopwatch()
    private let begun = Guarded<[(step: String, at: Double)]>([])

    func began(_ step: String, total: Int?) {
        let now = stopwatch.seconds
        begun.withLock { $0.append((step, now)) }
    }

    func advanced(by amount: Int) {}

    /// Every step but the last with the time until the next.
    var durations: [(step: String, seconds: Double)] {
        let begun = begun.withLock { $0 }
        return zip(begun, begun.dropFirst()).map { ($0.step, $1.at - $0.at) }
    }
}
