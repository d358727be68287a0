public import ClusterGeometry
public import DensityClustering
public import FirmModel
public import ScanStatistic

/// What to detect, with the defaults of a bare `firmclusters detect`.
///
///     var request = DetectionRequest()
///     request.neighborhood = .fixed(500)
///     request.minimumPoints = 10
public struct DetectionRequest: Sendable {
    /// How clusters are found.
    public enum Method: String, Sendable, CaseIterable {
        /// With one radius for all: ``DBSCAN``.
        case dbscan
        /// At all densities: ``HDBSCAN``.
        case hdbscan
        /// In the order of reachability: ``OPTICS``.
        case optics
        /// Circles with an excess: ``CircularScan``.
        case scan
    }

    /// How ``Method/optics`` takes clusters out of the order.
    public enum Extraction: Sendable, Equatable {
        /// Valleys between slopes of a steepness ξ.
        case valleys(steepness: Double)
        /// What hangs together at the neighborhood radius, as with DBSCAN.
        case neighborhood
    }

    /// How the radius within which firms are neighbors is found.
    public enum Neighborhood: Sendable, Equatable {
        /// The same for every group.
        case fixed(Meters)
        /// For each group at the knee of its own k-distance curve (``KDistanceCurve/chordKnee``).
        case automatic
    }

    /// What counts toward ``minimumPoints``.
    public typealias Weighting = FirmModel.Weighting

    /// What the firms that are clustered together have in common.
    public enum Groups: String, Sendable, CaseIterable {
        /// Their industry.
        case industry
        /// That they take part in a co-location pattern.
        case patterns
        /// Both: a firm is then in the group of its industry and in that of every pattern it takes part in.
        case all
    }

    /// How clusters are found.
    public var method: Method = .dbscan
    /// What the firms that are clustered together have in common. ``Method/scan`` knows industries only.
    public var groups: Groups = .industry
    /// Which patterns become groups, where these are asked for.
    public var patterns = PatternSearch()
    /// How eps, the radius within which firms are neighbors, is found; ``Method/hdbscan`` has none.
    public var neighborhood: Neighborhood = .automatic
    /// minPts: firms, or employees, within the radius that make a firm core; the firm itself counts.
    public var minimumPoints: Double = 5
    /// What core distances of ``Method/hdbscan`` reach, the firm itself counted; ``minimumPoints`` when nil.
    public var minimumSamples: Double?
    /// Clusters of ``Method/hdbscan``, and valleys of ``Method/optics``, have at least so many firms, or employees.
    public var minimumClusterSize: Double = 10
    /// Which clusters of the hierarchy of ``Method/hdbscan`` are reported.
    public var selection = ClusterSelection()
    /// Whether clusters within clusters are reported, instead of some that do not overlap: all of the hierarchy of
    /// ``Method/hdbscan`` below the root (the root, too, if the selection allows a single cluster), all valleys of
    /// ``Method/optics``.
    public var reportsNestedClusters = false
    /// A cluster within another is reported when it has at most this share of its firms, in 0...1: without it a town that
    /// loses one hamlet after the other would be reported after each. It bounds the levels, and with them time and output:
    /// at 0.8 to some ten for every factor of ten between the largest cluster and the smallest. 1 reports all.
    public var largestNestedShare: Double = 0.8
    /// How ``Method/optics`` takes clusters out of the order.
    public var extraction: Extraction = .valleys(steepness: 0.05)
    /// max_eps of ``Method/optics``: what is further apart is not neighbor to each other; five times the neighborhood radius
    /// when nil.
    public var maximumRadius: Meters?
    /// How ``Method/scan`` compares what is in a circle with what is outside; employees are always compared by the Poisson model.
    public var scanModel: ScanModel {
        get { weighting == .employment ? .poisson : scanModelOfFirms }
        set { scanModelOfFirms = newValue }
    }
    private var scanModelOfFirms: ScanModel = .bernoulli
    /// The largest share of all firms, or employees, in a circle of ``Method/scan``.
    public var largestScanShare: Double = 0.5
    /// The most centers of circles of ``Method/scan``: every site where there are not more, else the cells of a grid.
    public var maximumScanCenters: Int = ScanCenters.usualLimit
    /// The most circles of an industry that ``Method/scan`` reports.
    public var maximumZones: Int = 10
    /// What becomes of firms in reach of core firms only.
    public var borderRule: DBSCAN.BorderRule = .nearestCore
    /// What counts toward ``minimumPoints``.
    public var weighting: Weighting = .firms
    /// Clusters on fewer distinct locations are not reported; their firms are noise. Not of ``Method/scan``.
    public var minimumSites: Int = 1
    /// The industries to detect; all when nil. Patterns are of these alone. Quotients always compare with all firms.
    public var industries: IndustrySelection?
    /// Totals from outside for the location quotient; the register itself when nil.
    public var reference: ReferenceTotals?
    /// Clusters with a lower location quotient (or none) are left out of the report.
    public var minimumLocationQuotient: Double?
    /// How footprints are drawn; counts and areas are of the exact discs whatever the shape.
    public var footprintShape: FootprintShape = .discs
    /// r; eps/2 when nil. Not of ``Method/scan``, whose footprints are its circles. With 0 the firms at the members'
    /// sites are counted, and there is no outline and no area.
    public var footprintRadius: Meters?
    /// Whether to report every firm's part (``ClusterReport/members``).
    public var reportsMembers = false
    /// Whether to report the industries of every footprint (``ClusterReport/composition``).
    public var reportsComposition = false
    /// How clusters are tested against chance; not at all when nil.
    public var test: ClusterTest?
    /// For whatever is drawn at random; written to the provenance.
    public var seed: UInt64 = 1

    /// The defaults.
    public init() {}
}

/// Firms (and employees) by industry in an area the register is compared with.
public struct ReferenceTotals: Sendable, Equatable {
    /// What output calls them, for example the name of their file.
    public var name: String
    /// Firms by code.
    public var firms: [String: Double]
    /// Empty when the reference has no employment.
    public var employment: [String: Double]
    /// Firms of all codes.
    public var totalFirms: Double
    /// Employees of all codes.
    public var totalEmployment: Double

    /// - Parameters:
    ///   - rows: code, firms and, where known, employees; a code may come more than once.
    ///   - name: what output calls them.
    public init(_ rows: [(code: String, firms: Double, employment: Double?)], name: String = "unnamed") {
        self.name = name
        firms = [:]
        employment = [:]
        totalFirms = 0
        totalEmployment = 0
        for row in rows {
            firms[row.code, default: 0] += row.firms
            totalFirms += row.firms
            if let employees = row.employment {
                employment[row.code, default: 0] += employees
                totalEmployment += employees
            }
        }
    }
}
