import CBitKernels
import ParallelWork

/// What patterns can have at most: the firms of each industry that have neighbors of all the others, whether these are
/// near each other or not (the coarse filter of the joinless method, Yoo & Shekhar 2006).
///
/// For every two industries a row of bits tells which firms of the first have a neighbor of the second, so the bound of
/// a pattern is the number of bits that some rows have in common: no look at the ground.
///
/// Memory: a bit for each occupant and industry.
struct StarFilter: Sendable {
    /// The rows of each industry, one for every other.
    private let rows: [IndustryRows]

    private struct IndustryRows: Sendable {
        /// The words of one row.
        var words = 0
        var bits: [UInt64] = []
        /// Which occupants do not weigh 1, and what all of them weigh; empty when all weigh 1.
        var uneven: [UInt64] = []
        var weights: [Int64] = []
    }

    /// Nil where the table did not note neighbors.
    init?(_ table: PairTable, _ occupants: Occupants, workers: Workers) throws {
        guard !table.near.isEmpty else { return nil }
        let (industryCount, near, industryWords) = (occupants.industryCount, table.near, table.industryWords)
        var members = [[Int32]](repeating: [], count: industryCount)
        for (occupant, industry) in occupants.industries.enumerated() { members[Int(industry)].append(Int32(occupant)) }
        let slots = ResultSlots<IndustryRows>(count: industryCount)
        let occupantsOf = members
        try workers.forEach(in: 0..<industryCount, grain: 1) { range, _ in
            for industry in range {
                slots.set(
                    industry, Self.rows(of: occupantsOf[industry], near, industryWords, industryCount, occupants))
            }
        }
        rows = slots.values
    }

    private static func rows(
        of members: [Int32], _ near: [UInt64], _ industryWords: Int, _ industryCount: Int, _ occupants: Occupants
    ) -> IndustryRows {
        var rows = IndustryRows(words: (members.count + 63) / 64)
        rows.bits = [UInt64](repeating: 0, count: rows.words * industryCount)
        var square = [UInt64](repeating: 0, count: 64)
        for block in 0..<rows.words {
            let part = members[64 * block..<min(members.count, 64 * block + 64)]
            for word in 0..<industryWords {
                for index in 0..<64 {
                    square[index] =
                        index < part.count ? near[Int(part[part.startIndex + index]) * industryWords + word] : 0
                }
                transpose_bits(&square)
                for index in 0..<min(64, industryCount - 64 * word) {
                    rows.bits[(64 * word + index) * rows.words + block] = square[index]
                }
            }
        }
        guard !occupants.weights.isEmpty else { return rows }
        rows.weights = members.map { occupants.weight(Int($0)) }
        rows.uneven = [UInt64](repeating: 0, count: rows.words)
        for (index, weight) in rows.weights.enumerated() where weight != 1 {
            rows.uneven[index >> 6] |= 1 << UInt64(index & 63)
        }
        return rows
    }

    /// The candidates that may be prevalent.
    func survivors(
        of candidates: PatternList, workers: Workers,
        isPrevalent: @Sendable (ArraySlice<UInt16>, ArraySlice<Int64>) -> Bool
    ) throws -> PatternList {
        let grain = 64
        let slots = ResultSlots<[Int]>(count: (candidates.count + grain - 1) / grain)
        try workers.forEach(in: 0..<candidates.count, grain: grain) { range, _ in
            var common: [UInt64] = []
            var survivors: [Int] = []
            for index in range {
                let pattern = candidates[index]
                let bounds = pattern.indices.map { bound(of: pattern, $0, &common) }
                if isPrevalent(pattern, bounds[...]) { survivors.append(index) }
            }
            slots.set(range.lowerBound / grain, survivors)
        }
        var survivors = PatternList()
        for index in slots.values.joined() { survivors.append(candidates[index]) }
        return survivors
    }

    /// What one industry of a pattern can have at most.
    private func bound(of pattern: ArraySlice<UInt16>, _ slot: Int, _ common: inout [UInt64]) -> Int64 {
        let own = rows[Int(pattern[slot])]
        let words = own.words
        if common.count < words { common = [UInt64](repeating: 0, count: words) }
        return own.bits.withUnsafeBufferPointer { bits in
            common.withUnsafeMutableBufferPointer { common in
                guard let bits = bits.baseAddress, let shared = common.baseAddress else { return 0 }
                var count = 0
                shared.update(repeating: ~0, count: words)
                for index in pattern.indices where index != slot {
                    count = keep_common_bits(shared, bits + Int(pattern[index]) * words, words)
                }
                var bound = Int64(count)
                guard !own.weights.isEmpty else { return bound }
                for word in 0..<words {
                    var left = shared[word] & own.uneven[word]
                    while left != 0 {
                        bound += own.weights[word << 6 + left.trailingZeroBitCount] - 1
                        left &= left - 1
                    }
                }
                return bound
            }
        }
    }
}
