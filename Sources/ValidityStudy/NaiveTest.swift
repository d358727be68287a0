import FirmClusters

/// What is often done instead of a test: the hypergeometric tail of the firms in a footprint, as if the footprint had been
/// there before its firms were looked at.
enum NaiveTest {
    /// The smallest p-value among the clusters of a report on so many firms, 1 without clusters.
    static func smallestPValue(of report: ClusterReport, firms: Int) -> Double {
        let sizes = Dictionary(uniqueKeysWithValues: report.groups.map { ($0.code, $0.firms) })
        return report.clusters.compactMap { cluster in
            let industryTotal = cluster.industries.reduce(0) { $0 + (sizes[$1] ?? 0) }
            return LocationQuotient(
                industryInRegion: cluster.footprintGroupFirms, regionTotal: cluster.footprintFirms,
                industryTotal: industryTotal, total: firms
            ).upperTailProbability
        }.min() ?? 1
    }
}
