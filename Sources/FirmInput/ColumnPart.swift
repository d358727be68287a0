/// The rows of one block in a column: in place in the register's column, or in memory of their own.
struct ColumnPart<Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
    // Sendable by hand: one worker fills it and then hands it on.
    private final class Memory {
        let base: UnsafeMutablePointer<Element>
        init(_ base: UnsafeMutablePointer<Element>) { self.base = base }
        deinit { base.deallocate() }
    }

    let base: UnsafeMutablePointer<Element>
    let capacity: Int
    private(set) var count = 0
    private let memory: Memory?

    /// In place.
    init(_ base: UnsafeMutablePointer<Element>, capacity: Int) {
        self.base = base
        self.capacity = capacity
        memory = nil
    }

    /// In memory of its own.
    init(capacity: Int = 0) {
        base = .allocate(capacity: max(1, capacity))
        self.capacity = capacity
        memory = Memory(base)
    }

    var values: UnsafeMutableBufferPointer<Element> { UnsafeMutableBufferPointer(start: base, count: count) }

    /// Row numbers are not checked against the capacity.
    @inline(__always)
    subscript(row: Int) -> Element {
        get { base[row] }
        nonmutating set { (base + row).initialize(to: newValue) }
    }

    /// The part when its first `count` rows are filled. What filters have left nearly empty does not keep its room.
    func filled(_ count: Int) -> ColumnPart {
        var part = memory == nil || count >= capacity / 4 * 3 ? self : ColumnPart(capacity: count)
        if part.base != base { part.base.update(from: base, count: count) }
        part.count = count
        return part
    }

    /// Takes out the rows that are not kept.
    mutating func remove(_ isKept: [Bool]) {
        var kept = 0
        for row in 0..<count where isKept[row] {
            base[kept] = base[row]
            kept += 1
        }
        count = kept
    }
}
