public import ParallelWork
import SpatialIndex

extension CircularScan {
    /// For each labelling and industry the largest log-likelihood ratio of any zone; 0 where there is none.
    ///
    /// Exactly what ``zones(of:industries:maximumZones:above:workers:progress:)`` finds for each labelling alone. Around a center,
    /// sites are put in order once for all labellings: a batch of some hundred makes good use of that.
    ///
    /// - Parameters:
    ///   - labellings: relabellings of one register: industries have the same cases in all of them.
    ///   - industries: those asked about; nil for all. Others get 0.
    ///   - progress: hears, from any worker, of how many more centers are done; there are `centers.sites.count`.
    /// - Complexity: O(centers × firms × labellings) at worst, at about half a nanosecond a step for counts of firms, and
    ///   O(centers × sites) for the orders. Memory, for L labellings, N firms on S sites and K industries: 2 N L bytes,
    ///   6 N L with amounts, and for each worker about 40 S + 4 N + 8 K L, and a table of 2 K √(N/2) for every 64 labellings.
    /// - Throws: `WorkCancelled`.
    public func maxima(
        of labellings: [ScanLabelling], industryCount: Int, industries: [Int]? = nil, workers: Workers = Workers(),
        progress: @Sendable (Int) -> Void = { _ in }
    ) throws -> [[Double]] {
        let nothing = [[Double]](repeating: [Double](repeating: 0, count: industryCount), count: labellings.count)
        guard let first = labellings.first, sites.firmCount > 0 else { return nothing }
        let totals = first.totals(industryCount)
        for labelling in labellings {
            precondition(labelling.industries.count == sites.firmCount, "an industry for each firm")
            precondition(labelling.amounts.isEmpty == first.amounts.isEmpty, "amounts in all labellings, or in none")
            precondition(labelling.totals(industryCount) == totals, "labellings of one register")
        }
        precondition(first.amounts.isEmpty || model == .poisson, "amounts are scanned with the Poisson model")
        let scanned = (industries ?? Array(0..<industryCount)).filter { totals[$0] >= max(1, minimumCases) }
        guard !scanned.isEmpty else { return nothing }

        // One column more, for firms of other industries.
        let stride = (scanned.count + 1 + 15) / 16 * 16
        let scan = ReplicateScan(
            model: model, totalCases: scanned.map { totals[$0] }, totalPopulation: totals.reduce(0, +),
            limit: populationLimit(of: totals.reduce(0, +)), minimumCases: minimumCases, firmCount: sites.firmCount,
            stride: stride)
        var columns = [Int](repeating: scanned.count, count: industryCount)
        for (column, industry) in scanned.enumerated() { columns[industry] = column }
        let lanes = LabelRows.lanes(stride: stride)
        let rows = try Swift.stride(from: 0, to: labellings.count, by: lanes).map {
            try LabelRows(
                labellings[$0..<min($0 + lanes, labellings.count)], columns: columns, stride: stride, workers: workers)
        }
        // Firms are counted up to the limit, what they count for to the end.
        let most = first.amounts.isEmpty ? scan.limit : scan.totalPopulation
        let found =
            if most < Int(UInt16.max) {
                try maxima(scan, rows, counting: UInt16.self, workers, progress)
            } else if most < Int(UInt32.max) {
                try maxima(scan, rows, counting: UInt32.self, workers, progress)
            } else {
                try maxima(scan, rows, counting: UInt64.self, workers, progress)
            }
        return found.map { ratios in
            var ofIndustries = nothing[0]
            for (column, industry) in scanned.enumerated() { ofIndustries[industry] = ratios[column] }
            return ofIndustries
        }
    }

    /// For each labelling the maxima of all columns.
    private func maxima<Count: CaseCount>(
        _ scan: ReplicateScan, _ rows: [LabelRows], counting: Count.Type, _ workers: Workers,
        _ progress: @Sendable (Int) -> Void
    ) throws -> [[Double]] {
        let own = PerWorker(workers) {
            (
                order: DistanceOrder(vectors),
                firms: FirmOrder(siteCount: sites.count, firmCount: sites.firmCount),
                maxima: rows.map { ReplicateMaxima<Count>(scan, lanes: $0.lanes) }
            )
        }
        // How much of the population a site holds depends on the labelling where firms count for amounts.
        let counts = (0..<sites.count).map { Int(sites.firmStarts[$0 + 1] - sites.firmStarts[$0]) }
        let limit = rows.contains { $0.amounts != nil } ? sites.firmCount : scan.limit
        try workers.forEach(in: 0..<centers.sites.count, grain: 8) { places, worker in
            let (order, firms, maxima) = own[worker]
            counts.withUnsafeBufferPointer { counts in
                sites.firmStarts.withUnsafeBufferPointer { firmStarts in
                    for place in places {
                        order.arrange(
                            around: Int(centers.sites[center(at: place)]), population: counts, limit: limit)
                        firms.follow(order, firmStarts: firmStarts)
                        for (maxima, rows) in zip(maxima, rows) { maxima.walk(firms, rows) }
                    }
                }
            }
            progress(places.count)
        }
        var result: [[Double]] = []
        for (index, rows) in rows.enumerated() {
            for lane in 0..<rows.lanes {
                let ratios = lane * scan.stride..<lane * scan.stride + scan.totalCases.count
                result.append(
                    (0..<workers.count).reduce([Double](repeating: 0, count: ratios.count)) { best, worker in
                        zip(best, own[worker].maxima[index].maxima[ratios]).map { max($0, $1) }
                    })
            }
        }
        return result
    }
}

extension ScanLabelling {
    /// C of each industry.
    fileprivate func totals(_ industryCount: Int) -> [Int] {
        var totals = [Int](repeating: 0, count: industryCount)
        for (position, industry) in industries.enumerated() { totals[Int(industry)] += amount(position) }
        return totals
    }
}
