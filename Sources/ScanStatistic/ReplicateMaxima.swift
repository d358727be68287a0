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
    /// Counts around this center with which no larger zone can beat the labelling's maximum any more.
    private let settled: UnsafeMutablePointer<Count>
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
        settled = .allocate(capacity: lanes * scan.stride)
        members = .allocate(capacity: lanes)
        membersBefore = .allocate(capacity: lanes)
        maxima = [Double](repeating: 0, count: lanes * scan.stride)
    }

    deinit {
        counts.deallocate()
        settled.deallocate()
        members.deallocate()
        membersBefore.deallocate()
    }

    /// Looks at every zone of an order.
    func walk(_ order: FirmOrder, _ rows: LabelRows) {
        counts.update(repeating: 0, count: lanes * scan.stride)
        settled.update(repeating: 0, count: lanes * scan.stride)
        members.update(repeating: 0, count: lanes)
        var (zone, firms) = (0, 0)
        while zone < order.zoneCount {
            let first = zone
            let next = blocks.level(of: firms + 1) + 1
            let target = next < blocks.starts.count ? blocks.starts[next] - 1 : .max
            repeat { zone += 1 } while zone < order.zoneCount && Int(order.zoneEnds[zone - 1]) < target
            let start = firms
            firms = Int(order.zoneEnds[zone - 1])
            let block = Block(
                zones: first..<zone, firms: start..<firms, order: order.firms, zoneEnds: order.zoneEnds,
                places: rows.places.base, amounts: rows.amounts?.base)
            if block.amounts == nil {
                countFirms(of: block)
            } else if !countAmounts(of: block) {
                break
            }
        }
        for column in improved {
            let worst = (0..<lanes).reduce(Double.infinity) { min($0, maxima[$1 * scan.stride + column]) }
            critical.raise(column, to: worst)
        }
        improved.removeAll(keepingCapacity: true)
    }

    /// Zones that are counted before counts are looked at.
    private struct Block {
        let zones: Range<Int>
        let firms: Range<Int>
        // Of the ``FirmOrder``.
        let order: UnsafePointer<Int32>
        let zoneEnds: UnsafePointer<Int32>
        let places: UnsafePointer<UInt16>
        let amounts: UnsafePointer<UInt32>?
    }

    private func countFirms(of block: Block) {
        Count.count(
            block.order + block.firms.lowerBound, block.firms.count, places: block.places, lanes: lanes, in: counts)
        let needed = critical.row(critical.levels.level(of: block.firms.lowerBound + 1))
        for lane in 0..<lanes {
            compare(lane, needed, block, before: block.firms.lowerBound, after: block.firms.upperBound)
        }
    }

    /// Whether some labelling has zones that are not too large.
    private func countAmounts(of block: Block) -> Bool {
        guard let amounts = block.amounts else { return false }
        let (counts, lanes, firms) = (counts, lanes, block.order)
        let (before, members) = (membersBefore, members)
        before.update(from: members, count: lanes)
        for index in block.firms {
            let firm = Int(firms[index])
            let (row, worth) = (block.places + firm * lanes, amounts + firm * lanes)
            for lane in 0..<lanes {
                counts[Int(row[lane])] &+= Count(truncatingIfNeeded: worth[lane])
                members[lane] &+= Int(worth[lane])
            }
        }
        var someFit = false
        for lane in 0..<lanes where before[lane] < scan.limit {
            someFit = true
            let needed = critical.row(critical.levels.level(of: before[lane] + 1))
            compare(lane, needed, block, before: before[lane], after: members[lane])
        }
        return someFit
    }

    /// Finds the industries of a labelling with counts that could beat something.
    @inline(__always)
    private func compare(
        _ lane: Int, _ needed: UnsafeMutablePointer<Count>, _ block: Block, before: Int, after: Int
    ) {
        let (own, columns) = (counts + lane * scan.stride, scan.stride)
        guard Count.anyReaches(own, needed, count: columns) else { return }
        let settled = settled + lane * scan.stride
        for column in 0..<columns where own[column] >= needed[column] && own[column] > settled[column] {
            settled[column] = own[column]
            lookCloser(lane, column, least: Int(needed[column]), block, before: before, after: after)
        }
    }

    /// Takes the zones of a block from the largest to the smallest.
    private func lookCloser(_ lane: Int, _ column: Int, least: Int, _ block: Block, before: Int, after: Int) {
        let place = lane * scan.stride + column
        let (total, all) = (scan.totalCases[column], scan.totalPopulation)
        var best = maxima[place]
        var (cases, population) = (Int(counts[place]), after)
        let bound = scan.model.largestRatio(
            cases: cases, populationFrom: before + 1, totalCases: total, totalPopulation: all)
        guard bound > best else { return }
        let (lanes, firms, places, amounts) = (lanes, block.order, block.places, block.amounts)
        var end = block.firms.upperBound
        for zone in block.zones.reversed() {
            let start = zone == block.zones.lowerBound ? block.firms.lowerBound : Int(block.zoneEnds[zone - 1])
            var (newCases, newMembers) = (0, 0)
            for index in start..<end {
                let offset = Int(firms[index]) * lanes + lane
                var amount = 1
                if let amounts { amount = Int(amounts[offset]) }
                newMembers += amount
                if Int(places[offset]) == place { newCases += amount }
            }
            end = start
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
