/// The candidates around a disc, near ones first.
///
/// Its memory serves disc after disc; whoever makes one deallocates it.
struct NeighborList {
    /// The next candidates of a run to look at, before and behind where it is nearest.
    private struct Cursor {
        var before: Int
        var after: Int
    }

    private var list: UnsafeMutablePointer<Int32>
    private var capacity = 256
    private var count = 0
    private let cursors: UnsafeMutablePointer<Cursor>
    private let runCapacity = 16
    /// The runs that have unlisted candidates left begin here.
    private var firstUnfinished = 0

    /// How many candidates on either side of a disc, in each row of cells, come before all others: enough to cover most
    /// circles from all directions.
    private static let firstLook = 4
    /// How many neighbors are listed of a disc that they do not cover. Those that remain are looked at in bulk.
    private static let most = 160

    init() {
        list = .allocate(capacity: capacity)
        cursors = .allocate(capacity: runCapacity)
    }

    func deallocate() {
        list.deallocate()
        cursors.deallocate()
    }

    var listed: UnsafeBufferPointer<Int32> { UnsafeBufferPointer(start: list, count: count) }

    /// Makes room for all candidates of some runs.
    mutating func reserve(for runs: UnsafeBufferPointer<CandidateRun>) {
        precondition(runs.count <= runCapacity, "more runs than rows of cells have")
        let needed = runs.reduce(0) { $0 + $1.centers.count }
        guard needed > capacity else { return }
        list.deallocate()
        capacity = 2 * needed
        list = .allocate(capacity: capacity)
    }

    /// What is left of runs behind the listed neighbors.
    func forEachRest(of runs: UnsafeBufferPointer<CandidateRun>, _ body: (Range<Int>) -> Bool) {
        for index in firstUnfinished..<max(firstUnfinished, runs.count) {
            let (cursor, run) = (cursors[index], runs[index].centers)
            if cursor.after < run.upperBound, body(cursor.after..<run.upperBound) { return }
            if cursor.before >= run.lowerBound, body(run.lowerBound..<cursor.before + 1) { return }
        }
    }

    /// Lists those candidates that `look` finds to be neighbors, until all sectors are covered.
    ///
    /// The first run is the disc's own; from it and the others a few come first, nearest in x on both sides in turn.
    @inline(__always)
    mutating func list(
        for disc: Int, among runs: UnsafeBufferPointer<CandidateRun>, _ look: (_ other: Int) -> UInt64?
    ) -> UInt64 {
        var covered: UInt64 = 0
        var count = 0
        let list = self.list
        firstUnfinished = runs.count
        defer { self.count = count }

        @inline(__always)
        func visit(_ other: Int) {
            guard let sectors = look(other) else { return }
            list[count] = Int32(truncatingIfNeeded: other)
            count += 1
            covered |= sectors
        }
        for (index, run) in runs.enumerated() {
            var (before, after) = index == 0 ? (disc - 1, disc + 1) : (run.middle - 1, run.middle)
            let first = max(run.centers.lowerBound, before - Self.firstLook + 1)
            let last = min(run.centers.upperBound, after + Self.firstLook)
            while after < last {
                visit(after)
                after += 1
            }
            while before >= first {
                visit(before)
                before -= 1
            }
            if covered == ~0 { return covered }
            cursors[index] = Cursor(before: before, after: after)
        }
        for (index, run) in runs.enumerated() {
            let cursor = cursors[index]
            var (before, after) = (cursor.before, cursor.after)
            while after < run.centers.upperBound, count < Self.most {
                visit(after)
                if covered == ~0 { return covered }
                after += 1
            }
            while before >= run.centers.lowerBound, count < Self.most {
                visit(before)
                if covered == ~0 { return covered }
                before -= 1
            }
            if count >= Self.most {
                cursors[index] = Cursor(before: before, after: after)
                firstUnfinished = index
                return covered
            }
        }
        return covered
    }
}
