import FirmModel
import ParallelWork

/// M random dealings of all other firms' industries to the neighbors of a firm, as far as they matter to one industry: which of the
/// neighbors get it.
///
/// Neighbors are drawn from the N − 1 others without replacement, so each neighborhood, whatever its size, has exactly the
/// distribution of random labelling. The dealings are the same for all firms, which spares drawing them n times: p-values
/// of different firms share their Monte Carlo error, each is as good as with dealings of its own.
struct NeighborDeals: Sendable {
    let simulations: Int
    /// For each simulation a bit for each of the first neighbors.
    private let bits: [UInt8]
    private let bytesPerSimulation: Int
    /// Numbers of neighbors for which it is known how many get the industry, ascending.
    private let lengths: [Int]
    /// For each simulation as many numbers.
    private let counts: [Int32]

    /// - Parameters:
    ///   - targets: other firms of the industry.
    ///   - others: all other firms.
    ///   - singly: how many neighbors are told apart.
    ///   - lengths: numbers of neighbors, ascending, at most `others`.
    ///   - stream: for each simulation the number of its random stream.
    init(
        targets: Int, others: Int, singly: Int, lengths: [Int], simulations: Int, seed: UInt64,
        stream: @Sendable (Int) -> UInt64, workers: Workers
    ) throws {
        self.simulations = simulations
        self.lengths = lengths
        let bytes = (singly + 7) / 8
        bytesPerSimulation = bytes
        var counts: [Int32] = []
        bits = try [UInt8](count: simulations * bytes) { bits in
            counts = try [Int32](count: simulations * lengths.count) { counts in
                try workers.forEach(in: 0..<simulations, grain: 1) { replicates, _ in
                    for replicate in replicates {
                        var random = RandomStream(seed: seed, stream: stream(replicate))
                        for byte in 0..<bytes { bits[replicate * bytes + byte] = 0 }
                        var (left, dealt) = (targets, 0)
                        for (index, length) in lengths.enumerated() {
                            while dealt < length {
                                if left > 0, random.next(below: others - dealt) < left {
                                    left -= 1
                                    if dealt < singly { bits[replicate * bytes + dealt / 8] |= 1 << UInt8(dealt % 8) }
                                }
                                dealt += 1
                            }
                            counts[replicate * lengths.count + index] = Int32(targets - left)
                        }
                    }
                }
            }
        }
        self.counts = counts
    }

    /// The dealings to `singly` neighbors that are told apart and `together` others that are not, equal ones put together.
    ///
    /// - Precondition: `singly` and their sum are among what was dealt for.
    func patterns(singly: Int, together: Int) -> DealPatterns {
        let index = lengths.firstIndex(of: singly + together) ?? 0
        let bytes = (singly + 7) / 8
        var numbers: [[UInt8]: [Int32: Int]] = [:]
        for replicate in 0..<simulations {
            let start = replicate * bytesPerSimulation
            var own = Array(bits[start..<start + bytes])
            if singly % 8 > 0 { own[bytes - 1] &= 1 << UInt8(singly % 8) - 1 }
            let among = own.reduce(0) { $0 + Int32($1.nonzeroBitCount) }
            numbers[own, default: [:]][counts[replicate * lengths.count + index] - among, default: 0] += 1
        }
        var patterns = DealPatterns(bytes: bytes, simulations: simulations)
        for (own, togethers) in numbers {
            for (together, number) in togethers { patterns.append(own, together, number) }
        }
        return patterns
    }
}

/// Different dealings to a neighborhood, and how many simulations had each.
struct DealPatterns {
    private let bytes: Int
    private let simulations: Int
    private var bits: [UInt8] = []
    private var together: [Int32] = []
    private var numbers: [Int32] = []

    init(bytes: Int, simulations: Int) {
        self.bytes = bytes
        self.simulations = simulations
    }

    mutating func append(_ bits: [UInt8], _ together: Int32, _ number: Int) {
        self.bits += bits
        self.together.append(together)
        numbers.append(Int32(number))
    }

    /// How many simulations give an industry at least, and at most, some weight.
    ///
    /// - Parameters:
    ///   - weights: of the neighbors told apart.
    ///   - tiedWeight: of each other one.
    ///   - table: storage that is used again.
    func compare(
        with observed: Int64, weights: [Int64], tiedWeight: Int64, table: inout [Int64]
    ) -> (atLeast: Int, atMost: Int) {
        // The weight of every subset of eight neighbors: a dealing is then a look-up for each byte.
        if table.count < bytes * 256 { table = [Int64](repeating: 0, count: bytes * 256) }
        return table.withUnsafeMutableBufferPointer { table in
            for byte in 0..<bytes {
                let first = byte * 8
                table[byte * 256] = 0
                for subset in 1..<(1 << min(8, weights.count - first)) {
                    table[byte * 256 + subset] =
                        table[byte * 256 + subset & (subset - 1)] + weights[first + subset.trailingZeroBitCount]
                }
            }
            return bits.withUnsafeBufferPointer { bits in
                var (less, more) = (0, 0)
                for pattern in numbers.indices {
                    var weight = Int64(together[pattern]) * tiedWeight
                    for byte in 0..<bytes { weight += table[byte * 256 + Int(bits[pattern * bytes + byte])] }
                    if weight < observed { less += Int(numbers[pattern]) }
                    if weight > observed { more += Int(numbers[pattern]) }
                }
                return (simulations - less, simulations - more)
            }
        }
    }
}
