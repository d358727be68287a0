import FirmModel
import RegionalMeasures
import ScanStatistic

/// What the test compares between the register and its simulations: the log-likelihood ratio of a footprint.
///
/// Not the location quotient: its largest values are those of the smallest clusters.
enum ClusterStatistic: Sendable {
    /// Bernoulli, of firms: what ``ClusterRecord/logLikelihoodRatio`` is.
    case firms
    /// Poisson, of employees. Employees are no independent cases: that the ratio is valid comes from the permutation alone.
    case employment

    init(_ request: DetectionRequest) { self = request.weighting == .employment ? .employment : .firms }

    /// What it is called in output.
    func name(in request: DetectionRequest) -> String {
        let model = request.method == .scan ? request.scanModel : self == .firms ? .bernoulli : .poisson
        return "\(model.rawValue) log-likelihood ratio of \(self == .firms ? "firms" : "employees")"
    }

    /// What is in a footprint.
    struct Zone: Sendable {
        var firms = 0
        var groupFirms = 0
        var employment = 0.0
        var groupEmployment = 0.0

        init() {}

        init(firms: Int, groupFirms: Int, employment: Double, groupEmployment: Double) {
            self.firms = firms
            self.groupFirms = groupFirms
            self.employment = employment
            self.groupEmployment = groupEmployment
        }

        init(_ counts: FootprintCounts) {
            self.init(
                firms: counts.firms, groupFirms: counts.groupFirms, employment: counts.employment,
                groupEmployment: counts.groupEmployment)
        }
    }

    func value(_ zone: Zone, _ totals: ClusterScores.Totals) -> Double {
        switch self {
        case .firms:
            return LogLikelihoodRatio.bernoulli(
                cases: zone.groupFirms, population: zone.firms, totalCases: totals.groupFirms,
                totalPopulation: totals.firms)
        case .employment:
            guard totals.employment > 0 else { return 0 }
            // Sums over a zone are of rounded parts and can come out a hair above the total.
            let cases = min(zone.groupEmployment, totals.groupEmployment)
            let expected = totals.groupEmployment * (min(zone.employment, totals.employment) / totals.employment)
            return LogLikelihoodRatio.poisson(
                cases: cases, expected: min(expected, totals.groupEmployment), totalCases: totals.groupEmployment)
        }
    }
}
