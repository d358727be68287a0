/// Something that is not safe to share, once for each worker: a buffer, a library's context.
///
/// Safe because ``Workers/forEach(in:grain:_:)`` never runs two pieces of work with the same worker number at one time.
public struct PerWorker<Value>: @unchecked Sendable {
    private let values: [Value]

    /// Makes a value for each worker.
    public init(_ workers: Workers, _ make: () throws -> Value) rethrows {
        values = try (0..<workers.count).map { _ in try make() }
    }

    /// The value of a worker.
    public subscript(worker: Int) -> Value { values[worker] }
}
