/// What a worker's cursors write down about the block they walk, one block after the other.
final class CursorMemory {
    /// Bytes whose structure is found at a time.
    static let stretch = 1 << 14

    let fieldCapacity: Int
    let spans: UnsafeMutablePointer<FieldSpan>
    let places: UnsafeMutablePointer<UInt32>

    /// - Parameter fieldCapacity: how many fields of a record can be asked for; more are counted but not kept.
    init(fieldCapacity: Int) {
        self.fieldCapacity = fieldCapacity
        // One more, which all further fields share.
        spans = .allocate(capacity: fieldCapacity + 1)
        places = .allocate(capacity: Self.stretch + 72)
    }

    deinit {
        spans.deallocate()
        places.deallocate()
    }
}

/// Where a field is in its block.
@usableFromInline
struct FieldSpan {
    @usableFromInline var start: UInt32
    @usableFromInline var endAndFlag: UInt32

    init(start: Int, end: Int, holdsDoubledQuotes: Bool = false) {
        self.start = UInt32(truncatingIfNeeded: start)
        endAndFlag = UInt32(truncatingIfNeeded: end) | (holdsDoubledQuotes ? 0x8000_0000 : 0)
    }

    @inlinable var end: UInt32 { endAndFlag & 0x7FFF_FFFF }
    @inlinable var holdsDoubledQuotes: Bool { endAndFlag & 0x8000_0000 != 0 }
}
