public import FirmModel

/// A run of positions in ``SiteRows``.
public struct SiteRun: Sendable, BitwiseCopyable {
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
///     let runs = finder.runs(from: x, to: x)      // x must not decrease until the next `enter`
///
/// Both ends of the window in every row within reach only move eastward, so a row costs one pass over its neighbors.
/// One finder belongs to one worker.
public struct RunFinder: ~Copyable {
    private struct Window {
        var rowEnd: Int
        var rowStart: Int
        var start: Int
        var end: Int
        var width: Double
    }

    private let target: SiteRows
    private let reach: RowReach
    private let wraps: Bool
    private var windows: [Window] = []
    private let found: UnsafeMutablePointer<SiteRun>
    private let capacity: Int

    /// A finder for one radius among the sites of `target`.
    public init(target: SiteRows, radius: Meters) {
        self.target = target
        reach = RowReach(metric: target.metric, rowHeight: target.rowHeight, radius: radius)
        wraps = target.metric == .sphere
        capacity = 3 * min(2 * reach.rows + 1, max(1, target.rowNumbers.count))
        found = .allocate(capacity: capacity)
    }

    deinit { found.deallocate() }

    /// Turns to queries from row `row`. With `forward`, only that row and those north of it are looked at.
    public mutating func enter(row: Int, forward: Bool = false) {
        windows.removeAll(keepingCapacity: true)
        let numbers = target.rowNumbers
        var index = numbers.partitioningIndex { $0 >= (forward ? row : row - reach.rows) }
        while index < numbers.count, numbers[index] <= row + reach.rows {
            if let width = reach.widest(row, numbers[index]) {
                let (start, end) = (target.rowStarts[index], target.rowStarts[index + 1])
                let window = Window(rowEnd: end, rowStart: start, start: start, end: start, width: width)
                // The own row first: most neighbors are there, and looking may stop early.
                if numbers[index] == row { windows.insert(window, at: 0) } else { windows.append(window) }
            }
            index += 1
        }
    }

    /// The runs that hold every site within the radius of any place of the row with x in `low...high`.
    ///
    /// The buffer is valid until the next call.
    public mutating func runs(from low: Double, to high: Double) -> UnsafeBufferPointer<SiteRun> {
        let x = target.x
        var count = 0
        for w in windows.indices {
            let width = windows[w].width
            guard width < 180 || !wraps else {
                count = append(windows[w].rowStart, windows[w].rowEnd, count)
                continue
            }
            let (west, east) = (low - width, high + width)
            let rowEnd = windows[w].rowEnd
            var (start, end) = (windows[w].start, windows[w].end)
            while start < rowEnd, x[start] < west { start += 1 }
            if end < start { end = start }
            while end < rowEnd, x[end] <= east { end += 1 }
            windows[w].start = start
            windows[w].end = end
            count = append(start, end, count)
            if wraps, west < -180 || east > 180 {
                count = appendBeyondAntimeridian(w, west: west, east: east, count)
            }
        }
        return UnsafeBufferPointer(start: found, count: count)
    }

    private func append(_ start: Int, _ end: Int, _ count: Int) -> Int {
        guard start < end else { return count }
        found[count] = SiteRun(start: Int32(start), end: Int32(end))
        return count + 1
    }

    /// A window that reaches over ±180° goes on at the other end of the row; parts already in it are left out.
    private func appendBeyondAntimeridian(_ w: Int, west: Double, east: Double, _ count: Int) -> Int {
        let window = windows[w]
        var count = count
        var (start, end) = (window.start, window.end)
        if east > 180 {
            let last = partition(window.rowStart, start) { $0 > east - 360 }
            count = append(window.rowStart, last, count)
            start = last
        }
        if west < -180 {
            let first = partition(max(end, start), window.rowEnd) { $0 >= west + 360 }
            count = append(first, window.rowEnd, count)
            end = first
        }
        return count
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

extension RandomAccessCollection {
    /// The first index whose element satisfies `predicate`, which holds from some index on.
    func partitioningIndex(_ predicate: (Element) -> Bool) -> Index {
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
