import DensityClustering
import FirmModel
import ParallelWork
import SpatialIndex

/// A clustering brought back from sites to firms in the order of the input.
struct Clustered {
    var labels: [Int]
    var isCore: [Bool]
    var isAmbiguous: [Bool]
    var clusterCount: Int

    init(
        _ points: [Coordinate], frame: CoordinateFrame = .local, weights: [Double]? = nil, radius: Double,
        minimumWeight: Double, borderRule: DBSCAN.BorderRule = .nearestCore, threads: Int = 2
    ) throws {
        let workers = Workers(count: threads)
        let register = try FirmRegister(
            frame: frame, x: points.map(\.x), y: points.map(\.y), industry: CategoryColumn(points.map { _ in "1" }))
        let sites = try Sites(register, workers: workers)
        let siteOfFirm = try sites.sitesOfFirms(workers: workers)
        var siteWeights = [Double](repeating: 0, count: sites.count)
        for (position, row) in sites.firmRows.enumerated() {
            siteWeights[Int(siteOfFirm[position])] += weights?[Int(row)] ?? 1
        }
        let subset = SiteSubset(sites: (0..<Int32(sites.count)).map { $0 }, weights: siteWeights)
        let clustering = try DBSCAN(
            neighborhoodRadius: Meters(radius), minimumWeight: minimumWeight, borderRule: borderRule
        ).clusters(of: subset, in: sites, workers: workers)
        labels = [Int](repeating: 0, count: points.count)
        isCore = [Bool](repeating: false, count: points.count)
        isAmbiguous = isCore
        clusterCount = clustering.clusterCount
        for (position, row) in sites.firmRows.enumerated() {
            let site = Int(siteOfFirm[position])
            labels[Int(row)] = Int(clustering.labels[site])
            isCore[Int(row)] = clustering.roles[site] == .core
            isAmbiguous[Int(row)] = clustering.ambiguous[site]
        }
    }
}
