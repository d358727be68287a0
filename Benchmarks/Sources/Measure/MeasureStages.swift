import FirmClusters

/// From a register to a GeoJSON file, with the wall time between the steps that the library announces.
func measureStages(
    path: String, eps: Double, minimum: Double, threads: Int, output: String
) throws -> [String: Any] {
    let workers = Workers(count: threads)
    let steps = StepClock()
    let memory = ResidentMemory()
    var options = ReadingOptions()
    options.identifierUse = .checked
    let reading = try RegisterReader.read([path], options: options, workers: workers, progress: steps)
    var request = DetectionRequest()
    request.neighborhood = .fixed(Meters(eps))
    request.minimumPoints = minimum
    let report = try ClusterDetector(request, workers: workers, progress: steps)
        .report(on: reading.register, source: reading.source)
    steps.began("writing", total: nil)
    let file = try OutputFile(path: output, overwrite: true)
    try ReportDocument.geoJSON(report).write(to: file, workers: workers)
    try file.commit()
    steps.began("end", total: nil)
    var measurement = memory.measured()
    measurement["steps"] = steps.durations.map { ["step": $0.step, "seconds": $0.seconds] as [String: Any] }
    measurement["seconds"] = steps.durations.reduce(0) { $0 + $1.seconds }
    measurement["clusters"] = report.clusters.count
    return measurement
}
