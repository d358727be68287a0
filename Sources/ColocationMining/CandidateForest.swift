/// Candidate patterns as a forest: for each industry f the patterns with f, as paths of their other industries,
/// ascending.
///
/// Patterns that begin with the same industries share the work of looking for these. A path ends at a node with a
/// counter: the place of f in the list of the patterns' industries. Patterns of several sizes may be mixed.
///
/// Memory: some 16 bytes for each industry of each candidate.
struct CandidateForest: Sendable {
    /// A step of a path.
    struct Node: BitwiseCopyable, Sendable {
        /// Where the pattern that ends here counts; -1 where none ends.
        var counter: Int32
        /// The next steps.
        var branches = Branches()
        /// Whether there are next steps and all of them are the last.
        var hasOnlyLeaves = false

        var isLeaf: Bool { branches.isEmpty }
    }

    /// Some elements of ``CandidateForest/branching``.
    struct Branches: BitwiseCopyable, Sendable {
        var first: Int32 = 0
        var end: Int32 = 0

        var isEmpty: Bool { first == end }
        var range: Range<Int> { Int(first)..<Int(end) }
    }

    /// The next steps of a path to industries 64 w to 64 w + 63, in one word: what is open among them is an "and" away.
    struct Branching: BitwiseCopyable, Sendable {
        /// w.
        var word: Int32
        /// The node of the lowest of these industries; the others follow.
        var firstNode: Int32
        /// The industries.
        var industries: UInt64

        /// The node of the industry whose bit alone is set.
        @inline(__always)
        func node(_ bit: UInt64) -> Int { Int(firstNode) + (industries & (bit - 1)).nonzeroBitCount }
    }

    /// Siblings lie next to each other, ascending by industry.
    private(set) var nodes: [Node] = []
    private(set) var branching: [Branching] = []
    /// The steps that paths of industry f begin with are `roots[f]`.
    private(set) var roots: [Branches]
    /// The longest path, f not counted.
    private(set) var depth = 0

    /// - Parameter candidates: of industries below the count; each of size at least 2.
    init(_ candidates: PatternList, industryCount: Int) {
        roots = [Branches](repeating: Branches(), count: industryCount)
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

    /// Adds the steps of some sorted paths that agree before `level` and are longer, and returns where they are.
    private mutating func add(
        _ paths: ArraySlice<Path>, at level: Int, _ industries: UnsafeBufferPointer<UInt16>
    ) -> Branches {
        let (firstNode, firstBranching) = (nodes.count, branching.count)
        var groups: [Range<Int>] = []
        var start = paths.startIndex
        while start < paths.endIndex {
            let own = paths[start].industry(level, in: industries)
            var end = start + 1
            while end < paths.endIndex, paths[end].industry(level, in: industries) == own { end += 1 }
            let word = Int32(own >> 6)
            if branching.count == firstBranching || branching[branching.count - 1].word != word {
                branching.append(Branching(word: word, firstNode: Int32(nodes.count), industries: 0))
            }
            branching[branching.count - 1].industries |= 1 << UInt64(own & 63)
            // The shortest path comes first.
            nodes.append(Node(counter: paths[start].count == level + 1 ? paths[start].root : -1))
            groups.append(start..<end)
            start = end
        }
        let branches = Branches(first: Int32(firstBranching), end: Int32(branching.count))
        for (node, group) in zip(firstNode..<nodes.count, groups) {
            let longer = nodes[node].counter >= 0 ? group.dropFirst() : group
            guard !longer.isEmpty else { continue }
            let firstChild = nodes.count
            nodes[node].branches = add(paths[longer], at: level + 1, industries)
            let children = branching[nodes[node].branches.range].reduce(0) { $0 + $1.industries.nonzeroBitCount }
            nodes[node].hasOnlyLeaves = nodes[firstChild..<firstChild + children].allSatisfy(\.isLeaf)
        }
        return branches
    }
}
