import SpatialIndex

/// Finds for every firm the candidate patterns in which it takes part, cell by cell.
///
/// A firm takes part in a pattern as soon as one clique with it is found, so cliques are not enumerated: the search for
/// a pattern ends at the first. Four things keep it short:
/// - candidates are paths of a forest, and what begins alike is looked for together;
/// - the last step of a path is taken for all firms of its next to last industry at once: the union of their rows says
///   which industries follow;
/// - longer paths are only followed where every two of their industries have firms that are near each other and the
///   firm asked about;
/// - all firms of a cell are neighbors, so patterns of industries that are all in a cell are settled for its firms
///   without a search.
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
    /// A row is read and written so many bits at a time.
    private typealias Stripe = SIMD4<UInt64>
    // The places still in question after each step of a path, level by level.
    private var rows: UnsafeMutablePointer<Stripe>
    private var rowCapacity = 0
    private var stripes = 0

    // Industries as bits, this many words of them.
    private let industryWords: Int
    /// Those of the cell, where it is settled.
    private let settled: UnsafeMutablePointer<UInt64>
    /// Level by level those that may come next on a path; at first those of the occupant's neighbors.
    private let allowed: UnsafeMutablePointer<UInt64>
    /// Level by level those of them that have a place in question.
    private let touched: UnsafeMutablePointer<UInt64>
    /// For each industry those with a neighbor of the occupant that is near one of this industry, while the turn is
    /// that of the occupant.
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
        allowed = .allocate(capacity: (forest.depth + 3) * industryWords)
        touched = .allocate(capacity: (forest.depth + 2) * industryWords)
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
        touched.deallocate()
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
                for place in block.ownPlaces {
                    let place = Int(place)
                    occupant = Int(block.occupantAt[place])
                    let own = occupants.industries[occupant]
                    let roots = forest.roots[Int(own)]
                    guard !roots.isEmpty else { continue }
                    weight = occupants.weight(occupant)
                    beginTurn()
                    let row = row(place)
                    for stripe in 0..<stripes { rows[stripe] = row[stripe] }
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
        stripes = block.reach.words / Stripe.scalarCount
        let needed = (forest.depth + 2) * stripes
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

    @inline(__always)
    private mutating func row(_ place: Int) -> UnsafePointer<Stripe> {
        UnsafeRawPointer(block.reach.row(place)).assumingMemoryBound(to: Stripe.self)
    }

    /// The places in question at a level, in words.
    @inline(__always)
    private func words(_ level: Int) -> UnsafePointer<UInt64> {
        UnsafeRawPointer(rows + level * stripes).assumingMemoryBound(to: UInt64.self)
    }

    /// Notes the industries of the occupant's neighbors.
    private mutating func lookAround(except own: UInt16) {
        allowed.update(repeating: 0, count: industryWords)
        let words = words(0)
        for industry in block.present
        where industry != own && block.segments[Int(industry)].isTouched(by: words) {
            allowed[Int(industry >> 6)] |= 1 << UInt64(industry & 63)
        }
        touched.update(from: allowed, count: industryWords)
    }

    /// Writes which of some industries have a place among those at a level.
    @inline(__always)
    private func note(
        touchedBy level: Int, among industries: UnsafePointer<UInt64>, in noted: UnsafeMutablePointer<UInt64>
    ) {
        let words = words(level)
        for word in 0..<industryWords {
            var (touched, left): (UInt64, UInt64) = (0, industries[word])
            while left != 0 {
                let bit = left & (0 &- left)
                left ^= bit
                if block.segments[word << 6 + bit.trailingZeroBitCount].isTouched(by: words) { touched |= bit }
            }
            noted[word] = touched
        }
    }

    /// The industries that have a neighbor of the occupant near one of an industry.
    private mutating func links(of industry: Int) -> UnsafePointer<UInt64> {
        let links = linked + industry * industryWords
        if linkedTurn[industry] != turn {
            linkedTurn[industry] = turn
            // A level of its own, beyond those of paths.
            reach(from: industry, level: 0, into: forest.depth + 1)
            // Paths ascend: what comes before is never asked for.
            let later = allowed + (forest.depth + 2) * industryWords
            for word in 0..<industryWords {
                later[word] = word < industry >> 6 ? 0 : allowed[word]
                if word == industry >> 6 { later[word] &= ~0 << UInt64(industry & 63) }
            }
            note(touchedBy: forest.depth + 1, among: later, in: links)
        }
        return UnsafePointer(links)
    }

    /// Puts the places in question at a level that are near any of those of an industry into another level.
    @inline(__always)
    private mutating func reach(from industry: Int, level: Int, into other: Int) {
        let (inQuestion, reached, segment) = (rows + level * stripes, rows + other * stripes, block.segments[industry])
        if stripes == 1 {
            var sum = Stripe()
            segment.forEachBit(of: words(level)) { place in
                sum |= row(place)[0]
                return true
            }
            reached[0] = sum & inQuestion[0]
        } else {
            let stripes = stripes
            reached.update(repeating: Stripe(), count: stripes)
            var taken = 0
            segment.forEachBit(of: words(level)) { place in
                let row = row(place)
                for stripe in 0..<stripes { reached[stripe] |= row[stripe] }
                taken += 1
                // Where firms crowd a few of an industry reach all there is.
                return taken % 16 != 0 || (0..<stripes).contains { any(inQuestion[$0] & ~reached[$0] .!= Stripe()) }
            }
            for stripe in 0..<stripes { reached[stripe] &= inQuestion[stripe] }
        }
    }

    /// Takes some steps to industries among the places in question at a level; whether all that is allowed was found.
    private mutating func descend(
        _ tree: Tree, _ branches: CandidateForest.Branches, level: Int, isSettled: Bool
    ) -> Bool {
        var isAllDone = true
        for index in branches.range {
            let branching = tree.branching[index]
            let word = Int(branching.word)
            var open = branching.industries & allowed[level * industryWords + word]
            guard open != 0 else { continue }
            if level > 0 {
                if progress[index].turn != turn { progress[index] = Progress(turn: turn) }
                open &= ~progress[index].done
            }
            let inCell = isSettled ? settled[word] : 0
            var done: UInt64 = 0
            var left = open & touched[level * industryWords + word]
            while left != 0 {
                let bit = left & (0 &- left)
                left ^= bit
                let node = branching.node(bit)
                let step = tree.nodes[node]
                if step.counter >= 0, level == 0 || progress[index].found & bit == 0 {
                    if level > 0 { progress[index].found |= bit }
                    if inCell & bit == 0 { record(node) }
                }
                let isDone =
                    step.isLeaf
                    || go(
                        on: step, tree, from: word << 6 + bit.trailingZeroBitCount, level, isSettled: inCell & bit != 0)
                if isDone { done |= bit }
            }
            if level > 0 { progress[index].done |= done }
            if open & ~done != 0 { isAllDone = false }
        }
        return isAllDone
    }

    /// Follows the paths that go on after a step to an industry at a level; whether all that is allowed was found.
    @inline(__always)
    private mutating func go(
        on step: CandidateForest.Node, _ tree: Tree, from industry: Int, _ level: Int, isSettled: Bool
    ) -> Bool {
        if step.hasOnlyLeaves {
            return takeLastStep(tree, step.branches, from: industry, level: level, isSettled: isSettled)
        }
        let (here, below) = (allowed + level * industryWords, allowed + (level + 1) * industryWords)
        guard allow(here, on: step.branches, tree, in: below) else { return true }
        let links = links(of: industry)
        var isLinked = true
        for word in 0..<industryWords where below[word] & ~links[word] != 0 {
            below[word] &= links[word]
            isLinked = false
        }
        if !isLinked {
            // What is left below may have lost its way up or down.
            let rest = allowed + (level + 2) * industryWords
            guard allow(below, on: step.branches, tree, in: rest) else { return true }
            below.update(from: rest, count: industryWords)
        }
        var isDone = false
        let (stripes, inQuestion, next) = (stripes, rows + level * stripes, rows + (level + 1) * stripes)
        block.segments[industry].forEachBit(of: words(level)) { place in
            let row = row(place)
            for stripe in 0..<stripes { next[stripe] = inQuestion[stripe] & row[stripe] }
            note(touchedBy: level + 1, among: below, in: touched + (level + 1) * industryWords)
            isDone = descend(tree, step.branches, level: level + 1, isSettled: isSettled)
            return !isDone
        }
        return isDone
    }

    /// Writes the industries of the paths that go on by allowed industries to where a pattern ends; whether there are
    /// any.
    private func allow(
        _ allowed: UnsafePointer<UInt64>, on branches: CandidateForest.Branches, _ tree: Tree,
        in below: UnsafeMutablePointer<UInt64>
    ) -> Bool {
        below.update(repeating: 0, count: industryWords)
        return addAllowed(allowed, on: branches, tree, to: below)
    }

    private func addAllowed(
        _ allowed: UnsafePointer<UInt64>, on branches: CandidateForest.Branches, _ tree: Tree,
        to below: UnsafeMutablePointer<UInt64>
    ) -> Bool {
        var isAny = false
        for index in branches.range {
            let branching = tree.branching[index]
            var (left, ways): (UInt64, UInt64) = (branching.industries & allowed[Int(branching.word)], 0)
            while left != 0 {
                let bit = left & (0 &- left)
                left ^= bit
                let step = tree.nodes[branching.node(bit)]
                var isWay = step.counter >= 0
                if step.hasOnlyLeaves {
                    for next in step.branches.range {
                        let leaves = tree.branching[next].industries & allowed[Int(tree.branching[next].word)]
                        below[Int(tree.branching[next].word)] |= leaves
                        isWay = isWay || leaves != 0
                    }
                } else if !step.isLeaf, addAllowed(allowed, on: step.branches, tree, to: below) {
                    isWay = true
                }
                if isWay { ways |= bit }
            }
            below[Int(branching.word)] |= ways
            isAny = isAny || ways != 0
        }
        return isAny
    }

    /// Takes the last steps of paths, to neighbors of any place in question of an industry; whether all that is allowed
    /// was found.
    private mutating func takeLastStep(
        _ tree: Tree, _ branches: CandidateForest.Branches, from industry: Int, level: Int, isSettled: Bool
    ) -> Bool {
        var isReached = false
        var isAllDone = true
        for index in branches.range {
            let branching = tree.branching[index]
            let word = Int(branching.word)
            var open = branching.industries & allowed[level * industryWords + word]
            if isSettled { open &= ~settled[word] }
            if level > 0, open != 0 {
                if progress[index].turn != turn { progress[index] = Progress(turn: turn) }
                open &= ~progress[index].done
            }
            guard open != 0 else { continue }
            if usesLinks { open &= links(of: industry)[word] }
            var left = open & touched[level * industryWords + word]
            // With all neighbors in question, links are the answer.
            let isAnswered = level == 0 && usesLinks
            if left != 0, !isReached, !isAnswered {
                isReached = true
                reach(from: industry, level: level, into: level + 1)
            }
            let reached = words(level + 1)
            var done: UInt64 = 0
            while left != 0 {
                let bit = left & (0 &- left)
                left ^= bit
                if isAnswered || block.segments[word << 6 + bit.trailingZeroBitCount].isTouched(by: reached) {
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
        if listsHits {
            hits.append((Int32(truncatingIfNeeded: node), Int32(truncatingIfNeeded: occupant)))
        } else {
            tally[node] += weight
        }
    }
}

extension CliqueSearch {
    /// Counts the patterns of industries that are all in the cell for all of its firms at once; whether that was worth
    /// it.
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
        // Entries of one firm are no neighbors, so a cell is no clique then. Where each industry has one firm, looking
        // at the cell first is no gain.
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
