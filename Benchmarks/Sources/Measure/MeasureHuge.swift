import FirmClusters

/// As many sites as one machine holds: points of towns are made in memory, sorted and clustered, twice.
func measureHuge(count: Int, eps: Double, minimum: Double, threads: Int) throws -> [String: Any] {
    let workers = Workers(count: threads)
    let (x, y) = try SyntheticTowns(seed: 1).points(count, workers: workers)
    let memory = ResidentMemory()
    let stopwatch = Stopwatch()
    let sites = try Sites(
        FirmRegister(
            frame: .local, x: x, y: y,
            industry: CategoryColumn(categories: ["1"], indices: [Int32](repeating: 0, count: count))),
        workers: workers)
    let sortingSeconds = stopwatch.seconds
    let clustering = try DBSCAN(neighborhoodRadius: Meters(eps), minimumWeight: minimum)
        .clusters(in: sites, workers: workers)
    let seconds = stopwatch.seconds
    var measurement = memory.measured()

    let secondStopwatch = Stopwatch()
    _ = try DBSCAN(neighborhoodRadius: Meters(0.9 * eps), minimumWeight: minimum)
        .clusters(in: sites, workers: workers)
    measurement["seconds"] = seconds
    measurement["sorting_seconds"] = sortingSeconds
    measurement["second_question_seconds"] = secondStopwatch.seconds
    measurement["sites"] = sites.count
    measurement["clusters"] = clustering.clusterCount
    measurement["noise_sites"] = clustering.labels.count { $0 < 0 }
    measurement["core_sites"] = clustering.roles.count { $0 == .core }
    return measurement
}
