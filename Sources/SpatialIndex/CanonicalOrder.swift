import FirmModel
import ParallelWork

/// A firm on its way to its place in canonical order.
struct PlacedFirm: BitwiseCopyable, Sendable {
    var x: Double
    var y: Double
    /// Its row in the register.
    var row: UInt32
    /// Where it is along the axis that is being sorted, in steps of 2⁻³² of the extent.
    var key: UInt32

    func isAtSameSite(as other: PlacedFirm) -> Bool { x == other.x && y == other.y }
}

/// The firms of a register by x, then y, then industry, then employment (missing last), then row.
///
/// Firms that agree in all but the row are alike in everything that is measured, so falling back on it decides nothing.
///
/// One parallel pass distributes firms over slabs of equal extent in x, each small enough for a processor's cache; within
/// a slab one more distribution brings a firm to within a few of its place, and an insertion sort settles the rest. A slab
/// that is far too full, because firms are bunched or on one meridian, is cut the same way again, by its own extent.
struct CanonicalOrder {
    /// The firms in order.
    let firms: Column<PlacedFirm>
    /// Slab k is `slabs[k]..<slabs[k + 1]`; no place is in two of them.
    let slabs: [Int]

    init(_ register: FirmRegister, workers: Workers) throws {
        firms = Column(count: register.count)
        let firms = firms
        let order = FirmOrder(register)
        slabs = try register.x.withUnsafeBufferPointer { x in
            try register.y.withUnsafeBufferPointer { y in
                let source = RegisterFirms(x: x, y: y, isGeographic: register.frame.isGeographic)
                return try sort(source, into: firms.shared, by: order, workers: workers)
            }
        }
    }
}

/// Firms to be sorted.
private protocol FirmSource: Sendable {
    var count: Int { get }
    subscript(index: Int) -> PlacedFirm { get }
}

/// The firms of a register, each place in its one spelling.
private struct RegisterFirms: FirmSource, @unchecked Sendable {
    let x: UnsafeBufferPointer<Double>
    let y: UnsafeBufferPointer<Double>
    let isGeographic: Bool

    var count: Int { x.count }

    subscript(row: Int) -> PlacedFirm {
        let place = Coordinate(x: x[row], y: y[row]).normalized(isGeographic: isGeographic)
        return PlacedFirm(x: place.x, y: place.y, row: UInt32(truncatingIfNeeded: row), key: 0)
    }
}

/// Firms of a slab, out of the way of their places.
private struct CopiedFirms: FirmSource {
    private let copy: Column<PlacedFirm>

    init(_ firms: UnsafeMutableBufferPointer<PlacedFirm>) {
        copy = Column(count: firms.count)
        guard let base = firms.baseAddress else { return }
        copy.base.update(from: base, count: firms.count)
    }

    var count: Int { copy.count }
    subscript(index: Int) -> PlacedFirm { withExtendedLifetime(copy) { copy.base[index] } }
}

/// Which of two firms comes first.
private struct FirmOrder: Sendable {
    private let industry: [Int32]
    private let employment: [Double]?

    init(_ register: FirmRegister) {
        industry = register.industry.indices
        employment = register.employment
    }

    @inline(__always)
    func isBefore(_ a: PlacedFirm, _ b: PlacedFirm) -> Bool {
        if a.x != b.x { return a.x < b.x }
        return isBeforeOnOneMeridian(a, b)
    }

    @inline(never)
    private func isBeforeOnOneMeridian(_ a: PlacedFirm, _ b: PlacedFirm) -> Bool {
        if a.y != b.y { return a.y < b.y }
        let (i, j) = (Int(a.row), Int(b.row))
        if industry[i] != industry[j] { return industry[i] < industry[j] }
        if let employment {
            let (left, right) = (employment[i], employment[j])
            if left.isNaN != right.isNaN { return right.isNaN }
            if left < right || right < left { return left < right }
        }
        return i < j
    }
}

/// Sorts firms into `target`; returns where slabs start that do not divide a place, and the end.
private func sort(
    _ source: some FirmSource, into target: SharedBuffer<PlacedFirm>, by order: FirmOrder, workers: Workers
) throws -> [Int] {
    let count = source.count
    guard count > 1 << 10 else {
        for index in 0..<count { target[index] = source[index] }
        var firms = target.slice(0..<count)
        firms.sort(by: order.isBefore)
        return [0, count]
    }
    // Some 4,000 firms a slab: they fit in the nearest cache but one, twice.
    let bits = min(13, max(1, Int.bitWidth - (count >> 12).leadingZeroBitCount))
    let scale =
        try KeyScale(source, isVertical: false, workers) ?? KeyScale(source, isVertical: true, workers)
    let slabs: [Int]
    if let scale, scale.isFine {
        slabs = try distribute(source, into: target, by: scale, bits: bits, workers: workers)
    } else {
        for index in 0..<count { target[index] = source[index] }
        slabs = [0, count]
    }

    let largest = slabs.count == 2 ? 0 : max(1 << 16, 8 * count >> bits)
    try workers.forEach(in: 0..<slabs.count - 1, grain: 8) { range, _ in
        var sorter = SlabSorter()
        for slab in range where slabs[slab + 1] - slabs[slab] <= largest {
            sorter.sort(target.slice(slabs[slab]..<slabs[slab + 1]), unsortedBits: 32 - bits, by: order)
        }
    }
    for slab in 0..<slabs.count - 1 where slabs[slab + 1] - slabs[slab] > largest {
        var firms = target.slice(slabs[slab]..<slabs[slab + 1])
        if slabs.count == 2 {
            // One place, or as good as one: there is nothing to cut.
            firms.sort(by: order.isBefore)
            continue
        }
        _ = try sort(CopiedFirms(firms), into: SharedBuffer(firms), by: order, workers: workers)
    }
    return slabs
}

/// An axis cut into 2³² steps from the first firm to the last.
private struct KeyScale: Sendable {
    /// Along y.
    private let isVertical: Bool
    private let low: Double
    private let steps: Double

    /// Nil when all firms are at one place of the axis.
    init?(_ source: some FirmSource, isVertical: Bool, _ workers: Workers) throws {
        self.isVertical = isVertical
        let (grain, count) = (1 << 16, source.count)
        let parts = (count + grain - 1) / grain
        let bounds = try [Double](count: 2 * parts) { bounds in
            try workers.forEach(in: 0..<count, grain: grain) { range, _ in
                var (low, high) = (Double.infinity, -Double.infinity)
                for index in range {
                    let value = isVertical ? source[index].y : source[index].x
                    if value < low { low = value }
                    if value > high { high = value }
                }
                bounds[2 * (range.lowerBound / grain)] = low
                bounds[2 * (range.lowerBound / grain) + 1] = high
            }
        }
        var (low, high) = (Double.infinity, -Double.infinity)
        for bound in bounds {
            low = min(low, bound)
            high = max(high, bound)
        }
        guard low < high else { return nil }
        self.low = low
        steps = 4_294_967_295 / (high - low)
    }

    /// Whether the extent can be cut at all: not where it is next to nothing, as between 0 and 1e-300.
    var isFine: Bool { steps.isFinite }

    @inline(__always)
    func key(of firm: PlacedFirm) -> UInt32 {
        // Monotonic: subtraction and multiplication round the same way up as down.
        let step = ((isVertical ? firm.y : firm.x) - low) * steps
        return UInt32(truncatingIfNeeded: Int64(min(4_294_967_295, step)))
    }
}

/// Writes firms to `target` by the top `bits` of their keys, in parallel and stably; returns where each share starts, and
/// the end.
private func distribute(
    _ source: some FirmSource, into target: SharedBuffer<PlacedFirm>, by scale: KeyScale, bits: Int, workers: Workers
) throws -> [Int] {
    let (count, slabs) = (source.count, 1 << bits)
    // Few enough parts that the table of counts stays small, enough that workers stay busy.
    let partLength = max(1 << 15, (count + 4 * workers.count - 1) / (4 * workers.count))
    let parts = (count + partLength - 1) / partLength
    let shift = UInt32(32 - bits)

    let table = ShareTable(parts: parts, shares: slabs)
    try workers.forEach(in: 0..<parts, grain: 1) { range, _ in
        for part in range {
            let counts = table.cleared(part)
            for index in part * partLength..<min(count, (part + 1) * partLength) {
                counts[Int(scale.key(of: source[index]) &>> shift)] &+= 1
            }
        }
    }
    let starts = table.turnCountsIntoPlaces()
    try workers.forEach(in: 0..<parts, grain: 1) { range, _ in
        for part in range {
            let places = table.part(part)
            for index in part * partLength..<min(count, (part + 1) * partLength) {
                var firm = source[index]
                firm.key = scale.key(of: firm)
                let slab = Int(firm.key &>> shift)
                target[Int(places[slab])] = firm
                places[slab] &+= 1
            }
        }
    }
    return starts
}

/// Room for sorting slabs, used by one worker again and again.
private struct SlabSorter {
    /// Up to so many firms are sorted by insertion.
    static let insertable = 32

    private var firms: [PlacedFirm] = []
    private var starts: [Int32] = []

    /// Sorts the firms of a slab, which agree in all but the lowest `unsortedBits` of their keys.
    mutating func sort(_ slab: UnsafeMutableBufferPointer<PlacedFirm>, unsortedBits: Int, by order: FirmOrder) {
        guard let base = slab.baseAddress, slab.count > Self.insertable else { return settle(slab, by: order) }
        let bits = min(unsortedBits, Int.bitWidth - slab.count.leadingZeroBitCount)
        let digits = 1 << bits
        if firms.count < slab.count {
            firms = [PlacedFirm](
                repeating: PlacedFirm(x: 0, y: 0, row: 0, key: 0), count: slab.count + slab.count / 4)
        }
        if starts.count <= digits { starts = [Int32](repeating: 0, count: digits + 1) }
        firms.withUnsafeMutableBufferPointer { firms in
            starts.withUnsafeMutableBufferPointer { starts in
                let starts = UnsafeMutableBufferPointer(rebasing: starts[...digits])
                starts.update(repeating: 0)
                let (shift, mask) = (UInt32(unsortedBits - bits), UInt32(digits - 1))
                for firm in slab { starts[Int(firm.key &>> shift & mask) &+ 1] &+= 1 }
                var most: Int32 = 0
                for digit in 1...digits {
                    most = max(most, starts[digit])
                    starts[digit] &+= starts[digit - 1]
                }
                // Afterwards starts[digit] is where the digit ends.
                for firm in slab {
                    let digit = Int(firm.key &>> shift & mask)
                    firms[Int(starts[digit])] = firm
                    starts[digit] &+= 1
                }
                if most > Self.insertable {
                    var first = 0
                    for digit in 0..<digits {
                        let end = Int(starts[digit])
                        settle(UnsafeMutableBufferPointer(rebasing: firms[first..<end]), by: order)
                        first = end
                    }
                } else {
                    insertionSort(UnsafeMutableBufferPointer(rebasing: firms[..<slab.count]), by: order)
                }
                if let sorted = firms.baseAddress { base.update(from: sorted, count: slab.count) }
            }
        }
    }
}

/// Sorts a handful of firms by insertion, more of them in general.
private func settle(_ firms: UnsafeMutableBufferPointer<PlacedFirm>, by order: FirmOrder) {
    var firms = firms
    if firms.count > SlabSorter.insertable {
        firms.sort(by: order.isBefore)
    } else {
        insertionSort(firms, by: order)
    }
}

/// Sorts firms that are near their places.
private func insertionSort(_ firms: UnsafeMutableBufferPointer<PlacedFirm>, by order: FirmOrder) {
    for index in 1..<max(1, firms.count) {
        let firm = firms[index]
        guard order.isBefore(firm, firms[index - 1]) else { continue }
        var hole = index
        repeat {
            firms[hole] = firms[hole - 1]
            hole -= 1
        } while hole > 0 && order.isBefore(firm, firms[hole - 1])
        firms[hole] = firm
    }
}
