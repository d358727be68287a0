import CDistanceKernels

extension SiteRows {
    /// Whether any site of `run` lies within reach of any site of `others` (positions in the same rows).
    ///
    /// Large runs are halved along their longer side until a pair of parts is small enough to measure or too far apart to
    /// matter: two dense towns a little further apart than the radius cost about their facing edges, not the product of
    /// their sites.
    public func areWithinReach(_ run: Range<Int>, _ others: Range<Int>, limit: Double) -> Bool {
        if run.count * others.count <= Self.pairsToMeasure { return isAnyPairWithinReach(run, others, limit: limit) }
        // Dense neighbors mostly touch all along: a few probes then spare the search.
        let step = max(1, run.count / 4)
        for position in stride(from: run.lowerBound, to: run.upperBound, by: step)
        where isAnyPairWithinReach(position..<position + 1, others, limit: limit) { return true }
        var search = PairSearch(rows: self, limit: limit, first: run, second: others)
        return search.run()
    }

    /// Up to this many pairs are measured without further thought.
    fileprivate static let pairsToMeasure = 4096

    private func isAnyPairWithinReach(_ run: Range<Int>, _ others: Range<Int>, limit: Double) -> Bool {
        let (smaller, larger) = run.count <= others.count ? (run, others) : (others, run)
        let some = site_run(start: Int32(smaller.lowerBound), end: Int32(smaller.upperBound))
        let rest = site_run(start: Int32(larger.lowerBound), end: Int32(larger.upperBound))
        if let third { return any_pair_within_space(first, second, third, some, rest, limit) }
        return any_pair_within_planar(first, second, some, rest, limit)
    }
}

/// The search for one pair of sites within reach, over copies of positions that it may rearrange.
private struct PairSearch {
    private struct Box {
        var low: SIMD3<Double>
        var high: SIMD3<Double>

        /// The squared distance between the nearest points of two boxes, rounding taken off.
        func squaredGap(to other: Box) -> Double {
            let gap = pointwiseMax(pointwiseMax(low - other.high, other.low - high), .zero)
            return (gap * gap).sum() * (1 - 1e-12)
        }
    }

    private let rows: SiteRows
    private let limit: Double
    private var first: [SIMD3<Double>]
    private var second: [SIMD3<Double>]

    init(rows: SiteRows, limit: Double, first: Range<Int>, second: Range<Int>) {
        self.rows = rows
        self.limit = limit
        func places(_ run: Range<Int>) -> [SIMD3<Double>] {
            run.map { SIMD3(rows.first[$0], rows.second[$0], rows.third?[$0] ?? 0) }
        }
        self.first = places(first)
        self.second = places(second)
    }

    mutating func run() -> Bool { search(first.indices, second.indices) }

    private mutating func search(_ a: Range<Int>, _ b: Range<Int>) -> Bool {
        guard !a.isEmpty, !b.isEmpty else { return false }
        let (boxA, boxB) = (Self.box(first[a]), Self.box(second[b]))
        guard boxA.squaredGap(to: boxB) <= limit else { return false }
        if a.count * b.count <= SiteRows.pairsToMeasure { return measure(a, b) }
        if a.count >= b.count {
            let middle = Self.halve(&first, a, boxA.low, boxA.high)
            // Sites that cannot be halved lie on one place as far as the box tells: there is nothing to tell them apart.
            guard a.contains(middle), middle > a.lowerBound else { return measure(a, b) }
            return search(a.lowerBound..<middle, b) || search(middle..<a.upperBound, b)
        }
        let middle = Self.halve(&second, b, boxB.low, boxB.high)
        guard b.contains(middle), middle > b.lowerBound else { return measure(a, b) }
        return search(a, b.lowerBound..<middle) || search(a, middle..<b.upperBound)
    }

    private func measure(_ a: Range<Int>, _ b: Range<Int>) -> Bool {
        for i in a {
            for j in b {
                let d = second[j] - first[i]
                // In the order in which the kernels add.
                if (d.x * d.x + d.y * d.y) + d.z * d.z <= limit { return true }
            }
        }
        return false
    }

    private static func box(_ places: ArraySlice<SIMD3<Double>>) -> Box {
        var box = Box(low: SIMD3(repeating: .infinity), high: SIMD3(repeating: -.infinity))
        for place in places {
            box.low = pointwiseMin(box.low, place)
            box.high = pointwiseMax(box.high, place)
        }
        return box
    }

    /// Brings the places below the middle of the longest side to the front; returns where the others begin.
    private static func halve(
        _ places: inout [SIMD3<Double>], _ span: Range<Int>, _ low: SIMD3<Double>, _ high: SIMD3<Double>
    ) -> Int {
        let sides = high - low
        let axis = sides.x >= sides.y && sides.x >= sides.z ? 0 : sides.y >= sides.z ? 1 : 2
        let middle = low[axis] + sides[axis] / 2
        return places[span].partition { $0[axis] >= middle }
    }
}
