import ArgumentParser
import FirmClusters

/// Where the process starts: arguments in, exit code out.
@main
enum EntryPoint {
    static func main() {
        Interruption.listen()
        do {
            let arguments = try ConfigurationFile.expand(Array(CommandLine.arguments.dropFirst()))
            var command = try FirmClustersCommand.parseAsRoot(arguments)
            try command.run()
        } catch {
            let status = ExitStatus(error)
            // Usage errors, help and completions are the parser's to print.
            if status.message == nil { FirmClustersCommand.exit(withError: error) }
            Interruption.finish(status)
        }
    }
}

/// `firmclusters`: the command itself, without a subcommand.
struct FirmClustersCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "firmclusters",
        abstract: "Finds industrial clusters in registers of firms.",
        discussion: """
            A register is a CSV file with a row for each firm: coordinates, an industry code, perhaps employees. Clusters \
            come out as GeoJSON, CSV or a table: where they are, what they are made of, how concentrated they are.

              firmclusters detect FIRMS.csv -o clusters.geojson
              firmclusters patterns FIRMS.csv -o patterns.csv
              firmclusters inspect FIRMS.csv
            """,
        version: """
            firmclusters \(firmClustersVersion)
            GEOS \(GEOSLibrary.version)
            PROJ \(Projection.version)
            """,
        subcommands: [DetectCommand.self, PatternsCommand.self, InspectCommand.self, GenerateCommand.self])
}
