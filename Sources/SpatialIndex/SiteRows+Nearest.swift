import CDistanceKernels
public import FirmModel
public import ParallelWork

extension SiteRows {
    /// For each site of `origin` that is not to be skipped and has sites of these rows within `radius`, finds the label of
    /// the nearest, of equally near ones that with the smallest x, then y, and whether others carry another label.
    ///
    /// - Parameters:
    ///   - origin: rows of the same height.
    ///   - skips: for each position of `origin` whether it is passed over.
    ///   - labels: for each position of these rows its label.
    ///   - body: called with the position in `origin`, from any worker.
    public func forEachNearestLabel(
        to origin: SiteRows, skipping skips: [Bool], labels: Column<Int32>, radius: Meters, workers: Workers,
        _ body: @Sendable (_ position: Int, _ label: Int32, _ isAmbiguous: Bool) -> Void
    ) throws {
        let limit = metric.limit(for: radius)
        let workers = origin.count < 1 << 13 ? workers.single : workers
        let labels = labels.shared
        try workers.forEach(in: 0..<origin.count, grain: 1 << 14) { range, _ in
            var finder = RunFinder(target: self, radius: radius)
            var hits: [Int32] = []
            let x = origin.x
            origin.forEachRow(of: range) { row, span in
                finder.enter(row: origin.rowNumbers[row], from: x[span.lowerBound])
                var nextPossible = -Double.infinity
                // The runs found last serve sites up to here; the first site finds its own.
                var servedUntil = -Double.infinity
                var (runs, runCount) = finder.kernelRuns(from: x[span.lowerBound], to: x[span.lowerBound])
                for position in span where !skips[position] && x[position] >= nextPossible {
                    if x[position] > servedUntil {
                        servedUntil = x[position] + finder.companionship
                        (runs, runCount) = finder.kernelRuns(from: x[position], to: servedUntil)
                        if runCount == 0 { nextPossible = finder.nextPossible }
                        if hits.count < finder.candidates {
                            hits = [Int32](repeating: 0, count: 2 * finder.candidates)
                        }
                    }
                    guard runCount > 0 else { continue }
                    let count =
                        if let third, let originThird = origin.third {
                            collect_in_runs_space(
                                origin.first[position], origin.second[position], originThird[position], first, second,
                                third, runs, runCount, limit, &hits)
                        } else {
                            collect_in_runs_planar(
                                origin.first[position], origin.second[position], first, second, runs, runCount, limit,
                                &hits)
                        }
                    guard count > 0 else { continue }
                    var best = Int(hits[0])
                    var least = squaredDistance(best, to: position, of: origin)
                    let label = labels[best]
                    var isAmbiguous = false
                    for k in 1..<max(1, count) {
                        let hit = Int(hits[k])
                        if labels[hit] != label { isAmbiguous = true }
                        let squared = squaredDistance(hit, to: position, of: origin)
                        // Rows ascend in y, and so do places of one x within a row: of equal x the first has the smallest y.
                        if squared < least || (squared == least && (self.x[hit], hit) < (self.x[best], best)) {
                            (best, least) = (hit, squared)
                        }
                    }
                    body(position, labels[best], isAmbiguous)
                }
            }
        }
    }

    /// The squared distance between two sites, exactly as the kernels compute it.
    @inline(__always)
    /// The squared distance between the sites at two positions, as the kernels work it out.
    public func squaredDistance(_ position: Int, _ other: Int) -> Double {
        squaredDistance(position, to: other, of: self)
    }

    func squaredDistance(_ position: Int, to other: Int, of origin: SiteRows) -> Double {
        let dx = first[position] - origin.first[other]
        let dy = second[position] - origin.second[other]
        guard let third, let originThird = origin.third else { return dx * dx + dy * dy }
        let dz = third[position] - originThird[other]
        return (dx * dx + dy * dy) + dz * dz
    }
}
