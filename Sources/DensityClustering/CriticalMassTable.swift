public import FirmModel
public import ParallelWork
public import SpatialIndex

/// What DBSCAN finds over a grid of radii and minimum points: how many clusters there are, how large they are, and how many
/// firms are in any.
///
///     let table = try CriticalMassTable(
///         of: .allFirms(of: sites), in: sites, radii: [250, 500, 1000], minimumWeights: [5, 10], workers: workers)
///     table[500, 10]?.clusters
///
/// It shows from which radius and which minimum on firms hang together at all, and whether a cluster is a matter of the
/// choice of parameters. Raising the radius never takes a firm out of all clusters, raising the minimum never adds a core
/// firm.
public struct CriticalMassTable: Sendable, Equatable {
    /// One run of DBSCAN in short.
    public struct Row: Sendable, Equatable {
        /// eps.
        public var radius: Meters
        /// minPts.
        public var minimumWeight: Double
        /// The number of clusters.
        public var clusters: Int
        /// The number of firms in clusters, border firms included.
        public var clusteredFirms: Int
        /// ``clusteredFirms`` as a share of all firms asked about; nil when there are none.
        public var clusteredShare: Double?
        /// Firms in the largest cluster; nil without a cluster.
        public var largestFirms: Int?
        /// Median of the firms in a cluster, the mean of the two in the middle for an even number; nil without a cluster.
        public var medianFirms: Double?
    }

    /// One row for each pair: radii in the order given, for each the minimum weights in the order given.
    public let rows: [Row]

    /// - Parameters:
    ///   - subset: sites with their weights.
    ///   - firms: how many firms are on each site of the subset; when empty, the counts of the subset, one on each where it
    ///     has none.
    ///   - radii: eps.
    ///   - minimumWeights: minPts, in the unit of the weights.
    ///   - borderRule: what becomes of sites in reach of core sites only.
    /// - Complexity: a run of ``DBSCAN`` for each pair, one after the other.
    /// - Throws: ``DensityClusteringError``, `WorkCancelled`.
    public init(
        of subset: SiteSubset, in sites: Sites, firms: [Int32] = [], radii: [Meters], minimumWeights: [Double],
        borderRule: DBSCAN.BorderRule = .nearestCore, workers: Workers
    ) throws {
        let firms = firms.isEmpty ? subset.counts : firms
        precondition(firms.isEmpty || firms.count == subset.count, "\(firms.count) counts, \(subset.count) sites")
        var rows: [Row] = []
        for radius in radii {
            for minimumWeight in minimumWeights {
                let clustering = try DBSCAN(
                    neighborhoodRadius: radius, minimumWeight: minimumWeight, borderRule: borderRule
                ).clusters(of: subset, in: sites, workers: workers)
                rows.append(Row(clustering, firms: firms, radius: radius, minimumWeight: minimumWeight))
            }
        }
        self.rows = rows
    }

    /// The row of a pair; nil where it was not asked for.
    public subscript(radius: Meters, minimumWeight: Double) -> Row? {
        rows.first { $0.radius == radius && $0.minimumWeight == minimumWeight }
    }
}

extension CriticalMassTable.Row {
    /// - Parameter firms: on each site; one each when empty.
    fileprivate init(_ clustering: DensityClustering, firms: [Int32], radius: Meters, minimumWeight: Double) {
        var sizes = [Int](repeating: 0, count: clustering.clusterCount)
        var total = 0
        for (site, label) in clustering.labels.enumerated() {
            let count = firms.isEmpty ? 1 : Int(firms[site])
            total += count
            if label != DensityClustering.noise { sizes[Int(label)] += count }
        }
        sizes.sort()
        let clustered = sizes.reduce(0, +)
        self.init(
            radius: radius, minimumWeight: minimumWeight, clusters: sizes.count, clusteredFirms: clustered,
            clusteredShare: total > 0 ? Double(clustered) / Double(total) : nil, largestFirms: sizes.last,
            medianFirms: sizes.isEmpty ? nil : Double(sizes[(sizes.count - 1) / 2] + sizes[sizes.count / 2]) / 2)
    }
}
