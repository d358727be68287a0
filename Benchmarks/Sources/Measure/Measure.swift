import FirmClusters
import Foundation

/// Times one piece of the library on points from a file and prints one line of JSON:
///
///     Measure dbscan POINTS EPS MINPTS THREADS LABELS plane|sphere
///
/// POINTS holds pairs of doubles, x and y or longitude and latitude. LABELS is written: an Int32 label (−1 for noise) and a
/// byte, 1 for core, for each point, all labels first. The clock runs from coordinates in memory to a label for each
/// point, sorting included; reading the file and writing labels are left out, as on the other side.
@main
struct Measure {
    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 8, arguments[1] == "dbscan", let eps = Double(arguments[3]),
            let minimum = Double(arguments[4]), let threads = Int(arguments[5])
        else {
            let usage = "usage: Measure dbscan POINTS EPS MINPTS THREADS LABELS plane|sphere\n"
            FileHandle.standardError.write(Data(usage.utf8))
            exit(64)
        }
        let points = try Data(contentsOf: URL(fileURLWithPath: arguments[2]))
        let count = points.count / 16
        var (x, y): ([Double], [Double]) = ([], [])
        x.reserveCapacity(count)
        y.reserveCapacity(count)
        points.withUnsafeBytes { bytes in
            let values = bytes.bindMemory(to: Double.self)
            for i in 0..<count {
                x.append(values[2 * i])
                y.append(values[2 * i + 1])
            }
        }
        let base = peakMegabytes()
        let workers = Workers(count: threads)
        let clock = ContinuousClock()
        let start = clock.now
        let register = try FirmRegister(
            frame: arguments[7] == "sphere" ? .geographic : .local, x: x, y: y,
            industry: CategoryColumn(categories: ["1"], indices: [Int32](repeating: 0, count: count)))
        let sites = try Sites(register, workers: workers)
        let sorted = clock.now
        let clustering = try DBSCAN(neighborhoodRadius: Meters(eps), minimumWeight: minimum)
            .clusters(in: sites, workers: workers)
        let clustered = clock.now
        let labels = try sites.byRow(clustering.labels, workers: workers)
        let core = try sites.byRow(clustering.roles.map { $0 == .core ? UInt8(1) : 0 }, workers: workers)
        let seconds = start.duration(to: clock.now) / .seconds(1)
        let sorting = start.duration(to: sorted) / .seconds(1)
        let noise = labels.count { $0 < 0 }
        let peak = peakMegabytes()
        var output = labels.withUnsafeBytes { Data($0) }
        output.append(contentsOf: core)
        try output.write(to: URL(fileURLWithPath: arguments[6]))
        print(
            """
            {"seconds": \(seconds), "sorting_seconds": \(sorting), "clustering": \(sorted.duration(to: clustered) / .seconds(1)), "base_mb": \(base), "peak_mb": \(peak), \
            "clusters": \(clustering.clusterCount), "noise": \(noise)}
            """)
    }

    /// The largest resident size of this process so far.
    private static func peakMegabytes() -> Int {
        var usage = rusage()
        // Linux counts in kilobytes, macOS in bytes.
        #if canImport(Darwin)
            getrusage(RUSAGE_SELF, &usage)
            return Int(usage.ru_maxrss) / 1_048_576
        #else
            getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
            return Int(usage.ru_maxrss) / 1024
        #endif
    }
}
