/// What is known of one co-location pattern: a line of the output.
public struct PatternRecord: Sendable, Equatable {
    /// The codes of its industries, ascending.
    public var industries: [String]
    /// Their titles, nil where there is none.
    public var titles: [String?]
    /// PI, or the index that was asked for in its place.
    public var participationIndex: Double
    /// For each industry the share of its firms (or of their weight) that take part.
    public var participationRatios: [Double]
    /// The largest of them.
    public var maximumParticipationRatio: Double
    /// For each industry the firms that take part.
    public var participants: [Int]
    /// Mean of the index over simulated registers.
    public var nullMean: Double?
    /// The index over its mean in simulated registers: above 1 the industries sit together more than by chance.
    public var indexRatio: Double?
    /// That chance alone gives an index as large.
    public var pValue: Double?
    /// ``pValue`` adjusted for all patterns of the size that were tested.
    public var qValue: Double?
    /// Whether the pattern, and all its parts, are significant.
    public var significant: Bool?
    /// That chance alone gives an index as small: the industries keep apart.
    public var segregationPValue: Double?
    /// ``segregationPValue`` adjusted likewise.
    public var segregationQValue: Double?
    /// |T(C)|, the number of row instances, where they were counted.
    public var rowInstances: Int?
    /// Whether no pattern of the report holds this one and more.
    public var isMaximal = true
    /// Whether no pattern of the report holds this one and more with the same index.
    public var isClosed = true

    /// The number of industries.
    public var size: Int { industries.count }
    /// The firms that take part, of all industries.
    public var firms: Int { participants.reduce(0, +) }

    /// A pattern that was not tested.
    public init(
        industries: [String], titles: [String?], participationIndex: Double, participationRatios: [Double],
        maximumParticipationRatio: Double, participants: [Int]
    ) {
        self.industries = industries
        self.titles = titles
        self.participationIndex = participationIndex
        self.participationRatios = participationRatios
        self.maximumParticipationRatio = maximumParticipationRatio
        self.participants = participants
    }
}
