/// What is left of one circle while discs that cover parts of it are taken away: usually one gap or two.
///
/// Its memory serves circle after circle; whoever makes one deallocates it.
struct CircleGaps {
    struct Gap {
        /// In 0..<2π.
        var start: Double
        var width: Double
        /// The discs that end the gap on either side; −1 where nothing has cut it yet.
        var previous: Int32
        var next: Int32
        /// The unit vectors of its ends.
        var startDirection: SIMD2<Double>
        var endDirection: SIMD2<Double>
    }

    /// What a neighbor may do to the gaps.
    enum Effect {
        case none
        /// It may cover a piece in the middle of a wide one.
        case perhaps
        /// It covers an end.
        case some
    }

    /// Gaps wider than this may have pieces covered in their middle.
    private static let narrow = 1.0
    /// cos² of half of that: neighbors whose arcs are wider cover an end of a narrow gap or nothing.
    private static let squaredCosineOfNarrow = 0.77
    /// Such neighbors are farther away than this, in squared radii: 4 cos², less what the sphere takes off.
    private static let squaredDistanceOfNarrow = 2.9

    /// The sectors that the gaps touch.
    private(set) var sectors: UInt64 = 0
    private var count = 0
    /// The gaps, and those kept of them while a disc is taken away; room for `capacity` each.
    private var current: UnsafeMutablePointer<Gap>
    private var kept: UnsafeMutablePointer<Gap>
    private var capacity = 64

    init() {
        current = .allocate(capacity: capacity)
        kept = .allocate(capacity: capacity)
    }

    func deallocate() {
        current.deallocate()
        kept.deallocate()
    }

    var isEmpty: Bool { count == 0 }
    var gaps: UnsafeBufferPointer<Gap> { UnsafeBufferPointer(start: current, count: count) }

    /// Everything but the sectors that are surely covered. Their ends are no crossings, but every one lies inside a disc
    /// that reaches into the neighboring sector and will cut the gap shorter.
    ///
    /// - Parameter directions: the unit vectors of the sectors' starts.
    mutating func reset(toAllBut covered: UInt64, directions: UnsafeBufferPointer<SIMD2<Double>>) {
        sectors = ~covered
        count = 0
        guard covered != 0 else {
            current[0] = Gap(
                start: 0, width: 2 * .pi, previous: -1, next: -1, startDirection: directions[0],
                endDirection: directions[0])
            count = 1
            return
        }
        let width = 2 * Double.pi / Double(SectorTable.sectors)
        // Turned so that the first sector is a covered one, no gap goes around the end.
        let first = covered.trailingZeroBitCount
        var open = sectors >> UInt64(first) | (first == 0 ? 0 : sectors << UInt64(64 - first))
        while open != 0 {
            let start = open.trailingZeroBitCount
            let length = (~(open >> UInt64(start))).trailingZeroBitCount
            open &= ~0 << UInt64(start + length)
            current[count] = Gap(
                start: Double((first + start) % 64) * width, width: Double(length) * width, previous: -1, next: -1,
                startDirection: directions[(first + start) % 64],
                endDirection: directions[(first + start + length) % 64])
            count += 1
        }
    }

    mutating func clear() {
        count = 0
        sectors = 0
    }

    /// What a neighbor may do, by a few products for each gap.
    @inline(__always)
    func effect(of bearing: Bearing) -> Effect {
        var effect = Effect.none
        for index in 0..<count {
            if bearing.covers(current[index].startDirection) || bearing.covers(current[index].endDirection) {
                return .some
            }
            if current[index].width > Self.narrow { effect = .perhaps }
        }
        if bearing.least * bearing.least > Self.squaredCosineOfNarrow * (bearing.step * bearing.step).sum() {
            effect = .perhaps
        }
        return effect
    }

    /// Whether a neighbor in a box may do anything.
    ///
    /// - Parameters:
    ///   - lowest, highest: the corners of the box.
    ///   - disc: whose circle this is, with its view.
    func mayChange<Surface: DiscSurface>(
        byCentersFrom lowest: Surface.Point, to highest: Surface.Point, around disc: Int, _ view: Surface.View,
        on surface: Surface
    ) -> Bool {
        func squaredDistance(_ point: Surface.Point) -> Double {
            surface.squaredDistance(point, point.clamped(lowerBound: lowest, upperBound: highest))
        }
        let reach = surface.squaredReach * (1 + 1e-9)
        return gaps.contains { gap in
            if gap.width > Self.narrow { return true }
            if squaredDistance(surface.point(on: view, towards: gap.startDirection)) <= reach { return true }
            if squaredDistance(surface.point(on: view, towards: gap.endDirection)) <= reach { return true }
            // Arcs narrower than the gap belong to neighbors almost 2r away.
            let center = surface.center(disc)
            let away = pointwiseMax(highest - center, center - lowest)
            guard (away * away).sum() > Self.squaredDistanceOfNarrow * reach else { return false }
            let middle = gap.startDirection + gap.endDirection
            let wider = 1 + 0.5 * gap.width
            let point = surface.point(on: view, towards: middle / (middle * middle).sum().squareRoot())
            return squaredDistance(point) <= reach * wider * wider
        }
    }

    /// Takes away the angles that `disc` covers.
    mutating func remove(_ arc: CoveredArc, coveredBy disc: Int32) {
        let (start, width) = (arc.start, arc.width)
        if 2 * count + 1 > capacity { grow() }
        var keptCount = 0
        var changed = false
        for index in 0..<count {
            let gap = current[index]
            if gap.next < 0, gap.previous < 0, gap.width == 2 * .pi {
                let rest = 2 * .pi - width
                changed = true
                if rest > 0 {
                    kept[keptCount] = Gap(
                        start: turned(start + width), width: rest, previous: disc, next: disc,
                        startDirection: arc.endDirection, endDirection: arc.startDirection)
                    keptCount += 1
                }
                continue
            }
            // Counted from the gap's start, the disc covers from..<to and, around the circle, ..<to − 2π.
            let from = turned(start - gap.start)
            let to = from + width
            let around = to - 2 * .pi
            guard from < gap.width || around > 0 else {
                kept[keptCount] = gap
                keptCount += 1
                continue
            }
            changed = true
            var before = gap
            if around > 0 {
                before.start = turned(start + width)
                before.previous = disc
                before.startDirection = arc.endDirection
            }
            if from < gap.width {
                before.next = disc
                before.endDirection = arc.startDirection
            }
            before.width = min(from, gap.width) - max(around, 0)
            if before.width > 0 {
                kept[keptCount] = before
                keptCount += 1
            }
            if to < gap.width {
                kept[keptCount] = Gap(
                    start: turned(start + width), width: gap.width - to, previous: disc, next: gap.next,
                    startDirection: arc.endDirection, endDirection: gap.endDirection)
                keptCount += 1
            }
        }
        guard changed else { return }
        swap(&current, &kept)
        count = keptCount
        sectors = gaps.reduce(0) { $0 | SectorTable.sectors(from: $1.start, width: $1.width) }
    }

    private mutating func grow() {
        let roomier = UnsafeMutablePointer<Gap>.allocate(capacity: 2 * capacity)
        roomier.update(from: current, count: count)
        deallocate()
        current = roomier
        capacity *= 2
        kept = .allocate(capacity: capacity)
    }
}
