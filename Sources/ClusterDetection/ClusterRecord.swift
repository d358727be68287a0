public import FirmModel

/// One detected cluster with everything that is said of it. A property the output calls `snake_case` is the same
/// name here in `camelCase`; "undefined" is nil.
public struct ClusterRecord: Sendable {
    /// What the firms of a cluster have in common.
    public enum Kind: String, Sendable {
        /// Their industry.
        case industry
        /// A set of industries that locate together.
        case pattern
    }

    // Name and kind
    /// `<code>-<rank>`, the codes of a pattern joined by `+`; unique in a report.
    public var clusterID: String
    /// The position of the cluster in the report, counted from 1.
    public var clusterNumber: Int
    /// What the group is.
    public var kind: Kind
    /// The codes of the group, ascending.
    public var industries: [String]
    /// A title for each code, nil where the classification has none.
    public var industryTitles: [String?]
    /// Title and place in one line.
    public var name: String
    /// The commonest place among the members; of equally common ones the first by its text.
    public var place: String?

    // Members
    /// The number of members.
    public var firms: Int
    /// Members with enough firms (or weight) within the radius.
    public var coreFirms: Int
    /// Members that are not core, but in reach of one that is.
    public var borderFirms: Int
    /// Distinct locations of the members.
    public var sites: Int
    /// Share of the members at the location with the most of them.
    public var largestSiteShare: Double
    /// Employees of the members that say; nil when none does.
    public var employment: Double?

    // Footprint: everything within `footprintRadius` of a member
    /// n_Z: firms of every industry.
    public var footprintFirms: Int
    /// n_kZ: firms of the group's industries.
    public var footprintGroupFirms: Int
    /// Employees of the footprint's firms that say; nil when none does.
    public var footprintEmployment: Double?
    /// r, half the neighborhood radius unless the request says otherwise.
    public var footprintRadius: Meters

    // Scores
    /// LQ = (n_kZ / n_Z) / (n_k / n); see ``LocationQuotient``.
    public var locationQuotient: Double?
    /// The lower 95 percent limit of LQ, given the footprint: descriptive, not a test.
    public var locationQuotientLow: Double?
    /// The upper 95 percent limit of LQ, given the footprint.
    public var locationQuotientHigh: Double?
    /// The same ratio over employees, of the firms that say; see ``EmploymentQuotient``.
    public var locationQuotientByEmployment: Double?
    /// Share of the footprint's firms whose employment is known.
    public var employmentCoverage: Double?
    /// E = n_Z n_k / n.
    public var expectedFirms: Double?
    /// RR = (n_kZ / E) / ((n_k − n_kZ) / (n_k − E)), inside against outside; nil when nothing is outside.
    public var relativeRisk: Double?
    /// The log-likelihood ratio of the footprint's firms, in nats: Bernoulli, of a scan by its own model; see ``LogLikelihoodRatio``.
    public var logLikelihoodRatio: Double?
    /// The Poisson log-likelihood ratio of the footprint's employees, in nats; nil where no employment is known.
    public var logLikelihoodRatioByEmployment: Double?
    /// How often chance does as well: the share of simulated registers, this one among them, in which some cluster of the same group
    /// has at least this log-likelihood ratio. Nil where no test was made.
    public var pValue: Double?
    /// The p-value by a Gumbel distribution fitted to the largest ratios of the simulated registers: an approximation, for telling apart
    /// clusters at the smallest p-value that the simulations can give. Nil unless asked for.
    public var pValueByGumbel: Double?
    /// The smallest p-value of the group, adjusted for the number of groups; nil where no test was made.
    public var qValue: Double?
    /// Whether the cluster stands out from chance at the level of the test: its group is among those rejected, and its own p-value small
    /// enough for their number (Benjamini & Bogomolov 2014). Nil where no test was made.
    public var significant: Bool?
    /// n_kZ / n_k.
    public var shareOfIndustry: Double?

    // Shape and make-up
    /// Area of the union of discs, in km²; nil for a radius of 0.
    public var areaSquareKilometers: Double?
    /// Members per km².
    public var firmsPerSquareKilometer: Double?
    /// Largest member's share of the members' employment.
    public var largestFirmShare: Double?
    /// exp(entropy) of the footprint's firms over industries at the level in use.
    public var industryDiversity: Double?
    /// Mean of the members' unit vectors (or coordinates), as longitude/latitude (or local meters).
    public var centroid: Coordinate

    // Other methods
    /// How much of the cluster stays for how long, of HDBSCAN; nil for other methods, and where no firms ever part.
    public var persistence: Double?
    /// The cluster of the report this one lies in; nil for none, and where clusters are not nested.
    public var parentID: String?
    /// How deep in others it lies, 1 for the outermost; nil where clusters are not nested.
    public var level: Int?
    /// PI of the pattern over the whole register (`ColocationPattern`); nil for an industry.
    public var participationIndex: Double?

    /// The outline in longitude/latitude, or in local meters; nil for a radius of 0, and where it reaches beyond what the coordinate
    /// system can place.
    public var footprint: Footprint?

    /// Makes one of these values.
    public init(
        clusterID: String, clusterNumber: Int, kind: Kind, industries: [String], industryTitles: [String?],
        name: String,
        place: String?, firms: Int, coreFirms: Int, borderFirms: Int, sites: Int, largestSiteShare: Double,
        employment: Double?, footprintFirms: Int, footprintGroupFirms: Int, footprintEmployment: Double?,
        footprintRadius: Meters, locationQuotient: Double?, locationQuotientLow: Double?, locationQuotientHigh: Double?,
        locationQuotientByEmployment: Double?, employmentCoverage: Double?, expectedFirms: Double?,
        relativeRisk: Double?,
        logLikelihoodRatio: Double?, logLikelihoodRatioByEmployment: Double? = nil, pValue: Double? = nil,
        pValueByGumbel: Double? = nil, qValue: Double? = nil, significant: Bool? = nil,
        shareOfIndustry: Double?, areaSquareKilometers: Double?, firmsPerSquareKilometer: Double?,
        largestFirmShare: Double?, industryDiversity: Double?, centroid: Coordinate, persistence: Double? = nil,
        parentID: String? = nil, level: Int? = nil, participationIndex: Double? = nil, footprint: Footprint?
    ) {
        self.clusterID = clusterID
        self.clusterNumber = clusterNumber
        self.kind = kind
        self.industries = industries
        self.industryTitles = industryTitles
        self.name = name
        self.place = place
        self.firms = firms
        self.coreFirms = coreFirms
        self.borderFirms = borderFirms
        self.sites = sites
        self.largestSiteShare = largestSiteShare
        self.employment = employment
        self.footprintFirms = footprintFirms
        self.footprintGroupFirms = footprintGroupFirms
        self.footprintEmployment = footprintEmployment
        self.footprintRadius = footprintRadius
        self.locationQuotient = locationQuotient
        self.locationQuotientLow = locationQuotientLow
        self.locationQuotientHigh = locationQuotientHigh
        self.locationQuotientByEmployment = locationQuotientByEmployment
        self.employmentCoverage = employmentCoverage
        self.expectedFirms = expectedFirms
        self.relativeRisk = relativeRisk
        self.logLikelihoodRatio = logLikelihoodRatio
        self.logLikelihoodRatioByEmployment = logLikelihoodRatioByEmployment
        self.pValue = pValue
        self.pValueByGumbel = pValueByGumbel
        self.qValue = qValue
        self.significant = significant
        self.shareOfIndustry = shareOfIndustry
        self.areaSquareKilometers = areaSquareKilometers
        self.firmsPerSquareKilometer = firmsPerSquareKilometer
        self.largestFirmShare = largestFirmShare
        self.industryDiversity = industryDiversity
        self.centroid = centroid
        self.persistence = persistence
        self.parentID = parentID
        self.level = level
        self.participationIndex = participationIndex
        self.footprint = footprint
    }
}
