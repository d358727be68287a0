import ParallelWork

/// How a parallel distribution finds its places: parts of the input, each one worker's, are first counted by the share of
/// the output they go to, and then know where to write in every share. Stable, because parts keep their order in a share.
///
///     workers: for each part         table.part(part)[share] += 1
///     let starts = table.turnCountsIntoPlaces()
///     workers: for each part         output[table.part(part)[share]] = …;  table.part(part)[share] += 1
struct ShareTable: Sendable {
    private let entries: Column<Int32>
    let parts: Int
    let shares: Int

    /// Nothing counted.
    init(parts: Int, shares: Int) {
        entries = Column(count: parts * shares)
        (self.parts, self.shares) = (parts, shares)
    }

    /// The counts of a part, all set to 0; afterwards its places. For one worker, while the table is alive.
    func cleared(_ part: Int) -> UnsafeMutableBufferPointer<Int32> {
        let counts = self.part(part)
        counts.update(repeating: 0)
        return counts
    }

    /// The entries of a part, one for each share.
    func part(_ part: Int) -> UnsafeMutableBufferPointer<Int32> {
        UnsafeMutableBufferPointer(start: entries.base + part * shares, count: shares)
    }

    /// Replaces every count by where its part begins in its share; returns where shares begin, and the end.
    func turnCountsIntoPlaces() -> [Int] {
        withExtendedLifetime(entries) {
            var starts: [Int] = []
            starts.reserveCapacity(shares + 1)
            var total: Int32 = 0
            for share in 0..<shares {
                starts.append(Int(total))
                for part in 0..<parts {
                    let count = entries.base[part * shares + share]
                    entries.base[part * shares + share] = total
                    total += count
                }
            }
            starts.append(Int(total))
            return starts
        }
    }
}
