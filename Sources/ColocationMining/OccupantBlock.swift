import SpatialIndex

/// The occupants around one cell, industry by industry, and who of them is within reach of whom.
///
/// The occupants of an industry lie next to each other, so "is there one of that industry" is a look at a few bits of a
/// row. Belongs to one worker and is filled again for each cell; memory for the occupants around one cell.
struct OccupantBlock: ~Copyable {
    private let occupants: Occupants
    /// Who is within reach of whom, by place in the block.
    var reach: ReachTable
    /// For each industry where its occupants lie; without bits while there are none.
    let segments: UnsafeMutablePointer<BitSegment>
    // Where the next occupant of each industry goes; 0 between blocks.
    private let next: UnsafeMutablePointer<Int32>
    private let presentIndustries: UnsafeMutablePointer<UInt16>
    private var presentCount = 0
    private var capacity = 0
    private var occupantOfPlace: UnsafeMutablePointer<Int32>
    private var placesOfCell: UnsafeMutablePointer<Int32>
    private var ownCount = 0

    init(_ occupants: Occupants, _ relation: NeighborRelation) {
        self.occupants = occupants
        reach = ReachTable(relation.cells.rows, radius: relation.distance)
        let count = occupants.industryCount
        segments = .allocate(capacity: count)
        segments.initialize(repeating: BitSegment(), count: count)
        next = .allocate(capacity: count)
        next.initialize(repeating: 0, count: count)
        presentIndustries = .allocate(capacity: count)
        occupantOfPlace = .allocate(capacity: 0)
        placesOfCell = .allocate(capacity: 0)
    }

    deinit {
        segments.deallocate()
        next.deallocate()
        presentIndustries.deallocate()
        occupantOfPlace.deallocate()
        placesOfCell.deallocate()
    }

    /// The industries that are here, in the order in which they lie.
    var present: UnsafeBufferPointer<UInt16> { UnsafeBufferPointer(start: presentIndustries, count: presentCount) }
    /// For each place the occupant.
    var occupantAt: UnsafePointer<Int32> { UnsafePointer(occupantOfPlace) }
    /// The places of the cell's own occupants.
    var ownPlaces: UnsafeBufferPointer<Int32> { UnsafeBufferPointer(start: placesOfCell, count: ownCount) }

    /// Takes in what is at some positions.
    mutating func fill(_ positions: UnsafeBufferPointer<Int32>, own: Range<Int>) {
        for industry in present { segments[Int(industry)] = BitSegment() }
        (presentCount, ownCount) = (0, 0)
        let isGrouped = !occupants.firmOfEntry.isEmpty
        occupants.starts.withUnsafeBufferPointer { starts in
            occupants.industries.withUnsafeBufferPointer { industries in
                var total: Int32 = 0
                for position in positions {
                    let (start, end) = (starts[Int(position)], starts[Int(position) + 1])
                    total += end - start
                    for occupant in Int(start)..<Int(end) {
                        let industry = industries[occupant]
                        if next[Int(industry)] == 0 {
                            presentIndustries[presentCount] = industry
                            presentCount += 1
                        }
                        next[Int(industry)] += 1
                    }
                }
                reserve(Int(total))
                var place: Int32 = 0
                for industry in present {
                    let count = next[Int(industry)]
                    segments[Int(industry)] = BitSegment(Int(place)..<Int(place + count))
                    next[Int(industry)] = place
                    place += count
                }
                reach.begin(count: Int(total), isGrouped: isGrouped)
                for position in positions {
                    let isOwn = own.contains(Int(position))
                    for occupant in Int(starts[Int(position)])..<Int(starts[Int(position) + 1]) {
                        let industry = Int(industries[occupant])
                        let place = next[industry]
                        next[industry] += 1
                        occupantOfPlace[Int(place)] = Int32(truncatingIfNeeded: occupant)
                        reach.place(Int(position), at: Int(place))
                        if isGrouped { reach.group(occupants.firmOfEntry[occupant], at: Int(place)) }
                        if isOwn {
                            placesOfCell[ownCount] = place
                            ownCount += 1
                        }
                    }
                }
                for industry in present { next[Int(industry)] = 0 }
            }
        }
    }

    private mutating func reserve(_ count: Int) {
        guard count > capacity else { return }
        capacity = 2 * count
        occupantOfPlace.deallocate()
        placesOfCell.deallocate()
        occupantOfPlace = .allocate(capacity: capacity)
        placesOfCell = .allocate(capacity: capacity)
    }
}

/// A stretch of bits in a row of words.
struct BitSegment: BitwiseCopyable, Sendable {
    /// The words it touches; empty without bits.
    private(set) var firstWord: Int32 = 0
    private(set) var lastWord: Int32 = -1
    /// Its bits in the first and in the last of them; the same where there is one word.
    private(set) var firstMask: UInt64 = 0
    private(set) var lastMask: UInt64 = 0

    /// No bits.
    init() {}

    /// - Precondition: not empty.
    init(_ bits: Range<Int>) {
        firstWord = Int32(bits.lowerBound >> 6)
        lastWord = Int32((bits.upperBound - 1) >> 6)
        firstMask = ~0 << UInt64(bits.lowerBound & 63)
        lastMask = ~0 >> UInt64(63 - (bits.upperBound - 1) & 63)
        if firstWord == lastWord {
            firstMask &= lastMask
            lastMask = firstMask
        }
    }

    /// Whether it has no bits.
    @inline(__always)
    var isEmpty: Bool { lastWord < firstWord }

    /// Whether any of its bits is set.
    @inline(__always)
    func isTouched(by words: UnsafePointer<UInt64>) -> Bool {
        let (first, last) = (Int(firstWord), Int(lastWord))
        if first >= last { return words[first] & firstMask != 0 }
        if words[first] & firstMask != 0 || words[last] & lastMask != 0 { return true }
        for word in first + 1..<last where words[word] != 0 { return true }
        return false
    }

    /// Calls `body` with each of its bits that is set until it returns false.
    @inline(__always)
    func forEachBit(of words: UnsafePointer<UInt64>, _ body: (Int) throws -> Bool) rethrows {
        var word = Int(firstWord)
        while word <= Int(lastWord) {
            var bits = words[word]
            if word == Int(firstWord) { bits &= firstMask }
            if word == Int(lastWord) { bits &= lastMask }
            while bits != 0 {
                guard try body(word << 6 + bits.trailingZeroBitCount) else { return }
                bits &= bits - 1
            }
            word += 1
        }
    }
}
