import ParallelWork

/// A column of the register while it is read: workers write the rows of their blocks where they will stay, as far as can be
/// told beforehand, so that nothing is held twice and memory is filled once.
final class RegisterColumn<Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
    // Sendable by hand: parts do not overlap, and the whole is touched again only when all of them are filled.
    private var values: [Element]
    private let base: UnsafeMutablePointer<Element>?

    /// - Parameter capacity: the rows to expect; address space only, until they come.
    init(capacity: Int) {
        values = [Element](unsafeUninitializedCapacity: capacity) { buffer, count in
            HugePages.advise(buffer)
            count = capacity
        }
        // Nobody else has this array and nothing resizes it before `joined`, so its memory stays where it is.
        base = values.withUnsafeMutableBufferPointer { $0.baseAddress }
    }

    /// Room for `count` rows; in place when they are not beyond what was expected.
    func part(at row: Int, count: Int) -> ColumnPart<Element> {
        guard let base, row + count <= values.count else { return ColumnPart(capacity: count) }
        return ColumnPart(base + row, capacity: count)
    }

    /// The parts one after the other. Parts in place move to the front by as much as rows before them were left out.
    func joined(_ batches: inout [RowBatch], _ part: WritableKeyPath<RowBatch, ColumnPart<Element>>) -> [Element] {
        let total = batches.reduce(0) { $0 + $1[keyPath: part].count }
        // Rows left out leave memory behind that the column would keep: not a quarter of it.
        let filled = batches.reduce(0) { $0 + $1[keyPath: part].capacity }
        let isInPlace = total <= values.count && total >= filled / 4 * 3
        var joined = isInPlace ? values : [Element](count: total) { _ in }
        values = []
        joined.withUnsafeMutableBufferPointer { buffer in
            guard var target = buffer.baseAddress else { return }
            for index in batches.indices {
                let source = batches[index][keyPath: part]
                if source.base != target { target.update(from: source.base, count: source.count) }
                target += source.count
                batches[index][keyPath: part] = ColumnPart()
            }
        }
        joined.removeLast(joined.count - total)
        return joined
    }
}

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
