public import FirmModel
public import PatternAnalysis

/// What a detection found, and from what: the one value that every writer of output takes.
public struct ClusterReport: Sendable {
    /// In the order of group code, then rank.
    public var clusters: [ClusterRecord]
    /// Every group that was asked for, in the order of its code, with what became of it.
    public var groups: [GroupOutcome]
    /// A line for each firm, in the order of the input, and where groups are patterns one for each group of the firm, in the order of
    /// `groups`; empty unless asked for.
    public var members: [MemberRecord]
    /// Industries of each cluster's footprint, in the order of `clusters`, then code; empty unless asked for.
    public var composition: [CompositionRecord]
    /// The test against chance as a whole; nil where none was made.
    public var test: TestOutcome?
    /// The search for patterns as a whole; nil where groups are industries only.
    public var patterns: PatternSearchOutcome?
    /// How the result came about.
    public var provenance: Provenance
    /// Things the user should know, each a sentence.
    public var warnings: [String]

    /// Makes one of these values.
    public init(
        clusters: [ClusterRecord], groups: [GroupOutcome], members: [MemberRecord] = [],
        composition: [CompositionRecord] = [], test: TestOutcome? = nil, patterns: PatternSearchOutcome? = nil,
        provenance: Provenance, warnings: [String] = []
    ) {
        self.clusters = clusters
        self.groups = groups
        self.members = members
        self.composition = composition
        self.test = test
        self.patterns = patterns
        self.provenance = provenance
        self.warnings = warnings
    }
}

/// A test of clusters against chance as a whole.
public struct TestOutcome: Sendable, Equatable {
    /// What was asked.
    public var test: ClusterTest
    /// What was compared, in words.
    public var statistic: String
    /// m: the groups tested together, those without a cluster among them, and patterns that were tested but became no groups.
    public var groupsTested: Int
    /// R: the groups rejected, in which clusters are significant.
    public var groupsRejected: Int
    /// The clusters that are significant, those that a filter left out of the report among them.
    public var significantClusters: Int
    /// The fewest simulations with which a single group can be rejected.
    public var simulationsNeeded: Int
    /// With the simulations that were made, so many groups have to be at the smallest p-value together for any to be rejected.
    public var groupsNeededAtFloor: Int

    /// Makes one of these values.
    public init(
        test: ClusterTest, statistic: String, groupsTested: Int, groupsRejected: Int, significantClusters: Int,
        simulationsNeeded: Int, groupsNeededAtFloor: Int
    ) {
        self.test = test
        self.statistic = statistic
        self.groupsTested = groupsTested
        self.groupsRejected = groupsRejected
        self.significantClusters = significantClusters
        self.simulationsNeeded = simulationsNeeded
        self.groupsNeededAtFloor = groupsNeededAtFloor
    }
}

/// A search for co-location patterns as a whole.
public struct PatternSearchOutcome: Sendable, Equatable {
    /// What was asked.
    public var search: PatternSearch
    /// How patterns were tested.
    public var test: PatternTest
    /// The industries with enough firms to be in a pattern.
    public var industries: Int
    /// The patterns that were tested.
    public var tested: Int
    /// Those that are significant.
    public var significant: Int
    /// Those that became groups: significant, prevalent enough, and in no larger one that is both.
    public var groups: Int
    /// What a reader has to know before taking silence for chance, each a sentence.
    public var warnings: [String]

    /// Makes one of these values.
    public init(
        search: PatternSearch, test: PatternTest, industries: Int, tested: Int, significant: Int, groups: Int,
        warnings: [String] = []
    ) {
        self.search = search
        self.test = test
        self.industries = industries
        self.tested = tested
        self.significant = significant
        self.groups = groups
        self.warnings = warnings
    }
}

/// The co-location pattern behind a group.
public struct PatternOutcome: Sendable, Equatable {
    /// The codes of its industries, ascending.
    public var industries: [String]
    /// The firms that take part in it: those that are clustered.
    public var participants: Int
    /// PI.
    public var participationIndex: Double
    /// That chance alone gives an index as large.
    public var pValue: Double
    /// ``pValue`` adjusted for the patterns tested.
    public var qValue: Double

    /// Makes one of these values.
    public init(
        industries: [String], participants: Int, participationIndex: Double, pValue: Double, qValue: Double
    ) {
        self.industries = industries
        self.participants = participants
        self.participationIndex = participationIndex
        self.pValue = pValue
        self.qValue = qValue
    }
}

/// What became of one group: an industry or a pattern of industries.
public struct GroupOutcome: Sendable, Equatable {
    /// The code, or the codes of a pattern joined by `+`.
    public var code: String
    /// The title of the industry, or those of a pattern joined by ` + `; nil where the classification has none.
    public var title: String?
    /// The pattern; nil for an industry.
    public var pattern: PatternOutcome?
    /// n_k: of a pattern all firms of its industries.
    public var firms: Int
    /// The radius used; nil when the group was skipped before one was chosen.
    public var neighborhoodRadius: Meters?
    /// The number of clusters in the report.
    public var clusters: Int
    /// Firms in no cluster, those of clusters that a filter left out not among them; all of a skipped group. Of a pattern those that
    /// take part in it.
    public var noiseFirms: Int
    /// Why the group was not clustered; nil when it was.
    public var skipped: String?
    /// The smallest p-value of its clusters, 1 where it has none; nil where no test was made, and for a group outside the family of
    /// those tested because it has too few firms for a cluster.
    public var pValue: Double?
    /// ``pValue`` adjusted for the number of groups tested.
    public var qValue: Double?

    /// Makes one of these values.
    public init(
        code: String, title: String?, pattern: PatternOutcome? = nil, firms: Int, neighborhoodRadius: Meters?,
        clusters: Int, noiseFirms: Int, skipped: String? = nil, pValue: Double? = nil, qValue: Double? = nil
    ) {
        self.code = code
        self.title = title
        self.pattern = pattern
        self.firms = firms
        self.neighborhoodRadius = neighborhoodRadius
        self.clusters = clusters
        self.noiseFirms = noiseFirms
        self.skipped = skipped
        self.pValue = pValue
        self.qValue = qValue
    }
}

/// One firm's part in the result.
public struct MemberRecord: Sendable, Equatable {
    /// The row in the register.
    public var row: Int32
    /// Index into ``ClusterReport/clusters``, or nil.
    public var cluster: Int32?
    /// Index into ``ClusterReport/groups``, or nil for a firm whose industry was not asked for.
    public var group: Int32?
    /// nil for a firm whose group was skipped or not asked for.
    public var role: MemberRole?
    /// A border firm in reach of core firms of more than one cluster.
    public var isAmbiguous: Bool
    /// How firmly the firm belongs, 0 to 1; nil for methods that do not say.
    public var strength: Double?

    /// Makes one of these values.
    public init(
        row: Int32, cluster: Int32?, group: Int32?, role: MemberRole?, isAmbiguous: Bool, strength: Double? = nil
    ) {
        self.row = row
        self.cluster = cluster
        self.group = group
        self.role = role
        self.isAmbiguous = isAmbiguous
        self.strength = strength
    }
}

/// One industry in one cluster's footprint.
public struct CompositionRecord: Sendable, Equatable {
    /// Index into ``ClusterReport/clusters``.
    public var cluster: Int
    /// The code.
    public var industry: String
    /// Its title; nil where the classification has none.
    public var title: String?
    /// Firms of the industry in the footprint.
    public var firms: Int
    /// Share of the footprint's firms.
    public var share: Double?
    /// The share over the industry's share in the register.
    public var locationQuotient: Double?

    /// Makes one of these values.
    public init(
        cluster: Int, industry: String, title: String?, firms: Int, share: Double?, locationQuotient: Double?
    ) {
        self.cluster = cluster
        self.industry = industry
        self.title = title
        self.firms = firms
        self.share = share
        self.locationQuotient = locationQuotient
    }
}
