import DensityClustering
import FirmClustersTestSupport
import FirmModel
import ParallelWork
import SpatialIndex

/// Firms gathered on their sites, for hierarchical clustering, with the way back to the order of the input.
struct FirmsOnSites {
    let sites: Sites
    let subset: SiteSubset
    /// For each firm of the input its site.
    let siteOfFirm: [Int]
    /// For each site what its firms weigh.
    let weights: [Double]

    init(
        _ points: [Coordinate], frame: CoordinateFrame = .local, weights: [Double]? = nil, threads: Int = 2
    ) throws {
        let workers = Workers(count: threads)
        let register = try FirmRegister(
            frame: frame, x: points.map(\.x), y: points.map(\.y), industry: CategoryColumn(points.map { _ in "1" }))
        let sites = try Sites(register, workers: workers)
        var siteOfFirm = [Int](repeating: 0, count: points.count)
        var siteWeights = [Double](repeating: 0, count: sites.count)
        for (position, site) in try sites.sitesOfFirms(workers: workers).enumerated() {
            let row = Int(sites.firmRows[position])
            siteOfFirm[row] = Int(site)
            siteWeights[Int(site)] += weights?[row] ?? 1
        }
        subset = SiteSubset(sites: (0..<Int32(sites.count)).map { $0 }, weights: siteWeights)
        (self.sites, self.siteOfFirm, self.weights) = (sites, siteOfFirm, siteWeights)
    }

    /// The squared distance between two sites as the kernels define it.
    func squaredDistance(_ i: Int, _ j: Int) -> Double {
        if sites.metric == .plane {
            let (dx, dy) = (sites.x[j] - sites.x[i], sites.y[j] - sites.y[i])
            return dx * dx + dy * dy
        }
        let d = sites.vector(j) - sites.vector(i)
        return (d.x * d.x + d.y * d.y) + d.z * d.z
    }

    func tree(minimumSamples: Double, threads: Int = 2) throws -> MutualReachabilityTree {
        try MutualReachabilityTree(
            of: subset, in: sites, minimumSamples: minimumSamples, workers: Workers(count: threads))
    }

    func hierarchy(
        size: Double, samples: Double, minimumSites: Int = 1, threads: Int = 2
    ) throws -> CondensedTree {
        try HDBSCAN(minimumClusterSize: size, minimumSamples: samples, minimumSites: minimumSites)
            .condensedTree(of: subset, in: sites, workers: Workers(count: threads))
    }

    /// The site of each firm when the weight of a site is repeated that many times; what weighs nothing is there once.
    var repeated: (sites: [Int], weights: [Double]) {
        let sites = weights.indices.flatMap { Array(repeating: $0, count: max(1, Int(weights[$0]))) }
        return (sites, sites.map { min(1, weights[$0]) })
    }

    func bruteForce(size: Double, samples: Double, minimumSites: Int = 1) -> BruteForceHDBSCAN {
        let (places, weights) = repeated
        let metric = sites.metric
        return BruteForceHDBSCAN(
            sites: places, weights: weights, minimumSamples: samples, minimumClusterSize: size,
            minimumSites: minimumSites, squaredDistance: squaredDistance
        ) { $0 == .infinity ? .infinity : metric.distance(forSquared: $0).value }
    }
}

extension MutualReachabilityTree {
    /// DBSCAN* at a radius, read off the tree: the component of each site, −1 for sites that are not core.
    func components(within radius: Meters) -> [Int] {
        var parents = Array(0..<count)
        func root(_ site: Int) -> Int {
            var site = site
            while parents[site] != site {
                parents[site] = parents[parents[site]]
                site = parents[site]
            }
            return site
        }
        forEachEdge { first, second, length in
            if length <= radius { parents[root(first)] = root(second) }
        }
        return coreDistances.enumerated().map { $1 <= radius ? root($0) : -1 }
    }
}
