import SignificanceTesting

/// What the simulations say of the clusters of all groups.
///
/// Groups are the families of two-step testing: each counts with the smallest p-value of its clusters, and with 1 where
/// it has none. A group is left out only by a rule that relabelling cannot change
/// (``DetectionRequest/canHaveCluster(firms:)``). Patterns became groups by what was seen of them in the data: those that were tested
/// for it in vain count with 1, too. The p-value of a pattern that may or may not become a group is then never below the one it would have
/// if it always did, which is valid.
struct ClusterSignificance: Sendable {
    /// For each group the p-values of its clusters by rank.
    private let pValues: [[Double]]
    /// For each group and cluster the p-value of a fitted Gumbel distribution; nil where there is none.
    private let pValuesByGumbel: [[Double?]]
    /// For each group its number among the families; nil for one that is not tested.
    private let familyOfGroup: [Int?]
    private let families: FamilySelection

    /// - Parameters:
    ///   - outcome: of the simulations, a family for each group.
    ///   - observed: for each group the statistics of its clusters by rank.
    ///   - isTested: for each group whether it takes part.
    ///   - testedInVain: the patterns that were tested and became no groups.
    init(
        _ outcome: MonteCarloOutcome, observed: [[Double]], isTested: [Bool], testedInVain: Int, test: ClusterTest
    ) {
        pValues = outcome.pValues.map { $0.map(\.value) }
        var next = 0
        familyOfGroup = isTested.map { isTested in
            guard isTested else { return nil }
            next += 1
            return next - 1
        }
        families = FamilySelection(
            pValuesOfFamilies: zip(pValues, isTested).compactMap { $1 ? $0 : nil }
                + [[Double]](repeating: [], count: testedInVain),
            level: test.significanceLevel, adjustment: test.adjustment)
        pValuesByGumbel = zip(observed, outcome.largest).map { observed, largest in
            let tail = test.reportsGumbel ? GumbelTail(maxima: largest) : nil
            return observed.map { tail?.pValue(of: $0) }
        }
    }

    /// Notes what was found in the record of a cluster.
    func write(to record: inout ClusterRecord, group: Int, rank: Int) {
        guard let family = familyOfGroup[group] else { return }
        let p = pValues[group][rank]
        record.pValue = p
        record.pValueByGumbel = pValuesByGumbel[group][rank]
        record.qValue = families.qValues[family]
        record.significant = families.isSignificant(p, inFamily: family)
    }

    /// The smallest p-value of a group, and the same adjusted for the number of groups; nil for one that is not tested.
    func smallest(of group: Int) -> (p: Double, q: Double)? {
        familyOfGroup[group].map { (pValues[group].min() ?? 1, families.qValues[$0]) }
    }

    /// The test as a whole.
    func outcome(_ test: ClusterTest, statistic: String) -> TestOutcome {
        let significant = familyOfGroup.enumerated().reduce(0) { sum, group in
            guard let family = group.element else { return sum }
            return sum + pValues[group.offset].count { families.isSignificant($0, inFamily: family) }
        }
        return TestOutcome(
            test: test, statistic: statistic, groupsTested: families.families,
            groupsRejected: families.rejected, significantClusters: significant,
            simulationsNeeded: families.simulationsNeeded,
            groupsNeededAtFloor: families.familiesNeededAtFloor(simulations: test.simulations))
    }
}
