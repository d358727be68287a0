import Foundation

/// Times one piece of the library and prints one line of JSON:
///
///     Measure dbscan     POINTS plane|sphere EPS MINPTS THREADS LABELS
///     Measure hdbscan    POINTS plane|sphere SIZE MINPTS THREADS LABELS LENGTHS
///     Measure spanning   POINTS plane|sphere SIZE MINPTS THREADS LABELS LENGTHS
///     Measure industries POINTS CODES        EPS MINPTS THREADS LABELS
///     Measure simulations POINTS CODES EPS MINPTS SIMULATIONS THREADS
///     Measure relabel    POINTS CODES SIMULATIONS OUTPUT
///     Measure patterns   POINTS CODES EPS INDEX SIZE RELABELLINGS THREADS OUTPUT
///     Measure read       REGISTER.csv THREADS
///     Measure stages     REGISTER.csv EPS MINPTS THREADS OUTPUT.geojson
///     Measure huge       SITES EPS MINPTS THREADS
///
/// POINTS holds pairs of doubles: x and y, or longitude and latitude. CODES holds an Int32 for each point. LABELS is
/// written: an Int32 for each point (its cluster, −1 for noise), then a byte for each point (1 for core).
///
/// Clocks run from arrays in memory (or, for `read` and `stages`, from the file) to results in memory; labels are
/// written after the clock has stopped. The harness in `harness/` calls this and compares results with other tools.
@main
struct Measure {
    static func main() throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        guard let work = arguments.first, let measurement = try measure(work, Array(arguments.dropFirst())) else {
            FileHandle.standardError.write(Data("usage: see Measure.swift\n".utf8))
            exit(64)
        }
        print(
            String(
                decoding: try JSONSerialization.data(withJSONObject: measurement, options: .sortedKeys), as: UTF8.self))
    }

    /// The result of a piece of work; nil for arguments that do not fit.
    private static func measure(_ work: String, _ arguments: [String]) throws -> [String: Any]? {
        func number(_ index: Int) -> Double? { Double(arguments[index]) }
        switch (work, arguments.count) {
        case ("dbscan", 6):
            guard let eps = number(2), let minimum = number(3), let threads = Int(arguments[4]) else { return nil }
            return try measureDBSCAN(
                pointsPath: arguments[0], isSpherical: arguments[1] == "sphere", eps: eps, minimum: minimum,
                threads: threads, labelsPath: arguments[5])
        case ("hdbscan", 7), ("spanning", 7):
            guard let size = number(2), let minimum = number(3), let threads = Int(arguments[4]) else { return nil }
            return try measureHDBSCAN(
                pointsPath: arguments[0], isSpherical: arguments[1] == "sphere", minimumClusterSize: size,
                minimumSamples: minimum, threads: threads, stopsAtTree: work == "spanning", labelsPath: arguments[5],
                lengthsPath: arguments[6])
        case ("industries", 6):
            guard let eps = number(2), let minimum = number(3), let threads = Int(arguments[4]) else { return nil }
            return try measureIndustries(
                pointsPath: arguments[0], codesPath: arguments[1], eps: eps, minimum: minimum, threads: threads,
                labelsPath: arguments[5])
        case ("simulations", 6):
            guard let eps = number(2), let minimum = number(3), let simulations = Int(arguments[4]),
                let threads = Int(arguments[5])
            else { return nil }
            return try measureSimulations(
                pointsPath: arguments[0], codesPath: arguments[1], eps: eps, minimum: minimum,
                simulations: simulations, threads: threads)
        case ("relabel", 4):
            guard let simulations = Int(arguments[2]) else { return nil }
            return try writeRelabelled(
                pointsPath: arguments[0], codesPath: arguments[1], simulations: simulations, output: arguments[3])
        case ("patterns", 8):
            guard let eps = number(2), let index = number(3), let size = Int(arguments[4]),
                let relabellings = Int(arguments[5]), let threads = Int(arguments[6])
            else { return nil }
            return try measurePatterns(
                pointsPath: arguments[0], codesPath: arguments[1], eps: eps, minimumIndex: index, maximumSize: size,
                relabellings: relabellings, threads: threads, output: arguments[7])
        case ("read", 2):
            guard let threads = Int(arguments[1]) else { return nil }
            return try measureReading(path: arguments[0], threads: threads)
        case ("stages", 5):
            guard let eps = number(1), let minimum = number(2), let threads = Int(arguments[3]) else { return nil }
            return try measureStages(
                path: arguments[0], eps: eps, minimum: minimum, threads: threads, output: arguments[4])
        case ("huge", 4):
            guard let count = Int(arguments[0]), let eps = number(1), let minimum = number(2),
                let threads = Int(arguments[3])
            else { return nil }
            return try measureHuge(count: count, eps: eps, minimum: minimum, threads: threads)
        default:
            return nil
        }
    }
}
