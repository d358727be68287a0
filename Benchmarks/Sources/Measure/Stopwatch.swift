/// Seconds of wall time since it was made.
struct Stopwatch {
    private let clock = ContinuousClock()
    private let start: ContinuousClock.Instant

    init() { start = clock.now }

    var seconds: Double { start.duration(to: clock.now) / .seconds(1) }
}
