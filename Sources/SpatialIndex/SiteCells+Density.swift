import CDistanceKernels
public import FirmModel
public import ParallelWork

extension SiteCells {
    /// For each position whether the sites within `radius` of it, itself included, weigh at least `minimumWeight`.
    ///
    /// A cell that weighs enough by itself settles its sites without a distance, and so do runs of candidates too light to
    /// matter. Elsewhere the candidates of a cell's sites are the same few runs; counting stops as soon as it is enough.
    ///
    /// - Parameter radius: the one that ``side(metric:radius:)`` was asked for.
    /// - Complexity: O(n) candidate distances for evenly spread sites and fixed minimum weight.
    public func denseSites(radius: Meters, minimumWeight: Double, workers: Workers) throws -> [Bool] {
        let limit = rows.metric.limit(for: radius)
        let workers = rows.count < 1 << 13 ? workers.single : workers
        let enough = Int(min(minimumWeight.rounded(.up), 1e18))
        return try [Bool](count: rows.count) { dense in
            guard let dense = dense.baseAddress else { return }
            let marks = SharedBuffer(UnsafeMutableBufferPointer(start: dense, count: rows.count))
            try workers.forEach(in: 0..<count, grain: 1 << 11) { range, _ in
                var finder = RunFinder(target: rows, radius: radius)
                forEachRow(of: range) { row, cells in
                    finder.enter(row: rows.rowNumbers[row], from: rows.x[Int(starts[cells.lowerBound])])
                    if rows.weights == nil {
                        markDense(cells, &finder, limit: limit, enough: enough, marks)
                    } else {
                        markHeavy(cells, &finder, limit: limit, enough: minimumWeight, marks)
                    }
                }
            }
        }
    }

    /// So many sites are asked for together at most.
    private static var mostCompanions: Int { 16 }

    private func markDense(
        _ cells: Range<Int>, _ finder: inout RunFinder, limit: Double, enough: Int, _ marks: SharedBuffer<Bool>
    ) {
        guard let dense = marks.baseAddress else { return }
        let (x, first, second, third) = (rows.x, rows.first, rows.second, rows.third)
        let before = rows.before
        starts.withUnsafeBufferPointer { starts in
            var cell = cells.lowerBound
            while cell < cells.upperBound {
                let start = Int(starts[cell])
                var end = Int(starts[cell + 1])
                cell += 1
                let own = before.map { Int($0[end] &- $0[start]) } ?? (end &- start)
                if own >= enough {
                    (dense + start).update(repeating: true, count: end - start)
                    continue
                }
                // The next cells, while they are as thin.
                while cell < cells.upperBound {
                    let next = Int(starts[cell + 1])
                    let more = before.map { Int($0[next] &- $0[end]) } ?? (next &- end)
                    guard more < enough, next - start <= Self.mostCompanions,
                        x[next - 1] - x[start] <= finder.companionship
                    else { break }
                    end = next
                    cell += 1
                }
                let (runs, count) = finder.kernelRuns(from: x[start], to: x[end - 1])
                var candidates = finder.candidates
                if let before {
                    candidates = 0
                    for run in 0..<count {
                        candidates &+= Int(before[Int(runs[run].end)] &- before[Int(runs[run].start)])
                    }
                }
                if candidates < enough {
                    (dense + start).update(repeating: false, count: end - start)
                } else if let third {
                    if let before {
                        mark_crowded_space(
                            first, second, third, before, start, end, runs, count, limit, Int64(enough), dense)
                    } else {
                        mark_dense_space(first, second, third, start, end, runs, count, limit, enough, dense)
                    }
                } else if let before {
                    mark_crowded_planar(first, second, before, start, end, runs, count, limit, Int64(enough), dense)
                } else {
                    mark_dense_planar(first, second, start, end, runs, count, limit, enough, dense)
                }
            }
        }
    }

    private func markHeavy(
        _ cells: Range<Int>, _ finder: inout RunFinder, limit: Double, enough: Double, _ marks: SharedBuffer<Bool>
    ) {
        guard let heavy = marks.baseAddress, let weights = rows.weights else { return }
        let (x, first, second, third) = (rows.x, rows.first, rows.second, rows.third)
        for cell in cells {
            let members = positions(cell)
            let (start, end) = (members.lowerBound, members.upperBound)
            var own = 0.0
            for position in members { own += weights[position] }
            if own >= enough {
                (heavy + start).update(repeating: true, count: end - start)
                continue
            }
            let (runs, count) = finder.kernelRuns(from: x[start], to: x[end - 1])
            if let third {
                mark_heavy_space(first, second, third, weights, start, end, runs, count, limit, enough, heavy)
            } else {
                mark_heavy_planar(first, second, weights, start, end, runs, count, limit, enough, heavy)
            }
        }
    }
}

extension SiteRows {
    /// The same rows with only the sites for which `keep` holds, without weights.
    public convenience init(_ rows: SiteRows, keeping keep: [Bool], workers: Workers) throws {
        let (count, grain) = (rows.count, 1 << 15)
        let workers = count < 1 << 16 ? workers.single : workers
        let kept = try [Int](count: (count + grain - 1) / grain) { kept in
            try workers.forEach(in: 0..<count, grain: grain) { range, _ in
                var total = 0
                for position in range { total &+= keep[position] ? 1 : 0 }
                kept[range.lowerBound / grain] = total
            }
        }
        var offsets = [0]
        for share in kept { offsets.append(offsets[offsets.count - 1] + share) }
        let firsts = offsets
        let total = firsts[firsts.count - 1]

        let positions = Column<Int32>(count: total)
        let chosen = positions.shared
        let rowCount = rows.rowNumbers.count
        let starts = try [Int](count: rowCount + 1) { starts in
            try workers.forEach(in: 0..<count, grain: grain) { range, _ in
                var next = firsts[range.lowerBound / grain]
                rows.forEachRow(of: range) { row, span in
                    if span.lowerBound == rows.rowStarts[row] { starts[row] = next }
                    for position in span where keep[position] {
                        chosen[next] = Int32(truncatingIfNeeded: position)
                        next &+= 1
                    }
                }
            }
            starts[rowCount] = total
        }
        var (numbers, rowStarts): ([Int], [Int]) = ([], [])
        for row in 0..<rowCount where starts[row] < starts[row + 1] {
            numbers.append(rows.rowNumbers[row])
            rowStarts.append(starts[row])
        }
        rowStarts.append(total)
        try self.init(rows, positions: positions, rowNumbers: numbers, rowStarts: rowStarts, workers: workers)
    }
}
