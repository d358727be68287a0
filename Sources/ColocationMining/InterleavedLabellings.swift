import CBitKernels
import ParallelWork
import SpatialIndex

/// Labellings of the same firms side by side: what a pass over the ground reads of all of them at once.
///
/// Memory: 64 bytes a site, 2 to 16 a firm, 8 to 64 more with weights.
struct InterleavedLabellings: Sendable {
    /// The number of labellings.
    let count: Int
    /// The number of industries that are counted.
    let industryCount: Int
    /// The 64-bit words of one labelling of a site.
    let words: Int
    /// For each position the industries there, as bits: ``words`` for each labelling, ``mostWords`` in all.
    let sites: [UInt64]
    /// For each firm its industry in each labelling; `UInt16.max` for one that is not counted.
    let numbers: [UInt16]
    /// For each firm what it weighs in each labelling; empty when all weigh 1.
    let weights: [Int64]

    /// The words of a site.
    static var mostWords: Int { Int(site_words) }

    init(
        _ labellings: [IndustryLabels], industries: [Int32], in relation: NeighborRelation, workers: Workers
    ) throws {
        count = labellings.count
        industryCount = industries.count
        words = max(1, (industries.count + 63) / 64)
        precondition(count * words <= Self.mostWords, "\(count) labellings of \(words) words")
        let isWeighted = labellings.contains { $0.weights != nil }
        precondition(!isWeighted || labellings.allSatisfy { $0.weights != nil }, "all labellings have weights, or none")
        var numbering = [UInt16](repeating: .max, count: labellings.map(\.industryCount).max() ?? 0)
        for (number, industry) in industries.enumerated() { numbering[Int(industry)] = UInt16(number) }
        (numbers, weights) = try Self.interleaved(
            labellings, numbering, isWeighted: isWeighted, firmCount: relation.sites.firmCount, workers: workers)
        sites = try Self.sites(numbers, labellings.count, words, in: relation, workers: workers)
    }

    /// For each firm its number and its weight in each labelling.
    private static func interleaved(
        _ labellings: [IndustryLabels], _ numbering: [UInt16], isWeighted: Bool, firmCount: Int, workers: Workers
    ) throws -> ([UInt16], [Int64]) {
        let count = labellings.count
        var weights: [Int64] = []
        let numbers = try [UInt16](count: firmCount * count) { numbers in
            weights = try [Int64](count: isWeighted ? firmCount * count : 0) { weights in
                try workers.forEach(in: 0..<firmCount, grain: 1 << 12) { firms, _ in
                    for (index, labels) in labellings.enumerated() {
                        labels.industryOfFirm.withUnsafeBufferPointer { industries in
                            for firm in firms {
                                let industry = industries[firm]
                                numbers[firm * count + index] = industry < 0 ? .max : numbering[Int(industry)]
                            }
                        }
                        labels.weights?.withUnsafeBufferPointer { own in
                            for firm in firms { weights[firm * count + index] = own[firm] }
                        }
                    }
                }
            }
        }
        return (numbers, weights)
    }

    /// For each position the industries there.
    private static func sites(
        _ numbers: [UInt16], _ count: Int, _ words: Int, in relation: NeighborRelation, workers: Workers
    ) throws -> [UInt64] {
        let (rows, starts) = (relation.cells.rows, relation.sites.firmStarts)
        return try [UInt64](count: relation.sites.count * mostWords) { sites in
            try workers.forEach(in: 0..<relation.sites.count, grain: 1 << 13) { positions, _ in
                sites.slice(positions.lowerBound * mostWords..<positions.upperBound * mostWords)
                    .initialize(repeating: 0)
                numbers.withUnsafeBufferPointer { numbers in
                    for position in positions {
                        let site = Int(rows.order[position])
                        for firm in Int(starts[site])..<Int(starts[site + 1]) {
                            for index in 0..<count {
                                let number = numbers[firm * count + index]
                                guard number != .max else { continue }
                                sites[position * mostWords + index * words + Int(number >> 6)] |=
                                    1 << UInt64(number & 63)
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Counts the pairs of several labellings around cells; belongs to one worker.
///
/// Memory: 576 bytes for each two industries of each labelling.
final class LabellingCounter {
    private let labellings: InterleavedLabellings
    private let relation: NeighborRelation
    private var reach: ReachTable
    private var united = [UInt64](repeating: 0, count: InterleavedLabellings.mostWords)
    private let pending: UnsafeMutablePointer<UInt8>
    private let counts: UnsafeMutablePointer<UInt8>
    /// For each labelling and industry 64 ``InterleavedLabellings/words`` numbers.
    private let totals: UnsafeMutablePointer<Int64>

    init(_ labellings: InterleavedLabellings, _ relation: NeighborRelation) {
        self.labellings = labellings
        self.relation = relation
        reach = ReachTable(relation.cells.rows, radius: relation.distance)
        let industries = labellings.count * labellings.industryCount
        let numbers = industries * 64 * labellings.words
        (pending, counts, totals) = (
            .allocate(capacity: industries), .allocate(capacity: numbers), .allocate(capacity: numbers)
        )
        pending.initialize(repeating: 0, count: industries)
        counts.initialize(repeating: 0, count: numbers)
        totals.initialize(repeating: 0, count: numbers)
    }

    deinit {
        pending.deallocate()
        counts.deallocate()
        totals.deallocate()
    }

    /// Counts the firms of some cells.
    func count(_ cells: Range<Int>) {
        var surroundings = CellSurroundings(relation.cells, radius: relation.distance)
        relation.cells.forEachRow(of: cells) { row, cells in
            surroundings.enter(row: row)
            for cell in cells {
                surroundings.turn(to: cell)
                countCell(relation.cells.positions(cell), among: surroundings.positions)
            }
        }
    }

    private func countCell(_ own: Range<Int>, among positions: UnsafeBufferPointer<Int32>) {
        guard let around = positions.baseAddress else { return }
        reach.begin(count: positions.count)
        for (index, position) in positions.enumerated() { reach.place(Int(position), at: index) }
        let labellings = labellings
        let (order, starts) = (relation.cells.rows.order, relation.sites.firmStarts)
        let (count, words, industries) = (labellings.count, labellings.words, labellings.industryCount)
        let bitWords = reach.words
        labellings.sites.withUnsafeBufferPointer { sites in
            labellings.numbers.withUnsafeBufferPointer { numbers in
                united.withUnsafeMutableBufferPointer { united in
                    guard let sites = sites.baseAddress, let numbers = numbers.baseAddress,
                        let united = united.baseAddress
                    else { return }
                    for (index, position) in positions.enumerated() where own.contains(Int(position)) {
                        unite_sites(united, sites, around, reach.row(index), bitWords)
                        let site = Int(order[Int(position)])
                        for firm in Int(starts[site])..<Int(starts[site + 1]) {
                            if labellings.weights.isEmpty {
                                count_firm(
                                    united, numbers + firm * count, count, words, industries, pending, counts, totals)
                            } else {
                                labellings.weights.withUnsafeBufferPointer { weights in
                                    guard let weights = weights.baseAddress else { return }
                                    weigh_firm(
                                        united, numbers + firm * count, weights + firm * count, count, words,
                                        industries,
                                        totals)
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    /// Adds what was counted of a labelling: element i · m + j for the i-th and j-th of m industries. Nothing is counted afterwards.
    func add(_ labelling: Int, to pairs: inout [Int64]) {
        let (industries, width) = (labellings.industryCount, 64 * labellings.words)
        move_counts(labellings.count, labellings.words, industries, pending, counts, totals)
        for own in 0..<industries {
            for other in 0..<industries where other != own {
                pairs[own * industries + other] += totals[(labelling * industries + own) * width + other]
            }
        }
    }
}
