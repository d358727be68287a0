import ParallelWork

/// A column of the register while it is read: workers write the rows of their blocks where they will stay, as far as can be
/// told beforehand, so that nothing is held twice and memory is filled once.
final class FillingColumn<Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
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
        // In place it must be the only owner, or writing would copy it; else parts still lie in the old one.
        if isInPlace { values = [] }
        joined.withUnsafeMutableBufferPointer { buffer in
            guard var target = buffer.baseAddress else { return }
            for index in batches.indices {
                let source = batches[index][keyPath: part]
                if source.base != target { target.update(from: source.base, count: source.count) }
                target += source.count
                batches[index][keyPath: part] = ColumnPart()
            }
        }
        values = []
        joined.removeLast(joined.count - total)
        return joined
    }
}

/// The columns of the register to be, except for texts.
final class FillingColumns: Sendable {
    let x, y, employment: FillingColumn<Double>
    let industry, place, stratum, region: FillingColumn<Int32>

    /// More rows than this are never expected: what a sample of odd lines promises must not be more than the machine has.
    static var most: Int { min(Int(Int32.max), PhysicalMemory.byteCount / 64) }

    /// - Parameter capacity: the rows to expect.
    init(_ choice: ColumnChoice, capacity: Int) {
        x = FillingColumn(capacity: choice.coordinates == nil ? 0 : capacity)
        y = FillingColumn(capacity: choice.coordinates == nil ? 0 : capacity)
        employment = FillingColumn(capacity: choice.employment.isEmpty ? 0 : capacity)
        industry = FillingColumn(capacity: choice.industry == nil ? 0 : capacity)
        place = FillingColumn(capacity: choice.place == nil ? 0 : capacity)
        stratum = FillingColumn(capacity: choice.stratum == nil ? 0 : capacity)
        region = FillingColumn(capacity: choice.region == nil ? 0 : capacity)
    }
}
