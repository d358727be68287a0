import SignificanceTesting

/// What the simulations say of the clusters of all groups.
struct ClusterSignificance: Sendable {
    /// For each group the p-values of its clusters by rank.
    let clusters: [[MonteCarloPValue]]
    /// The groups as families of hypotheses.
    let families: TestedFamilies
    /// For each group and cluster a p-value from a fitted Gumbel distribution; empty unless asked for.
    let gumbel: [[Double?]]

    /// Notes what was found in the record of a cluster.
    func write(to record: inout ClusterRecord, group: Int, rank: Int) {
        guard let qValue = families.qValues[group] else { return }
        let p = clusters[group][rank].value
        record.pValue = p
        record.qValue = qValue
        record.significant = families.isSignificant(p, in: group)
    }
}

/// Groups tested together: each counts with the smallest p-value of its clusters, and with 1 where it has none.
struct TestedFamilies: Sendable {
    /// Nil for a group that is no part of the family.
    let pValues: [Double?]
    let qValues: [Double?]
    private let level: Double

    init(_ clusters: [[MonteCarloPValue]], takesPart: [Bool], test: ClusterTest) {
        pValues = zip(clusters, takesPart).map { clusters, takesPart in
            takesPart ? clusters.map(\.value).min() ?? 1 : nil
        }
        qValues = pValues
        level = test.significanceLevel
    }

    /// m.
    var count: Int { pValues.count { $0 != nil } }

    func isSignificant(_ p: Double, in group: Int) -> Bool { p <= level }
}
