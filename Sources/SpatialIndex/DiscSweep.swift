import CDistanceKernels

/// Sweeps rows of sites for what discs cover: the working memory of one worker, used for one footprint after the other.
///
///     centers.load(cluster, of: sites)
///     sweep.coveredRuns(coverage.rows(near: centers), of: coverage, around: centers) { runs in ... }
///
/// Rows are halved until a handful is left, each time with the centers in reach, which stay in ascending x: then the union
/// of a row's intervals is one pass, without sorting.
public struct DiscSweep: ~Copyable {
    private var lists = CenterList()
    // For each center of the rows at hand.
    private var sureWidths: UnsafeMutablePointer<Double>
    private var possibleWidths: UnsafeMutablePointer<Double>
    private var sure: UnsafeMutablePointer<interval>
    private var possible: UnsafeMutablePointer<interval>
    private var capacity = 64
    private var runs: UnsafeMutablePointer<SiteRun>
    private var runCount = 0
    private var runCapacity = 64

    /// Rows this close share bounds and a list of centers.
    private static let rowsTogether = 8

    /// Working memory that grows as needed.
    public init() {
        sureWidths = .allocate(capacity: capacity)
        possibleWidths = .allocate(capacity: capacity)
        sure = .allocate(capacity: capacity)
        possible = .allocate(capacity: capacity)
        runs = .allocate(capacity: runCapacity)
    }

    deinit {
        sureWidths.deallocate()
        possibleWidths.deallocate()
        sure.deallocate()
        possible.deallocate()
        runs.deallocate()
    }

    /// Calls `body` with the runs of positions that are covered, some rows at a time: ascending, disjoint, and not touching
    /// within a call.
    ///
    /// - Parameter range: those of ``DiscCoverage/rows(near:)``, or a part of them.
    public mutating func coveredRuns(
        _ range: Range<Int>, of coverage: DiscCoverage, around centers: DiscCenters,
        _ body: (UnsafeBufferPointer<SiteRun>) -> Void
    ) {
        guard !range.isEmpty, centers.count > 0 else { return }
        guard coverage.limit < .infinity else {
            // Half the circumference away is everywhere.
            let starts = coverage.rows.rowStarts
            runs[0] = SiteRun(start: Int32(starts[range.lowerBound]), end: Int32(starts[range.upperBound]))
            body(UnsafeBufferPointer(start: runs, count: 1))
            return
        }
        lists.count = 0
        lists.reserve(centers.count)
        let (bottom, top) = Self.extent(of: range, in: coverage)
        let list = lists.append(
            x: centers.list.x, y: centers.list.y, site: centers.list.site, in: 0..<centers.count,
            from: bottom - coverage.reach, to: top + coverage.reach)
        sweep(range, list, coverage, body)
    }

    /// The y at which some rows begin and end.
    private static func extent(of range: Range<Int>, in coverage: DiscCoverage) -> (bottom: Double, top: Double) {
        let (numbers, height) = (coverage.rows.rowNumbers, coverage.rows.rowHeight)
        return (Double(numbers[range.lowerBound]) * height, Double(numbers[range.upperBound - 1] + 1) * height)
    }

    private mutating func sweep(
        _ range: Range<Int>, _ list: Range<Int>, _ coverage: DiscCoverage,
        _ body: (UnsafeBufferPointer<SiteRun>) -> Void
    ) {
        guard !list.isEmpty else { return }
        let numbers = coverage.rows.rowNumbers
        guard numbers[range.upperBound - 1] - numbers[range.lowerBound] >= Self.rowsTogether else {
            return sweepTogether(range, list, coverage, body)
        }
        let middle = range.lowerBound + range.count / 2
        for half in [range.lowerBound..<middle, middle..<range.upperBound] {
            let (bottom, top) = Self.extent(of: half, in: coverage)
            lists.count = list.upperBound
            lists.reserve(list.count)
            let part = lists.append(
                x: lists.x, y: lists.y, site: lists.site, in: list, from: bottom - coverage.reach,
                to: top + coverage.reach)
            sweep(half, part, coverage, body)
        }
    }

    private mutating func sweepTogether(
        _ range: Range<Int>, _ list: Range<Int>, _ coverage: DiscCoverage,
        _ body: (UnsafeBufferPointer<SiteRun>) -> Void
    ) {
        let (bottom, top) = Self.extent(of: range, in: coverage)
        let bounds = coverage.bounds(from: bottom, to: top)
        let list =
            coverage.sites.metric == .sphere ? withCopiesAcrossAntimeridian(list, bounds?.widest ?? 360) : list
        reserveIntervals(list.count)
        let strip = Strip(
            bounds: bounds?.discs, widest: bounds?.widest ?? .infinity, count: list.count, x: lists.x + list.lowerBound,
            y: lists.y + list.lowerBound, site: lists.site + list.lowerBound)
        runCount = 0
        for row in range { sweepRow(row, strip, coverage) }
        if runCount > 0 { body(UnsafeBufferPointer(start: runs, count: runCount)) }
    }

    /// The list with copies of the centers near the antimeridian a turn further east or west, so that differences of
    /// longitude need no thought; still ascending.
    private mutating func withCopiesAcrossAntimeridian(_ list: Range<Int>, _ width: Double) -> Range<Int> {
        guard lists.x[list.lowerBound] - width < -180 || lists.x[list.upperBound - 1] + width > 180 else { return list }
        lists.count = list.upperBound
        lists.reserve(3 * list.count)
        for i in list where lists.x[i] + width > 180 {
            lists.append(x: lists.x[i] - 360, y: lists.y[i], site: lists.site[i])
        }
        for i in list { lists.append(x: lists.x[i], y: lists.y[i], site: lists.site[i]) }
        for i in list where lists.x[i] - width < -180 {
            lists.append(x: lists.x[i] + 360, y: lists.y[i], site: lists.site[i])
        }
        return list.upperBound..<lists.count
    }

    private mutating func reserveIntervals(_ count: Int) {
        guard count > capacity else { return }
        capacity = max(count, 2 * capacity)
        let capacity = capacity
        func renewed<Value>(_ column: UnsafeMutablePointer<Value>) -> UnsafeMutablePointer<Value> {
            column.deallocate()
            return .allocate(capacity: capacity)
        }
        (sureWidths, possibleWidths) = (renewed(sureWidths), renewed(possibleWidths))
        (sure, possible) = (renewed(sure), renewed(possible))
    }

    /// A few rows and the centers in their reach.
    private struct Strip {
        /// nil where the ground is too curved for them.
        let bounds: disc_bounds?
        /// Centers further than this from a site in x do not cover it.
        let widest: Double
        let count: Int
        let x: UnsafePointer<Double>
        let y: UnsafePointer<Double>
        let site: UnsafePointer<Int32>
    }

    /// Adds what is covered of a row to `runs`.
    private mutating func sweepRow(_ row: Int, _ strip: Strip, _ coverage: DiscCoverage) {
        let rows = coverage.rows
        let (bottom, top) = (
            Double(rows.rowNumbers[row]) * rows.rowHeight, Double(rows.rowNumbers[row] + 1) * rows.rowHeight
        )
        if var bounds = strip.bounds {
            disc_widths(strip.y, strip.count, bottom, top, &bounds, sureWidths, possibleWidths)
        } else {
            for i in 0..<strip.count {
                (sureWidths[i], possibleWidths[i]) = coverage.widths(of: strip.y[i], from: bottom, to: top)
            }
        }
        let possibleCount = union_of_intervals(strip.x, possibleWidths, strip.count, possible)
        guard possibleCount > 0 else { return }
        let sureCount = union_of_intervals(strip.x, sureWidths, strip.count, sure)

        let (x, sure, possible) = (rows.x, sure, possible)
        let end = rows.rowStarts[row + 1]
        var window = Window()
        var position = rows.rowStarts[row]
        var nextSure = 0
        for outer in 0..<possibleCount {
            position = Self.first(in: position..<end) { x[$0] >= possible[outer].low }
            guard position < end else { return }
            while nextSure < sureCount, sure[nextSure].low <= possible[outer].high {
                let start = Self.first(in: position..<end) { x[$0] >= sure[nextSure].low }
                measure(position..<start, strip, coverage, &window)
                position = Self.first(in: start..<end) { x[$0] > sure[nextSure].high }
                append(start..<position)
                nextSure += 1
            }
            let last = Self.first(in: position..<end) { x[$0] > possible[outer].high }
            measure(position..<last, strip, coverage, &window)
            position = last
        }
    }

    /// The centers near the site at hand; moves eastward along a row.
    private struct Window {
        var first = 0
        var end = 0
    }

    private mutating func measure(
        _ positions: Range<Int>, _ strip: Strip, _ coverage: DiscCoverage, _ window: inout Window
    ) {
        let rows = coverage.rows
        for position in positions {
            let (x, y) = (rows.x[position], rows.y[position])
            window.first = Self.first(in: window.first..<strip.count) { strip.x[$0] >= x - strip.widest }
            window.end = Self.first(in: max(window.first, window.end)..<strip.count) { strip.x[$0] > x + strip.widest }
            let near = window.first..<window.end
            var isCovered = false
            if var bounds = strip.bounds {
                let answer = place_in_discs(
                    x, y, strip.x + near.lowerBound, strip.y + near.lowerBound, near.count, &bounds)
                if answer == 0 { continue }
                isCovered = answer == 2
            }
            if isCovered || coverage.covers(x, y, around: strip.site, in: near) {
                append(position..<position + 1)
            }
        }
    }

    @inline(__always)
    private mutating func append(_ positions: Range<Int>) {
        guard !positions.isEmpty else { return }
        if runCount > 0, Int(runs[runCount - 1].end) == positions.lowerBound {
            runs[runCount - 1].end = Int32(positions.upperBound)
            return
        }
        if runCount == runCapacity {
            let larger = UnsafeMutablePointer<SiteRun>.allocate(capacity: 2 * runCapacity)
            larger.update(from: runs, count: runCount)
            runs.deallocate()
            (runs, runCapacity) = (larger, 2 * runCapacity)
        }
        runs[runCount] = SiteRun(start: Int32(positions.lowerBound), end: Int32(positions.upperBound))
        runCount += 1
    }

    /// The first position at which `predicate` holds, which it does from some position on; found in steps that double.
    @inline(__always)
    private static func first(in range: Range<Int>, _ predicate: (Int) -> Bool) -> Int {
        var low = range.lowerBound
        var step = 1
        while low + step <= range.upperBound, !predicate(low + step - 1) {
            low += step
            step *= 2
        }
        var high = min(low + step - 1, range.upperBound)
        while low < high {
            let middle = low + (high - low) / 2
            if predicate(middle) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
