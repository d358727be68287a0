import FirmClusters
import Foundation

/// HDBSCAN* from coordinates in memory to a label for each point, sorting included; or only as far as the spanning tree. The
/// lengths of its edges are written after the clock has stopped: firms at one place are their core distance from each other.
func measureHDBSCAN(
    pointsPath: String, isSpherical: Bool, minimumClusterSize: Double, minimumSamples: Double, threads: Int,
    stopsAtTree: Bool, labelsPath: String, lengthsPath: String
) throws -> [String: Any] {
    let (x, y) = try readPoints(pointsPath)
    let workers = Workers(count: threads)
    let memory = ResidentMemory()
    let stopwatch = Stopwatch()
    let register = try registerOfOneIndustry(x, y, isSpherical: isSpherical)
    let sites = try Sites(register, workers: workers)
    let sortingSeconds = stopwatch.seconds
    let subset = SiteSubset.allFirms(of: sites)
    let tree = try MutualReachabilityTree(of: subset, in: sites, minimumSamples: minimumSamples, workers: workers)
    let treeSeconds = stopwatch.seconds
    var measurement: [String: Any]
    if stopsAtTree {
        measurement = memory.measured()
        measurement["seconds"] = treeSeconds
    } else {
        let clustering = try CondensedTree(tree, minimumClusterSize: minimumClusterSize).clustering()
        let result = try LabelsByRow(clustering.densityClustering, in: sites, workers: workers)
        let seconds = stopwatch.seconds
        measurement = memory.measured()
        measurement["seconds"] = seconds
        measurement["clusters"] = clustering.clusters.count
        measurement["noise"] = result.noise
        try writeLabels(result.labels, result.core, to: labelsPath)
    }
    measurement["sorting_seconds"] = sortingSeconds
    measurement["tree_seconds"] = treeSeconds
    var lengths = tree.lengths.map(\.value)
    for (site, core) in tree.coreDistances.enumerated() {
        lengths += repeatElement(core.value, count: Int(subset.weight(site)) - 1)
    }
    lengths.sort()
    try lengths.withUnsafeBytes { try Data($0).write(to: URL(fileURLWithPath: lengthsPath)) }
    return measurement
}
