/// A column that several workers write at once, each to places of its own.
///
/// The compiler cannot see that the places are disjoint; whoever makes one promises it.
@frozen
public struct SharedBuffer<Element: BitwiseCopyable>: @unchecked Sendable {
    @usableFromInline let base: UnsafeMutablePointer<Element>?

    /// A view of memory that must outlive it.
    @inlinable
    public init(_ buffer: UnsafeMutableBufferPointer<Element>) { base = buffer.baseAddress }

    /// Nil only for a column without elements.
    @inlinable
    public var baseAddress: UnsafeMutablePointer<Element>? { base }

    /// Some of the elements.
    @inlinable
    public func slice(_ range: Range<Int>) -> UnsafeMutableBufferPointer<Element> {
        UnsafeMutableBufferPointer(start: base.map { $0 + range.lowerBound }, count: range.count)
    }

    /// The element at an index; the index is not checked.
    @inlinable
    public subscript(index: Int) -> Element {
        @inline(__always)
        get { base.unsafelyUnwrapped[index] }
        @inline(__always)
        nonmutating set { base.unsafelyUnwrapped[index] = newValue }
    }
}

/// A column that several workers read, and nobody writes meanwhile.
@frozen
public struct SharedColumn<Element: BitwiseCopyable>: @unchecked Sendable {
    @usableFromInline let base: UnsafePointer<Element>?

    /// A view of memory that must outlive it.
    @inlinable
    public init(_ buffer: UnsafeBufferPointer<Element>) { base = buffer.baseAddress }

    /// The element at an index; the index is not checked.
    @inlinable
    public subscript(index: Int) -> Element {
        @inline(__always)
        get { base.unsafelyUnwrapped[index] }
    }
}

extension Array where Element: BitwiseCopyable {
    /// An array of `count` elements, every one of which `fill` must set, from as many workers as it likes.
    @inlinable
    public init(count: Int, filledBy fill: (SharedBuffer<Element>) throws -> Void) rethrows {
        try self.init(unsafeUninitializedCapacity: count) { buffer, initialized in
            HugePages.advise(buffer)
            try fill(SharedBuffer(buffer))
            initialized = count
        }
    }
}
