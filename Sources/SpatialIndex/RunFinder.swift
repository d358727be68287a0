import CDistanceKernels
public import FirmModel

/// A run of positions in ``SiteRows``.
public struct SiteRun: Sendable, BitwiseCopyable {
    // Laid out as the kernels' own runs.

    /// The first position.
    public var start: Int32
    /// The position after the last one.
    public var end: Int32

    /// The positions.
    public var range: Range<Int> { Int(start)..<Int(end) }
    /// The number of positions.
    public var count: Int { Int(end - start) }
}

/// Finds the runs of sites that may lie within a radius of places asked for from west to east along a row.
///
///     var finder = RunFinder(target: rows, radius: 500)
///     finder.enter(row: rowNumber)
///     let runs = finder.runs(from: low, to: high)     // neither end may decrease until the next `enter`
///
/// Both ends of the window in every row within reach only move eastward, so a row costs one pass over its neighbors.
/// One finder belongs to one worker.
public struct RunFinder: ~Copyable {
    private let target: SiteRows
    private let reach: RowReach
    /// x goes around: runs may lie beyond the antimeridian.
    private let wraps: Bool
    private let windows: UnsafeMutablePointer<site_window>
    private var windowCount = 0
    /// The widest of the windows.
    private var widest = 0.0
    private let found: UnsafeMutablePointer<site_run>
    private var foundCount = 0

    /// Where the rows within reach began last: rows are mostly entered one after the other.
    private var lastRow = 0

    /// Whether the last query came near the antimeridian.
    private var isAround = false

    /// The number of sites in the runs found last.
    public private(set) var candidates = 0

    /// A finder for one radius among the sites of `target`.
    public init(target: SiteRows, radius: Meters) {
        self.target = target
        reach = RowReach(metric: target.metric, rowHeight: target.rowHeight, radius: radius)
        wraps = target.metric == .sphere
        let rows = min(2 * reach.rows + 1, max(1, target.rowNumbers.count))
        windows = .allocate(capacity: rows)
        found = .allocate(capacity: 3 * rows)
    }

    deinit {
        windows.deallocate()
        found.deallocate()
    }

    /// Turns to queries from row `row` that begin at `x`. With `forward`, only that row and those north of it are looked
    /// at.
    public mutating func enter(row: Int, from x: Double = -.infinity, forward: Bool = false) {
        windowCount = 0
        widest = 0
        let numbers = target.rowNumbers
        let cosine = wraps ? reach.smallestCosine(row) : 1
        lastRow = numbers.index(ofFirstFrom: forward ? row : row - reach.rows, near: lastRow)
        var index = lastRow
        while index < numbers.count, numbers[index] <= row + reach.rows {
            defer { index += 1 }
            let product = wraps ? cosine * target.smallestCosines[index] : 1
            guard let width = reach.widest(apart: abs(numbers[index] - row), cosines: product) else { continue }
            let (start, end) = (target.rowStarts[index], target.rowStarts[index + 1])
            let first = x == -.infinity ? start : partition(start, end) { $0 >= x - width }
            let window = site_window(
                row_start: Int32(truncatingIfNeeded: start), row_end: Int32(truncatingIfNeeded: end),
                start: Int32(truncatingIfNeeded: first), end: Int32(truncatingIfNeeded: first), width: width)
            widest = max(widest, width)
            windows[windowCount] = window
            // The own row first: most neighbors are there, and looking may stop early.
            if numbers[index] == row { (windows[windowCount], windows[0]) = (windows[0], window) }
            windowCount += 1
        }
    }

    /// The runs that hold every site within the radius of any place of the row with x in `low...high`.
    ///
    /// The buffer is valid until the next call.
    public mutating func runs(from low: Double, to high: Double) -> UnsafeBufferPointer<SiteRun> {
        find(from: low, to: high)
        return UnsafeRawPointer(found).withMemoryRebound(to: SiteRun.self, capacity: foundCount) {
            UnsafeBufferPointer(start: $0, count: foundCount)
        }
    }

    /// Sites of a row no further apart in x than this had better be asked for together: runs are then a little longer, but
    /// windows move half as often.
    var companionship: Double { widest / 2 }

    /// When nothing was found last: the x before which nothing will be.
    var nextPossible: Double {
        guard !isAround else { return -.infinity }
        // From there on windows reach over the antimeridian.
        var x = wraps ? 180 - widest : .infinity
        for index in 0..<windowCount where windows[index].start < windows[index].row_end {
            x = min(x, target.x[Int(windows[index].start)] - windows[index].width)
        }
        return x
    }

    /// The runs as kernels take them, with their number.
    @inline(__always)
    mutating func kernelRuns(from low: Double, to high: Double) -> (UnsafePointer<site_run>, count: Int) {
        find(from: low, to: high)
        return (UnsafePointer(found), foundCount)
    }

    @inline(__always)
    private mutating func find(from low: Double, to high: Double) {
        isAround = wraps && (low - widest < -180 || high + widest > 180)
        if isAround {
            findAround(from: low, to: high)
        } else {
            foundCount = advance_windows(target.x, windows, windowCount, low, high, found, &candidates)
        }
    }

    /// The same where a window reaches over ±180°: it goes on at the other end of its row.
    private mutating func findAround(from low: Double, to high: Double) {
        foundCount = 0
        for index in 0..<windowCount {
            let width = windows[index].width
            if width >= 180 {
                append(windows[index].row_start, windows[index].row_end)
                continue
            }
            var run = site_run()
            var held = 0
            _ = advance_windows(target.x, windows + index, 1, low, high, &run, &held)
            append(windows[index].start, windows[index].end)
            appendBeyondAntimeridian(windows[index], west: low - width, east: high + width)
        }
        candidates = (0..<foundCount).reduce(0) { $0 + Int(found[$1].end - found[$1].start) }
    }

    private mutating func append(_ start: Int32, _ end: Int32) {
        guard start < end else { return }
        found[foundCount] = site_run(start: start, end: end)
        foundCount += 1
    }

    /// Parts of the row beyond ±180°; what is in the window already is left out.
    private mutating func appendBeyondAntimeridian(_ window: site_window, west: Double, east: Double) {
        var (start, end) = (Int(window.start), Int(window.end))
        if east > 180 {
            let last = partition(Int(window.row_start), start) { $0 > east - 360 }
            append(window.row_start, Int32(last))
            start = last
        }
        if west < -180 {
            let first = partition(max(end, start), Int(window.row_end)) { $0 >= west + 360 }
            append(Int32(first), window.row_end)
            end = first
        }
    }

    /// The first position in `low..<high` whose x satisfies `predicate`, which holds from some position on.
    private func partition(_ low: Int, _ high: Int, _ predicate: (Double) -> Bool) -> Int {
        var (low, high) = (low, high)
        while low < high {
            let middle = low + (high - low) / 2
            if predicate(target.x[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}

extension [Int] {
    /// The index of the first of these ascending numbers that is at least `number`, looked for from an index nearby on.
    @inline(__always)
    fileprivate func index(ofFirstFrom number: Int, near guess: Int) -> Int {
        withUnsafeBufferPointer { numbers in
            var index = guess
            for _ in 0..<8 {
                if index > 0, numbers[index - 1] >= number {
                    index -= 1
                } else if index < numbers.count, numbers[index] < number {
                    index += 1
                } else {
                    return index
                }
            }
            return numbers.partitioningIndex { $0 >= number }
        }
    }
}

extension RandomAccessCollection {
    /// The first index whose element satisfies `predicate`, which holds from some index on.
    package func partitioningIndex(_ predicate: (Element) -> Bool) -> Index {
        var (low, length) = (startIndex, count)
        while length > 0 {
            let half = length / 2
            let middle = index(low, offsetBy: half)
            if predicate(self[middle]) {
                length = half
            } else {
                low = index(after: middle)
                length -= half + 1
            }
        }
        return low
    }
}
