import SpatialIndex

/// The occupants around one cell, industry by industry, and who of them is within reach of whom.
///
/// The occupants of an industry lie next to each other, so "is there one of that industry" is a look at a few bits of a
/// row. Belongs to one worker and is filled again for each cell; memory for the occupants around one cell.
struct OccupantBlock: ~Copyable {
    private let occupants: Occupants
    /// Who is within reach of whom, by place in the block.
    var reach: ReachTable
    /// The industries that are here, in the order in which they lie.
    private(set) var present: [UInt16] = []
    /// For each industry where its occupants lie, while it is present.
    private(set) var segments: UnsafeMutablePointer<BitSegment>
    /// For each place the occupant.
    private(set) var occupantAt: [Int32] = []
    /// The places of the cell's own occupants.
    private(set) var ownPlaces: [Int32] = []
    private var next: [Int32]
    private var stretches: [(occupants: Range<Int>, position: Int, isOwn: Bool)] = []

    init(_ occupants: Occupants, _ relation: NeighborRelation) {
        self.occupants = occupants
        reach = ReachTable(relation.cells.rows, radius: relation.distance)
        segments = .allocate(capacity: max(1, occupants.industryCount))
        segments.initialize(repeating: BitSegment(), count: max(1, occupants.industryCount))
        next = [Int32](repeating: 0, count: occupants.industryCount)
    }

    deinit { segments.deallocate() }

    /// The number of occupants.
    var count: Int { occupantAt.count }

    /// Takes in what is at some positions.
    mutating func fill(_ positions: UnsafeBufferPointer<Int32>, own: Range<Int>) {
        for industry in present { segments[Int(industry)] = BitSegment() }
        present.removeAll(keepingCapacity: true)
        stretches.removeAll(keepingCapacity: true)
        var total = 0
        occupants.starts.withUnsafeBufferPointer { starts in
            occupants.industries.withUnsafeBufferPointer { industries in
                next.withUnsafeMutableBufferPointer { next in
                    for position in positions {
                        let here = Int(starts[Int(position)])..<Int(starts[Int(position) + 1])
                        guard !here.isEmpty else { continue }
                        stretches.append((here, Int(position), own.contains(Int(position))))
                        total += here.count
                        for occupant in here {
                            let industry = Int(industries[occupant])
                            if next[industry] == 0 { present.append(industries[occupant]) }
                            next[industry] += 1
                        }
                    }
                    var place: Int32 = 0
                    for industry in present {
                        let count = next[Int(industry)]
                        segments[Int(industry)] = BitSegment(Int(place)..<Int(place + count))
                        next[Int(industry)] = place
                        place += count
                    }
                }
            }
        }
        let isGrouped = !occupants.firmOfEntry.isEmpty
        reach.begin(count: total, isGrouped: isGrouped)
        ownPlaces.removeAll(keepingCapacity: true)
        if occupantAt.count > total {
            occupantAt.removeLast(occupantAt.count - total)
        } else {
            while occupantAt.count < total { occupantAt.append(0) }
        }
        occupants.industries.withUnsafeBufferPointer { industries in
            next.withUnsafeMutableBufferPointer { next in
                occupantAt.withUnsafeMutableBufferPointer { occupantAt in
                    for stretch in stretches {
                        for occupant in stretch.occupants {
                            let place = next[Int(industries[occupant])]
                            next[Int(industries[occupant])] += 1
                            occupantAt[Int(place)] = Int32(truncatingIfNeeded: occupant)
                            reach.place(stretch.position, at: Int(place))
                            if isGrouped { reach.group(occupants.firmOfEntry[occupant], at: Int(place)) }
                            if stretch.isOwn { ownPlaces.append(place) }
                        }
                    }
                    for industry in present { next[Int(industry)] = 0 }
                }
            }
        }
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
