public import ParallelWork
import SpatialIndex

extension NeighborRelation {
    /// |T(A)|, the row instances of some industries, and how many of them are part of one of A ∪ B: what the conditional
    /// probability of a rule A ⇒ B is made of,
    ///
    ///     cp(A ⇒ B) = |π_A(T(A ∪ B))| / |T(A)|
    ///
    /// (Shekhar & Huang 2001). Each row instance of A counts once, in however many of A ∪ B it is: one clique of firms of B
    /// that are all neighbors of its firms is enough.
    ///
    /// Time grows with the row instances of A, as that of ``rowInstances(of:labels:workers:)`` does.
    ///
    /// - Parameters:
    ///   - antecedent: A, at least one industry, ascending.
    ///   - consequents: several B, each at least one industry, ascending, none of A. They share one walk over T(A).
    /// - Throws: ``ColocationError/tooManyRowInstances``, `WorkCancelled`.
    public func extendedInstances(
        of antecedent: [Int32], by consequents: [[Int32]], labels: IndustryLabels, workers: Workers = Workers()
    ) throws -> (instances: Int, extended: [Int]) {
        precondition(!antecedent.isEmpty, "an antecedent has at least one industry")
        precondition(consequents.allSatisfy { !$0.isEmpty }, "a consequent has at least one industry")
        let others = Set(consequents.joined()).sorted()
        precondition(!others.contains(where: antecedent.contains), "an industry on both sides")
        let industries = antecedent + others
        var number: [Int32: Int] = [:]
        for (index, industry) in industries.enumerated() { number[industry] = index }
        let firms = IndustryLabels(
            industryOfFirm: labels.industryOfFirm, industryCount: labels.industryCount, firmOfEntry: labels.firmOfEntry)
        let occupants = try Occupants(of: firms, in: self, industries: industries, workers: workers)
        let search = ExtensionSearch(
            occupants: occupants, antecedentSize: antecedent.count,
            consequents: consequents.map { $0.compactMap { number[$0] } })
        let sums = try sums(1 + consequents.count, occupants, workers: workers) { block, place, sums in
            try search.count(from: place, in: &block, &sums)
        }
        return (sums[0], Array(sums.dropFirst()))
    }
}

/// Walks the row instances of industries 0..<a and asks of each which sets of further industries complete it.
private struct ExtensionSearch: Sendable {
    let occupants: Occupants
    /// a.
    let antecedentSize: Int
    let consequents: [[Int]]

    /// Adds the row instances that begin with an occupant: at 0 all, at 1 + i those that consequent i completes.
    func count(from place: Int, in block: inout OccupantBlock, _ sums: inout InstanceCounts) throws {
        let occupant = Int(block.occupantAt[place])
        guard occupants.industries[occupant] == 0 else { return }
        // The places in question at each step: neighbors of all that were chosen before it.
        let (words, steps) = (block.reach.words, antecedentSize + (consequents.map(\.count).max() ?? 0))
        try withUnsafeTemporaryAllocation(of: UInt64.self, capacity: words * steps) { rows in
            guard let rows = rows.baseAddress else { return }
            rows.initialize(from: block.reach.row(place), count: words)
            try walk(1, rows, occupants.weight(occupant), &block, &sums)
        }
    }

    private func walk(
        _ industry: Int, _ inQuestion: UnsafeMutablePointer<UInt64>, _ instances: Int64, _ block: inout OccupantBlock,
        _ sums: inout InstanceCounts
    ) throws {
        guard industry < antecedentSize else {
            try sums.add(instances, to: 0)
            for (index, consequent) in consequents.enumerated()
            where isCompleted(by: consequent[...], inQuestion, &block) {
                try sums.add(instances, to: 1 + index)
            }
            return
        }
        let next = inQuestion + block.reach.words
        try block.segments[industry].forEachBit(of: inQuestion) { place in
            narrow(inQuestion, to: place, into: next, &block)
            let firms = occupants.weight(Int(block.occupantAt[place]))
            try walk(industry + 1, next, InstanceCounts.product(instances, firms), &block, &sums)
            return true
        }
    }

    /// Whether there is a firm of each of some industries among the places in question, all neighbors of each other.
    private func isCompleted(
        by industries: ArraySlice<Int>, _ inQuestion: UnsafeMutablePointer<UInt64>, _ block: inout OccupantBlock
    ) -> Bool {
        guard industries.allSatisfy({ block.segments[$0].isTouched(by: inQuestion) }) else { return false }
        guard let first = industries.first, industries.count > 1 else { return true }
        let next = inQuestion + block.reach.words
        var isFound = false
        block.segments[first].forEachBit(of: inQuestion) { place in
            narrow(inQuestion, to: place, into: next, &block)
            isFound = isCompleted(by: industries.dropFirst(), next, &block)
            return !isFound
        }
        return isFound
    }

    /// Leaves of the places in question the neighbors of one of them.
    @inline(__always)
    private func narrow(
        _ inQuestion: UnsafePointer<UInt64>, to place: Int, into next: UnsafeMutablePointer<UInt64>,
        _ block: inout OccupantBlock
    ) {
        let row = block.reach.row(place)
        for word in 0..<block.reach.words { next[word] = inQuestion[word] & row[word] }
    }
}
