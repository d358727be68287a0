public import FirmModel
import ParallelWork

/// Finds, exactly, the sites within a radius of any of some centers: those inside the union of discs around them.
///
/// A row of sites is swept from west to east along with the centers in the rows within reach. A center within the *surest*
/// width of a row covers a whole run of its sites without a distance; only sites near the rim are measured. What is
/// found comes as runs of positions, each site once, so counting a footprint costs about its rim, not its area.
public struct DiscCoverage: Sendable {
    private let sites: Sites
    private let rows: SiteRows
    private let radius: Meters
    private let limit: Double
    private let reach: RowReach

    /// The row height that suits a radius: a quarter to an eighth of it, the same for all radii of an octave, so that one
    /// arrangement of the sites serves them.
    public static func rowHeight(for radius: Meters) -> Meters {
        Meters(Double(sign: .plus, exponent: (radius.value / 4).exponent, significand: 1))
    }

    /// - Parameters:
    ///   - rows: all of `sites`, in rows of ``rowHeight(for:)``.
    ///   - radius: sites exactly this far from a center are covered.
    public init(of rows: SiteRows, in sites: Sites, radius: Meters) {
        precondition(rows.count == sites.count, "coverage is found among all sites")
        self.sites = sites
        self.rows = rows
        self.radius = radius
        limit = rows.metric.limit(for: radius)
        reach = RowReach(metric: rows.metric, rowHeight: rows.rowHeight, radius: radius)
    }

    /// Calls `body` with runs of positions in `rows`, ascending and disjoint, that are together the covered sites.
    ///
    /// - Parameter centers: ascending site numbers.
    public func forEachCoveredRun(centers: [Int32], _ body: (Range<Int>) -> Void) throws {
        guard !centers.isEmpty else { return }
        let height =
            switch rows.metric {
            case .plane: Meters(rows.rowHeight)
            case .sphere: Meters(rows.rowHeight * (.pi / 180) * Sphere.radius)
            }
        let centerRows = try SiteRows(
            sites, subset: SiteSubset(sites: centers), rowHeight: height, workers: Workers(count: 1))
        guard let south = centerRows.rowNumbers.first, let north = centerRows.rowNumbers.last else { return }
        var index = rows.rowNumbers.partitioningIndex { $0 >= south - reach.rows }
        var sweep = Sweep(coverage: self, centers: centerRows)
        while index < rows.rowNumbers.count, rows.rowNumbers[index] <= north + reach.rows {
            sweep.row(index, body)
            index += 1
        }
    }

    /// The sweep over one row at a time.
    private struct Sweep: ~Copyable {
        /// Centers of one row, with the widths at which they may and surely do cover sites of the row swept.
        private struct Lane {
            var end: Int
            /// The first center that may still cover the site at hand or a later one.
            var first: Int
            /// The first center whose sure interval starts beyond the site at hand.
            var next: Int
            var widest: Double
            var surest: Double
        }

        private let coverage: DiscCoverage
        private let centers: SiteRows
        // Raw memory: the checks of an array are most of the work of looking at a lane.
        private let lanes: UnsafeMutablePointer<Lane>
        private var laneCount = 0
        private var finder: RunFinder

        init(coverage: DiscCoverage, centers: SiteRows) {
            self.coverage = coverage
            self.centers = centers
            lanes = .allocate(capacity: min(2 * coverage.reach.rows + 1, max(1, centers.rowNumbers.count)))
            finder = RunFinder(target: centers, radius: coverage.radius)
        }

        deinit { lanes.deallocate() }

        mutating func row(_ index: Int, _ body: (Range<Int>) -> Void) {
            let number = coverage.rows.rowNumbers[index]
            let span = coverage.rows.rowStarts[index]..<coverage.rows.rowStarts[index + 1]
            laneCount = 0
            var center = centers.rowNumbers.partitioningIndex { $0 >= number - coverage.reach.rows }
            var isPlain = true
            while center < centers.rowNumbers.count, centers.rowNumbers[center] <= number + coverage.reach.rows {
                let other = centers.rowNumbers[center]
                if let widest = coverage.reach.widest(number, other) {
                    let (start, end) = (centers.rowStarts[center], centers.rowStarts[center + 1])
                    let surest = coverage.reach.surest(number, other) ?? -1
                    lanes[laneCount] = Lane(end: end, first: start, next: start, widest: widest, surest: surest)
                    laneCount += 1
                    if centers.metric == .sphere {
                        // Across the antimeridian or around a pole x no longer tells how far apart places are.
                        isPlain =
                            isPlain && widest < 180 && centers.x[start] - widest > -180
                            && centers.x[end - 1] + widest < 180
                    }
                }
                center += 1
            }
            guard laneCount > 0 else { return }
            if isPlain { sweepPlainly(span, body) } else { measureEach(number, span, body) }
        }

        /// Measures every site of a row: for the few rows where intervals of longitude do not tell.
        private mutating func measureEach(_ number: Int, _ span: Range<Int>, _ body: (Range<Int>) -> Void) {
            finder.enter(row: number)
            let rows = coverage.rows
            for position in span {
                let runs = finder.runs(from: rows.x[position], to: rows.x[position])
                if runs.contains(where: {
                    centers.hasAny(of: rows, position, in: $0.range, limit: coverage.limit)
                }) {
                    body(position..<position + 1)
                }
            }
        }

        private mutating func sweepPlainly(_ span: Range<Int>, _ body: (Range<Int>) -> Void) {
            let x = coverage.rows.x
            var position = span.lowerBound
            while position < span.upperBound {
                let here = x[position]
                var coveredUntil = -Double.infinity
                var nextStart = Double.infinity
                var mayBeCovered = false
                for lane in 0..<laneCount {
                    advance(lane, to: here)
                    let (first, next, end) = (lanes[lane].first, lanes[lane].next, lanes[lane].end)
                    if lanes[lane].surest > 0, next > first {
                        coveredUntil = max(coveredUntil, centers.x[next - 1] + lanes[lane].surest)
                    }
                    if first < end {
                        let start = centers.x[first] - lanes[lane].widest
                        if start <= here { mayBeCovered = true } else { nextStart = min(nextStart, start) }
                    }
                }
                if coveredUntil >= here {
                    let end = firstPosition(after: position, in: span) { x[$0] > coveredUntil }
                    body(position..<end)
                    position = end
                } else if mayBeCovered {
                    if isCovered(position) { body(position..<position + 1) }
                    position += 1
                } else {
                    position = firstPosition(after: position, in: span) { x[$0] >= nextStart }
                }
            }
        }

        @inline(__always)
        private mutating func advance(_ lane: Int, to here: Double) {
            var (first, next) = (lanes[lane].first, lanes[lane].next)
            let (end, widest, surest) = (lanes[lane].end, lanes[lane].widest, lanes[lane].surest)
            while first < end, centers.x[first] + widest < here { first += 1 }
            if next < first { next = first }
            while next < end, centers.x[next] - surest <= here { next += 1 }
            lanes[lane].first = first
            lanes[lane].next = next
        }

        private func isCovered(_ position: Int) -> Bool {
            let here = coverage.rows.x[position]
            for index in 0..<laneCount {
                let lane = lanes[index]
                var end = lane.first
                while end < lane.end, centers.x[end] - lane.widest <= here { end += 1 }
                if centers.hasAny(of: coverage.rows, position, in: lane.first..<end, limit: coverage.limit) {
                    return true
                }
            }
            return false
        }

        /// The first position after `position` at which `predicate` holds, which it does from some position on.
        private func firstPosition(after position: Int, in span: Range<Int>, _ predicate: (Int) -> Bool) -> Int {
            var step = 1
            var low = position + 1
            while low + step < span.upperBound, !predicate(low + step) {
                low += step
                step *= 2
            }
            var high = min(low + step, span.upperBound)
            while low < high {
                let middle = low + (high - low) / 2
                if predicate(middle) { high = middle } else { low = middle + 1 }
            }
            return low
        }
    }
}
