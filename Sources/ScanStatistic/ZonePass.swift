import ParallelWork
import SpatialIndex

/// One pass over all centers for the best zone of each industry around each of them, those left out that share sites with zones
/// chosen already.
struct ZonePass {
    private let scan: CircularScan
    private let cases: ScanCases
    private let industries: [Int]
    private let floors: [Double]
    /// For each site s the industries that have a zone with it: `takenIndustries[takenStarts[s]..<takenStarts[s + 1]]`; empty when
    /// no industry has one.
    private let takenStarts: [Int]
    private let takenIndustries: [Int32]
    private let limit: Int

    /// - Parameters:
    ///   - floors: for each of the industries the least ratio of a candidate.
    ///   - taken: for each of the industries the sites of its zones.
    ///   - limit: how many candidates of an industry each worker keeps at least.
    init(
        _ scan: CircularScan, _ cases: ScanCases, industries: [Int], floors: [Double], taken: [[Int32]], limit: Int
    ) {
        (self.scan, self.cases, self.industries, self.floors) = (scan, cases, industries, floors)
        self.limit = limit
        guard taken.contains(where: { !$0.isEmpty }) else {
            (takenStarts, takenIndustries) = ([], [])
            return
        }
        var starts = [Int](repeating: 0, count: scan.sites.count + 1)
        for sites in taken { for site in sites { starts[Int(site) + 1] += 1 } }
        for site in 0..<scan.sites.count { starts[site + 1] += starts[site] }
        takenStarts = starts
        var ofSites = [Int32](repeating: 0, count: starts[scan.sites.count])
        for (industry, sites) in zip(industries, taken) {
            for site in sites {
                ofSites[starts[Int(site)]] = Int32(industry)
                starts[Int(site)] += 1
            }
        }
        takenIndustries = ofSites
    }

    /// For each of the industries its candidates in order.
    func run(_ workers: Workers, _ progress: @Sendable (Int) -> Void) throws -> [CandidateList] {
        let populationLimit = scan.populationLimit(of: cases.totalPopulation)
        let table = RatioEstimate.table(cases.totalPopulation)
        let own = PerWorker(workers) {
            (
                order: DistanceOrder(scan.vectors),
                search: ZoneSearch(scan, cases, industries: industries, floors: floors, limit: limit)
            )
        }
        try workers.forEach(in: 0..<scan.centers.sites.count, grain: 8) { places, worker in
            let (order, search) = own[worker]
            table.withUnsafeBufferPointer { table in
                cases.population.withUnsafeBufferPointer { population in
                    let estimate = RatioEstimate(scan.model, cases, table: table)
                    for place in places {
                        let center = scan.centers.sites[scan.center(at: place)]
                        order.arrange(around: Int(center), population: population, limit: populationLimit)
                        search.walk(
                            order, center: center, estimate, takenStarts: takenStarts, takenIndustries: takenIndustries)
                    }
                }
            }
            progress(places.count)
        }
        return industries.indices.map { index in
            CandidateList(merging: (0..<workers.count).map { own[$0].search.lists[index] })
        }
    }
}

/// Finds the best zone of each industry around one center after the other, for one worker.
private final class ZoneSearch {
    /// What is known of an industry around the center at hand.
    private struct State {
        var cases = 0
        /// A zone that is not the best so far is left out by its ratio, or by this.
        var best = 0.0
        var bestCases = 0
        var bestZone: Int32 = -1
        /// The first zone with a site of a zone that was chosen before.
        var takenFrom = Int32.max
        /// The least number of cases in a zone; never reached by industries not asked about.
        var least = Int.max
        var totalCases = 0
        /// C / N, less a hair.
        var rate = 0.0
        /// Of the estimate.
        var constant = 0.0
    }

    private let cases: ScanCases
    private let model: ScanModel
    private let minimumCases: Int
    private let industries: [Int]
    /// For each of the industries.
    private(set) var lists: [CandidateList]
    private let states: UnsafeMutablePointer<State>
    /// Industries with cases on the sites that a zone adds, with repetitions.
    private let touched: UnsafeMutablePointer<Int32>

    init(_ scan: CircularScan, _ cases: ScanCases, industries: [Int], floors: [Double], limit: Int) {
        (self.cases, self.industries, model) = (cases, industries, scan.model)
        minimumCases = max(1, scan.minimumCases)
        lists = floors.map { CandidateList(floor: $0, limit: limit) }
        states = .allocate(capacity: cases.industryCount)
        states.initialize(repeating: State(), count: cases.industryCount)
        touched = .allocate(capacity: cases.amounts.count)
    }

    deinit {
        states.deallocate()
        touched.deallocate()
    }

    func walk(
        _ order: DistanceOrder, center: Int32, _ estimate: RatioEstimate, takenStarts: [Int], takenIndustries: [Int32]
    ) {
        begin(estimate)
        cases.starts.withUnsafeBufferPointer { starts in
            cases.industries.withUnsafeBufferPointer { industries in
                cases.amounts.withUnsafeBufferPointer { amounts in
                    grow(order, estimate, starts, industries, amounts, takenStarts, takenIndustries)
                }
            }
        }
        for (index, industry) in industries.enumerated() {
            let state = states[industry]
            guard state.bestZone >= 0, state.bestZone < state.takenFrom else { continue }
            lists[index].append(
                ZoneCandidate(
                    ratio: state.best, cases: state.bestCases, squaredRadius: order.squaredRadius(Int(state.bestZone)),
                    center: center))
        }
    }

    private func begin(_ estimate: RatioEstimate) {
        states.update(repeating: State(), count: cases.industryCount)
        for (index, industry) in industries.enumerated() {
            let total = cases.totalCases[industry]
            states[industry].best = lists[index].floor
            states[industry].least = minimumCases
            states[industry].totalCases = total
            states[industry].rate = ScanModel.expectedCases(1, total, cases.totalPopulation) * (1 - 1e-12)
            states[industry].constant = estimate.constant(totalCases: total)
        }
    }

    /// Takes the circle from zone to zone.
    private func grow(
        _ order: DistanceOrder, _ estimate: RatioEstimate, _ starts: UnsafeBufferPointer<Int32>,
        _ industries: UnsafeBufferPointer<Int32>, _ amounts: UnsafeBufferPointer<Int>, _ takenStarts: [Int],
        _ takenIndustries: [Int32]
    ) {
        let (states, touched) = (states, touched)
        let (entries, zoneEnds, populations) = (order.entries, order.zoneEnds, order.zonePopulations)
        let margin = estimate.margin
        var entry = 0
        for zone in 0..<order.zoneCount {
            var touchedCount = 0
            let end = Int(zoneEnds[zone])
            while entry < end {
                let site = Int(entries[entry].site)
                entry += 1
                for index in Int(starts[site])..<Int(starts[site + 1]) {
                    states[Int(industries[index])].cases &+= amounts[index]
                    touched[touchedCount] = industries[index]
                    touchedCount += 1
                }
                if !takenStarts.isEmpty {
                    for industry in takenIndustries[takenStarts[site]..<takenStarts[site + 1]] {
                        let first = min(states[Int(industry)].takenFrom, Int32(truncatingIfNeeded: zone))
                        states[Int(industry)].takenFrom = first
                    }
                }
            }
            let population = populations[zone]
            let zoneEstimate = estimate.zone(population)
            for index in 0..<touchedCount {
                let state = states + Int(touched[index])
                let count = state.pointee.cases
                guard count >= state.pointee.least, Double(count) >= state.pointee.rate * Double(population) else {
                    continue
                }
                let ratio = estimate.ratio(
                    cases: count, of: state.pointee.totalCases, constant: state.pointee.constant, in: zoneEstimate)
                if ratio < state.pointee.best - margin { continue }
                consider(state, zone, population: population)
            }
        }
    }

    private func consider(_ state: UnsafeMutablePointer<State>, _ zone: Int, population: Int) {
        let count = state.pointee.cases
        let ratio = model.logLikelihoodRatio(
            cases: count, population: population, totalCases: state.pointee.totalCases,
            totalPopulation: cases.totalPopulation)
        let best = state.pointee.best
        // As ``ZoneCandidate/precedes(_:)`` has it: the circle only grows.
        guard ratio > best || ratio == best && ratio > 0 && count > state.pointee.bestCases else { return }
        state.pointee.best = ratio
        state.pointee.bestCases = count
        state.pointee.bestZone = Int32(truncatingIfNeeded: zone)
    }
}
