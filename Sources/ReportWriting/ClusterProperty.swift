import ClusterDetection
import FirmModel

/// One property of a cluster as output names it, and how its value is read from the record.
///
/// The same list, in the same order, makes the properties of GeoJSON features and the columns of the table.
struct ClusterProperty: Sendable {
    let name: StaticString
    let value: @Sendable (borrowing ClusterRecord) -> OutputValue

    private init(_ name: StaticString, _ value: @escaping @Sendable (borrowing ClusterRecord) -> OutputValue) {
        self.name = name
        self.value = value
    }

    static let all: [ClusterProperty] = identity + members + scores + shape + otherMethods

    private static let identity: [ClusterProperty] = [
        ClusterProperty("cluster_id") { .text($0.clusterID) },
        ClusterProperty("cluster_number") { .integer($0.clusterNumber) },
        ClusterProperty("kind") { .text($0.kind.rawValue) },
        ClusterProperty("industries") { .list($0.industries) },
        ClusterProperty("industry_titles") { .list($0.industryTitles) },
        ClusterProperty("name") { .text($0.name) },
        ClusterProperty("place") { .optional($0.place) },
    ]

    private static let members: [ClusterProperty] = [
        ClusterProperty("firms") { .integer($0.firms) },
        ClusterProperty("core_firms") { .integer($0.coreFirms) },
        ClusterProperty("border_firms") { .integer($0.borderFirms) },
        ClusterProperty("sites") { .integer($0.sites) },
        ClusterProperty("largest_site_share") { .measure($0.largestSiteShare) },
        ClusterProperty("employment") { .amount($0.employment) },
        ClusterProperty("footprint_firms") { .integer($0.footprintFirms) },
        ClusterProperty("footprint_group_firms") { .integer($0.footprintGroupFirms) },
        ClusterProperty("footprint_employment") { .amount($0.footprintEmployment) },
        ClusterProperty("footprint_radius_m") { .measure($0.footprintRadius.value) },
    ]

    private static let scores: [ClusterProperty] = [
        ClusterProperty("location_quotient") { .optional($0.locationQuotient) },
        ClusterProperty("lq_low") { .optional($0.locationQuotientLow) },
        ClusterProperty("lq_high") { .optional($0.locationQuotientHigh) },
        ClusterProperty("lq_employment") { .optional($0.locationQuotientByEmployment) },
        ClusterProperty("employment_coverage") { .optional($0.employmentCoverage) },
        ClusterProperty("expected_firms") { .optional($0.expectedFirms) },
        ClusterProperty("relative_risk") { .optional($0.relativeRisk) },
        ClusterProperty("log_likelihood_ratio") { .optional($0.logLikelihoodRatio) },
        ClusterProperty("llr_employment") { .optional($0.logLikelihoodRatioByEmployment) },
        ClusterProperty("p_value") { .optional($0.pValue) },
        ClusterProperty("p_value_gumbel") { .optional($0.pValueByGumbel) },
        ClusterProperty("q_value") { .optional($0.qValue) },
        ClusterProperty("significant") { $0.significant.map(OutputValue.flag) ?? .undefined },
        ClusterProperty("share_of_industry") { .optional($0.shareOfIndustry) },
    ]

    private static let shape: [ClusterProperty] = [
        ClusterProperty("area_km2") { .optional($0.areaSquareKilometers) },
        ClusterProperty("firms_per_km2") { .optional($0.firmsPerSquareKilometer) },
        ClusterProperty("largest_firm_share") { .optional($0.largestFirmShare) },
        ClusterProperty("industry_diversity") { .optional($0.industryDiversity) },
        ClusterProperty("centroid_lon") { .coordinate($0.centroid.x) },
        ClusterProperty("centroid_lat") { .coordinate($0.centroid.y) },
    ]

    private static let otherMethods: [ClusterProperty] = [
        ClusterProperty("persistence") { .optional($0.persistence) },
        ClusterProperty("parent_id") { .optional($0.parentID) },
        ClusterProperty("level") { $0.level.map(OutputValue.integer) ?? .undefined },
        ClusterProperty("participation_index") { .optional($0.participationIndex) },
    ]
}

extension OutputValue {
    fileprivate static func amount(_ total: Double?) -> OutputValue { total.map { .amount($0) } ?? .undefined }
}
