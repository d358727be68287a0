import Synchronization

/// A switch that stops long work: set from anywhere (a signal handler's thread, another task), looked at by every worker
/// between pieces of work.
public final class Cancellation: Sendable {
    private let flag = Atomic<Bool>(false)

    /// A switch that has not been set.
    public init() {}

    /// Sets the switch; it stays set.
    public func cancel() { flag.store(true, ordering: .releasing) }

    /// Whether it has been set.
    public var isCancelled: Bool { flag.load(ordering: .acquiring) }

    /// - Throws: ``WorkCancelled`` once ``cancel()`` has been called.
    public func check() throws(WorkCancelled) {
        if isCancelled { throw WorkCancelled() }
    }
}

/// The work was stopped on request before it was done.
public struct WorkCancelled: Error, Sendable, CustomStringConvertible {
    /// The error itself; it carries nothing.
    public init() {}
    public var description: String { "cancelled" }
}
