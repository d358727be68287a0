import ColocationMining
public import FirmModel
public import ParallelWork
import SpatialIndex

/// Finds the co-location patterns of a register: which industries sit together.
///
///     let report = try PatternAnalyzer(PatternRequest()).report(on: register)
///     for pattern in report.patterns { print(pattern.industries, pattern.participationIndex) }
///
/// The same register and request give the same report whatever the number of threads, and the same patterns whatever the order of the
/// rows. A pattern is found by the share of its industries' firms that take part, which grows with density: where all share the same
/// few places, all are patterns.
public struct PatternAnalyzer: Sendable {
    /// What to look for.
    public var request: PatternRequest
    /// The threads that share the work.
    public var workers: Workers
    /// Hears how far the work has come.
    public var progress: any WorkProgress

    /// An analyzer for a request; without one, for the defaults.
    public init(
        _ request: PatternRequest = PatternRequest(), workers: Workers = Workers(),
        progress: any WorkProgress = SilentProgress()
    ) {
        self.request = request
        self.workers = workers
        self.progress = progress
    }

    /// Looks for patterns and describes them.
    ///
    /// - Parameters:
    ///   - register: the firms.
    ///   - firmOfRow: which rows are entries of one firm (``RegisterEntries``); nil where each is a firm.
    ///   - source: what reading knows of the register, for the provenance.
    ///   - inputParameters: further parameters to write before the analysis' own, such as the level of the codes.
    ///   - title: the title of an industry code, nil where there is none.
    /// - Throws: ``PatternRequestError`` for an impossible request, `ColocationError` and `ColocationQuotientError` for a register
    ///   that cannot be mined by it, `ProjectionError`, `WorkCancelled`.
    /// - Precondition: no quotients with entries: they are of firms with one industry each.
    public func report(
        on register: FirmRegister, firmOfRow: [Int32]? = nil, source: RegisterSource? = nil,
        inputParameters: [(name: String, value: ParameterValue)] = [],
        title: (String) -> String? = { _ in nil }
    ) throws -> PatternReport {
        try request.validate()
        progress.began("arranging firms", total: nil)
        precondition(firmOfRow == nil || request.quotientNeighbors == nil, "quotients are of firms with one industry")
        let mined = MinedRegister(try PreparedRegister(register, workers: workers), request, firmOfRow: firmOfRow)
        let relation = try NeighborRelation(mined.prepared.sites, distance: request.neighborDistance, workers: workers)
        // Without a test prevalence decides; with one only regions are mined.
        var city: [ColocationPattern] = []
        if request.test == nil || request.regions != nil {
            progress.began("looking for patterns", total: nil)
            city = try miner.patterns(of: mined.labels, in: relation, workers: workers)
        }
        let tested = try request.test.map {
            try $0.run(
                miner: miner, labels: mined.labels, relation: relation, strata: mined.prepared.stratumOfFirm,
                workers: workers, progress: progress)
        }
        let outcomes = outcomes(mined, title: title)
        var found = tested.map { $0.patterns.map(\.pattern) } ?? city
        var records = try records(of: found, mined, relation, title: title)
        if let tested { for index in records.indices { records[index].take(tested.patterns[index]) } }
        let network = request.reportsNetwork ? IndustryNetwork(industries: outcomes, patterns: records) : nil

        let prevalent = records.indices.filter { records[$0].participationIndex >= request.miner.minimumIndex }
        (found, records) = (prevalent.map { found[$0] }, prevalent.map { records[$0] })
        // With a test, what holds a significant pattern and is not significant itself does not make it smaller.
        let extreme = records.indices.filter { tested == nil || records[$0].significant == true }
        var marked = extreme.map { records[$0] }
        PatternRecord.markExtremes(&marked)
        for index in records.indices where tested != nil {
            (records[index].isMaximal, records[index].isClosed) = (false, false)
        }
        for (index, record) in zip(extreme, marked) { records[index] = record }
        let shown = records.indices.filter { request.selection.contains(records[$0]) }
        records = shown.map { records[$0] }
        var warnings = PatternWarnings(request, mined, outcomes).sentences + (tested?.warnings ?? [])
        if request.countsRowInstances {
            progress.began("counting row instances", total: shown.count)
            warnings += try countRowInstances(of: shown.map { found[$0].industries }, in: relation, mined, &records)
        }
        let rules = try rules(of: shown.map { found[$0] }, records, mined, relation, &warnings)
        let regions = try regions(mined, relation, city: city, firmOfRow: firmOfRow, &warnings)
        let places = request.reportsPlaces ? try places(of: shown.map { found[$0] }, mined, in: relation) : nil
        return PatternReport(
            patterns: records, industries: outcomes,
            tested: tested?.families.map { (size: $0.sizes.lowerBound, patterns: $0.tested) } ?? [], network: network,
            rules: rules, quotients: try quotients(mined),
            regions: regions, places: places,
            provenance: Provenance(
                version: firmClustersVersion, parameters: inputParameters + request.parameters, seed: request.seed,
                source: source ?? .inMemory(register), frame: register.frame, libraries: []),
            warnings: warnings)
    }

    var miner: PatternMiner {
        var miner = request.miner
        // Nothing participates in most sets of industries: they are no patterns even where no index is asked for.
        miner.minimumIndex = max(miner.minimumIndex, .leastNonzeroMagnitude)
        return miner
    }

    private func outcomes(_ mined: MinedRegister, title: (String) -> String?) -> [IndustryOutcome] {
        let considered = Set(miner.industries(of: mined.labels))
        let least = request.miner.minimumFirms
        return mined.industries.map { industry in
            let code = mined.prepared.industries[Int(industry)]
            return IndustryOutcome(
                code: code, title: title(code), firms: mined.labels.firmCounts[Int(industry)],
                excluded: considered.contains(industry) ? nil : "fewer than \(least) firms")
        }
    }

    private func records(
        of found: [ColocationPattern], _ mined: MinedRegister, _ relation: NeighborRelation, title: (String) -> String?
    ) throws -> [PatternRecord] {
        let codes = mined.prepared.industries
        let titles = codes.map(title)
        // Where employees are what takes part, firms are counted beside.
        let counted =
            mined.labels.weights == nil
            ? found : try relation.participation(in: found.map(\.industries), of: mined.unweighted, workers: workers)
        return zip(found, counted).map { pattern, firms in
            let ratios = pattern.participationRatios.map { $0 ?? 0 }
            let (smallest, largest) = (pattern.participationIndex ?? 0, pattern.maximumParticipationRatio ?? 0)
            return PatternRecord(
                industries: pattern.industries.map { codes[Int($0)] },
                titles: pattern.industries.map { titles[Int($0)] },
                participationIndex: request.miner.measure == .minimum ? smallest : largest,
                participationRatios: ratios, maximumParticipationRatio: largest,
                participants: firms.participants.map { Int($0) })
        }
    }

    /// Nearest are firms of all industries, also of those that were not asked for.
    private func quotients(_ mined: MinedRegister) throws -> [QuotientRecord]? {
        guard let count = request.quotientNeighbors else { return nil }
        progress.began("looking for nearest firms", total: nil)
        let codes = mined.prepared.industries
        let labels = IndustryLabels(industryOfFirm: mined.prepared.industryOfFirm, industryCount: codes.count)
        let nearest = try NearestFirms(mined.prepared.sites, count: count, workers: workers)
        let industries = miner.industries(of: mined.labels)
        guard let test = request.test else {
            return QuotientRecord.records(
                try ColocationQuotient(of: labels, nearest: nearest), of: industries, codes: codes)
        }
        progress.began("simulating quotients", total: test.simulations)
        let tested = try ColocationQuotientTest(
            simulations: test.simulations, nullModel: test.nullModel, seed: test.seed,
            adjustment: test.adjustment.ofQuotients
        ).run(
            on: labels, nearest: nearest, sites: mined.prepared.sites, strata: mined.prepared.stratumOfFirm,
            workers: workers
        ) { progress.advanced(by: $0) }
        return QuotientRecord.records(tested, of: industries, codes: codes)
    }

    /// - Returns: a sentence where there are more row instances than can be counted.
    private func countRowInstances(
        of patterns: [[Int32]], in relation: NeighborRelation, _ mined: MinedRegister, _ records: inout [PatternRecord]
    ) throws -> [String] {
        var beyond = 0
        for (index, pattern) in patterns.enumerated() {
            do {
                records[index].rowInstances = try relation.rowInstances(
                    of: pattern, labels: mined.unweighted, workers: workers)
            } catch ColocationError.tooManyRowInstances {
                beyond += 1
            }
            progress.advanced(by: 1)
        }
        return beyond == 0
            ? [] : ["\(beyond) of \(patterns.count) patterns have more row instances than can be counted"]
    }
}

extension PatternRecord {
    /// What a test found.
    fileprivate mutating func take(_ tested: TestedPattern) {
        (nullMean, indexRatio) = (tested.nullMean, tested.indexRatio)
        (pValue, qValue, significant) = (tested.pValue, tested.qValue, tested.isSignificant)
        (segregationPValue, segregationQValue) = (tested.segregationPValue, tested.segregationQValue)
    }
}

extension PatternRequest.Selection {
    fileprivate func contains(_ record: PatternRecord) -> Bool {
        switch self {
        case .all: true
        case .maximal: record.isMaximal
        case .closed: record.isClosed
        case .significant: record.significant == true
        }
    }
}
