public import FirmModel

/// Which co-location patterns become groups: the significant ones that are in no larger one.
///
/// Their industries sit together more than chance makes them; see `PatternTest`. They are tested as clusters are
/// (``DetectionRequest/test``), and where no test of clusters was asked for by ``simulations`` of random labelling at a level of 0.05.
public struct PatternSearch: Sendable, Equatable {
    /// Firms of different industries within this distance of each other are neighbors.
    public var neighborDistance: Meters = 500
    /// The most industries of a pattern.
    public var maximumSize = 5
    /// Patterns with a smaller participation index become no groups, even if they are significant.
    public var minimumIndex = 0.0
    /// Industries with fewer firms take no part.
    public var minimumFirms = 10
    /// M, where no test of clusters says how many.
    public var simulations = 199

    /// The defaults.
    public init() {}
}
