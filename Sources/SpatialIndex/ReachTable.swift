import CDistanceKernels
public import FirmModel

/// Who of some places is within a radius of whom, as rows of bits.
///
/// Places are the sites at some positions, in an order of the caller's choice; a site may come more than once. A row is
/// worked out when it is first asked for. Up to ``wordsKept`` are kept, later ones take the place of the first: memory
/// is bounded whatever the number of places, and an ordinary block keeps all of its rows. Belongs to one worker.
public struct ReachTable: ~Copyable {
    private let rows: SiteRows
    private let limit: Double
    // The coordinates of the rows, and those of the places, one column after the other.
    @usableFromInline let first: UnsafePointer<Double>
    @usableFromInline let second: UnsafePointer<Double>
    @usableFromInline let third: UnsafePointer<Double>?
    @usableFromInline var columns: UnsafeMutablePointer<Double>
    @usableFromInline var columnLength = 0
    @usableFromInline var bits: UnsafeMutablePointer<UInt64>
    private var bitCapacity = 0
    /// Where the row of a place is kept; -1 while it is not.
    @usableFromInline var slotOfPlace: UnsafeMutablePointer<Int32>
    private var placeCapacity = 0
    private var placeOfSlot: [Int32] = []
    private var slots = 0
    private var nextSlot = 0
    private var groups: [Int32] = []

    /// The number of places.
    public private(set) var count = 0
    /// The number of 64-bit words of a row: a multiple of 4, as rows are read four words at a time.
    public private(set) var words = 0

    /// Rows are kept up to so many words: 32 MB.
    private static var wordsKept: Int { 1 << 22 }

    /// - Parameter radius: inclusive.
    public init(_ rows: SiteRows, radius: Meters) {
        self.rows = rows
        limit = rows.metric.limit(for: radius)
        (first, second, third) = (rows.first, rows.second, rows.third)
        columns = .allocate(capacity: 0)
        bits = .allocate(capacity: 0)
        slotOfPlace = .allocate(capacity: 0)
    }

    deinit {
        columns.deallocate()
        bits.deallocate()
        slotOfPlace.deallocate()
    }

    /// Forgets all places and makes room for others, which ``place(_:at:)`` must all set.
    ///
    /// - Parameter isGrouped: whether some places, those of one group (``group(_:at:)``), are out of each other's reach
    ///   however near.
    public mutating func begin(count: Int, isGrouped: Bool = false) {
        self.count = count
        words = (count + 255) / 256 * 4
        if count + Int(column_padding) > columnLength {
            columnLength = max(2 * columnLength, count + Int(column_padding))
            columns.deallocate()
            columns = .allocate(capacity: 3 * columnLength)
            columns.initialize(repeating: 0, count: 3 * columnLength)
        }
        slots = max(1, min(count, Self.wordsKept / max(1, words)))
        if slots * words > bitCapacity {
            bitCapacity = max(min(2 * bitCapacity, Self.wordsKept), slots * words)
            bits.deallocate()
            bits = Self.aligned(bitCapacity)
        }
        nextSlot = 0
        if placeCapacity < count {
            placeCapacity = 2 * count
            slotOfPlace.deallocate()
            slotOfPlace = .allocate(capacity: placeCapacity)
        }
        slotOfPlace.update(repeating: -1, count: count)
        if placeOfSlot.count < slots { placeOfSlot = [Int32](repeating: -1, count: 2 * slots) }
        if isGrouped { groups = [Int32](repeating: -1, count: count) } else { groups = [] }
    }

    private static func aligned(_ words: Int) -> UnsafeMutablePointer<UInt64> {
        UnsafeMutableRawPointer.allocate(byteCount: 8 * words, alignment: 32)
            .bindMemory(to: UInt64.self, capacity: words)
    }

    /// Puts the site at a position to an index.
    @inlinable
    @inline(__always)
    public mutating func place(_ position: Int, at index: Int) {
        columns[index] = first[position]
        columns[columnLength + index] = second[position]
        if let third { columns[2 * columnLength + index] = third[position] }
    }

    /// Puts the place at an index into a group.
    public mutating func group(_ group: Int32, at index: Int) { groups[index] = group }

    /// Bit j of the row says whether place j is within reach of place `index`, as it is of itself. Valid until as many
    /// other rows are asked for as are kept. Rows begin at multiples of 32 bytes.
    @inlinable
    @inline(__always)
    public mutating func row(_ index: Int) -> UnsafePointer<UInt64> {
        let slot = slotOfPlace[index]
        if slot >= 0 { return UnsafePointer(bits + Int(slot) * words) }
        return newRow(index)
    }

    @usableFromInline
    @inline(never)
    mutating func newRow(_ index: Int) -> UnsafePointer<UInt64> {
        let slot = nextSlot % slots
        if nextSlot >= slots { slotOfPlace[Int(placeOfSlot[slot])] = -1 }
        nextSlot += 1
        slotOfPlace[index] = Int32(truncatingIfNeeded: slot)
        placeOfSlot[slot] = Int32(truncatingIfNeeded: index)
        let row = bits + slot * words
        let (x, y, z) = (columns, columns + columnLength, columns + 2 * columnLength)
        row.withMemoryRebound(to: UInt8.self, capacity: 8 * words) { bytes in
            if rows.metric == .sphere {
                reach_bits_space(x[index], y[index], z[index], x, y, z, count, limit, bytes)
            } else {
                reach_bits_planar(x[index], y[index], x, y, count, limit, bytes)
            }
        }
        if !groups.isEmpty {
            for other in 0..<count where groups[other] == groups[index] && groups[index] >= 0 && other != index {
                row[other >> 6] &= ~(1 << UInt64(other & 63))
            }
        }
        return UnsafePointer(row)
    }
}
