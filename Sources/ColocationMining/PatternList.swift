/// Sets of industries, one after the other in one array: 2 bytes an industry.
struct PatternList: Sendable {
    private(set) var industries: [UInt16] = []
    private(set) var starts: [Int32] = [0]

    /// The number of patterns.
    var count: Int { starts.count - 1 }
    /// The number of industries of all patterns.
    var industryTotal: Int { industries.count }

    /// Where the industries of a pattern are; the same numbers serve for what is counted of them.
    func span(_ pattern: Int) -> Range<Int> { Int(starts[pattern])..<Int(starts[pattern + 1]) }

    /// The industries of a pattern, ascending.
    subscript(pattern: Int) -> ArraySlice<UInt16> { industries[span(pattern)] }

    /// Adds a pattern.
    mutating func append(_ pattern: some Collection<UInt16>) {
        industries.append(contentsOf: pattern)
        starts.append(Int32(truncatingIfNeeded: industries.count))
    }

    /// Adds all patterns of another list.
    mutating func append(_ others: PatternList) {
        for index in 0..<others.count { append(others[index]) }
    }

    /// Whether a pattern is in a list that ascends lexicographically.
    func contains(_ pattern: some Collection<UInt16>) -> Bool {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if self[middle].lexicographicallyPrecedes(pattern) { low = middle + 1 } else { high = middle }
        }
        return low < count && self[low].elementsEqual(pattern)
    }
}
