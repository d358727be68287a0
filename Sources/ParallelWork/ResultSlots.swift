/// Results that workers deliver in any order and that are taken in the order of their numbers.
public final class ResultSlots<Value: Sendable>: Sendable {
    private let slots: Guarded<[Value?]>

    /// As many slots, none of them filled.
    public init(count: Int) { slots = Guarded([Value?](repeating: nil, count: count)) }

    /// Delivers the result with a number.
    public func set(_ index: Int, _ value: Value) { slots.withLock { $0[index] = value } }

    /// The results; those never delivered are left out.
    public var values: [Value] { slots.withLock { $0.compactMap { $0 } } }
}
