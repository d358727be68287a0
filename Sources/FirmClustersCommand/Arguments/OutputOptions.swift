import ArgumentParser
import FirmClusters

/// Where the results of `detect` go.
struct OutputOptions: ParsableArguments {
    @Option(
        name: [.customShort("o"), .long],
        help: ArgumentHelp("File for the clusters: .geojson, .geojsonl or .csv.", valueName: "file"))
    var output: String?

    @Option(help: ArgumentHelp("Also write the clusters as a CSV table.", valueName: "file"))
    var table: String?

    @Option(help: ArgumentHelp("Write a CSV line for every firm: its cluster and role.", valueName: "file"))
    var members: String?

    @Option(help: ArgumentHelp("Write the industries of every footprint as CSV.", valueName: "file"))
    var composition: String?

    @Flag(help: "Overwrite files that are there already.")
    var force = false

    @Flag(help: "Print a summary of the run as JSON on standard output; needs -o.")
    var json = false

    /// The form of the main output, by the extension of its file.
    enum Format: CaseIterable {
        case geoJSON, geoJSONSequence, csv

        init(path: String) throws {
            let name = path.split(separator: "/").last ?? ""
            switch name.split(separator: ".").last?.lowercased() {
            case "geojson", "json": self = .geoJSON
            case "geojsonl", "geojsons", "ndjson": self = .geoJSONSequence
            case "csv": self = .csv
            default:
                // Devices and pipes have no extension.
                if path.hasPrefix("/dev/") { self = .geoJSON; return }
                throw UsageError("--output \(path): the extension must be .geojson, .geojsonl or .csv")
            }
        }

        func document(_ report: ClusterReport) -> ReportDocument {
            switch self {
            case .geoJSON: .geoJSON(report)
            case .geoJSONSequence: .geoJSONSequence(report)
            case .csv: .table(report)
            }
        }
    }

    func validate() throws {
        if json, output == nil { throw ValidationError("--json needs --output: standard output holds the summary") }
    }
}
