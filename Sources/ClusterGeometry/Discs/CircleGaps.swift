/// What is left of one circle while discs that cover parts of it are taken away: usually one gap or two.
struct CircleGaps {
    struct Gap {
        /// In 0..<2π.
        var start: Double
        var width: Double
        /// The discs that end the gap on either side; −1 where nothing has cut it yet.
        var previous: Int32
        var next: Int32
    }

    private(set) var gaps: [Gap] = []
    /// The sectors that the gaps touch.
    private(set) var sectors: UInt64 = 0
    private var kept: [Gap] = []

    var isEmpty: Bool { gaps.isEmpty }

    mutating func resetToCircle() {
        gaps.removeAll(keepingCapacity: true)
        gaps.append(Gap(start: 0, width: 2 * .pi, previous: -1, next: -1))
        sectors = ~0
    }

    /// Everything but the sectors that are surely covered. Their ends are no crossings, but every one lies inside a disc
    /// that reaches into the neighboring sector and will cut the gap shorter.
    mutating func reset(toAllBut covered: UInt64) {
        guard covered != 0 else { return resetToCircle() }
        gaps.removeAll(keepingCapacity: true)
        sectors = ~covered
        let width = 2 * Double.pi / Double(SectorTable.sectors)
        // Starting behind a covered sector, no gap goes around the end.
        let first = covered.trailingZeroBitCount
        var sector = first
        while sector < first + 64 {
            if covered & (1 << UInt64(sector % 64)) != 0 {
                sector += 1
                continue
            }
            let start = sector
            while covered & (1 << UInt64(sector % 64)) == 0 { sector += 1 }
            gaps.append(
                Gap(
                    start: Double(start % 64) * width, width: Double(sector - start) * width, previous: -1, next: -1))
        }
    }

    mutating func clear() {
        gaps.removeAll(keepingCapacity: true)
        sectors = 0
    }

    /// Takes away the angles from `start` over `width`, which `disc` covers.
    mutating func remove(start: Double, width: Double, coveredBy disc: Int32) {
        kept.removeAll(keepingCapacity: true)
        var changed = false
        for gap in gaps {
            if gap.next < 0, gap.previous < 0, gap.width == 2 * .pi {
                let rest = 2 * .pi - width
                changed = true
                if rest > 0 {
                    kept.append(Gap(start: turned(start + width), width: rest, previous: disc, next: disc))
                }
                continue
            }
            // Counted from the gap's start, the disc covers from..<to and, around the circle, ..<to − 2π.
            let from = turned(start - gap.start)
            let to = from + width
            let around = to - 2 * .pi
            guard from < gap.width || around > 0 else {
                kept.append(gap)
                continue
            }
            changed = true
            var before = gap
            if around > 0 {
                before.start = turned(start + width)
                before.previous = disc
            }
            if from < gap.width { before.next = disc }
            before.width = min(from, gap.width) - max(around, 0)
            if before.width > 0 { kept.append(before) }
            if to < gap.width {
                kept.append(
                    Gap(start: turned(start + width), width: gap.width - to, previous: disc, next: gap.next))
            }
        }
        guard changed else { return }
        swap(&gaps, &kept)
        sectors = gaps.reduce(0) { $0 | SectorTable.sectors(from: $1.start, width: $1.width) }
    }
}
