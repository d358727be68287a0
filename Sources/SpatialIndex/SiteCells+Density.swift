public import FirmModel
public import ParallelWork

extension SiteCells {
    /// For each position whether the sites within `radius` of it, itself included, weigh at least `minimumWeight`.
    ///
    /// A cell that weighs enough by itself settles its sites without a distance. Elsewhere the candidates of a cell's sites
    /// are the same few runs; counting stops as soon as it is enough.
    ///
    /// - Parameter radius: the one that ``side(metric:radius:)`` was asked for.
    /// - Complexity: O(n) candidate distances for evenly spread sites and fixed minimum weight.
    public func denseSites(radius: Meters, minimumWeight: Double, workers: Workers) throws -> [Bool] {
        let limit = rows.metric.limit(for: radius)
        let workers = rows.count < 1 << 13 ? workers.single : workers
        return try [Bool](count: rows.count) { dense in
            try workers.forEach(in: 0..<rows.rowNumbers.count, grain: 16) { range, _ in
                var finder = RunFinder(target: rows, radius: radius)
                for row in range {
                    finder.enter(row: rows.rowNumbers[row])
                    for cell in rowCells[row]..<rowCells[row + 1] {
                        let members = positions(cell)
                        if weight(of: members) >= minimumWeight {
                            for position in members { dense[position] = true }
                            continue
                        }
                        let runs = finder.runs(from: rows.x[members.lowerBound], to: rows.x[members.upperBound - 1])
                        for position in members {
                            let weight = rows.weight(
                                of: rows, position, in: runs, limit: limit, enough: minimumWeight)
                            dense[position] = weight >= minimumWeight
                        }
                    }
                }
            }
        }
    }

    private func weight(of members: Range<Int>) -> Double {
        guard let weights = rows.weights else { return Double(members.count) }
        var sum = 0.0
        for position in members { sum += weights[position] }
        return sum
    }
}

extension SiteRows {
    /// The same rows with only the sites for which `keep` holds, without weights.
    public convenience init(_ rows: SiteRows, keeping keep: [Bool], workers: Workers) throws {
        let workers = rows.count < 1 << 16 ? workers.single : workers
        var starts = [0]
        var numbers: [Int] = []
        var total = 0
        let rowCount = rows.rowNumbers.count
        let kept = try [Int](count: rowCount) { kept in
            try workers.forEach(in: 0..<rowCount, grain: 64) { range, _ in
                for row in range {
                    var count = 0
                    for position in rows.rowStarts[row]..<rows.rowStarts[row + 1] where keep[position] { count += 1 }
                    kept[row] = count
                }
            }
        }
        for row in 0..<rowCount where kept[row] > 0 {
            total += kept[row]
            numbers.append(rows.rowNumbers[row])
            starts.append(total)
        }
        let positions = try [Int32](count: total) { positions in
            var offsets = [Int](repeating: 0, count: rowCount)
            var offset = 0
            for row in 0..<rowCount {
                offsets[row] = offset
                offset += kept[row]
            }
            let firsts = offsets
            try workers.forEach(in: 0..<rowCount, grain: 64) { range, _ in
                for row in range {
                    var next = firsts[row]
                    for position in rows.rowStarts[row]..<rows.rowStarts[row + 1] where keep[position] {
                        positions[next] = Int32(position)
                        next += 1
                    }
                }
            }
        }
        try self.init(rows, positions: positions, rowNumbers: numbers, rowStarts: starts, workers: workers)
    }
}
