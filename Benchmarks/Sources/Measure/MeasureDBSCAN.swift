import FirmClusters

/// DBSCAN from coordinates in memory to a label for each point, sorting included; then a second question, with a radius
/// a tenth smaller, on the same sorted sites.
func measureDBSCAN(
    pointsPath: String, isSpherical: Bool, eps: Double, minimum: Double, threads: Int, labelsPath: String
) throws -> [String: Any] {
    let (x, y) = try readPoints(pointsPath)
    let workers = Workers(count: threads)
    let memory = ResidentMemory()
    let stopwatch = Stopwatch()
    let register = try registerOfOneIndustry(x, y, isSpherical: isSpherical)
    let sites = try Sites(register, workers: workers)
    let sortingSeconds = stopwatch.seconds
    let clustering = try DBSCAN(neighborhoodRadius: Meters(eps), minimumWeight: minimum)
        .clusters(in: sites, workers: workers)
    let result = try LabelsByRow(clustering, in: sites, workers: workers)
    let seconds = stopwatch.seconds
    var measurement = memory.measured()

    let secondStopwatch = Stopwatch()
    _ = try DBSCAN(neighborhoodRadius: Meters(0.9 * eps), minimumWeight: minimum)
        .clusters(in: sites, workers: workers)
    let secondSeconds = secondStopwatch.seconds

    try writeLabels(result.labels, result.core, to: labelsPath)
    measurement["seconds"] = seconds
    measurement["sorting_seconds"] = sortingSeconds
    measurement["second_question_seconds"] = secondSeconds
    measurement["clusters"] = clustering.clusterCount
    measurement["noise"] = result.noise
    measurement["core"] = result.coreCount
    return measurement
}
