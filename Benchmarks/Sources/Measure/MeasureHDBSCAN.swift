import FirmClusters
import Foundation

/// HDBSCAN* from coordinates in memory to a label for each point, sorting included. Between them, the time of the spanning tree
/// with its core distances; the lengths of its edges are written after the clock has stopped.
func measureHDBSCAN(
    pointsPath: String, isSpherical: Bool, minimumClusterSize: Double, minimumSamples: Double, threads: Int,
    labelsPath: String, lengthsPath: String
) throws -> [String: Any] {
    let (x, y) = try readPoints(pointsPath)
    let workers = Workers(count: threads)
    let memory = ResidentMemory()
    let stopwatch = Stopwatch()
    let register = try FirmRegister(
        frame: isSpherical ? .geographic : .local, x: x, y: y,
        industry: CategoryColumn(categories: ["1"], indices: [Int32](repeating: 0, count: x.count)))
    let sites = try Sites(register, workers: workers)
    let sortingSeconds = stopwatch.seconds
    let tree = try MutualReachabilityTree(
        of: .allFirms(of: sites), in: sites, minimumSamples: minimumSamples, workers: workers)
    let treeSeconds = stopwatch.seconds
    let clustering = try CondensedTree(tree, minimumClusterSize: minimumClusterSize).clustering()
    let result = try LabelsByRow(clustering.densityClustering, in: sites, workers: workers)
    var measurement = memory.measured()
    measurement["seconds"] = stopwatch.seconds
    measurement["sorting_seconds"] = sortingSeconds
    measurement["tree_seconds"] = treeSeconds
    measurement["clusters"] = clustering.clusters.count
    measurement["noise"] = result.noise
    let lengths = tree.lengths.map(\.value)
    measurement["tree_length"] = lengths.reduce(0, +)
    try writeLabels(result.labels, result.core, to: labelsPath)
    try lengths.withUnsafeBytes { try Data($0).write(to: URL(fileURLWithPath: lengthsPath)) }
    return measurement
}
