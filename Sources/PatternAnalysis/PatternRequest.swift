public import ColocationMining
public import FirmModel
import SignificanceTesting

/// Which co-location patterns to look for, with the defaults of a bare `firmclusters patterns`.
///
///     var request = PatternRequest()
///     request.neighborDistance = 300
///     request.miner.minimumIndex = 0.1
public struct PatternRequest: Sendable {
    /// Which of the patterns found are reported.
    public enum Selection: String, Sendable, CaseIterable {
        /// All of them.
        case all
        /// Those that are part of no larger one (``PatternRecord/isMaximal``).
        case maximal
        /// Those that are part of no larger one with the same index (``PatternRecord/isClosed``).
        case closed
        /// Those that are significant; needs a ``PatternRequest/test``.
        case significant
    }

    /// The largest distance between neighbors.
    public var neighborDistance: Meters = 500
    /// Sizes, thresholds and the index they are for. With a ``PatternMiner/minimumIndex`` of 0 every pattern with a row instance is
    /// prevalent.
    public var miner = PatternMiner()
    /// What participation ratios are shares of. An industry none of whose firms has employees counts its firms.
    public var weighting: Weighting = .firms
    /// The industries of which patterns are made; all when nil.
    public var industries: IndustrySelection?
    /// How patterns are tested against chance; not at all when nil. What is tested does not depend on the threshold: all pairs are, and
    /// larger patterns whose parts are significant. These are reported, with the threshold for a filter.
    public var test: PatternTest?
    /// Which patterns are reported.
    public var selection: Selection = .all
    /// Whether the row instances of every reported pattern are counted, which takes long where firms crowd.
    public var countsRowInstances = false
    /// Whether to make a network of all pairs found (``PatternReport/network``).
    public var reportsNetwork = false
    /// Whether to list the rules of the reported patterns (``PatternReport/rules``).
    public var reportsRules = false
    /// k: among how many nearest firms of all industries quotients look (``PatternReport/quotients``); no quotients when nil.
    public var quotientNeighbors: Int?
    /// Within which regions patterns are looked for, too (``PatternReport/regions``); within none when nil.
    public var regions: RegionRequest?
    /// The largest number of industries in the antecedent of a rule. Above 1 row instances are counted, which takes long where firms
    /// crowd.
    public var ruleAntecedents = 1
    /// For whatever is drawn at random; written to the provenance.
    public var seed: UInt64 = 1

    /// The defaults.
    public init() {}

    /// The shortest distance: a millimeter.
    public static let shortestDistance: Meters = 0.001
    /// The longest distance: a million kilometers, as far out as coordinates may be.
    public static let longestDistance: Meters = 1e9

    /// Whether the request can be carried out on any register; ``PatternAnalyzer`` asks before it begins.
    ///
    /// - Throws: what is wrong, the first of it.
    public func validate() throws(PatternRequestError) {
        // In numbers, among which nan is in no range.
        guard (Self.shortestDistance.value...Self.longestDistance.value).contains(neighborDistance.value) else {
            throw .badNeighborDistance(neighborDistance)
        }
        guard (0...1).contains(miner.minimumIndex) else { throw .badMinimumIndex(miner.minimumIndex) }
        guard miner.maximumSize >= 2 else { throw .badMaximumSize(miner.maximumSize) }
        guard miner.minimumFirms >= 1 else { throw .badMinimumFirms(miner.minimumFirms) }
        if let count = quotientNeighbors, !(1...NearestFirms.largestCount).contains(count) {
            throw .badQuotientNeighbors(count)
        }
        guard ruleAntecedents >= 1 else { throw .badRuleAntecedents(ruleAntecedents) }
        guard selection != .significant || test != nil else { throw .nothingTested }
        try regions?.validate()
    }

    /// What was asked, with defaults filled in, as it is written to output.
    public var parameters: [(name: String, value: ParameterValue)] {
        [
            ("neighbor_distance_m", .number(neighborDistance.value)),
            ("measure", .text(miner.measure.rawValue)),
            ("min_prevalence", .number(miner.minimumIndex)),
            ("max_size", .integer(miner.maximumSize)),
            ("min_firms", .integer(miner.minimumFirms)),
            ("weight", .text(weighting.rawValue)),
            ("industries", industries.map { .list($0.patterns) } ?? .none),
            ("show", .text(selection.rawValue)),
            ("count_rows", .flag(countsRowInstances)),
            ("quotient_neighbors", quotientNeighbors.map { .integer($0) } ?? .none),
            ("rule_antecedents", reportsRules ? .integer(ruleAntecedents) : .none),
            ("simulations", .integer(test?.simulations ?? 0)),
        ] + testParameters + (regions?.parameters ?? [("regions", .none)])
    }
}

extension PatternRequest {
    private var testParameters: [(name: String, value: ParameterValue)] {
        guard let test else { return [] }
        return [
            ("alpha", .number(test.significanceLevel)), ("null", .text(test.nullModel.rawValue)),
            ("adjustment", .text(test.adjustment.name)),
        ]
    }
}

/// Why patterns cannot be looked for.
public enum PatternRequestError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Below ``PatternRequest/shortestDistance``, above ``PatternRequest/longestDistance``, or no number.
    case badNeighborDistance(Meters)
    /// Not in 0...1.
    case badMinimumIndex(Double)
    /// Below 2.
    case badMaximumSize(Int)
    /// Below 1.
    case badMinimumFirms(Int)
    /// Below 1, or above `NearestFirms.largestCount`.
    case badQuotientNeighbors(Int)
    /// Below 1.
    case badRuleAntecedents(Int)
    /// Below ``RegionRequest/smallestCell``, above ``PatternRequest/longestDistance``, or no number.
    case badCellSize(Meters)
    /// Below 1.
    case badClusterFirms(Int)
    /// Below 1.
    case badMinimumRegionFirms(Int)
    /// Below 1.
    case badMinimumLocalFirms(Int)
    /// Significant patterns are to be reported and none are tested.
    case nothingTested
    /// The register was made without a column of regions.
    case noRegionColumn(String)

    public var description: String {
        switch self {
        case .badNeighborDistance(let distance):
            "the distance between neighbors is \(distance.value) m; it must be from 0.001 m to 1000000 km"
        case .badMinimumIndex(let index): "the minimum prevalence is \(index); it must be from 0 to 1"
        case .badMaximumSize(let size): "the maximum size is \(size); a pattern has 2 industries or more"
        case .badMinimumFirms(let firms): "the minimum number of firms is \(firms); it must be 1 or more"
        case .badQuotientNeighbors(let count):
            "the number of nearest firms is \(count); it must be from 1 to \(NearestFirms.largestCount)"
        case .badRuleAntecedents(let count): "the industries of an antecedent are \(count); they must be 1 or more"
        case .badCellSize(let size): "the size of a cell is \(size.value) m; it must be from 1 m to 1000000 km"
        case .badClusterFirms(let firms): "the minimum of a cluster is \(firms) firms; it must be 1 or more"
        case .badMinimumRegionFirms(let firms): "the minimum of a region is \(firms) firms; it must be 1 or more"
        case .badMinimumLocalFirms(let firms):
            "the minimum of an industry in a region is \(firms) firms; it must be 1 or more"
        case .nothingTested: "only significant patterns are to be shown, and nothing is tested: ask for --test"
        case .noRegionColumn(let header): "the register has no column of regions, '\(header)' was not read"
        }
    }
}
