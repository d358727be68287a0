public import FirmModel
public import ParallelWork
public import SpatialIndex

/// Density-based spatial clustering of applications with noise (Ester, Kriegel, Sander & Xu 1996; Schubert et al. 2017).
///
///     let clustering = try DBSCAN(neighborhoodRadius: 500, minimumWeight: 5).clusters(of: subset, in: sites)
///     clustering.labels[i]        // the cluster of subset.sites[i], −1 for noise
///
/// With N(i) = { j : d(i, j) ≤ eps }, i included:
/// - i is *core* when Σ_{j ∈ N(i)} w_j ≥ minPts;
/// - clusters are the connected components of core sites at most eps apart;
/// - a *border* site is not core and has a core site in N(i); the rest is *noise*.
///
/// Which cluster a border site between two belongs to is free in the definition. Here it is the one of the nearest core
/// site, of equally near ones the one with the smallest x, then y; such sites are marked ambiguous. Nothing depends on
/// the order of the input or on the number of threads.
///
/// Exact, for any number of sites, on the plane and on the sphere. A site stands for all firms at one address, so its
/// weight alone may make it core. A cluster can weigh less than minPts when a neighbor takes its border sites.
public struct DBSCAN: Sendable {
    /// What becomes of sites that are not core but in reach of one.
    public enum BorderRule: String, Sendable, CaseIterable {
        /// They join the cluster of the nearest core site.
        case nearestCore = "nearest"
        /// They are noise: DBSCAN* (Campello, Moulavi & Sander 2013).
        case none
    }

    /// eps: sites exactly this far apart are neighbors.
    public var neighborhoodRadius: Meters
    /// minPts, in the unit of the weights; the site itself counts.
    public var minimumWeight: Double
    /// What becomes of border sites.
    public var borderRule: BorderRule

    /// The smallest radius: a millimeter, below what coordinates can tell.
    public static let smallestRadius: Meters = 0.001

    /// - Throws: ``DensityClusteringError`` for a radius below a millimeter or not finite, or a minimum weight that is not
    ///   positive.
    public init(
        neighborhoodRadius: Meters, minimumWeight: Double, borderRule: BorderRule = .nearestCore
    ) throws(DensityClusteringError) {
        guard neighborhoodRadius >= Self.smallestRadius, neighborhoodRadius.value.isFinite else {
            throw .badRadius(neighborhoodRadius)
        }
        guard minimumWeight > 0, minimumWeight.isFinite else { throw .badMinimumWeight(minimumWeight) }
        self.neighborhoodRadius = neighborhoodRadius
        self.minimumWeight = minimumWeight
        self.borderRule = borderRule
    }

    /// Clusters the sites of a subset; all sites, each weighing as many as there are firms on it, when nil.
    ///
    /// - Complexity: O(n) expected for evenly spread sites after one counting pass; memory up to 90 bytes a site on the
    ///   sphere, neighbor lists are never stored.
    /// - Throws: ``DensityClusteringError/badWeight(index:)``, `WorkCancelled`.
    public func clusters(
        of subset: SiteSubset? = nil, in sites: Sites, workers: Workers = Workers()
    ) throws -> DensityClustering {
        let count = subset?.count ?? sites.count
        guard count > 0 else { return DensityClustering(labels: [], roles: [], ambiguous: [], clusterCount: 0) }
        if let subset, let bad = subset.amounts.firstIndex(where: { !($0 >= 0) }) {
            throw DensityClusteringError.badWeight(index: bad)
        }
        let rows = try SiteRows(
            sites, subset: subset, countsFirms: true, rowHeight: rowHeight(metric: sites.metric), workers: workers)
        return try clusters(of: rows, workers: workers)
    }

    /// The height of the rows that clusters of this radius are found in.
    public func rowHeight(metric: Metric) -> Meters {
        SiteCells.side(metric: metric, radius: radius(metric: metric))
    }

    /// More than the whole sphere away is no further than the other side of it.
    private func radius(metric: Metric) -> Meters {
        metric == .sphere ? min(neighborhoodRadius, Meters(Sphere.halfCircumference)) : neighborhoodRadius
    }

    /// Clusters sites that are in rows of ``rowHeight(metric:)`` already.
    ///
    /// - Throws: `WorkCancelled`.
    public func clusters(of rows: SiteRows, workers: Workers = Workers()) throws -> DensityClustering {
        let count = rows.count
        let radius = radius(metric: rows.metric)
        let side = rowHeight(metric: rows.metric)
        let cells = try SiteCells(rows, side: side, workers: workers)
        let isCore = try cells.denseSites(radius: radius, minimumWeight: minimumWeight, workers: workers)
        let coreRows = try SiteRows(rows, keeping: isCore, workers: workers)
        let coreCells = try SiteCells(coreRows, side: side, workers: workers)
        let components = try CoreComponents(coreCells, radius: radius, workers: workers)

        var (roles, ambiguous): ([MemberRole], [Bool]) = ([], [])
        let labels = try [Int32](count: count) { labels in
            roles = try [MemberRole](count: count) { roles in
                ambiguous = try [Bool](count: count) { ambiguous in
                    try workers.forEach(in: 0..<rows.count, grain: 1 << 16) { range, _ in
                        for site in range {
                            (labels[site], roles[site], ambiguous[site]) = (DensityClustering.noise, .noise, false)
                        }
                    }
                    try workers.forEach(in: 0..<coreRows.count, grain: 1 << 16) { range, _ in
                        for position in range {
                            let site = Int(coreRows.order[position])
                            (labels[site], roles[site]) = (components.labels.base[position], .core)
                        }
                    }
                    guard borderRule == .nearestCore, coreRows.count < rows.count, coreRows.count > 0 else { return }
                    try coreRows.forEachNearestLabel(
                        to: rows, skipping: isCore, labels: components.labels, radius: radius, workers: workers
                    ) { position, label, isAmbiguous in
                        let site = Int(rows.order[position])
                        (labels[site], roles[site], ambiguous[site]) = (label, .border, isAmbiguous)
                    }
                }
            }
        }
        return DensityClustering(labels: labels, roles: roles, ambiguous: ambiguous, clusterCount: components.count)
    }
}
