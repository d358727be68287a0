import FirmClusters
import RealModule
import Testing

/// Groups that are co-location patterns: found where they were planted, counted firm by firm, tested by mining again.
@Suite struct PatternGroupTests {
    private static func request(_ groups: DetectionRequest.Groups = .patterns) -> DetectionRequest {
        var request = DetectionRequest()
        request.groups = groups
        request.patterns.neighborDistance = 150
        request.patterns.simulations = 99
        request.neighborhood = .fixed(150)
        request.footprintRadius = 80
        request.minimumPoints = 4
        request.reportsMembers = true
        return request
    }

    @Test func plantedPatternsAreFound() throws {
        let report = try ClusterDetector(Self.request()).report(on: ColocatedRegister(seed: 1).register())
        #expect(report.groups.map(\.code) == ["A1+B1", "C1+D1+E1"])
        #expect(report.groups.map(\.pattern?.industries) == [["A1", "B1"], ["C1", "D1", "E1"]])
        #expect(report.patterns?.groups == 2)
        #expect(report.patterns?.industries == 8)
        // The parts of the triple are significant, too, and are no groups.
        #expect((report.patterns?.significant ?? 0) >= 5)
        for code in ["A1+B1", "C1+D1+E1"] {
            let cluster = try #require(report.clusters.first { $0.clusterID == "\(code)-1" })
            #expect(cluster.kind == .pattern)
            #expect(cluster.name == code.split(separator: "+").map { "Industry \($0)" }.joined(separator: " + "))
            #expect(cluster.firms > 40)
        }
    }

    /// Everything that is said of a pattern's clusters, counted by trying all firms.
    @Test func numbersByBruteForce() throws {
        let firms = ColocatedRegister(seed: 2)
        let report = try ClusterDetector(Self.request()).report(on: firms.register())
        try #require(report.clusters.count >= 2)
        for (group, outcome) in report.groups.enumerated() {
            let industries = try #require(outcome.pattern?.industries)
            let participants = firms.participants(in: industries, within: 150, codes: firms.codes)
            let lines = report.members.filter { $0.group == Int32(group) }
            #expect(lines.map { Int($0.row) } == participants)
            #expect(outcome.pattern?.participants == participants.count)
            let ratios = industries.map { code in
                Double(participants.count { firms.codes[$0] == code }) / Double(firms.codes.count { $0 == code })
            }
            #expect(outcome.pattern?.participationIndex == ratios.min())
            #expect(outcome.noiseFirms == lines.count { $0.cluster == nil })
            #expect(outcome.firms == firms.codes.count { industries.contains($0) })
        }
        for (index, cluster) in report.clusters.enumerated() {
            let members = report.members.filter { $0.cluster == Int32(index) }.map { Int($0.row) }
            #expect(cluster.firms == members.count)
            let (all, group) = firms.footprint(
                of: members, radius: 80, industries: cluster.industries, codes: firms.codes)
            let total = firms.codes.count
            let ofGroup = firms.codes.count { cluster.industries.contains($0) }
            #expect(cluster.footprintFirms == all.count)
            #expect(cluster.footprintGroupFirms == group.count)
            #expect(group.count >= members.count)
            let (c, n, k, m) = (Double(group.count), Double(all.count), Double(ofGroup), Double(total))
            #expect(isNear(cluster.locationQuotient, c / n / (k / m)))
            #expect(isNear(cluster.expectedFirms, n * k / m))
            #expect(isNear(cluster.shareOfIndustry, c / k))
            let expected = n * k / m
            #expect(isNear(cluster.relativeRisk, c / expected / ((k - c) / (k - expected))))
            #expect(isNear(cluster.logLikelihoodRatio, Self.ratio(c, n, k, m)))
            func employees(_ firms: [Int], _ all: ColocatedRegister) -> Double {
                firms.reduce(0) { $0 + (all.employment[$1].isNaN ? 0 : all.employment[$1]) }
            }
            let everyone = firms.codes.indices.map { $0 }
            let quotient =
                employees(group, firms) / employees(all, firms)
                / (employees(everyone.filter { cluster.industries.contains(firms.codes[$0]) }, firms)
                    / employees(everyone, firms))
            #expect(isNear(cluster.locationQuotientByEmployment, quotient))
            #expect(
                cluster.participationIndex
                    == report.groups.first { $0.code == cluster.industries.joined(separator: "+") }?
                    .pattern?.participationIndex)
        }
    }

    /// c log(c/n) + … (Kulldorff 1997), for an excess.
    private static func ratio(_ c: Double, _ n: Double, _ k: Double, _ m: Double) -> Double {
        func term(_ a: Double, _ b: Double) -> Double { a > 0 ? a * Double.log(a / b) : 0 }
        guard c / n > (k - c) / (m - n) else { return 0 }
        return term(c, n) + term(n - c, n) + term(k - c, m - n) + term(m - n - k + c, m - n) - term(k, m)
            - term(m - k, m)
    }

    private func isNear(_ value: Double?, _ expected: Double) -> Bool {
        value.map { abs($0 - expected) <= 1e-9 * max(1, abs(expected)) } ?? false
    }

    /// Each simulation made by itself: codes dealt, the firms that take part found by trying all, clustered, and their footprints counted.
    @Test(arguments: [DetectionRequest.Method.dbscan, .hdbscan])
    func simulationsMineAgain(method: DetectionRequest.Method) throws {
        let firms = ColocatedRegister(seed: 4, firms: 30, share: 0.2)
        var request = Self.request(.all)
        request.method = method
        request.minimumClusterSize = 5
        // Wide enough for patterns and clusters by chance.
        request.patterns.neighborDistance = 500
        request.neighborhood = .fixed(1200)
        request.footprintRadius = 700
        request.minimumPoints = 3
        request.patterns.maximumSize = 2
        request.test = ClusterTest(simulations: 24, significanceLevel: 0.9, stopping: nil)
        let register = try firms.register()
        let report = try ClusterDetector(request, workers: Workers(count: 2)).report(on: register)
        let prepared = try PreparedRegister(register)
        let relabelling = Relabelling(.randomLabelling, firmCount: register.count)
        let patterns = report.groups.filter { $0.pattern != nil }
        try #require(patterns.contains { ($0.pattern?.participants ?? 0) < $0.firms })
        let clusters = report.clusters.filter { $0.kind == .pattern }
        try #require(!clusters.isEmpty)
        var exceedances = [Int](repeating: 0, count: clusters.count)
        let positionOfRow = Dictionary(
            uniqueKeysWithValues: prepared.sites.firmRows.enumerated().map { (Int($1), Int32($0)) })
        for replicate in 0..<24 {
            var dealt: [Int32] = []
            relabelling.deal(prepared.industryOfFirm, to: &dealt, replicate: replicate, seed: request.seed)
            var codes = [String](repeating: "", count: register.count)
            for (firm, row) in prepared.sites.firmRows.enumerated() {
                codes[Int(row)] = register.industry.categories[Int(dealt[firm])]
            }
            for pattern in patterns {
                let industries = try #require(pattern.pattern?.industries)
                let participants = firms.participants(in: industries, within: 500, codes: codes)
                let positions = participants.compactMap { positionOfRow[$0] }.sorted()
                let found = try ClusteringProcedure(request).clusters(
                    of: positions[...], in: prepared, workers: Workers(count: 1))
                let ratios = found.clusters.indices.map { rank in
                    let members = found.members(of: rank).firms.map { Int(prepared.sites.firmRows[Int($0)]) }
                    let (all, group) = firms.footprint(of: members, radius: 700, industries: industries, codes: codes)
                    return Self.ratio(
                        Double(group.count), Double(all.count), Double(codes.count { industries.contains($0) }),
                        Double(codes.count))
                }
                for (index, cluster) in clusters.enumerated() where cluster.industries == industries {
                    // Written out here and by differences of logs there.
                    if (ratios.max() ?? 0) >= (cluster.logLikelihoodRatio ?? 0) - 1e-9 { exceedances[index] += 1 }
                }
            }
        }
        #expect(clusters.map(\.pValue) == exceedances.map { Double(1 + $0) / 25 })
        #expect(exceedances.contains { $0 > 0 && $0 < 24 })
    }

    /// Industries and every pattern that was tested, those that became no groups with p = 1.
    @Test func theFamilyHoldsWhatWasTestedInVain() throws {
        var request = Self.request(.all)
        request.test = ClusterTest(simulations: 99, stopping: nil)
        let report = try ClusterDetector(request).report(on: ColocatedRegister(seed: 4).register())
        let (test, patterns) = (try #require(report.test), try #require(report.patterns))
        #expect(report.groups.count == 8 + patterns.groups)
        #expect(patterns.tested >= 28)
        #expect(test.groupsTested == 8 + patterns.tested)
        let inVain = patterns.tested - patterns.groups
        let q = FalseDiscoveryAdjustment.benjaminiHochberg.adjusted(
            report.groups.map(\.pValue) + [Double?](repeating: 1, count: inVain))
        #expect(report.groups.map(\.qValue) == Array(q.prefix(report.groups.count)))
        #expect(report.groups.map(\.code) == report.groups.map(\.code).sorted())
    }

    /// A line for each firm and group, in the order of the rows, then of the groups.
    @Test func firmsCanBeInSeveralGroups() throws {
        let firms = ColocatedRegister(seed: 5)
        let report = try ClusterDetector(Self.request(.all)).report(on: firms.register())
        let lines = report.members
        #expect(Set(lines.map(\.row)).count == firms.codes.count)
        for (line, next) in zip(lines, lines.dropFirst()) {
            #expect((line.row, line.group ?? -1) < (next.row, next.group ?? -1))
        }
        for line in lines {
            let group = report.groups[Int(try #require(line.group))]
            #expect(group.code.split(separator: "+").map(String.init).contains(firms.codes[Int(line.row)]))
        }
        let inPatterns = report.groups.reduce(0) { $0 + ($1.pattern?.participants ?? 0) }
        #expect(lines.count == firms.codes.count + inPatterns)
        // With patterns alone, a firm of none has an empty line.
        let alone = try ClusterDetector(Self.request(.patterns)).report(on: firms.register())
        #expect(Set(alone.members.map(\.row)).count == firms.codes.count)
        #expect(alone.members.count { $0.group != nil } == inPatterns)
    }

    @Test func threadsAndTheOrderOfRowsDoNotMatter() throws {
        var request = Self.request(.all)
        request.reportsComposition = true
        request.test = ClusterTest(simulations: 39)
        let firms = ColocatedRegister(seed: 6)
        var stream = RandomStream(seed: 8, stream: 32)
        let first = try ClusterDetector(request, workers: Workers(count: 1)).report(on: firms.register())
        try #require(first.clusters.contains { $0.kind == .pattern })
        for threads in [2, 4] {
            let order = firms.x.indices.shuffled(using: &stream)
            let other = try ClusterDetector(request, workers: Workers(count: threads))
                .report(on: firms.register(order: order))
            #expect(ClusterDetectorTests.dump(other) == ClusterDetectorTests.dump(first))
            #expect(other.test == first.test)
            #expect(other.patterns == first.patterns)
            #expect(other.groups == first.groups)
        }
    }

    /// Registers in which codes have nothing to do with places: patterns and their clusters are as rarely significant as was asked for.
    @Test func nullRegisters() throws {
        let (registers, level) = (60, 0.2)
        var rejected = 0
        for seed in 0..<registers {
            var request = Self.request()
            request.reportsMembers = false
            request.patterns.neighborDistance = 600
            request.neighborhood = .fixed(900)
            request.footprintRadius = 0
            request.minimumPoints = 3
            request.test = ClusterTest(simulations: 59, significanceLevel: level)
            let firms = ColocatedRegister(seed: 1000 + seed, planted: false, industries: 4, firms: 40)
            let report = try ClusterDetector(request).report(on: firms.register())
            if report.clusters.contains(where: { $0.kind == .pattern && $0.significant == true }) { rejected += 1 }
        }
        let error = (level * (1 - level) / Double(registers)).squareRoot()
        #expect(Double(rejected) / Double(registers) <= level + 3 * error, "\(rejected) of \(registers)")
    }

    // MARK: Without patterns

    @Test func industriesTooFewOrTooSmall() throws {
        let firms = ColocatedRegister(seed: 7, industries: 1)
        let one = try ClusterDetector(Self.request()).report(on: firms.register())
        #expect(one.clusters.isEmpty && one.groups.isEmpty)
        #expect(one.warnings.contains { $0.contains("only one has 10 firms or more") })
        var request = Self.request()
        request.patterns.minimumFirms = 1000
        let none = try ClusterDetector(request).report(on: ColocatedRegister(seed: 7).register())
        #expect(none.warnings.contains { $0.contains("none has 1000 firms or more") })
    }

    @Test func nothingStandsOut() throws {
        var request = Self.request(.all)
        request.minimumPoints = 3
        let firms = ColocatedRegister(seed: 8, planted: false)
        let report = try ClusterDetector(request).report(on: firms.register())
        #expect(report.patterns?.tested == 28)
        #expect(report.patterns?.groups == 0)
        #expect(report.warnings.contains { $0.contains("no pattern became a group: of 28 sets") })
        var industries = request
        industries.groups = .industry
        #expect(
            try ClusterDetector(industries).report(on: firms.register()).clusters.map(\.clusterID)
                == report.clusters.map(\.clusterID))
    }

    @Test func prevalenceIsAFilter() throws {
        var request = Self.request()
        request.patterns.minimumIndex = 0.99
        let report = try ClusterDetector(request).report(on: ColocatedRegister(seed: 1).register())
        #expect(report.groups.isEmpty)
        #expect(report.warnings.contains { $0.contains("participation index of 0.99 or more") })
    }

    @Test func selectedIndustriesMakeThePatterns() throws {
        var request = Self.request()
        request.industries = IndustrySelection(["A*", "B*", "F*"])
        let report = try ClusterDetector(request).report(on: ColocatedRegister(seed: 1).register())
        #expect(report.patterns?.tested == 3)
        #expect(report.groups.map(\.code) == ["A1+B1"])
        #expect(report.groups[0].firms == 120)
    }

    // MARK: Refusals

    @Test func impossibleRequests() throws {
        let register = try ColocatedRegister(seed: 1, industries: 2).register()
        func error(_ change: (inout DetectionRequest) -> Void) -> DetectionRequestError? {
            var request = Self.request()
            change(&request)
            return #expect(throws: DetectionRequestError.self) { try ClusterDetector(request).report(on: register) }
        }
        #expect(error { $0.method = .scan } == .patternsOfScan)
        #expect(error { $0.patterns.neighborDistance = 0 } == .badNeighborDistance(0))
        #expect(error { $0.patterns.maximumSize = 1 } == .badMaximumSize(1))
        #expect(error { $0.patterns.minimumIndex = 1.5 } == .badMinimumPrevalence(1.5))
        #expect(error { $0.patterns.minimumFirms = 0 } == .badMinimumFirms(0))
        #expect(error { $0.patterns.simulations = 0 } == .badSimulations(0))
    }

    /// A code that looks like that of a pattern.
    @Test func codesThatCannotBeToldApart() throws {
        var firms = ColocatedRegister(seed: 1)
        firms.codes = firms.codes.map { $0 == "H1" ? "A1+B1" : $0 }
        let register = try firms.register()
        #expect(throws: DetectionRequestError.ambiguousCode("A1+B1")) {
            try ClusterDetector(Self.request(.all)).report(on: register)
        }
        // Alone the pattern has the name for itself.
        #expect(try ClusterDetector(Self.request()).report(on: register).groups.map(\.code).first == "A1+B1")
    }
}
