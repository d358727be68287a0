public import ParallelWork
import SpatialIndex

extension NeighborRelation {
    /// The number of ordered pairs of firms within the distance of each other.
    ///
    /// - Parameter labels: count pairs of different industries only, and no pairs of entries of one firm; every two
    ///   firms when nil.
    /// - Complexity: a pass over the neighbors of every firm.
    public func neighborPairs(of labels: IndustryLabels?, workers: Workers = Workers()) throws -> Int {
        let everyone = IndustryLabels(
            industryOfFirm: labels?.industryOfFirm ?? [Int32](repeating: 0, count: sites.firmCount),
            industryCount: labels?.industryCount ?? 1, firmOfEntry: labels?.firmOfEntry)
        let occupants = try Occupants(
            of: everyone, in: self, industries: (0..<Int32(everyone.industryCount)).map { $0 }, workers: workers)
        return try sum(occupants, workers: workers) { block, place in
            let own = occupants.industries[Int(block.occupantAt[place])]
            var others: Int64 = 0
            let row = block.reach.row(place)
            for industry in block.present where labels == nil || industry != own {
                block.segments[Int(industry)].forEachBit(of: row) { other in
                    others += occupants.weight(Int(block.occupantAt[other]))
                    return true
                }
            }
            let firms = occupants.weight(Int(block.occupantAt[place]))
            return firms * (labels == nil ? others - 1 : others)
        }
    }

    /// |T(C)|, the number of row instances of a pattern.
    ///
    /// Mining does not need it, and where firms crowd it is astronomical and slow to find: time grows with the cliques
    /// of all but one of the industries.
    ///
    /// - Parameter pattern: at least two industries, ascending.
    /// - Throws: ``ColocationError/tooManyRowInstances``, `WorkCancelled`.
    public func rowInstances(
        of pattern: [Int32], labels: IndustryLabels, workers: Workers = Workers()
    ) throws -> Int {
        precondition(pattern.count > 1, "a pattern has at least two industries")
        let firms = IndustryLabels(
            industryOfFirm: labels.industryOfFirm, industryCount: labels.industryCount, firmOfEntry: labels.firmOfEntry)
        let occupants = try Occupants(of: firms, in: self, industries: pattern, workers: workers)
        return try sum(occupants, workers: workers) { block, place in
            guard occupants.industries[Int(block.occupantAt[place])] == 0 else { return 0 }
            let firms = occupants.weight(Int(block.occupantAt[place]))
            let row = Array(UnsafeBufferPointer(start: block.reach.row(place), count: block.reach.words))
            return try InstanceCounts.product(firms, Self.instances(occupants, &block, row, from: 1, of: pattern.count))
        }
    }

    /// The cliques of one firm of each industry from a number on, among some places that are all neighbors of those
    /// chosen before.
    private static func instances(
        _ occupants: Occupants, _ block: inout OccupantBlock, _ inQuestion: [UInt64], from industry: Int, of count: Int
    ) throws -> Int64 {
        let segment = block.segments[industry]
        guard !segment.isEmpty else { return 0 }
        var places: [Int] = []
        inQuestion.withUnsafeBufferPointer { words in
            guard let words = words.baseAddress else { return }
            segment.forEachBit(of: words) { place in
                places.append(place)
                return true
            }
        }
        var total: Int64 = 0
        for place in places {
            let firms = occupants.weight(Int(block.occupantAt[place]))
            var instances: Int64 = 1
            if industry + 1 < count {
                let row = block.reach.row(place)
                let common = inQuestion.indices.map { inQuestion[$0] & row[$0] }
                instances = try Self.instances(occupants, &block, common, from: industry + 1, of: count)
            }
            let (sum, overflow) = total.addingReportingOverflow(try InstanceCounts.product(firms, instances))
            guard !overflow else { throw ColocationError.tooManyRowInstances }
            total = sum
        }
        return total
    }

    /// The sum over all occupants of a number found in the block around their cell.
    private func sum(
        _ occupants: Occupants, workers: Workers,
        _ number: @Sendable (inout OccupantBlock, _ place: Int) throws -> Int64
    ) throws -> Int {
        try sums(1, occupants, workers: workers) { block, place, sums in
            try sums.add(try number(&block, place), to: 0)
        }[0]
    }

    /// Sums over all occupants of numbers found in the block around their cell.
    ///
    /// - Parameter add: adds to the sums what there is for the occupant at a place of the block.
    func sums(
        _ count: Int, _ occupants: Occupants, workers: Workers,
        _ add: @Sendable (inout OccupantBlock, _ place: Int, _ sums: inout InstanceCounts) throws -> Void
    ) throws -> [Int] {
        let parts = ResultSlots<InstanceCounts>(count: (cells.count + Self.grain - 1) / Self.grain)
        try workers.forEach(in: 0..<cells.count, grain: Self.grain) { range, _ in
            var surroundings = CellSurroundings(cells, radius: distance)
            var block = OccupantBlock(occupants, self)
            var sums = InstanceCounts(count)
            try cells.rowsAndCells(of: range) { row, part in
                surroundings.enter(row: row)
                for cell in part {
                    surroundings.turn(to: cell)
                    block.fill(surroundings.positions, own: cells.positions(cell))
                    for place in block.ownPlaces { try add(&block, Int(place), &sums) }
                }
            }
            parts.set(range.lowerBound / Self.grain, sums)
        }
        var total = InstanceCounts(count)
        for part in parts.values {
            for index in 0..<count { try total.add(part.values[index], to: index) }
        }
        return total.values.map { Int($0) }
    }
}

/// Numbers of row instances, which soon are more than can be counted.
struct InstanceCounts: Sendable {
    private(set) var values: [Int64]

    init(_ count: Int) { values = [Int64](repeating: 0, count: count) }

    mutating func add(_ number: Int64, to index: Int) throws {
        let (sum, overflow) = values[index].addingReportingOverflow(number)
        guard !overflow else { throw ColocationError.tooManyRowInstances }
        values[index] = sum
    }

    static func product(_ a: Int64, _ b: Int64) throws -> Int64 {
        let (product, overflow) = a.multipliedReportingOverflow(by: b)
        guard !overflow else { throw ColocationError.tooManyRowInstances }
        return product
    }
}

extension SiteCells {
    /// The parts of a range of cells by row, for a body that may throw.
    fileprivate func rowsAndCells(of range: Range<Int>, _ body: (Int, Range<Int>) throws -> Void) rethrows {
        var parts: [(Int, Range<Int>)] = []
        forEachRow(of: range) { parts.append(($0, $1)) }
        for (row, cells) in parts { try body(row, cells) }
    }
}
