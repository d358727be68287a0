import SpatialIndex

/// Finds for every firm the candidate patterns in which it takes part, cell by cell.
///
/// A firm takes part in a pattern as soon as one clique with it is found, so cliques are not enumerated: the search for a pattern ends
/// at the first. Three things keep it short:
/// - candidates are paths of a forest, and what begins alike is looked for together;
/// - the last step of a path is taken for all firms of its next to last industry at once: the union of their rows says which
///   industries follow;
/// - all firms of a cell are neighbors, so patterns of industries that are all in a cell are settled for its firms without a search.
///
/// Belongs to one worker. Memory: 8 bytes a node of the forest, 8 a counter, and one block.
struct CliqueSearch: ~Copyable {
    private let relation: NeighborRelation
    private let occupants: Occupants
    private let forest: CandidateForest
    private var block: OccupantBlock

    /// For each counter what takes part: Σ of the weights of the occupants that do.
    private(set) var tally: [Int64]
    /// The occupants that take part, in no order; filled when ``listsHits``.
    private(set) var hits: [(counter: Int32, occupant: Int32)] = []
    private let listsHits: Bool

    // For each node the number of the occupant (``turn``) for which nothing is left to look for at and below it, and for which its
    // own pattern was found.
    private let done: UnsafeMutablePointer<UInt32>
    private let found: UnsafeMutablePointer<UInt32>
    private var turn: UInt32 = 0
    // The places still in question after each step of a path, level by level.
    private var rows: UnsafeMutablePointer<UInt64>
    private var rowCapacity = 0
    private var words = 0

    // Which industries the cell has, and how much of each.
    private var isInCell: [Bool]
    private var weightInCell: [Int64]
    private var industriesInCell: [UInt16] = []

    private var occupant = 0
    private var weight: Int64 = 0

    init(
        _ forest: CandidateForest, counters: Int, of occupants: Occupants, in relation: NeighborRelation,
        listsHits: Bool = false
    ) {
        self.relation = relation
        self.occupants = occupants
        self.forest = forest
        self.listsHits = listsHits
        block = OccupantBlock(occupants, relation)
        tally = [Int64](repeating: 0, count: counters)
        done = .allocate(capacity: max(1, forest.nodes.count))
        found = .allocate(capacity: max(1, forest.nodes.count))
        done.initialize(repeating: 0, count: forest.nodes.count)
        found.initialize(repeating: 0, count: forest.nodes.count)
        rows = .allocate(capacity: 0)
        isInCell = [Bool](repeating: false, count: occupants.industryCount)
        weightInCell = [Int64](repeating: 0, count: occupants.industryCount)
    }

    deinit {
        done.deallocate()
        found.deallocate()
        rows.deallocate()
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
        let (nodes, forest) = (forest.nodes, forest)
        nodes.withUnsafeBufferPointer { nodes in
            guard let nodes = nodes.baseAddress else { return }
            for index in block.ownPlaces.indices {
                let place = Int(block.ownPlaces[index])
                occupant = Int(block.occupantAt[place])
                let roots = forest.roots[Int(occupants.industries[occupant])]
                guard !roots.isEmpty else { continue }
                weight = occupants.weight(occupant)
                beginTurn()
                rows.update(from: block.reach.row(place), count: words)
                _ = descend(nodes, roots, level: 0, isSettled: isSettled)
            }
        }
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
            done.update(repeating: 0, count: forest.nodes.count)
            found.update(repeating: 0, count: forest.nodes.count)
        }
        turn += 1
    }

    /// Looks below some siblings for industries among the places in question at a level; whether all was found, or cannot be found
    /// for this occupant whatever is in question.
    private mutating func descend(
        _ nodes: UnsafePointer<CandidateForest.Node>, _ siblings: Range<Int>, level: Int, isSettled: Bool
    ) -> Bool {
        let inQuestion = UnsafePointer(rows + level * words)
        var isAllDone = true
        for index in siblings where done[index] != turn {
            let node = nodes[index]
            let segment = block.segments[Int(node.industry)]
            guard segment.isTouched(by: inQuestion) else {
                if level == 0 || !segment.isTouched(by: rows) { done[index] = turn } else { isAllDone = false }
                continue
            }
            let isInCell = isSettled && isInCell.withUnsafeBufferPointer { $0[Int(node.industry)] }
            if node.counter >= 0, found[index] != turn {
                found[index] = turn
                if !isInCell { record(node.counter) }
            }
            var isDone = node.isLeaf
            if node.hasOnlyLeaves {
                isDone = takeLastStep(nodes, node, segment, level: level, isSettled: isInCell)
            } else if !isDone {
                let (words, next) = (words, rows + (level + 1) * words)
                segment.forEachBit(of: inQuestion) { place in
                    let row = block.reach.row(place)
                    for word in 0..<words { next[word] = inQuestion[word] & row[word] }
                    isDone = descend(nodes, node.children, level: level + 1, isSettled: isInCell)
                    return !isDone
                }
            }
            if isDone { done[index] = turn } else { isAllDone = false }
        }
        return isAllDone
    }

    /// Looks for the children of a node, leaves all of them, among the neighbors of any place in question of the node's industry.
    private mutating func takeLastStep(
        _ nodes: UnsafePointer<CandidateForest.Node>, _ node: CandidateForest.Node, _ segment: BitSegment, level: Int,
        isSettled: Bool
    ) -> Bool {
        let (words, inQuestion) = (words, UnsafePointer(rows + level * words))
        let reached = rows + (level + 1) * words
        reached.update(repeating: 0, count: words)
        segment.forEachBit(of: inQuestion) { place in
            let row = block.reach.row(place)
            for word in 0..<words { reached[word] |= row[word] }
            return true
        }
        for word in 0..<words { reached[word] &= inQuestion[word] }
        var isAllDone = true
        for child in node.children where done[child] != turn {
            let leaf = nodes[child]
            let segment = block.segments[Int(leaf.industry)]
            if isSettled, isInCell.withUnsafeBufferPointer({ $0[Int(leaf.industry)] }) {
                done[child] = turn
            } else if segment.isTouched(by: reached) {
                done[child] = turn
                record(leaf.counter)
            } else if segment.isTouched(by: rows) {
                isAllDone = false
            } else {
                done[child] = turn
            }
        }
        return isAllDone
    }

    @inline(__always)
    private mutating func record(_ counter: Int32) {
        tally.withUnsafeMutableBufferPointer { $0[Int(counter)] += weight }
        if listsHits { hits.append((counter, Int32(truncatingIfNeeded: occupant))) }
    }
}

extension CliqueSearch {
    /// Counts the patterns of industries that are all in the cell for all of its firms at once; whether that was worth it.
    private mutating func settleCell() -> Bool {
        for industry in industriesInCell {
            isInCell[Int(industry)] = false
            weightInCell[Int(industry)] = 0
        }
        industriesInCell.removeAll(keepingCapacity: true)
        for place in block.ownPlaces {
            let occupant = Int(block.occupantAt[Int(place)])
            let industry = occupants.industries[occupant]
            if !isInCell[Int(industry)] {
                isInCell[Int(industry)] = true
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
                    weight = occupants.weight(occupant)
                    settle(roots)
                }
            } else {
                weight = weightInCell[Int(industry)]
                settle(roots)
            }
        }
        return true
    }

    private mutating func settle(_ siblings: Range<Int>) {
        for index in siblings {
            let node = forest.nodes[index]
            guard isInCell[Int(node.industry)] else { continue }
            if node.counter >= 0 { record(node.counter) }
            if !node.isLeaf { settle(node.children) }
        }
    }
}
