import ParallelWork

/// Where finished bytes go, in order.
public protocol ByteSink: AnyObject, Sendable {
    /// Takes the next bytes.
    func write(_ bytes: [UInt8]) throws(OutputError)
}

/// Keeps what is written in memory.
public final class MemorySink: ByteSink {
    private let written = Guarded<[UInt8]>([])

    /// A sink that holds nothing yet.
    public init() {}

    /// Keeps the next bytes.
    public func write(_ bytes: [UInt8]) throws(OutputError) { written.withLock { $0 += bytes } }

    /// Everything written so far.
    public var bytes: [UInt8] { written.withLock { $0 } }
}
