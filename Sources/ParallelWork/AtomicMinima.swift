public import Synchronization

/// Numbers that many threads lower at once, each remembering the least it was given.
public final class AtomicMinima: @unchecked Sendable {
    // Sendable by hand: the buffer is only reached through atomic operations.
    @usableFromInline let bits: UnsafeMutablePointer<Atomic<UInt64>>
    /// How many numbers there are.
    public let count: Int

    /// Every number infinite.
    public init(count: Int) {
        self.count = count
        bits = .allocate(capacity: max(1, count))
        for index in 0..<count { (bits + index).initialize(to: Atomic(Double.infinity.bitPattern)) }
    }

    deinit {
        bits.deinitialize(count: count)
        bits.deallocate()
    }

    /// The least number given so far.
    @inlinable
    public subscript(index: Int) -> Double {
        Double(bitPattern: bits[index].load(ordering: .relaxed))
    }

    /// Takes a number that is not negative.
    @inlinable
    public func lower(_ index: Int, to value: Double) {
        // Doubles that are not negative ascend with their bits.
        guard value < self[index] else { return }
        bits[index].min(value.bitPattern, ordering: .relaxed)
    }

    /// Makes some of the numbers infinite again.
    public func reset(_ range: Range<Int>) {
        for index in range { bits[index].store(Double.infinity.bitPattern, ordering: .relaxed) }
    }
}
