public import ParallelWork
import SpatialIndex

extension CircularScan {
    /// For each industry its strongest zones that share no site, the strongest first.
    ///
    /// Candidates are the best zone around each center. The first zone is the best of them, and so of all zones of the scan; each
    /// that follows is the best candidate that shares no site with those before (SaTScan's rule for secondary clusters without
    /// overlap). Of equally good zones comes first that with more cases, then the smaller radius in meters, then the center with the
    /// smaller x, then y.
    ///
    /// - Parameters:
    ///   - cases: of each site, from this scan's register.
    ///   - industries: those asked about; nil for all. Others get no zones.
    ///   - maximumZones: of an industry.
    ///   - floors: for each industry a ratio that zones must reach to be reported, such as what chance reaches in most registers;
    ///     empty for none.
    ///   - candidatesKept: how many candidates of all industries together are held in memory, 32 to 64 bytes each. Only when those
    ///     of an industry are more than its share, and the strongest of them leave places for further zones, the centers are passed
    ///     once more for the rest. The zones are the same.
    ///   - progress: hears, from any worker, of how many more centers are done; there are `centers.sites.count`. Further passes are
    ///     silent.
    /// - Complexity: O(centers × sites). Memory: about 40 bytes a site and 64 an industry for each worker, the candidates, a table
    ///   of at most 8 MB, and the zones.
    /// - Throws: `WorkCancelled`.
    public func zones(
        of cases: ScanCases, industries: [Int]? = nil, maximumZones: Int = 10, floors: [Double] = [],
        candidatesKept: Int = 1 << 20, workers: Workers = Workers(), progress: @Sendable (Int) -> Void = { _ in }
    ) throws -> [[ScanZone]] {
        precondition(cases.population.count == sites.count, "cases of \(cases.population.count) sites")
        precondition(floors.isEmpty || floors.count == cases.industryCount, "a floor for each industry")
        var zones = [[ScanZone]](repeating: [], count: cases.industryCount)
        guard maximumZones > 0 else { return zones }
        var open = (industries.map { Set($0).sorted() } ?? Array(0..<cases.industryCount)).filter {
            cases.totalCases[$0] >= max(1, minimumCases)
        }
        var passes = 0
        while !open.isEmpty {
            let isFirst = passes == 0
            passes += 1
            let pass = ZonePass(
                self, cases, industries: open, floors: open.map { floors.isEmpty ? 0 : floors[$0] },
                taken: open.map { zones[$0].flatMap(\.sites) },
                limit: max(1, candidatesKept / (open.count * workers.count)))
            let lists = try pass.run(workers) { if isFirst { progress($0) } }
            let (industries, before) = (open, zones)
            let chosen = ResultSlots<[ScanZone]>(count: industries.count)
            let orders = PerWorker(workers) { DistanceOrder(vectors) }
            try workers.forEach(in: 0..<industries.count, grain: 1) { range, worker in
                for index in range {
                    var choice = ZoneChoice(self, cases, industry: industries[index], zones: before[industries[index]])
                    choice.add(lists[index].candidates, upTo: maximumZones, orders[worker])
                    chosen.set(index, choice.zones)
                }
            }
            for (industry, found) in zip(industries, chosen.values) { zones[industry] = found }
            // What was left out came after all that was kept.
            open = zip(industries, lists).filter { !$1.isComplete && zones[$0].count < maximumZones }.map(\.0)
        }
        return zones
    }
}

/// The zones of an industry as they are chosen among candidates.
private struct ZoneChoice {
    private let scan: CircularScan
    private let cases: ScanCases
    private let industry: Int
    private(set) var zones: [ScanZone]
    private var takenSites: [Int32]
    /// Where a candidate last met a zone: its neighbors in rank mostly meet it there too.
    private var lastMeeting = 0

    init(_ scan: CircularScan, _ cases: ScanCases, industry: Int, zones: [ScanZone]) {
        (self.scan, self.cases, self.industry, self.zones) = (scan, cases, industry, zones)
        takenSites = zones.flatMap(\.sites)
    }

    mutating func add(_ candidates: [ZoneCandidate], upTo count: Int, _ order: DistanceOrder) {
        for candidate in candidates where !meetsZone(candidate) {
            guard zones.count < count else { return }
            let zone = zone(candidate, order)
            zones.append(zone)
            takenSites += zone.sites
        }
    }

    private mutating func meetsZone(_ candidate: ZoneCandidate) -> Bool {
        let (center, vectors) = (Int(candidate.center), scan.vectors)
        func isInside(_ index: Int) -> Bool {
            vectors.squaredDistance(from: center, to: Int(takenSites[index])) <= candidate.squaredRadius
        }
        if lastMeeting < takenSites.count, isInside(lastMeeting) { return true }
        guard let meeting = takenSites.indices.first(where: isInside) else { return false }
        lastMeeting = meeting
        return true
    }

    private func zone(_ candidate: ZoneCandidate, _ order: DistanceOrder) -> ScanZone {
        cases.population.withUnsafeBufferPointer { population in
            order.arrange(
                around: Int(candidate.center), population: population,
                limit: scan.populationLimit(of: cases.totalPopulation))
        }
        let zone = (0..<order.zoneCount).last { order.squaredRadius($0) <= candidate.squaredRadius }
        let sites = (0..<(zone.map { Int(order.zoneEnds[$0]) } ?? 0)).map { order.entries[$0].site }
        return ScanZone(
            center: candidate.center, radius: scan.sites.metric.distance(forSquared: candidate.squaredRadius),
            sites: sites.sorted(), cases: candidate.cases,
            population: zone.map { order.zonePopulations[$0] } ?? 0, totalCases: cases.totalCases[industry],
            totalPopulation: cases.totalPopulation, logLikelihoodRatio: candidate.ratio)
    }
}
