import ClusterDetection
import FirmModel

extension ClusterReport {
    /// Whether clusters were tested against chance.
    var isTested: Bool { test != nil }

    /// The log-likelihood ratio that clusters are ranked by, and tested by: of employees where these are what weighs, else of firms.
    func ratio(of cluster: ClusterRecord) -> Double? {
        weighsEmployment ? cluster.logLikelihoodRatioByEmployment : cluster.logLikelihoodRatio
    }

    private var weighsEmployment: Bool {
        provenance.parameters.contains { $0.name == "weight" && $0.value == .text("employment") }
    }

    /// Significant clusters first, then by log-likelihood ratio, the largest first; those without one last, equal ones in the order
    /// of the report.
    func strongest(_ limit: Int) -> [ClusterRecord] {
        let ratios = clusters.map { ratio(of: $0) ?? -.infinity }
        let order = clusters.indices.sorted { left, right in
            let isSignificant = clusters[left].significant == true
            if isSignificant != (clusters[right].significant == true) { return isSignificant }
            return ratios[left] != ratios[right] ? ratios[left] > ratios[right] : left < right
        }
        return order.prefix(limit).map { clusters[$0] }
    }
}
