import ArgumentParser
import FirmClusters

/// Where the results of `patterns` go.
struct PatternOutputOptions: ParsableArguments {
    @Option(
        name: [.customShort("o"), .long],
        help: ArgumentHelp(
            "File for the patterns: .csv, .json or .geojson, which has the places of the firms that take part.",
            valueName: "file"))
    var output: String?

    @Option(
        help: ArgumentHelp(
            "Write the industries as a network: pairs for edges, communities for development blocks.",
            valueName: "file.graphml"))
    var network: String?

    @Option(help: ArgumentHelp("Write the rules of the patterns as CSV, with their probabilities.", valueName: "file"))
    var rules: String?

    @Option(
        help: ArgumentHelp(
            "Industries in the antecedent of a rule, at most. Above 1 takes long where firms crowd. Default: 1.",
            valueName: "n"))
    var ruleAntecedents: Int?

    @Option(
        help: ArgumentHelp(
            "Write the colocation quotients of every two industries as CSV: how much more often than by chance one has the other "
                + "among its nearest firms.", valueName: "file"))
    var quotients: String?

    @Option(help: ArgumentHelp("Nearest firms that --quotients looks at. Default: 1.", valueName: "k"))
    var nearest: Int?

    @Flag(help: "Overwrite files that are there already.")
    var force = false

    @Flag(help: "Print a summary of the run as JSON on standard output; needs -o.")
    var json = false

    /// The form of the main output, by the extension of its file.
    enum Format {
        case csv, json, geoJSON

        init(path: String) throws {
            let name = path.split(separator: "/").last ?? ""
            switch name.split(separator: ".").last?.lowercased() {
            case "csv": self = .csv
            case "json": self = .json
            case "geojson": self = .geoJSON
            default:
                // Devices and pipes have no extension.
                if path.hasPrefix("/dev/") { self = .csv; return }
                throw UsageError("--output \(path): the extension must be .csv, .json or .geojson")
            }
        }

        func document(_ report: PatternReport) -> ReportDocument {
            switch self {
            case .csv: .table(report)
            case .json: .patternJSON(report)
            case .geoJSON: .patternGeoJSON(report)
            }
        }
    }

    func validate() throws {
        if json, output == nil { throw ValidationError("--json needs --output: standard output holds the summary") }
        if nearest != nil, quotients == nil { throw ValidationError("--nearest belongs to --quotients") }
        if let ruleAntecedents {
            if rules == nil { throw ValidationError("--rule-antecedents belongs to --rules") }
            if ruleAntecedents < 1 { throw ValidationError("--rule-antecedents \(ruleAntecedents): must be 1 or more") }
        }
        if let network, !network.lowercased().hasSuffix(".graphml"), !network.hasPrefix("/dev/") {
            throw ValidationError("--network \(network): the extension must be .graphml")
        }
    }
}
