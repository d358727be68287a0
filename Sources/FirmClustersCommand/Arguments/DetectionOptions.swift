import ArgumentParser
import FirmClusters

/// What `detect` computes.
struct DetectionOptions: ParsableArguments {
    /// The ways to take clusters out of the order of OPTICS.
    enum Extraction: String, ExpressibleByArgument, CaseIterable {
        case xi, eps
    }

    /// What counts toward `--min-points`.
    enum Weight: String, ExpressibleByArgument, CaseIterable {
        case employment
    }

    @Option(
        help: "How clusters are found: with one radius, at all densities, in the order of reachability, as circles.")
    var method: DetectionRequest.Method = .dbscan

    @Option(
        help: ArgumentHelp(
            "Radius within which firms are neighbors, or 'auto': the knee of each industry's k-distance curve. "
                + "Default: auto. For dbscan and optics.", valueName: "500m|1.2km|auto"))
    var eps: NeighborhoodArgument?

    @Option(
        help: ArgumentHelp(
            "Firms within the radius, itself included, that make a firm a core of a cluster. Default: 5.",
            valueName: "n"))
    var minPoints: MinimumPoints?

    @Option(
        help: ArgumentHelp(
            "Firms, itself included, that a firm's core distance reaches. Default: --min-points. For hdbscan.",
            valueName: "n"))
    var minSamples: MinimumPoints?

    @Option(
        help: ArgumentHelp(
            "Firms in a cluster, at least. Default: 10. For hdbscan, and for optics with xi.", valueName: "n"))
    var minClusterSize: MinimumPoints?

    @Option(
        help: ArgumentHelp(
            "Clusters of the hierarchy that last longest, or its smallest. Default: eom. For hdbscan.",
            valueName: "eom|leaf"))
    var clusterSelection: ClusterSelection.Method?

    @Option(
        help: ArgumentHelp(
            "Clusters that parted at a shorter distance stay together. Default: 0. For hdbscan.", valueName: "distance")
    )
    var clusterSelectionEpsilon: Meters?

    @Flag(help: "Let all firms of an industry be one cluster, if nothing inside lasts longer. For hdbscan.")
    var allowSingleCluster = false

    @Flag(help: "Report clusters within clusters, with parent_id and level. For hdbscan, and for optics with xi.")
    var nested = false

    @Option(
        help: ArgumentHelp(
            "With --nested, firms of the cluster around it that a cluster may have at most; 1 reports the whole hierarchy. "
                + "Default: 0.8.", valueName: "share"))
    var nestedShare: Double?

    @Option(
        help: ArgumentHelp(
            "Clusters from the order: valleys between steep slopes, or what hangs together at eps. Default: xi. "
                + "For optics.", valueName: "xi|eps"))
    var extraction: Extraction?

    @Option(
        help: ArgumentHelp(
            "How steep slopes are, from 0 to below 1. Default: 0.05. For optics with xi.", valueName: "share"))
    var xi: Double?

    @Option(
        help: ArgumentHelp(
            "What is further apart is no neighbor. Default: five times eps. For optics.", valueName: "distance"))
    var maxEps: Meters?

    @Option(
        help: ArgumentHelp(
            "How firms inside and outside a circle are compared. Default: bernoulli. For scan.",
            valueName: "bernoulli|poisson"))
    var scanModel: ScanModel?

    @Option(
        help: ArgumentHelp(
            "Share of all firms (or employees) in a circle, at most. Default: 0.5. For scan.", valueName: "share"))
    var largestShare: Double?

    @Option(help: ArgumentHelp("Circles of an industry, at most. Default: 10. For scan.", valueName: "n"))
    var maxZones: Int?

    @Option(
        help: ArgumentHelp(
            "Centers of circles: every site, or the cells of the finest grid with at most so many. Default: 20000. For scan.",
            valueName: "n"))
    var maxCenters: Int?

    @Option(
        help: ArgumentHelp("Leave out clusters on fewer distinct locations. Default: 1. Not for scan.", valueName: "n"))
    var minSites: Int?

    @Option(
        help: ArgumentHelp(
            "Firms in reach of a cluster's core: to the nearest, or in no cluster. Default: nearest. For dbscan.",
            valueName: "nearest|none"))
    var border: DBSCAN.BorderRule?

    @Option(help: "Let --min-points, --min-samples and --min-cluster-size count employees instead of firms.")
    var weight: Weight?

    @Option(
        help: ArgumentHelp(
            "What is clustered: the firms of each industry, those that take part in each significant co-location pattern "
                + "of industries, or both. Default: industry.", valueName: "industry|patterns|all"))
    var groups: DetectionRequest.Groups = .industry

    @Option(
        help: ArgumentHelp(
            "Firms of different industries within it are neighbors. Default: 500 m. For patterns.",
            valueName: "distance"))
    var neighborDistance: Meters?

    @Option(help: ArgumentHelp("Industries of a pattern, at most. Default: 5. For patterns.", valueName: "n"))
    var maxSize: Int?

    @Option(
        help: ArgumentHelp(
            "Participation index of a pattern, at least. Default: 0. For patterns.", valueName: "share"))
    var minPrevalence: Double?

    @Option(
        help: ArgumentHelp("Firms of an industry in patterns, at least. Default: 10. For patterns.", valueName: "n"))
    var minFirms: Int?

    @Option(
        help: ArgumentHelp(
            "Detect only these codes; '15*' for all that begin so. Quotients still compare with all firms.",
            valueName: "13,14,15*"))
    var industries: String?

    @Option(
        help: ArgumentHelp(
            "CSV with code,firms[,employment]: totals to compare with instead of the register.", valueName: "file"))
    var reference: String?

    @Option(help: ArgumentHelp("Report only clusters with at least this location quotient.", valueName: "lq"))
    var minLq: Double?

    @Option(
        help: ArgumentHelp(
            "How footprints are drawn; counts are always of the exact discs. Default: discs. Not for scan.",
            valueName: "discs|concave|convex"))
    var footprint: FootprintShape?

    @Option(
        help: ArgumentHelp(
            "Radius of the discs that make a footprint; 0 for the firms' own sites. Default: half of eps, or of the longest "
                + "edge inside the cluster. Not for scan.",
            valueName: "distance"))
    var footprintRadius: Meters?

    @Option(help: ArgumentHelp("Seed of the simulations.", valueName: "n"))
    var seed: UInt64 = 1

    func validate() throws {
        try validateBelonging()
        // Of firms there are only whole ones; everything else is the request's to judge.
        let numbers = [
            ("--min-points", minPoints), ("--min-samples", minSamples), ("--min-cluster-size", minClusterSize),
        ]
        for (option, number) in numbers where weight == nil {
            if let value = number?.value, value != value.rounded() {
                throw ValidationError("\(option) \(value): must be a whole number of firms")
            }
        }
        do throws(DetectionRequestError) {
            try plainRequest.validate()
        } catch {
            throw ValidationError(error.option.map { "\($0): \(error)" } ?? "\(error)")
        }
    }

    /// An option that the method does not know would do nothing: it is refused.
    private func validateBelonging() throws {
        let valleys = method == .optics && extraction != .eps
        let options: [(name: String, isGiven: Bool, belongs: Bool, to: String)] = [
            ("--eps", eps != nil, method == .dbscan || method == .optics, "dbscan and optics"),
            ("--scan-model", scanModel != nil, method == .scan, "scan"),
            ("--largest-share", largestShare != nil, method == .scan, "scan"),
            ("--max-zones", maxZones != nil, method == .scan, "scan"),
            ("--max-centers", maxCenters != nil, method == .scan, "scan"),
            ("--min-sites", minSites != nil, method != .scan, "dbscan, hdbscan and optics"),
            ("--footprint", footprint != nil, method != .scan, "dbscan, hdbscan and optics"),
            ("--footprint-radius", footprintRadius != nil, method != .scan, "dbscan, hdbscan and optics"),
            ("--border", border != nil, method == .dbscan, "dbscan"),
            ("--min-samples", minSamples != nil, method == .hdbscan, "hdbscan; others have --min-points"),
            (
                "--min-points", minPoints != nil, method != .hdbscan || minSamples == nil,
                "hdbscan only as long as there is no --min-samples, which takes its place"
            ),
            (
                "--eps", eps != nil, !valleys || maxEps == nil,
                "optics with xi only as long as there is no --max-eps, which takes its place"
            ),
            ("--nested-share", nestedShare != nil, nested, "hdbscan and optics together with --nested"),
            (
                "--min-cluster-size", minClusterSize != nil, method == .hdbscan || valleys,
                "hdbscan, and to optics with xi"
            ),
            ("--cluster-selection", clusterSelection != nil, method == .hdbscan, "hdbscan"),
            ("--cluster-selection-epsilon", clusterSelectionEpsilon != nil, method == .hdbscan, "hdbscan"),
            ("--allow-single-cluster", allowSingleCluster, method == .hdbscan, "hdbscan"),
            ("--nested", nested, method == .hdbscan || valleys, "hdbscan, and to optics with xi"),
            ("--extraction", extraction != nil, method == .optics, "optics"),
            ("--xi", xi != nil, valleys, "optics with xi"),
            ("--max-eps", maxEps != nil, method == .optics, "optics"),
        ]
        let ofPatterns = [
            ("--neighbor-distance", neighborDistance != nil), ("--max-size", maxSize != nil),
            ("--min-prevalence", minPrevalence != nil), ("--min-firms", minFirms != nil),
        ]
        if groups == .industry, let stray = ofPatterns.first(where: { $0.1 }) {
            throw ValidationError("\(stray.0) belongs to --groups patterns, or all")
        }
        if let stray = options.first(where: { $0.isGiven && !$0.belongs }) {
            throw ValidationError("\(stray.name) belongs to --method \(stray.to)")
        }
        if scanModel == .bernoulli, weight != nil {
            throw ValidationError("--scan-model bernoulli counts firms: leave it out with --weight employment")
        }
        if nested, clusterSelection != nil || clusterSelectionEpsilon != nil {
            throw ValidationError(
                "--nested reports the whole hierarchy: leave out --cluster-selection and its epsilon")
        }
    }

    /// The request as far as it needs no file.
    private var plainRequest: DetectionRequest {
        var request = DetectionRequest()
        request.method = method
        request.neighborhood = (eps ?? .automatic).neighborhood
        if let minPoints { request.minimumPoints = minPoints.value }
        request.minimumSamples = minSamples?.value
        if let minClusterSize { request.minimumClusterSize = minClusterSize.value }
        request.selection = ClusterSelection(
            clusterSelection ?? .excessOfMass, epsilon: clusterSelectionEpsilon ?? 0,
            allowsSingleCluster: allowSingleCluster)
        request.reportsNestedClusters = nested
        if let nestedShare { request.largestNestedShare = nestedShare }
        request.extraction = extraction == .eps ? .neighborhood : .valleys(steepness: xi ?? 0.05)
        request.maximumRadius = maxEps
        if let minSites { request.minimumSites = minSites }
        if let scanModel { request.scanModel = scanModel }
        if let largestShare { request.largestScanShare = largestShare }
        if let maxZones { request.maximumZones = maxZones }
        if let maxCenters { request.maximumScanCenters = maxCenters }
        request.borderRule = border ?? .nearestCore
        request.weighting = weight == .employment ? .employment : .firms
        request.minimumLocationQuotient = minLq
        if let footprint { request.footprintShape = footprint }
        request.footprintRadius = footprintRadius
        request.groups = groups
        if let neighborDistance { request.patterns.neighborDistance = neighborDistance }
        if let maxSize { request.patterns.maximumSize = maxSize }
        if let minPrevalence { request.patterns.minimumIndex = minPrevalence }
        if let minFirms { request.patterns.minimumFirms = minFirms }
        request.seed = seed
        return request
    }

    /// - Parameter level: characters of the codes in use, to which reference totals are added up.
    func request(level: Int?) throws -> DetectionRequest {
        var request = plainRequest
        request.industries = try industries.map { try IndustrySelection(argument: $0) }
        request.reference = try reference.map { try ReferenceFile.read($0, level: level) }
        return request
    }
}

extension DetectionRequestError {
    /// The option that sets what is wrong; nil where a file does.
    var option: String? {
        switch self {
        case .badNeighborhoodRadius: "--eps"
        case .badFootprintRadius: "--footprint-radius"
        case .badMinimumPoints: "--min-points"
        case .badMinimumSites: "--min-sites"
        case .badMinimumSamples: "--min-samples"
        case .badMinimumClusterSize: "--min-cluster-size"
        case .badSelectionDistance: "--cluster-selection-epsilon"
        case .tooFewPointsForOrder: "--min-points"
        case .badSteepness: "--xi"
        case .badNestedShare: "--nested-share"
        case .badMaximumRadius: "--max-eps"
        case .badScanShare: "--largest-share"
        case .badMaximumZones: "--max-zones"
        case .badScanCenters: "--max-centers"
        case .badMinimumLocationQuotient: "--min-lq"
        case .badSimulations: "--simulations"
        case .badSignificanceLevel: "--alpha"
        case .patternsOfScan: "--groups"
        case .badNeighborDistance: "--neighbor-distance"
        case .badMaximumSize: "--max-size"
        case .badMinimumPrevalence: "--min-prevalence"
        case .badMinimumFirms: "--min-firms"
        case .badReference, .ambiguousCode: nil
        }
    }
}

/// A number of firms or employees.
struct MinimumPoints: ExpressibleByArgument {
    let value: Double

    init(value: Double) { self.value = value }

    init?(argument: String) {
        guard let value = Double(argument) else { return nil }
        self.value = value
    }

    var defaultValueDescription: String { String(Int(value)) }
}
