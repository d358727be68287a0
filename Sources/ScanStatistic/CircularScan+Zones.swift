public import ParallelWork
import SpatialIndex

extension CircularScan {
    /// For each industry its strongest zones that share no site, the strongest first.
    ///
    /// The first is the best of all zones of the scan; each that follows is the best of all that share no site with those before
    /// (the rule of the R package smerc; SaTScan looks only at the best zone around each center). Of equally good zones comes first
    /// that with more cases, then the smaller radius in meters, then the center with the smaller x, then y.
    ///
    /// - Parameters:
    ///   - cases: of each site, from this scan's register.
    ///   - industries: those asked about; nil for all. Others get no zones.
    ///   - maximumZones: of an industry.
    ///   - floors: for each industry a ratio that zones must reach to be reported, such as what chance reaches in most registers; empty for
    ///     none. Saves passes.
    ///   - progress: hears, from any worker, of how many more centers are done; there are at most
    ///     `maximumZones * centers.sites.count`.
    /// - Complexity: a pass over all centers for each rank of zones that some industry still has: O(centers × sites). Memory:
    ///   about 40 bytes a site and 50 an industry for each worker, and the zones.
    /// - Throws: `WorkCancelled`.
    public func zones(
        of cases: ScanCases, industries: [Int]? = nil, maximumZones: Int = 10, floors: [Double] = [],
        workers: Workers = Workers(), progress: @Sendable (Int) -> Void = { _ in }
    ) throws -> [[ScanZone]] {
        precondition(cases.population.count == sites.count, "cases of \(cases.population.count) sites")
        precondition(floors.isEmpty || floors.count == cases.industryCount, "a floor for each industry")
        var zones = [[ScanZone]](repeating: [], count: cases.industryCount)
        var open = [Bool](repeating: industries == nil, count: cases.industryCount)
        for industry in industries ?? [] { open[industry] = true }
        for industry in open.indices where cases.totalCases[industry] < max(1, minimumCases) { open[industry] = false }
        for _ in 0..<maximumZones where open.contains(true) {
            let pass = ZonePass(self, cases, open: open, taken: zones.map { $0.flatMap(\.sites) })
            let best = try pass.run(workers, progress)
            let order = DistanceOrder(vectors)
            for (industry, candidate) in best.enumerated() {
                guard let candidate, candidate.ratio >= (floors.isEmpty ? 0 : floors[industry]) else {
                    open[industry] = false
                    continue
                }
                zones[industry].append(zone(candidate, of: industry, cases, order))
            }
        }
        return zones
    }

    private func zone(
        _ candidate: ZoneCandidate, of industry: Int, _ cases: ScanCases, _ order: DistanceOrder
    ) -> ScanZone {
        let sites = cases.population.withUnsafeBufferPointer { population in
            order.arrange(around: Int(candidate.center), population: population, limit: candidate.population)
            let last = (0..<order.zoneCount).last { order.squaredRadius($0) <= candidate.squaredRadius }
            return (0..<(last.map { Int(order.zoneEnds[$0]) } ?? 0)).map { order.entries[$0].site }
        }
        return ScanZone(
            center: candidate.center, radius: self.sites.metric.distance(forSquared: candidate.squaredRadius),
            sites: sites.sorted(), cases: candidate.cases, population: candidate.population,
            totalCases: cases.totalCases[industry], totalPopulation: cases.totalPopulation,
            logLikelihoodRatio: candidate.ratio)
    }
}

/// One pass over all centers for the best zone of each industry that avoids the sites of its zones so far.
private struct ZonePass {
    private let scan: CircularScan
    private let cases: ScanCases
    private let open: [Bool]
    /// Industries that may have no zone with site s: `takenIndustries[takenStarts[s]..<takenStarts[s + 1]]`.
    private let takenStarts: [Int]
    private let takenIndustries: [Int32]
    private let limit: Int

    init(_ scan: CircularScan, _ cases: ScanCases, open: [Bool], taken: [[Int32]]) {
        (self.scan, self.cases, self.open) = (scan, cases, open)
        limit = scan.populationLimit(of: cases.totalPopulation)
        var starts = [Int](repeating: 0, count: scan.sites.count + 1)
        for (industry, sites) in taken.enumerated() where open[industry] {
            for site in sites { starts[Int(site) + 1] += 1 }
        }
        for site in 0..<scan.sites.count { starts[site + 1] += starts[site] }
        takenStarts = starts
        var industries = [Int32](repeating: 0, count: starts[scan.sites.count])
        for (industry, sites) in taken.enumerated() where open[industry] {
            for site in sites {
                industries[starts[Int(site)]] = Int32(industry)
                starts[Int(site)] += 1
            }
        }
        takenIndustries = industries
    }

    func run(_ workers: Workers, _ progress: @Sendable (Int) -> Void) throws -> [ZoneCandidate?] {
        let own = PerWorker(workers) { (order: DistanceOrder(scan.vectors), search: search()) }
        try workers.forEach(in: 0..<scan.centers.sites.count, grain: 8) { places, worker in
            let (order, search) = own[worker]
            cases.population.withUnsafeBufferPointer { population in
                for place in places {
                    let center = scan.centers.sites[scan.center(at: place)]
                    order.arrange(around: Int(center), population: population, limit: limit)
                    search.walk(order, center: center)
                }
            }
            progress(places.count)
        }
        return open.indices.map { industry in
            (0..<workers.count).compactMap { own[$0].search.best[industry] }.min { $0.precedes($1) }
        }
    }

    private func search() -> ZoneSearch {
        ZoneSearch(
            cases, open: open, takenStarts: takenStarts, takenIndustries: takenIndustries, model: scan.model,
            limit: limit, minimumCases: scan.minimumCases)
    }
}

/// The best zones that one worker has found.
private final class ZoneSearch {
    private let cases: ScanCases
    private let open: [Bool]
    private let takenStarts: [Int]
    private let takenIndustries: [Int32]
    private let model: ScanModel
    private let critical: CriticalCounts<UInt64>
    private(set) var best: [ZoneCandidate?]
    private let counts: UnsafeMutablePointer<Int>
    private let isClosed: UnsafeMutablePointer<Bool>
    /// Industries with cases on the sites that a zone adds, with repetitions.
    private let touched: UnsafeMutablePointer<Int32>

    init(
        _ cases: ScanCases, open: [Bool], takenStarts: [Int], takenIndustries: [Int32], model: ScanModel, limit: Int,
        minimumCases: Int
    ) {
        (self.cases, self.open, self.takenStarts) = (cases, open, takenStarts)
        (self.takenIndustries, self.model) = (takenIndustries, model)
        critical = CriticalCounts(
            levels: PopulationLevels(
                upTo: limit, totalPopulation: cases.totalPopulation, members: cases.population.count),
            stride: cases.industryCount, model: model, totalCases: cases.totalCases,
            totalPopulation: cases.totalPopulation, minimumCases: minimumCases)
        best = [ZoneCandidate?](repeating: nil, count: cases.industryCount)
        counts = .allocate(capacity: cases.industryCount)
        isClosed = .allocate(capacity: cases.industryCount)
        touched = .allocate(capacity: cases.amounts.count)
    }

    deinit {
        counts.deallocate()
        isClosed.deallocate()
        touched.deallocate()
    }

    func walk(_ order: DistanceOrder, center: Int32) {
        let (counts, isClosed, touched, levels) = (counts, isClosed, touched, critical.levels)
        let (starts, industries, amounts) = (cases.starts, cases.industries, cases.amounts)
        let (takenStarts, takenIndustries) = (takenStarts, takenIndustries)
        counts.update(repeating: 0, count: open.count)
        var left = 0
        for (industry, isOpen) in open.enumerated() {
            isClosed[industry] = !isOpen
            left += isOpen ? 1 : 0
        }
        var (needed, validUntil) = (critical.row(0), 0)
        for zone in 0..<order.zoneCount {
            var touchedCount = 0
            for entry in order.added(by: zone) {
                let site = Int(order.entries[entry].site)
                for index in takenStarts[site]..<takenStarts[site + 1] where !isClosed[Int(takenIndustries[index])] {
                    isClosed[Int(takenIndustries[index])] = true
                    left -= 1
                }
                for index in Int(starts[site])..<Int(starts[site + 1]) {
                    counts[Int(industries[index])] += amounts[index]
                    touched[touchedCount] = industries[index]
                    touchedCount += 1
                }
            }
            guard left > 0 else { return }
            let population = max(1, order.zonePopulations[zone])
            if population >= validUntil {
                let level = levels.level(of: population)
                needed = critical.row(level)
                validUntil = level + 1 < levels.starts.count ? levels.starts[level + 1] : .max
            }
            for index in 0..<touchedCount {
                let industry = Int(touched[index])
                if counts[industry] >= needed[industry], !isClosed[industry] {
                    consider(industry, order, zone, center)
                }
            }
        }
    }

    private func consider(_ industry: Int, _ order: DistanceOrder, _ zone: Int, _ center: Int32) {
        let (count, population) = (counts[industry], order.zonePopulations[zone])
        let ratio = model.logLikelihoodRatio(
            cases: count, population: population, totalCases: cases.totalCases[industry],
            totalPopulation: cases.totalPopulation)
        guard ratio > 0 else { return }
        let candidate = ZoneCandidate(
            ratio: ratio, cases: count, population: population, squaredRadius: order.squaredRadius(zone),
            center: center)
        guard best[industry].map({ candidate.precedes($0) }) ?? true else { return }
        best[industry] = candidate
        critical.raise(industry, to: ratio)
    }
}
