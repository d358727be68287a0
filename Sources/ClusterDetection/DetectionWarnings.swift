import DensityClustering
import FirmModel
import SpatialIndex

/// What a user should know about a detection that went through.
struct DetectionWarnings {
    let sentences: [String]

    init(
        _ request: DetectionRequest, prepared: PreparedRegister, groups: DetectionGroups, outcomes: [GroupOutcome],
        clusters: [ClusterRecord], test: TestOutcome?
    ) {
        var sentences: [String] = []
        var radius: Meters?
        if request.method != .hdbscan, case .fixed(let eps) = request.neighborhood { radius = eps }
        sentences += prepared.doubts(about: radius, called: "eps")
        if prepared.register.frame == .local {
            sentences.append(
                "coordinates are local meters without a place: the GeoJSON is in those meters, not longitude/latitude")
        }
        if !groups.unmatched.isEmpty {
            sentences.append("no firm has an industry code matching \(groups.unmatched.joined(separator: ", "))")
        }
        if let patterns = groups.patterns?.outcome { sentences += patterns.warnings + Self.onPatterns(patterns) }
        if request.method == .hdbscan { sentences += Self.onHierarchies(request, outcomes, clusters) }
        let points = request.method == .scan ? clusters.count { $0.footprintRadius == 0 } : 0
        if points > 0 {
            sentences.append(
                "\(points) of \(clusters.count) circles are single addresses: they have no outline and no area")
        }
        if request.weighting == .employment, !prepared.employmentOfFirm.contains(where: { $0 > 0 }) {
            sentences.append(
                "no firm has employees that are known: with employment for weights there can be no cluster")
        }
        if request.test != nil, !prepared.strataLeaveChance {
            sentences.append(
                "every stratum has a single firm or a single industry: there is nothing to deal anew, and every p-value is 1"
            )
        }
        if request.method != .hdbscan, request.weighting == .firms, !outcomes.isEmpty,
            outcomes.allSatisfy({ Double($0.firms) < request.minimumPoints })
        {
            sentences.append(
                "min-points of \(formatted(request.minimumPoints)) is above the number of firms of every group: there can be no cluster"
            )
        }
        if let reference = request.reference {
            let industries = outcomes.filter { $0.pattern == nil }
            let absent = industries.filter { reference.firms[$0.code] == nil }.map(\.code)
            if !absent.isEmpty {
                sentences.append(
                    "the reference has no totals for \(absent.count) of \(industries.count) industries "
                        + "(\(absent.prefix(5).joined(separator: ", "))\(absent.count > 5 ? ", …" : "")): "
                        + "their location quotients are undefined")
            }
        }
        if let test { sentences += Self.onResolution(test, haveIndustriesOnly: groups.patterns == nil) }
        let undrawn = clusters.count { $0.footprint == nil && $0.footprintRadius > 0 }
        if undrawn > 0 {
            sentences.append(
                "footprints of \(undrawn) of \(clusters.count) clusters reach beyond what the coordinate system can place: "
                    + "they have no outline")
        }
        self.sentences = sentences
    }

    /// Why there are no groups of patterns.
    private static func onPatterns(_ outcome: PatternSearchOutcome) -> [String] {
        guard outcome.groups == 0 else { return [] }
        let least = outcome.search.minimumFirms
        if outcome.industries < 2 {
            return [
                "no pattern became a group: a pattern has at least two industries, and "
                    + (outcome.industries == 0 ? "none has" : "only one has")
                    + " \(least) firms or more (min-firms)"
            ]
        }
        let within = "within \(formatted(outcome.search.neighborDistance.value)) m"
        if outcome.significant == 0 {
            return [
                "no pattern became a group: of \(outcome.tested) sets of industries that were tested, none has its firms "
                    + "\(within) of each other more often than chance makes them"
            ]
        }
        return [
            "no pattern became a group: none of \(outcome.significant) significant patterns has a participation index of "
                + "\(outcome.search.minimumIndex) or more (min-prevalence)"
        ]
    }

    private static func onResolution(_ outcome: TestOutcome, haveIndustriesOnly: Bool) -> [String] {
        let (noun, nouns) = haveIndustriesOnly ? ("industry", "industries") : ("group", "industries and patterns")
        let simulations = outcome.test.simulations
        guard outcome.groupsTested > 0, simulations < outcome.simulationsNeeded else { return [] }
        let level = formatted(outcome.test.significanceLevel)
        let made = "\(simulations) simulations give no p-value below \(smallestPValue(simulations))"
        let advice = "\(outcome.simulationsNeeded) simulations are enough for one \(noun) to stand out by itself"
        guard outcome.groupsNeededAtFloor <= outcome.groupsTested else {
            return ["\(made), and none of \(outcome.groupsTested) \(nouns) can be significant at \(level): \(advice)"]
        }
        return [
            "\(made): of \(outcome.groupsTested) \(nouns), \(outcome.groupsNeededAtFloor) must be that low together for any to be "
                + "significant at \(level); \(advice)"
        ]
    }

    /// 1/(M + 1) as people write it.
    private static func smallestPValue(_ simulations: Int) -> String { "1/\(simulations + 1)" }

    private static func onHierarchies(
        _ request: DetectionRequest, _ outcomes: [GroupOutcome], _ clusters: [ClusterRecord]
    ) -> [String] {
        var sentences: [String] = []
        if request.weighting == .firms, !outcomes.isEmpty,
            outcomes.allSatisfy({ Double($0.firms) < request.minimumClusterSize })
        {
            sentences.append(
                "min-cluster-size of \(formatted(request.minimumClusterSize)) is above the number of firms of every group: "
                    + "there can be no cluster")
        }
        let samples = request.minimumSamples ?? request.minimumPoints
        if request.weighting == .firms, !outcomes.isEmpty, outcomes.allSatisfy({ Double($0.firms) < samples }) {
            sentences.append(
                "min-samples of \(formatted(samples)) is above the number of firms of every group: there can be no cluster"
            )
        }
        let addresses = clusters.count { $0.sites == 1 && $0.footprintRadius == (request.footprintRadius ?? 0) }
        if addresses > 0 {
            sentences.append(
                "\(addresses) of \(clusters.count) clusters are single addresses, where firms never part: min-sites of 10 or more"
                    + (request.reportsNestedClusters ? " " : ", or a cluster-selection-epsilon of 100 m or more, ")
                    + "makes them parts of what is around them")
        }
        let alone = clusters.count { $0.firms == 1 }
        if request.weighting == .employment, alone > 0 {
            sentences.append(
                "\(alone) of \(clusters.count) clusters are single firms: min-cluster-size and min-samples count employees"
            )
        }
        return sentences
    }
}

/// A number of meters or points for a sentence: to a thousandth, and whole numbers without a fraction.
private func formatted(_ value: Double) -> String {
    let rounded = (value * 1000).rounded() / 1000
    return rounded == rounded.rounded() && abs(rounded) < 1e15 ? String(Int(rounded)) : String(rounded)
}
