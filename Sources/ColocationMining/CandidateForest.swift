/// Candidate patterns as a forest: for each industry f the patterns with f, as paths of their other industries, ascending.
///
/// Patterns that begin with the same industries share the work of looking for these. A path ends at a node with a counter: the place
/// of f in the list of the patterns' industries. Patterns of several sizes may be mixed.
///
/// Memory: some 16 bytes for each industry of each candidate.
struct CandidateForest: Sendable {
    /// An industry on a path.
    struct Node: BitwiseCopyable, Sendable {
        var industry: UInt16
        /// Whether it has children and none of these has any.
        var hasOnlyLeaves = false
        /// Where the pattern that ends here counts; -1 where none ends.
        var counter: Int32
        var firstChild: Int32 = 0
        var endChild: Int32 = 0

        var children: Range<Int> { Int(firstChild)..<Int(endChild) }
        var isLeaf: Bool { firstChild == endChild }
    }

    /// Siblings lie next to each other, ascending by industry.
    private(set) var nodes: [Node] = []
    /// The nodes that paths of industry f begin with are `roots[f]`.
    private(set) var roots: [Range<Int>]
    /// The longest path, f not counted.
    private(set) var depth = 0

    /// - Parameter candidates: of industries below the count; each of size at least 2.
    init(_ candidates: PatternList, industryCount: Int) {
        roots = [Range<Int>](repeating: 0..<0, count: industryCount)
        var paths = [[Path]](repeating: [], count: industryCount)
        for index in 0..<candidates.count {
            let span = candidates.span(index)
            depth = max(depth, span.count - 1)
            for place in span {
                paths[Int(candidates.industries[place])].append(
                    Path(start: Int32(span.lowerBound), end: Int32(span.upperBound), root: Int32(place)))
            }
        }
        candidates.industries.withUnsafeBufferPointer { industries in
            for industry in 0..<industryCount {
                paths[industry].sort { $0.precedes($1, in: industries) }
                roots[industry] = add(paths[industry][...], at: 0, industries)
                paths[industry] = []
            }
        }
    }

    /// A pattern without one of its industries.
    private struct Path {
        let start: Int32
        let end: Int32
        /// The place of the industry left out.
        let root: Int32

        var count: Int { Int(end - start) - 1 }

        func industry(_ level: Int, in industries: UnsafeBufferPointer<UInt16>) -> UInt16 {
            let place = Int(start) + level
            return industries[place < Int(root) ? place : place + 1]
        }

        func precedes(_ other: Path, in industries: UnsafeBufferPointer<UInt16>) -> Bool {
            for level in 0..<min(count, other.count) {
                let (own, others) = (industry(level, in: industries), other.industry(level, in: industries))
                if own != others { return own < others }
            }
            return count < other.count
        }
    }

    /// Adds the nodes of some sorted paths that agree before `level` and are longer, and returns where they are: one next to the other.
    private mutating func add(
        _ paths: ArraySlice<Path>, at level: Int, _ industries: UnsafeBufferPointer<UInt16>
    ) -> Range<Int> {
        let first = nodes.count
        var groups: [Range<Int>] = []
        var start = paths.startIndex
        while start < paths.endIndex {
            let own = paths[start].industry(level, in: industries)
            var end = start + 1
            while end < paths.endIndex, paths[end].industry(level, in: industries) == own { end += 1 }
            groups.append(start..<end)
            // The shortest path comes first.
            nodes.append(Node(industry: own, counter: paths[start].count == level + 1 ? paths[start].root : -1))
            start = end
        }
        let added = first..<nodes.count
        for (node, group) in zip(added, groups) {
            let longer = nodes[node].counter >= 0 ? group.dropFirst() : group
            guard !longer.isEmpty else { continue }
            let children = add(paths[longer], at: level + 1, industries)
            nodes[node].firstChild = Int32(children.lowerBound)
            nodes[node].endChild = Int32(children.upperBound)
            nodes[node].hasOnlyLeaves = nodes[children].allSatisfy(\.isLeaf)
        }
        return added
    }
}
