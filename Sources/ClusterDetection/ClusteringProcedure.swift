import DensityClustering
public import FirmModel
public import ParallelWork
import RealModule
public import SpatialIndex

/// The clustering of one group of firms as a function: sites and a labelling in, clusters out.
///
/// It reads no file, writes nothing, sorts no sites, and can be called at the same time with other labellings: what a test
/// against chance repeats on relabelled registers is this, automatic radius included.
public struct ClusteringProcedure: Sendable {
    private let request: DetectionRequest

    /// The part of a request that decides the clusters.
    public init(_ request: DetectionRequest) { self.request = request }

    /// Clusters a group.
    ///
    /// - Parameters:
    ///   - firms: canonical positions of the group's firms, ascending.
    ///   - register: the sites and employment they are on.
    ///   - labelsFirms: whether the part of every firm is wanted beside the clusters.
    /// - Throws: `DensityClusteringError` or `OPTICSError` for impossible parameters, `WorkCancelled`.
    public func clusters(
        of firms: ArraySlice<Int32>, in register: PreparedRegister, workers: Workers, labelsFirms: Bool = true
    ) throws -> GroupClustering {
        let group = GroupSites(firms, register: register, weighting: request.weighting)
        let found: FoundClusters
        if request.method == .hdbscan {
            found = try clustersOfHierarchy(group, in: register.sites, workers: workers)
        } else if request.method == .optics, request.extraction != .neighborhood, let maximum = request.maximumRadius {
            // Valleys need no eps but for the maximum.
            found = try clustersOfOrder(nil, within: maximum, group, in: register.sites, workers: workers)
        } else {
            switch try radius(for: group, in: register.sites, workers: workers) {
            case .success(let radius):
                found =
                    request.method == .dbscan
                    ? try clustersOfRadius(radius, group, in: register.sites, workers: workers)
                    : try clustersOfOrder(
                        radius, within: request.maximumRadius ?? Meters(5 * radius.value), group, in: register.sites,
                        workers: workers)
            case .failure(let skip): return GroupClustering(skipped: skip, firmCount: firms.count)
            }
        }
        return GroupClustering(
            found, of: group, firms: firms, request: request, labelsFirms: labelsFirms)
    }

    private func clustersOfRadius(
        _ radius: Meters, _ group: GroupSites, in sites: Sites, workers: Workers
    ) throws -> FoundClusters {
        let dbscan = try DBSCAN(
            neighborhoodRadius: radius, minimumWeight: request.minimumPoints, borderRule: request.borderRule)
        return FoundClusters(try dbscan.clusters(of: group.subset, in: sites, workers: workers), radius: radius)
    }

    private func clustersOfHierarchy(
        _ group: GroupSites, in sites: Sites, workers: Workers
    ) throws -> FoundClusters {
        let hdbscan = HDBSCAN(
            minimumClusterSize: request.minimumClusterSize,
            minimumSamples: request.minimumSamples ?? request.minimumPoints, minimumSites: request.minimumSites,
            selection: request.selection)
        let tree = try hdbscan.condensedTree(of: group.subset, in: sites, workers: workers)
        let areNested = request.reportsNestedClusters
        let clustering =
            areNested
            ? tree.nestedClustering(includingRoot: request.selection.allowsSingleCluster)
            : try tree.clustering(selecting: request.selection)
        return FoundClusters(clustering, of: tree, areNested: areNested)
    }

    private func clustersOfOrder(
        _ radius: Meters?, within maximum: Meters, _ group: GroupSites, in sites: Sites, workers: Workers
    ) throws -> FoundClusters {
        let ordering = try OPTICS(minimumWeight: request.minimumPoints, maximumRadius: maximum)
            .ordering(of: group.subset, in: sites, workers: workers)
        switch request.extraction {
        case .neighborhood:
            // An automatic radius can come out above a fixed maximum: then it is the maximum.
            let radius = min(radius ?? maximum, maximum)
            return FoundClusters(try ordering.dbscanClustering(radius: radius), radius: radius)
        case .valleys(let steepness):
            let valleys = try ordering.xiClusters(xi: steepness, minimumClusterSize: request.minimumClusterSize)
            return FoundClusters(
                valleys, of: ordering, areNested: request.reportsNestedClusters, radius: radius)
        }
    }

    /// The radius that a group is clustered with; nil when it would be skipped.
    ///
    /// - Throws: `WorkCancelled`.
    public func radius(
        for firms: ArraySlice<Int32>, in register: PreparedRegister, workers: Workers
    ) throws -> Meters? {
        let group = GroupSites(firms, register: register, weighting: request.weighting)
        switch try radius(for: group, in: register.sites, workers: workers) {
        case .success(let meters): return meters
        case .failure: return nil
        }
    }

    private func radius(
        for group: GroupSites, in sites: Sites, workers: Workers
    ) throws -> Result<Meters, GroupSkip> {
        switch request.neighborhood {
        case .fixed(let meters): return .success(meters)
        case .automatic: return try automaticRadius(for: group, in: sites, workers: workers)
        }
    }

    /// The knee of the group's k-distance curve, or why it has none.
    private func automaticRadius(
        for group: GroupSites, in sites: Sites, workers: Workers
    ) throws -> Result<Meters, GroupSkip> {
        // With employees for weights minPts is no number of sites; two are then enough to have a distance.
        let neededSites = request.weighting == .firms ? request.minimumPoints : 2
        guard Double(group.subset.count) >= neededSites else { return .failure(.fewerSitesThanMinimumPoints) }
        let curve = try KDistanceCurve(
            of: group.subset, in: sites, firms: group.firmsOnSite, minimumWeight: request.minimumPoints,
            workers: workers)
        guard let knee = curve.chordKnee else { return .failure(.noPositiveKDistance) }
        return .success(max(Self.stated(knee), DBSCAN.smallestRadius))
    }
}

extension ClusteringProcedure {
    /// A radius that can be written down: the next number of six significant digits at least a billionth above the
    /// knee.
    ///
    /// The knee is the distance of some pair of firms. Taken as it is, whether this very pair is within it would hang on
    /// the last bit of a square root; rounded up, it is, and a run repeated with the number in the output is the same run.
    static func stated(_ knee: Meters) -> Meters {
        let needed = knee.value * (1 + 1e-9)
        let scale = Double.pow(10, 5 - Int(Double.log10(needed).rounded(.down)))
        return Meters((needed * scale).rounded(.up) / scale)
    }
}

/// Why a group was not clustered. The raw value is the text used in output.
public enum GroupSkip: String, Error, Sendable, Hashable {
    /// Too few addresses for a curve of distances between them.
    case fewerSitesThanMinimumPoints = "fewer distinct sites than min-points"
    /// Every firm has its k-th neighbor at its own address, or none has one.
    case noPositiveKDistance = "no positive k-distance"
}

/// The sites of a group with their firms and weights.
struct GroupSites {
    let subset: SiteSubset
    /// Firms of the group on each site of the subset.
    let firmsOnSite: [Int32]
    private let firms: ArraySlice<Int32>

    /// - Parameter firms: canonical positions, ascending.
    init(
        _ firms: ArraySlice<Int32>, register: PreparedRegister, weighting: DetectionRequest.Weighting = .firms
    ) {
        self.firms = firms
        let counted = SiteSubset(firms: firms, siteOfFirm: register.siteOfFirm)
        firmsOnSite = counted.counts.isEmpty ? [Int32](repeating: 1, count: counted.count) : counted.counts
        guard weighting == .employment else {
            subset = counted
            return
        }
        let weights = Self.sums(over: firms, firmsOnSite, from: 0.0) { register.employees($0) ?? 0 }
        subset = SiteSubset(sites: counted.sites, weights: weights)
    }

    /// The employees of the group's firms on each site, in units.
    func units(of register: PreparedRegister, unit: EmployeeUnit) -> [Int64] {
        Self.sums(over: firms, firmsOnSite, from: 0) { register.employees($0).map(unit.units) ?? 0 }
    }

    /// What the firms on each site have together.
    private static func sums<Value: AdditiveArithmetic>(
        over firms: ArraySlice<Int32>, _ firmsOnSite: [Int32], from zero: Value, _ value: (Int) -> Value
    ) -> [Value] {
        var next = firms.startIndex
        return firmsOnSite.map { count in
            let own = next..<next + Int(count)
            next = own.upperBound
            return firms[own].reduce(zero) { $0 + value(Int($1)) }
        }
    }
}
