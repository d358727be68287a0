import ParallelWork
import SpatialIndex

/// For every ordered pair of industries how much of the first has a neighbor of the second.
///
/// Memory: 8 bytes a pair for each worker.
struct PairTable: Sendable {
    let industryCount: Int
    /// Element f · industryCount + g: the firms of f, or their weight, with a neighbor of g.
    private(set) var counts: [Int64]
    /// For each occupant, ``industryWords`` words each, the industries of its neighbors as bits; empty where they would
    /// take too much.
    private(set) var near: [UInt64] = []

    /// The words of 64 industries.
    var industryWords: Int { (industryCount + 63) / 64 }

    /// The most industries whose neighbors are noted by occupant: 16 bytes an occupant.
    static var mostNoted: Int { 128 }

    /// The most industries that have their pairs counted: half a gigabyte of counts.
    static var mostIndustries: Int { 8192 }

    /// - Throws: ``ColocationError/tooManyIndustries(_:limit:)``, `WorkCancelled`.
    init(_ occupants: Occupants, in relation: NeighborRelation, workers: Workers) throws {
        let industryCount = occupants.industryCount
        guard industryCount <= Self.mostIndustries else {
            throw ColocationError.tooManyIndustries(industryCount, limit: Self.mostIndustries)
        }
        self.industryCount = industryCount
        counts = [Int64](repeating: 0, count: industryCount * industryCount)
        let counters = PerWorker(workers) { PairCounter(occupants, relation) }
        let noted = industryCount <= Self.mostNoted ? occupants.count * industryWords : 0
        near = try [UInt64](count: noted) { near in
            let near = noted == 0 ? nil : near
            try workers.forEach(in: 0..<relation.cells.count, grain: NeighborRelation.grain) { cells, worker in
                counters[worker].count(cells, near)
            }
        }
        for worker in 0..<workers.count {
            for (index, count) in counters[worker].counts.enumerated() { counts[index] += count }
        }
    }

    /// The firms of one industry, or their weight, with a neighbor of another.
    func count(of industry: Int, near other: Int) -> Int64 { counts[industry * industryCount + other] }
}

extension NeighborRelation {
    /// Cells that a worker takes at a time.
    static var grain: Int { 512 }
}

/// Counts pairs around cells; belongs to one worker.
private final class PairCounter {
    private let relation: NeighborRelation
    private let occupants: Occupants
    private var block: OccupantBlock
    private var isInCell: [Bool]
    private(set) var counts: [Int64]

    init(_ occupants: Occupants, _ relation: NeighborRelation) {
        self.occupants = occupants
        self.relation = relation
        block = OccupantBlock(occupants, relation)
        isInCell = [Bool](repeating: false, count: occupants.industryCount)
        counts = [Int64](repeating: 0, count: occupants.industryCount * occupants.industryCount)
    }

    /// - Parameter near: takes what ``PairTable/near`` is to say.
    func count(_ cells: Range<Int>, _ near: SharedBuffer<UInt64>?) {
        var surroundings = CellSurroundings(relation.cells, radius: relation.distance)
        relation.cells.forEachRow(of: cells) { row, cells in
            surroundings.enter(row: row)
            for cell in cells {
                surroundings.turn(to: cell)
                block.fill(surroundings.positions, own: relation.cells.positions(cell))
                if block.present.count > 1 || near != nil { countBlock(near) }
            }
        }
    }

    private func countBlock(_ near: SharedBuffer<UInt64>?) {
        let industryWords = (occupants.industryCount + 63) / 64
        let industryCount = occupants.industryCount
        let isSettled = isCellAll()
        counts.withUnsafeMutableBufferPointer { counts in
            for place in block.ownPlaces {
                let place = Int(place)
                let occupant = Int(block.occupantAt[place])
                let (own, weight) = (occupants.industries[occupant], occupants.weight(occupant))
                let first = Int(own) * industryCount
                let noted = near.map { $0.slice(occupant * industryWords..<(occupant + 1) * industryWords) }
                noted?.initialize(repeating: 0)
                let row = isSettled ? nil : block.reach.row(place)
                for other in block.present where other != own {
                    if let row, !block.segments[Int(other)].isTouched(by: row) { continue }
                    counts[first + Int(other)] += weight
                    if let noted { noted[Int(other >> 6)] |= 1 << UInt64(other & 63) }
                }
            }
        }
    }

    /// Whether the cell, all of whose firms are neighbors, has every industry that is around.
    private func isCellAll() -> Bool {
        guard occupants.firmOfEntry.isEmpty, block.ownPlaces.count >= block.present.count else { return false }
        var missing = block.present.count
        for place in block.ownPlaces {
            let industry = Int(occupants.industries[Int(block.occupantAt[Int(place)])])
            if !isInCell[industry] {
                isInCell[industry] = true
                missing -= 1
            }
        }
        for industry in block.present { isInCell[Int(industry)] = false }
        return missing == 0
    }
}
