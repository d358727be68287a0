import FirmClusters
import Foundation

/// Co-location patterns from coordinates in memory on, sorting included; then, on the same ground, of M relabelled registers. The patterns
/// are written after the clock has stopped, a line for each: industries, then the firms that take part; and neighbors are counted.
func measurePatterns(
    pointsPath: String, codesPath: String, eps: Double, minimumIndex: Double, maximumSize: Int, relabellings: Int,
    threads: Int, output: String
) throws -> [String: Any] {
    let (x, y) = try readPoints(pointsPath)
    let codes = try readCodes(codesPath)
    let workers = Workers(count: threads)
    var miner = PatternMiner()
    (miner.minimumIndex, miner.maximumSize, miner.minimumFirms) = (minimumIndex, maximumSize, 1)
    let memory = ResidentMemory()
    let stopwatch = Stopwatch()
    let register = try registerOfIndustries(x, y, codes)
    let sites = try Sites(register, workers: workers)
    let industryCount = register.industry.categories.count
    let labels = IndustryLabels(
        industryOfFirm: sites.firmRows.map { codes[Int($0)] }, industryCount: industryCount)
    let relation = try NeighborRelation(sites, distance: Meters(eps), workers: workers)
    let patterns = try miner.patterns(of: labels, in: relation, workers: workers)
    let miningSeconds = stopwatch.seconds

    let relabelling = Relabelling(.randomLabelling, firmCount: register.count)
    var dealt: [Int32] = []
    var dealtPatterns = 0
    for replicate in 0..<relabellings {
        relabelling.deal(labels.industryOfFirm, to: &dealt, replicate: replicate, seed: 1)
        let labels = IndustryLabels(industryOfFirm: dealt, industryCount: industryCount)
        dealtPatterns += try miner.patterns(of: labels, in: relation, workers: workers).count
    }
    var measurement = memory.measured()
    let seconds = stopwatch.seconds
    measurement["seconds"] = seconds
    measurement["mining_seconds"] = miningSeconds
    measurement["patterns"] = patterns.count
    if relabellings > 0 {
        measurement["relabelling_seconds"] = seconds - miningSeconds
        measurement["relabelled_patterns"] = dealtPatterns
    }
    measurement["pairs"] = try relation.neighborPairs(of: labels, workers: workers)
    let lines = patterns.map { pattern in
        (pattern.industries.map { Int64($0) } + pattern.participants).map(String.init).joined(separator: " ") + "\n"
    }
    try lines.joined().write(toFile: output, atomically: false, encoding: .utf8)
    return measurement
}
