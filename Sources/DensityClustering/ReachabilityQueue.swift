/// The sites that have been reached and have points not yet in the order, the next one first: smallest reachability, then
/// smallest rank.
///
/// A heap that knows where each site is, so that a site that comes nearer moves up. The alternative, to add it once more
/// and pass over what is out of date, would hold an entry for every improvement. Four children a node are a cache line.
struct ReachabilityQueue: ~Copyable {
    struct Entry: BitwiseCopyable {
        /// The squared reachability.
        var reachability: Double
        /// The smallest rank of a point of the site that is not yet in the order.
        var rank: Int32
        /// Where the site is in the rows.
        var position: Int32

        @inline(__always)
        func comes(before other: Entry) -> Bool {
            reachability != other.reachability ? reachability < other.reachability : rank < other.rank
        }
    }

    private let entries: UnsafeMutablePointer<Entry>
    /// Where in the heap a site is, −1 when it is not there.
    private let places: UnsafeMutablePointer<Int32>
    private(set) var count = 0

    init(capacity: Int) {
        entries = .allocate(capacity: capacity)
        places = .allocate(capacity: capacity)
        places.initialize(repeating: -1, count: capacity)
    }

    deinit {
        entries.deallocate()
        places.deallocate()
    }

    /// The next site; nil when none is reached.
    var first: Entry? { count > 0 ? entries[0] : nil }

    /// Adds a site, or moves it up to a smaller reachability. `rank` is asked for when it is new.
    @inline(__always)
    mutating func bring(_ position: Int, to reachability: Double, rank: () -> Int32) {
        let place = Int(places[position])
        if place >= 0 {
            var entry = entries[place]
            entry.reachability = reachability
            rise(entry, from: place)
        } else {
            count += 1
            rise(
                Entry(reachability: reachability, rank: rank(), position: Int32(truncatingIfNeeded: position)),
                from: count - 1)
        }
    }

    /// Gives the first site the rank of its next point.
    mutating func turnFirst(toRank rank: Int32) {
        var entry = entries[0]
        entry.rank = rank
        sink(entry)
    }

    mutating func removeFirst() {
        places[Int(entries[0].position)] = -1
        count -= 1
        if count > 0 { sink(entries[count]) }
    }

    @inline(__always)
    private func put(_ entry: Entry, at place: Int) {
        entries[place] = entry
        places[Int(entry.position)] = Int32(truncatingIfNeeded: place)
    }

    private func rise(_ entry: Entry, from start: Int) {
        var place = start
        while place > 0 {
            let parent = (place - 1) / 4
            guard entry.comes(before: entries[parent]) else { break }
            put(entries[parent], at: place)
            place = parent
        }
        put(entry, at: place)
    }

    private func sink(_ entry: Entry) {
        var place = 0
        while true {
            let children = 4 * place + 1
            guard children < count else { break }
            var least = children
            for child in children + 1..<max(children + 1, min(children + 4, count))
            where entries[child].comes(before: entries[least]) { least = child }
            guard entries[least].comes(before: entry) else { break }
            put(entries[least], at: place)
            place = least
        }
        put(entry, at: place)
    }
}
