public import FirmModel

/// What a search for co-location patterns found, and from what: the one value that every writer of patterns takes.
public struct PatternReport: Sendable {
    /// By size, then codes.
    public var patterns: [PatternRecord]
    /// Every industry that was asked for, by code, with the reason why it was left out, if it was.
    public var industries: [IndustryOutcome]
    /// For each size the patterns that were tested, the smallest size first; empty where none were.
    public var tested: [(size: Int, patterns: Int)]
    /// The network of the pairs found; nil unless asked for.
    public var network: IndustryNetwork?
    /// Rules of the patterns, in their order; nil unless asked for.
    public var rules: [ColocationRule]?
    /// The quotients between the industries that were not left out; nil unless asked for.
    public var quotients: [QuotientRecord]?
    /// What is local; nil unless asked for.
    public var regions: RegionReport?
    /// How the result came about.
    public var provenance: Provenance
    /// Things the user should know, each a sentence.
    public var warnings: [String]

    /// Makes one of these values.
    public init(
        patterns: [PatternRecord], industries: [IndustryOutcome], tested: [(size: Int, patterns: Int)] = [],
        network: IndustryNetwork? = nil, rules: [ColocationRule]? = nil, quotients: [QuotientRecord]? = nil,
        regions: RegionReport? = nil, provenance: Provenance, warnings: [String] = []
    ) {
        self.patterns = patterns
        self.industries = industries
        self.tested = tested
        self.network = network
        self.rules = rules
        self.quotients = quotients
        self.regions = regions
        self.provenance = provenance
        self.warnings = warnings
    }
}

/// What became of one industry in a search for patterns.
public struct IndustryOutcome: Sendable, Equatable {
    /// Its code.
    public var code: String
    /// Its title, nil where there is none.
    public var title: String?
    /// N_f, its firms.
    public var firms: Int
    /// Why no pattern was looked for that holds it; nil when one was.
    public var excluded: String?

    /// Makes one of these values.
    public init(code: String, title: String?, firms: Int, excluded: String? = nil) {
        self.code = code
        self.title = title
        self.firms = firms
        self.excluded = excluded
    }
}
