import ParallelWork

/// An edge between two tree positions of a ``KDTree``.
public struct SpanningEdge: Sendable, BitwiseCopyable {
    /// The larger of the squared distance and both squared core distances.
    public var squared: Double
    /// One end.
    public var first: Int32
    /// The other end.
    public var second: Int32
}

extension Column<SpanningEdge> {
    /// The same edges, the shortest first.
    ///
    /// Shares of equal width in the bits of the length, and thus nearly in its logarithm, are sorted on their own.
    func ascending(workers: Workers) throws -> Column<SpanningEdge> {
        defer { withExtendedLifetime(self) {} }
        let count = self.count
        let workers = count < 1 << 14 ? workers.single : workers
        let sorted = Column(count: count)
        guard count > 0 else { return sorted }
        let (source, target) = (shared, sorted.shared)
        var (low, high) = (UInt64.max, UInt64(1))
        for edge in values where edge.squared > 0 {
            low = Swift.min(low, edge.squared.bitPattern)
            high = Swift.max(high, edge.squared.bitPattern)
        }
        let (lowest, shares) = (low, 1 << 12)
        let shift = UInt64(Swift.max(0, UInt64.bitWidth - (high &- Swift.min(low, high)).leadingZeroBitCount - 12))
        let share: @Sendable (SpanningEdge) -> Int = { edge in
            edge.squared > 0 ? Int((edge.squared.bitPattern - lowest) >> shift) : 0
        }
        let parts = workers.count == 1 ? 1 : 4 * workers.count
        let length = (count + parts - 1) / parts
        let span: @Sendable (Int) -> Range<Int> = {
            Swift.min(count, $0 * length)..<Swift.min(count, ($0 + 1) * length)
        }
        let table = ShareTable(parts: parts, shares: shares)
        try workers.forEach(in: 0..<parts, grain: 1) { range, _ in
            for part in range {
                let counts = table.cleared(part)
                for index in span(part) { counts[share(source[index])] &+= 1 }
            }
        }
        let starts = table.turnCountsIntoPlaces()
        try workers.forEach(in: 0..<parts, grain: 1) { range, _ in
            for part in range {
                let places = table.part(part)
                for index in span(part) {
                    let edge = source[index]
                    let own = share(edge)
                    target[Int(places[own])] = edge
                    places[own] &+= 1
                }
            }
        }
        try workers.forEach(in: 0..<shares, grain: 16) { range, _ in
            for share in range where starts[share + 1] - starts[share] > 1 {
                var edges = target.slice(starts[share]..<starts[share + 1])
                edges.sort { $0.squared < $1.squared }
            }
        }
        return sorted
    }
}
