import ParallelWork
import SpatialIndex

/// The industries on every site, in the order in which a neighbor relation keeps sites: what a labelling looks like on
/// the ground.
///
/// Firms of one industry at one site have the same neighbors, so they are one *occupant* that stands for all of them: a
/// mall with a thousand firms costs as much as its industries. Where a firm has several entries, each entry is an
/// occupant of its own.
///
/// Memory: 4 bytes a site, 2 an occupant; 8 more where some stand for several firms or have weights, 4 more with
/// several entries a firm.
struct Occupants: Sendable {
    /// The occupants at position p are `starts[p]..<starts[p + 1]`, ascending by industry.
    let starts: [Int32]
    /// The industry of each, as numbered by ``numbering``.
    let industries: [UInt16]
    /// What each stands for: firms, or their weight; empty when all stand for 1.
    let weights: [Int64]
    /// The firm behind each entry; empty when every entry is a firm.
    let firmOfEntry: [Int32]
    /// Number → industry.
    let numbering: [Int32]

    /// The number of occupants.
    var count: Int { industries.count }
    /// The number of industries that were looked for.
    var industryCount: Int { numbering.count }

    /// - Parameter industries: those to look for, ascending; they are numbered in this order.
    init(
        of labels: IndustryLabels, in relation: NeighborRelation, industries chosen: [Int32], workers: Workers
    ) throws {
        guard chosen.count <= Int(UInt16.max) else {
            throw ColocationError.tooManyIndustries(chosen.count, limit: Int(UInt16.max))
        }
        numbering = chosen
        var numberOfIndustry = [Int32](repeating: -1, count: labels.industryCount)
        for (number, industry) in chosen.enumerated() { numberOfIndustry[Int(industry)] = Int32(number) }
        let (rows, sites, numbers) = (relation.cells.rows, relation.sites, numberOfIndustry)
        let grain = 1 << 15
        let parts = ResultSlots<Part>(count: (rows.count + grain - 1) / grain)
        try workers.forEach(in: 0..<rows.count, grain: grain) { range, _ in
            var part = Part(sites: range.count, firms: range.count)
            for position in range { part.add(Int(rows.order[position]), sites, labels, numbers) }
            parts.set(range.lowerBound / grain, part)
        }
        var whole = Part(sites: rows.count, firms: parts.values.reduce(0) { $0 + $1.industries.count })
        whole.counts.append(0)
        let needsWeights = parts.values.contains { $0.isWeighted }
        for part in parts.values {
            whole.counts += part.counts
            whole.industries += part.industries
            if needsWeights { whole.weights += part.weights }
            whole.firmOfEntry += part.firmOfEntry
        }
        var sum: Int32 = 0
        for index in whole.counts.indices {
            sum += whole.counts[index]
            whole.counts[index] = sum
        }
        starts = whole.counts
        self.industries = whole.industries
        weights = whole.weights
        firmOfEntry = whole.firmOfEntry
    }

    /// What an occupant stands for.
    @inline(__always)
    func weight(_ occupant: Int) -> Int64 { weights.isEmpty ? 1 : weights[occupant] }

    /// A stretch of positions.
    private struct Part: Sendable {
        var counts: [Int32] = []
        var industries: [UInt16] = []
        var weights: [Int64] = []
        var firmOfEntry: [Int32] = []
        var isWeighted = false
        private var here: [(number: Int32, weight: Int64, firm: Int32)] = []

        init(sites: Int, firms: Int) {
            counts.reserveCapacity(sites + 1)
            industries.reserveCapacity(firms)
        }

        /// Takes in the next site.
        mutating func add(_ site: Int, _ sites: Sites, _ labels: IndustryLabels, _ numbers: [Int32]) {
            here.removeAll(keepingCapacity: true)
            for firm in Int(sites.firmStarts[site])..<Int(sites.firmStarts[site + 1]) {
                let industry = labels.industryOfFirm[firm]
                guard industry >= 0, numbers[Int(industry)] >= 0 else { continue }
                here.append((numbers[Int(industry)], labels.weights?[firm] ?? 1, labels.firmOfEntry?[firm] ?? -1))
            }
            if here.count > 1 { here.sort { ($0.number, $0.firm) < ($1.number, $1.firm) } }
            let first = industries.count
            for (index, entry) in here.enumerated() {
                if index > 0, here[index - 1].number == entry.number, entry.firm < 0 {
                    weights[weights.count - 1] += entry.weight
                } else {
                    industries.append(UInt16(truncatingIfNeeded: entry.number))
                    weights.append(entry.weight)
                    if entry.firm >= 0 { firmOfEntry.append(entry.firm) }
                }
                isWeighted = isWeighted || weights[weights.count - 1] != 1
            }
            counts.append(Int32(truncatingIfNeeded: industries.count - first))
        }
    }
}
