import Charts
import FirmClusters
import Foundation

/// Runs the validity study and writes it down: `ValidityStudy FOLDER [THREADS]` writes `FOLDER/Validity.md` and its figures
/// under `FOLDER/Images`.
@main
struct ValidityStudy {
    static func main() throws {
        let arguments = CommandLine.arguments.dropFirst()
        guard let folder = arguments.first, arguments.count <= 2 else {
            say("usage: ValidityStudy FOLDER [THREADS]")
            exit(64)
        }
        let workers = Workers(count: arguments.dropFirst().first.flatMap { Int($0) })
        let plan = StudyPlan.full
        let clock = ContinuousClock()
        let start = clock.now
        let results = try StudyResults(plan, workers: workers) { line in
            say("\((clock.now - start).components.seconds) s: \(line)")
        }
        try write(results, plan, to: URL(fileURLWithPath: folder))
        let missed = Demand.all(of: results, plan).filter { !$0.isMet }
        for demand in missed { say("does not hold, \(demand.met) of \(demand.cases): \(demand.text)") }
        if !missed.isEmpty { exit(1) }
    }

    /// Writes the document and its figures.
    static func write(_ results: StudyResults, _ plan: StudyPlan, to folder: URL) throws {
        let images = folder.appendingPathComponent("Images")
        try FileManager.default.createDirectory(at: images, withIntermediateDirectories: true)
        for (file, figure) in ValidityFigures(results: results, plan: plan).all {
            try Data(figure.svg().utf8).write(to: images.appendingPathComponent(file), options: .atomic)
        }
        let document = ValidityDocument(results: results, plan: plan).text
        try Data(document.utf8).write(to: folder.appendingPathComponent("Validity.md"), options: .atomic)
    }

    private static func say(_ line: String) { FileHandle.standardError.write(Data((line + "\n").utf8)) }
}
