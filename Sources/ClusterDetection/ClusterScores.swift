import FirmModel
import RegionalMeasures

/// The scores of a cluster, from counts alone.
struct ClusterScores {
    let quotient: Double?
    let limits: ConfidenceLimits?
    let quotientByEmployment: Double?
    let employmentCoverage: Double?
    let expectedFirms: Double?
    let relativeRisk: Double?
    let logLikelihoodRatio: Double
    let shareOfIndustry: Double?
    let industryDiversity: Double?

    /// Totals of the study area for one group.
    struct Totals {
        /// Whether the register has employment at all.
        var statesEmployment: Bool
        /// n and n_k.
        var firms: Int
        var groupFirms: Int
        /// Known employees of all firms and of the group's.
        var employment: Double
        var groupEmployment: Double
    }

    /// - Parameters:
    ///   - counts: the footprint's n_Z and n_kZ with employment.
    ///   - totals: n and n_k with employment.
    ///   - reference: outside totals for the quotients, with the group's part in them; nil for the study area.
    init(_ counts: FootprintCounts, totals: Totals, reference: GroupReference?) {
        let quotient = LocationQuotient(
            industryInRegion: counts.groupFirms, regionTotal: counts.firms, industryTotal: totals.groupFirms,
            total: totals.firms)
        let compared =
            reference.map {
                LocationQuotient(
                    industryInRegion: counts.groupFirms, regionTotal: counts.firms,
                    outsideIndustryTotal: $0.groupFirms, outsideTotal: $0.firms)
            } ?? quotient
        self.quotient = compared.value
        limits = compared.limits()
        expectedFirms = quotient.expectedFirms
        relativeRisk = quotient.relativeRisk
        shareOfIndustry = quotient.shareOfIndustry
        logLikelihoodRatio = LogLikelihoodRatio.bernoulli(
            cases: counts.groupFirms, population: counts.firms, totalCases: totals.groupFirms,
            totalPopulation: totals.firms)
        if counts.firmsWithEmployment > 0 {
            quotientByEmployment =
                EmploymentQuotient(
                    industryInRegion: counts.groupEmployment, regionTotal: counts.employment,
                    industryTotal: reference?.groupEmployment ?? totals.groupEmployment,
                    total: reference?.employment ?? totals.employment
                ).value
        } else {
            quotientByEmployment = nil
        }
        employmentCoverage =
            totals.statesEmployment && counts.firms > 0
            ? Double(counts.firmsWithEmployment) / Double(counts.firms) : nil
        industryDiversity = counts.industryDiversity
    }
}

/// The part of outside totals that concerns one group.
struct GroupReference {
    var firms: Double
    var groupFirms: Double
    var employment: Double
    var groupEmployment: Double

    init(_ reference: ReferenceTotals, codes: [String]) {
        firms = reference.totalFirms
        groupFirms = codes.reduce(0) { $0 + (reference.firms[$1] ?? 0) }
        employment = reference.totalEmployment
        groupEmployment = codes.reduce(0) { $0 + (reference.employment[$1] ?? 0) }
    }
}
