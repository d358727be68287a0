import FirmModel

extension OPTICSOrdering {
    /// Clusters as valleys of the reachability plot between steep slopes (Ankerst et al. 1999, section 4.3), as scikit-learn
    /// finds them, which mends two errors of the paper's text.
    ///
    /// A point is steep when the next one is lower or higher by at least the fraction ξ. A steep area is a stretch of steep
    /// points that never turns, with no more than minPts others in a row. A cluster lies between a steep way down and a steep
    /// way up and is cut to where both ends are at the same height.
    ///
    /// Where points have weights, minPts and the minimum size are in their unit, and a cluster has at least two points.
    ///
    /// - Parameters:
    ///   - xi: in 0..<1; smaller values find more clusters.
    ///   - minimumClusterSize: at least 2; minPts when nil.
    ///   - predecessorCorrection: whether points at the end that were not reached from inside are left out (Schubert & Gertz
    ///     2018, algorithm 2).
    /// - Complexity: O(n + c m) for c pairs of slopes and clusters of m points.
    /// - Throws: ``OPTICSError``.
    public func xiClusters(
        xi: Double = 0.05, minimumClusterSize: Double? = nil, predecessorCorrection: Bool = true
    ) throws(OPTICSError) -> XiClustering {
        guard xi >= 0, xi < 1 else { throw .badSteepness(xi) }
        let size = minimumClusterSize ?? minimumWeight
        guard size >= 2, size.isFinite else { throw .badMinimumClusterSize(size) }
        var extraction = XiExtraction(self, xi: xi, minimumSize: size, predecessorCorrection: predecessorCorrection)
        return XiClustering(extraction.run(), of: self)
    }
}

/// One pass over the plot (figure 19 of the paper). Names of its variables in parentheses.
private struct XiExtraction {
    /// A steep way down that a cluster may begin with.
    private struct SteepDown {
        /// Its points, the last one included.
        var area: ClosedRange<Int>
        /// The highest point since its end (mib).
        var highestSince = 0.0
    }

    /// The reachability plot; an infinite value after its end closes clusters that are still open there.
    private let plot: [Double]
    /// By position: the position of the predecessor, −1 for none; nil when ends are not corrected.
    private let predecessors: [Int]?
    /// The weight before each position; nil when all weigh 1.
    private let weightBefore: [Double]?
    private let flatness: Double
    private let minimumWeight: Double
    private let minimumSize: Double
    private var waysDown: [SteepDown] = []

    init(_ ordering: OPTICSOrdering, xi: Double, minimumSize: Double, predecessorCorrection: Bool) {
        plot = ordering.reachability.map(\.value) + [.infinity]
        flatness = 1 - xi
        minimumWeight = ordering.minimumWeight
        self.minimumSize = minimumSize
        if predecessorCorrection {
            var positions = [Int](repeating: 0, count: ordering.count)
            for (position, point) in ordering.order.enumerated() { positions[Int(point)] = position }
            predecessors = ordering.predecessor.map { $0 < 0 ? -1 : positions[Int($0)] }
        } else {
            predecessors = nil
        }
        guard !ordering.weights.isEmpty else {
            weightBefore = nil
            return
        }
        var weightBefore = [0.0]
        weightBefore.reserveCapacity(ordering.count + 1)
        for (position, point) in ordering.order.enumerated() {
            weightBefore.append(weightBefore[position] + ordering.weights[Int(point)])
        }
        self.weightBefore = weightBefore
    }

    // Quotients of two zeros or two infinities are not numbers: such points are neither steep nor slopes.

    private func quotient(_ position: Int) -> Double { plot[position] / plot[position + 1] }
    private func isSteepUp(_ position: Int) -> Bool { quotient(position) <= flatness }
    private func isSteepDown(_ position: Int) -> Bool { quotient(position) >= 1 / flatness }

    private func weight(_ positions: Range<Int>) -> Double {
        guard let weightBefore else { return Double(positions.count) }
        return weightBefore[positions.upperBound] - weightBefore[positions.lowerBound]
    }

    /// The clusters, those inside others first.
    mutating func run() -> [Range<Int>] {
        var clusters: [Range<Int>] = []
        let end = plot.count - 1
        var highest = 0.0
        // Everything before has been part of a steep area, or looked at for the highest point.
        var position = 0
        while position < end {
            highest = max(highest, plot[position])
            let isDown = isSteepDown(position)
            guard isDown || isSteepUp(position) else {
                position += 1
                continue
            }
            passBy(highest)
            if isDown {
                let last = lastOfArea(from: position, isSteep: isSteepDown) { quotient($0) < 1 }
                waysDown.append(SteepDown(area: position...last))
                position = last + 1
            } else {
                let last = lastOfArea(from: position, isSteep: isSteepUp) { quotient($0) > 1 }
                clusters += waysDown.compactMap { cluster(from: $0, to: position...last) }.reversed()
                position = last + 1
            }
            highest = plot[position]
        }
        return clusters
    }

    /// Forgets the ways down that a point so high ends.
    private mutating func passBy(_ highest: Double) {
        guard highest < .infinity else {
            waysDown.removeAll()
            return
        }
        waysDown.removeAll { plot[$0.area.lowerBound] * flatness < highest }
        for index in waysDown.indices { waysDown[index].highestSince = max(waysDown[index].highestSince, highest) }
    }

    /// The last steep point of the area that begins at `start`.
    private func lastOfArea(
        from start: Int, isSteep: (Int) -> Bool, turnsBack: (Int) -> Bool
    ) -> Int {
        var last = start
        for position in start..<plot.count - 1 {
            if isSteep(position) {
                last = position
            } else if turnsBack(position) || weight(last + 1..<position + 1) > minimumWeight {
                break
            }
        }
        return last
    }

    /// The cluster between a way down and a way up; nil when they do not make one.
    private func cluster(from down: SteepDown, to up: ClosedRange<Int>) -> Range<Int>? {
        var (first, last) = (down.area.lowerBound, up.upperBound)
        let (before, after) = (plot[first], plot[last + 1])
        guard after * flatness >= down.highestSince else { return nil }
        // Definition 11, criterion 4: both ends at the same height.
        if before * flatness >= after {
            while plot[first + 1] > after, first < down.area.upperBound { first += 1 }
        } else if after * flatness >= before {
            while last > up.lowerBound, plot[last - 1] > before { last -= 1 }
        }
        if let predecessors {
            while first < last, plot[first] <= plot[last], predecessors[last] < first { last -= 1 }
            guard first < last else { return nil }
        }
        guard last > first, weight(first..<last + 1) >= minimumSize else { return nil }
        guard first <= down.area.upperBound, last >= up.lowerBound else { return nil }
        return first..<last + 1
    }
}
