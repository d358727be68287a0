/// Memory for a column of values, written once by any number of workers and then read.
///
/// It goes with its last owner. After the last value there is room for ``padding`` more, set to zero bytes, so that vector
/// code may read past the end. Large columns ask for huge pages: scattered writes then miss the TLB far less often, and the
/// system has five hundred times fewer pages to find and clear.
public final class Column<Value: BitwiseCopyable & Sendable>: @unchecked Sendable {
    // Sendable by hand: whoever writes through `shared` promises that places are disjoint and written before they are read.

    /// The values.
    public let base: UnsafeMutablePointer<Value>
    /// The number of values, padding not counted.
    public let count: Int

    /// Readable values after the last one.
    @inlinable public static var padding: Int { 8 }

    /// A column of values that are yet to be set.
    public init(count: Int) {
        self.count = count
        let bytes = (count + Self.padding) * MemoryLayout<Value>.stride
        let memory = UnsafeMutableRawPointer.allocate(
            byteCount: bytes, alignment: bytes >= HugePages.threshold ? 1 << 21 : 64)
        HugePages.advise(
            UnsafeMutableBufferPointer(start: memory.assumingMemoryBound(to: UInt8.self), count: bytes))
        base = memory.bindMemory(to: Value.self, capacity: count + Self.padding)
        let end = count * MemoryLayout<Value>.stride
        (memory + end).initializeMemory(as: UInt8.self, repeating: 0, count: bytes - end)
    }

    deinit { UnsafeMutableRawPointer(base).deallocate() }

    /// The column for workers to write to. The column must outlive their work: a column that is not looked at later
    /// may be gone by then, which `defer { withExtendedLifetime(column) {} }` prevents.
    public var shared: SharedBuffer<Value> { SharedBuffer(UnsafeMutableBufferPointer(start: base, count: count)) }
    /// The values to read.
    public var values: UnsafeBufferPointer<Value> { UnsafeBufferPointer(start: base, count: count) }
}
