import ClusterDetection

extension ClusterReport {
    /// Whether clusters were tested against chance.
    var isTested: Bool { test != nil || clusters.contains { $0.significant != nil } }

    /// Significant clusters first, then by log-likelihood ratio, the largest first; those without one last, equal ones in the order
    /// of the report.
    func strongest(_ limit: Int) -> [ClusterRecord] {
        let order = clusters.indices.sorted { left, right in
            let isSignificant = clusters[left].significant == true
            if isSignificant != (clusters[right].significant == true) { return isSignificant }
            let (leftScore, rightScore) = (
                clusters[left].logLikelihoodRatio ?? -.infinity, clusters[right].logLikelihoodRatio ?? -.infinity
            )
            return leftScore != rightScore ? leftScore > rightScore : left < right
        }
        return order.prefix(limit).map { clusters[$0] }
    }
}
