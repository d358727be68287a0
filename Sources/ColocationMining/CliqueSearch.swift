import SpatialIndex

/// Finds for every firm the candidate patterns in which it takes part, cell by cell.
///
/// A firm takes part in a pattern as soon as one clique with it is found, so cliques are not enumerated: the search for a pattern ends
/// at the first. Four things keep it short:
/// - candidates are paths of a forest, and what begins alike is looked for together;
/// - the last step of a path is taken for all firms of its next to last industry at once: the union of their rows says which
///   industries follow;
/// - longer paths are only followed where every two of their industries have firms that are near each other and the firm asked about;
/// - all firms of a cell are neighbors, so patterns of industries that are all in a cell are settled for its firms without a search.
///
/// Belongs to one worker. Memory: 8 bytes a node of the forest, 24 for each 64 branches of one, and one block.
struct CliqueSearch: ~Copyable {
    private let relation: NeighborRelation
    private let occupants: Occupants
    private let forest: CandidateForest
    private var block: OccupantBlock

    /// For each node what takes part in the pattern that ends there: Σ of the weights of the occupants that do.
    let tally: UnsafeMutablePointer<Int64>
    /// The occupants that take part, in no order; filled when ``listsHits``.
    private(set) var hits: [(node: Int32, occupant: Int32)] = []
    private let listsHits: Bool

    /// What is known of the branches of a node for one occupant.
    private struct Progress: BitwiseCopyable {
        /// The occupant, by ``turn``; what is known of another is nothing.
        var turn: UInt32 = 0
        /// The industries at and below which nothing is left to look for.
        var done: UInt64 = 0
        /// The industries at which a pattern ends and was found.
        var found: UInt64 = 0
    }
    /// By ``CandidateForest/branching``.
    private let progress: UnsafeMutablePointer<Progress>
    private var turn: UInt32 = 0
    // The places still in question after each step of a path, level by level.
    private var rows: UnsafeMutablePointer<UInt64>
    private var rowCapacity = 0
    private var words = 0

    // Industries as bits, this many words of them.
    private let industryWords: Int
    /// Those of the cell, where it is settled.
    private let settled: UnsafeMutablePointer<UInt64>
    /// Level by level those that may come next on a path; at first those of the occupant's neighbors.
    private let allowed: UnsafeMutablePointer<UInt64>
    /// For each industry those with a neighbor of the occupant that is near one of this industry, while the turn is that of the occupant.
    private let linked: UnsafeMutablePointer<UInt64>
    private let linkedTurn: UnsafeMutablePointer<UInt32>
    /// Whether ``linked`` is worth it: for paths of three steps and more.
    private let usesLinks: Bool
    private var industriesInCell: [UInt16] = []
    private var weightInCell: [Int64]

    private var occupant = 0
    private var weight: Int64 = 0

    init(
        _ forest: CandidateForest, of occupants: Occupants, in relation: NeighborRelation, listsHits: Bool = false
    ) {
        self.relation = relation
        self.occupants = occupants
        self.forest = forest
        self.listsHits = listsHits
        block = OccupantBlock(occupants, relation)
        tally = .allocate(capacity: max(1, forest.nodes.count))
        tally.initialize(repeating: 0, count: forest.nodes.count)
        progress = .allocate(capacity: max(1, forest.branching.count))
        progress.initialize(repeating: Progress(), count: forest.branching.count)
        rows = .allocate(capacity: 0)
        usesLinks = forest.depth > 2
        industryWords = max(1, (occupants.industryCount + 63) / 64)
        settled = .allocate(capacity: industryWords)
        settled.initialize(repeating: 0, count: industryWords)
        allowed = .allocate(capacity: (forest.depth + 2) * industryWords)
        linked = .allocate(capacity: usesLinks ? occupants.industryCount * industryWords : 0)
        linkedTurn = .allocate(capacity: occupants.industryCount)
        linkedTurn.initialize(repeating: 0, count: occupants.industryCount)
        weightInCell = [Int64](repeating: 0, count: occupants.industryCount)
    }

    deinit {
        progress.deallocate()
        rows.deallocate()
        settled.deallocate()
        allowed.deallocate()
        linked.deallocate()
        linkedTurn.deallocate()
        tally.deallocate()
    }

    /// Searches around the firms of some cells.
    mutating func search(_ cells: Range<Int>) {
        let relation = relation
        var surroundings = CellSurroundings(relation.cells, radius: relation.distance)
        relation.cells.forEachRow(of: cells) { row, cells in
            surroundings.enter(row: row)
            for cell in cells {
                surroundings.turn(to: cell)
                block.fill(surroundings.positions, own: relation.cells.positions(cell))
                searchBlock()
            }
        }
    }

    private mutating func searchBlock() {
        guard block.present.count > 1, !block.ownPlaces.isEmpty else { return }
        prepareRows()
        let isSettled = settleCell()
        // Nothing around that is not in the cell itself.
        if isSettled, industriesInCell.count == block.present.count { return }
        let forest = forest
        forest.nodes.withUnsafeBufferPointer { nodes in
            forest.branching.withUnsafeBufferPointer { branching in
                guard let nodes = nodes.baseAddress, let branching = branching.baseAddress else { return }
                let tree = Tree(nodes: nodes, branching: branching)
                for index in block.ownPlaces.indices {
                    let place = Int(block.ownPlaces[index])
                    occupant = Int(block.occupantAt[place])
                    let own = occupants.industries[occupant]
                    let roots = forest.roots[Int(own)]
                    guard !roots.isEmpty else { continue }
                    weight = occupants.weight(occupant)
                    beginTurn()
                    rows.update(from: block.reach.row(place), count: words)
                    lookAround(except: own)
                    _ = descend(tree, roots, level: 0, isSettled: isSettled)
                }
            }
        }
    }

    /// The forest as the search sees it.
    private struct Tree {
        let nodes: UnsafePointer<CandidateForest.Node>
        let branching: UnsafePointer<CandidateForest.Branching>
    }

    private mutating func prepareRows() {
        words = block.reach.words
        let needed = (forest.depth + 2) * words
        guard needed > rowCapacity else { return }
        rowCapacity = 2 * needed
        rows.deallocate()
        rows = .allocate(capacity: rowCapacity)
    }

    private mutating func beginTurn() {
        if turn == .max {
            turn = 0
            progress.update(repeating: Progress(), count: forest.branching.count)
            linkedTurn.update(repeating: 0, count: occupants.industryCount)
        }
        turn += 1
    }

    /// Notes the industries of the occupant's neighbors.
    private mutating func lookAround(except own: UInt16) {
        allowed.update(repeating: 0, count: industryWords)
        for industry in block.present
        where industry != own && block.segments[Int(industry)].isTouched(by: rows) {
            allowed[Int(industry >> 6)] |= 1 << UInt64(industry & 63)
        }
    }

    /// The industries that have a neighbor of the occupant near one of an industry.
    private mutating func links(of industry: Int) -> UnsafePointer<UInt64> {
        let links = linked + industry * industryWords
        guard linkedTurn[industry] != turn else { return UnsafePointer(links) }
        linkedTurn[industry] = turn
        links.update(repeating: 0, count: industryWords)
        let reached = rows + (forest.depth + 1) * words
        reach(from: block.segments[industry], among: rows, into: reached)
        for word in 0..<industryWords {
            var left = allowed[word]
            while left != 0 {
                let bit = left & (0 &- left)
                left ^= bit
                if block.segments[word << 6 + bit.trailingZeroBitCount].isTouched(by: reached) { links[word] |= bit }
            }
        }
        return UnsafePointer(links)
    }

    /// The places in question that are near any of those in a segment.
    @inline(__always)
    private mutating func reach(
        from segment: BitSegment, among inQuestion: UnsafePointer<UInt64>, into reached: UnsafeMutablePointer<UInt64>
    ) {
        let words = words
        reached.update(repeating: 0, count: words)
        segment.forEachBit(of: inQuestion) { place in
            let row = block.reach.row(place)
            for word in 0..<words { reached[word] |= row[word] }
            return true
        }
        for word in 0..<words { reached[word] &= inQuestion[word] }
    }

    /// Takes some steps to industries among the places in question at a level; whether all that is allowed was found.
    private mutating func descend(
        _ tree: Tree, _ branches: CandidateForest.Branches, level: Int, isSettled: Bool
    ) -> Bool {
        let inQuestion = UnsafePointer(rows + level * words)
        var isAllDone = true
        for index in branches.range {
            let branching = tree.branching[index]
            var open = branching.industries & allowed[level * industryWords + Int(branching.word)]
            guard open != 0 else { continue }
            if level > 0 {
                if progress[index].turn != turn { progress[index] = Progress(turn: turn) }
                open &= ~progress[index].done
            }
            let inCell = isSettled ? settled[Int(branching.word)] : 0
            var done: UInt64 = 0
            var left = open
            while left != 0 {
                let bit = left & (0 &- left)
                left ^= bit
                let industry = Int(branching.word) << 6 + bit.trailingZeroBitCount
                let segment = block.segments[industry]
                guard level == 0 || segment.isTouched(by: inQuestion) else { continue }
                let node = branching.node(bit)
                let step = tree.nodes[node]
                if step.counter >= 0, level == 0 || progress[index].found & bit == 0 {
                    if level > 0 { progress[index].found |= bit }
                    if inCell & bit == 0 { record(node) }
                }
                var isDone = step.isLeaf
                if step.hasOnlyLeaves {
                    isDone = takeLastStep(
                        tree, step.branches, from: industry, level: level, isSettled: inCell & bit != 0)
                } else if !isDone, !isOpen(tree, step.branches, allowed + level * industryWords) {
                    isDone = true
                } else if !isDone {
                    let (links, here) = (links(of: industry), allowed + level * industryWords)
                    for word in 0..<industryWords { here[industryWords + word] = here[word] & links[word] }
                    let (words, next) = (words, rows + (level + 1) * words)
                    // Nothing that is allowed may be left below: then the first place says so.
                    segment.forEachBit(of: inQuestion) { place in
                        let row = block.reach.row(place)
                        for word in 0..<words { next[word] = inQuestion[word] & row[word] }
                        isDone = descend(tree, step.branches, level: level + 1, isSettled: inCell & bit != 0)
                        return !isDone
                    }
                }
                if isDone { done |= bit }
            }
            if level > 0 { progress[index].done |= done }
            if open & ~done != 0 { isAllDone = false }
        }
        return isAllDone
    }

    /// Whether some path goes on by industries that are allowed to its end.
    private func isOpen(
        _ tree: Tree, _ branches: CandidateForest.Branches, _ allowed: UnsafePointer<UInt64>
    ) -> Bool {
        for index in branches.range {
            let branching = tree.branching[index]
            var left = branching.industries & allowed[Int(branching.word)]
            while left != 0 {
                let bit = left & (0 &- left)
                left ^= bit
                let step = tree.nodes[branching.node(bit)]
                if step.counter >= 0 || isOpen(tree, step.branches, allowed) { return true }
            }
        }
        return false
    }

    /// Takes the last steps of paths, to neighbors of any place in question of an industry; whether all that is allowed was found.
    private mutating func takeLastStep(
        _ tree: Tree, _ branches: CandidateForest.Branches, from industry: Int, level: Int, isSettled: Bool
    ) -> Bool {
        let links = usesLinks ? links(of: industry) : nil
        let reached = rows + (level + 1) * words
        var isReached = false
        var isAllDone = true
        for index in branches.range {
            let branching = tree.branching[index]
            var open = branching.industries & allowed[level * industryWords + Int(branching.word)]
            if let links { open &= links[Int(branching.word)] }
            if isSettled { open &= ~settled[Int(branching.word)] }
            guard open != 0 else { continue }
            if level > 0 {
                if progress[index].turn != turn { progress[index] = Progress(turn: turn) }
                open &= ~progress[index].done
                guard open != 0 else { continue }
            }
            // With all neighbors in question, links are the answer.
            let isAnswered = level == 0 && usesLinks
            if !isReached, !isAnswered {
                isReached = true
                reach(from: block.segments[industry], among: rows + level * words, into: reached)
            }
            var (done, left): (UInt64, UInt64) = (0, open)
            while left != 0 {
                let bit = left & (0 &- left)
                left ^= bit
                let other = Int(branching.word) << 6 + bit.trailingZeroBitCount
                if isAnswered || block.segments[other].isTouched(by: reached) {
                    done |= bit
                    record(branching.node(bit))
                }
            }
            if level > 0 { progress[index].done |= done }
            if open != done { isAllDone = false }
        }
        return isAllDone
    }

    @inline(__always)
    private mutating func record(_ node: Int) {
        tally[node] += weight
        if listsHits { hits.append((Int32(truncatingIfNeeded: node), Int32(truncatingIfNeeded: occupant))) }
    }
}

extension CliqueSearch {
    /// Counts the patterns of industries that are all in the cell for all of its firms at once; whether that was worth it.
    private mutating func settleCell() -> Bool {
        for industry in industriesInCell {
            settled[Int(industry >> 6)] = 0
            weightInCell[Int(industry)] = 0
        }
        industriesInCell.removeAll(keepingCapacity: true)
        for place in block.ownPlaces {
            let occupant = Int(block.occupantAt[Int(place)])
            let industry = occupants.industries[occupant]
            let bit: UInt64 = 1 << UInt64(industry & 63)
            if settled[Int(industry >> 6)] & bit == 0 {
                settled[Int(industry >> 6)] |= bit
                industriesInCell.append(industry)
            }
            weightInCell[Int(industry)] += occupants.weight(occupant)
        }
        // Entries of one firm are no neighbors, so a cell is no clique then. Where each industry has one firm, looking at the cell
        // first is no gain.
        guard occupants.firmOfEntry.isEmpty,
            block.ownPlaces.count >= 2 * industriesInCell.count || industriesInCell.count == block.present.count
        else { return false }
        for industry in industriesInCell {
            let roots = forest.roots[Int(industry)]
            if listsHits {
                for place in block.ownPlaces {
                    occupant = Int(block.occupantAt[Int(place)])
                    guard occupants.industries[occupant] == industry else { continue }
                    settle(roots)
                }
            } else {
                weight = weightInCell[Int(industry)]
                settle(roots)
            }
        }
        return true
    }

    private mutating func settle(_ branches: CandidateForest.Branches) {
        for index in branches.range {
            let branching = forest.branching[index]
            var left = branching.industries & settled[Int(branching.word)]
            while left != 0 {
                let bit = left & (0 &- left)
                left ^= bit
                let node = branching.node(bit)
                if forest.nodes[node].counter >= 0 { record(node) }
                if !forest.nodes[node].isLeaf { settle(forest.nodes[node].branches) }
            }
        }
    }
}
