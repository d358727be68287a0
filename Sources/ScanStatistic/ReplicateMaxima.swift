import ParallelWork
import SpatialIndex

/// What all walks for one set of ``LabelRows`` have in common.
struct ReplicateScan {
    var model: ScanModel
    /// C of each column that belongs to an industry.
    var totalCases: [Int]
    /// N: firms, or what they count for.
    var totalPopulation: Int
    /// The largest population of a zone.
    var limit: Int
    var minimumCases: Int
    var firmCount: Int
    /// Length of the counts of a labelling: a column for each industry, one for firms of no interest, and what is missing to a
    /// whole number of vectors.
    var stride: Int
}

/// The largest ratios that one worker has found for some labellings side by side.
///
/// Firms are counted block by block as the circle grows. After a block the counts are held against the least that could beat what
/// the worst of the labellings has found (``CriticalCounts``); only for an industry that has as many is the labelling's own
/// maximum looked at, and only if that could be beaten are the zones of the block taken one by one.
final class ReplicateMaxima<Count: CaseCount> {
    private let scan: ReplicateScan
    private let lanes: Int
    private let critical: CriticalCounts<Count>
    /// Cuts the walk into blocks, by the number of firms.
    private let blocks: PopulationLevels
    private let counts: UnsafeMutablePointer<Count>
    /// What firms so far count for, by labelling.
    private let members: UnsafeMutablePointer<Int>
    /// The same up to the block at hand.
    private let membersBefore: UnsafeMutablePointer<Int>
    /// By labelling, then column.
    private(set) var maxima: [Double]
    private var improved: Set<Int> = []

    init(_ scan: ReplicateScan, lanes: Int) {
        self.scan = scan
        self.lanes = lanes
        critical = CriticalCounts(
            levels: PopulationLevels(
                upTo: scan.limit, totalPopulation: scan.totalPopulation, members: scan.firmCount),
            stride: scan.stride, model: scan.model, totalCases: scan.totalCases,
            totalPopulation: scan.totalPopulation, minimumCases: scan.minimumCases)
        blocks = PopulationLevels(upTo: scan.firmCount, totalPopulation: scan.firmCount, members: scan.firmCount)
        counts = .allocate(capacity: lanes * scan.stride)
        members = .allocate(capacity: lanes)
        membersBefore = .allocate(capacity: lanes)
        maxima = [Double](repeating: 0, count: lanes * scan.stride)
    }

    deinit {
        counts.deallocate()
        members.deallocate()
        membersBefore.deallocate()
    }

    /// Looks at every zone around the center of an order.
    func walk(_ order: DistanceOrder, _ rows: LabelRows, firmStarts: UnsafeBufferPointer<Int32>) {
        counts.update(repeating: 0, count: lanes * scan.stride)
        members.update(repeating: 0, count: lanes)
        var (zone, firms) = (0, 0)
        while zone < order.zoneCount {
            let first = zone
            let next = blocks.level(of: firms + 1) + 1
            let target = next < blocks.starts.count ? blocks.starts[next] - 1 : .max
            var last = zone
            var entering = 0
            repeat {
                for entry in order.added(by: zone) {
                    let site = Int(order.entries[entry].site)
                    entering += Int(firmStarts[site + 1] - firmStarts[site])
                }
                last = zone
                zone += 1
            } while zone < order.zoneCount && firms + entering < target
            firms += entering
            let block = Block(
                zones: first...last, entries: order.added(by: first).lowerBound..<order.added(by: last).upperBound,
                firms: entering)
            if rows.amounts == nil {
                countFirms(of: block, order, rows, firmStarts)
            } else if !countAmounts(of: block, order, rows, firmStarts) {
                break
            }
        }
        for column in improved {
            let worst = (0..<lanes).reduce(Double.infinity) { min($0, maxima[$1 * scan.stride + column]) }
            critical.raise(column, to: worst)
        }
        improved.removeAll(keepingCapacity: true)
    }

    private struct Block {
        var zones: ClosedRange<Int>
        var entries: Range<Int>
        var firms: Int
    }

    private func countFirms(
        of block: Block, _ order: DistanceOrder, _ rows: LabelRows, _ firmStarts: UnsafeBufferPointer<Int32>
    ) {
        let (counts, lanes, places, entries) = (counts, lanes, rows.places.base, order.entries)
        for entry in block.entries {
            let site = Int(entries[entry].site)
            for firm in firmStarts[site]..<firmStarts[site + 1] {
                let row = places + Int(firm) * lanes
                for lane in 0..<lanes { counts[Int(row[lane])] &+= 1 }
            }
        }
        let before = members[0]
        members[0] = before + block.firms
        let needed = critical.row(critical.levels.level(of: before + 1))
        for lane in 0..<lanes {
            compare(
                lane, needed, block, before: before, after: before + block.firms, order, rows, firmStarts)
        }
    }

    /// Whether some labelling has zones that are not too large.
    private func countAmounts(
        of block: Block, _ order: DistanceOrder, _ rows: LabelRows, _ firmStarts: UnsafeBufferPointer<Int32>
    ) -> Bool {
        guard let amounts = rows.amounts?.base else { return false }
        let (counts, lanes, places, entries) = (counts, lanes, rows.places.base, order.entries)
        let (before, members) = (membersBefore, members)
        before.update(from: members, count: lanes)
        for entry in block.entries {
            let site = Int(entries[entry].site)
            for firm in firmStarts[site]..<firmStarts[site + 1] {
                let (row, worth) = (places + Int(firm) * lanes, amounts + Int(firm) * lanes)
                for lane in 0..<lanes {
                    counts[Int(row[lane])] &+= Count(truncatingIfNeeded: worth[lane])
                    members[lane] &+= Int(worth[lane])
                }
            }
        }
        var someFit = false
        for lane in 0..<lanes where before[lane] < scan.limit {
            someFit = true
            let needed = critical.row(critical.levels.level(of: before[lane] + 1))
            compare(lane, needed, block, before: before[lane], after: members[lane], order, rows, firmStarts)
        }
        return someFit
    }

    /// Finds the industries of a labelling with counts that could beat something.
    @inline(__always)
    private func compare(
        _ lane: Int, _ needed: UnsafeMutablePointer<Count>, _ block: Block, before: Int, after: Int,
        _ order: DistanceOrder, _ rows: LabelRows, _ firmStarts: UnsafeBufferPointer<Int32>
    ) {
        let own = counts + lane * scan.stride
        let columns = scan.stride
        guard Count.anyReaches(own, needed, count: columns) else { return }
        for column in 0..<columns where own[column] >= needed[column] {
            lookCloser(
                lane, column, least: Int(needed[column]), block, before: before, after: after, order, rows, firmStarts)
        }
    }

    /// Takes the zones of a block from the largest to the smallest.
    private func lookCloser(
        _ lane: Int, _ column: Int, least: Int, _ block: Block, before: Int, after: Int, _ order: DistanceOrder,
        _ rows: LabelRows, _ firmStarts: UnsafeBufferPointer<Int32>
    ) {
        let place = lane * scan.stride + column
        let (total, all) = (scan.totalCases[column], scan.totalPopulation)
        var best = maxima[place]
        var (cases, population) = (Int(counts[place]), after)
        let bound = scan.model.largestRatio(
            cases: cases, populationFrom: before + 1, totalCases: total, totalPopulation: all)
        guard bound > best else { return }
        let (lanes, places, amounts) = (lanes, rows.places.base + lane, rows.amounts.map { $0.base + lane })
        for zone in block.zones.reversed() {
            var (newCases, newMembers) = (0, 0)
            for entry in order.added(by: zone) {
                let site = Int(order.entries[entry].site)
                for firm in Int(firmStarts[site])..<Int(firmStarts[site + 1]) {
                    let amount = amounts.map { Int($0[firm * lanes]) } ?? 1
                    newMembers += amount
                    if Int(places[firm * lanes]) == place { newCases += amount }
                }
            }
            // A zone without new cases is no better than the one inside it.
            if newCases > 0, population <= scan.limit {
                best = max(
                    best,
                    scan.model.logLikelihoodRatio(
                        cases: cases, population: population, totalCases: total, totalPopulation: all))
            }
            cases -= newCases
            population -= newMembers
            guard cases >= least else { break }
        }
        if best > maxima[place] {
            maxima[place] = best
            improved.insert(column)
        }
    }
}
