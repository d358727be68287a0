import FirmClusters
import Foundation

/// The detection of every industry's clusters, and again on M relabelled registers; 0 for none. What is timed beside the whole is the step
/// that simulates.
func measureSimulations(
    pointsPath: String, codesPath: String, eps: Double, minimum: Double, simulations: Int, threads: Int
) throws -> [String: Any] {
    let register = try registerOfIndustries(pointsPath: pointsPath, codesPath: codesPath)
    let steps = StepClock()
    let memory = ResidentMemory()
    var request = DetectionRequest()
    request.neighborhood = .fixed(Meters(eps))
    request.minimumPoints = minimum
    request.footprintShape = .convex
    if simulations > 0 { request.test = ClusterTest(simulations: simulations, stopping: nil) }
    let report = try ClusterDetector(request, workers: Workers(count: threads), progress: steps).report(on: register)
    steps.began("end", total: nil)
    var measurement = memory.measured()
    measurement["steps"] = steps.durations.map { ["step": $0.step, "seconds": $0.seconds] as [String: Any] }
    measurement["seconds"] = steps.durations.first { $0.step == "simulating" }?.seconds ?? 0
    measurement["clusters"] = report.clusters.count
    measurement["p_values"] = report.clusters.reduce(0) { $0 + ($1.pValue ?? 0) }
    return measurement
}

/// Writes the codes of relabelled registers, an Int32 for each point, one register after the other: what other tools are given to cluster.
func writeRelabelled(
    pointsPath: String, codesPath: String, simulations: Int, output: String
) throws -> [String: Any] {
    let prepared = try PreparedRegister(registerOfIndustries(pointsPath: pointsPath, codesPath: codesPath))
    let relabelling = Relabelling(.randomLabelling, firmCount: prepared.firmCount)
    var data = Data()
    var dealt: [Int32] = []
    for replicate in 0..<simulations {
        relabelling.deal(prepared.industryOfFirm, to: &dealt, replicate: replicate, seed: DetectionRequest().seed)
        var codes = [Int32](repeating: 0, count: dealt.count)
        for (firm, row) in prepared.sites.firmRows.enumerated() { codes[Int(row)] = dealt[firm] }
        codes.withUnsafeBytes { data.append(contentsOf: $0) }
    }
    try data.write(to: URL(fileURLWithPath: output))
    return ["simulations": simulations]
}

private func registerOfIndustries(pointsPath: String, codesPath: String) throws -> FirmRegister {
    let (x, y) = try readPoints(pointsPath)
    return try registerOfIndustries(x, y, readCodes(codesPath))
}
