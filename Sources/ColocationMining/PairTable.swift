import ParallelWork
import SpatialIndex

/// For every ordered pair of industries how much of the first has a neighbor of the second.
///
/// Memory: 8 bytes a pair for each worker.
struct PairTable: Sendable {
    let industryCount: Int
    /// Element f · industryCount + g: the firms of f, or their weight, with a neighbor of g.
    private(set) var counts: [Int64]

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
        try workers.forEach(in: 0..<relation.cells.count, grain: NeighborRelation.grain) { cells, worker in
            counters[worker].count(cells)
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

    func count(_ cells: Range<Int>) {
        var surroundings = CellSurroundings(relation.cells, radius: relation.distance)
        relation.cells.forEachRow(of: cells) { row, cells in
            surroundings.enter(row: row)
            for cell in cells {
                surroundings.turn(to: cell)
                block.fill(surroundings.positions, own: relation.cells.positions(cell))
                if block.present.count > 1 { countBlock() }
            }
        }
    }

    private func countBlock() {
        let industryCount = occupants.industryCount
        let isSettled = isCellAll()
        counts.withUnsafeMutableBufferPointer { counts in
            for index in block.ownPlaces.indices {
                let place = Int(block.ownPlaces[index])
                let occupant = Int(block.occupantAt[place])
                let (own, weight) = (occupants.industries[occupant], occupants.weight(occupant))
                let first = Int(own) * industryCount
                if isSettled {
                    for other in block.present where other != own { counts[first + Int(other)] += weight }
                    continue
                }
                let row = block.reach.row(place)
                for other in block.present where other != own && block.segments[Int(other)].isTouched(by: row) {
                    counts[first + Int(other)] += weight
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
