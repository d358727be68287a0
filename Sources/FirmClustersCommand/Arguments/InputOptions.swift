import ArgumentParser
import FirmClusters
import Foundation

/// Which file to read and what its columns mean: the same for every subcommand that reads a register.
struct InputOptions: ParsableArguments {
    @Argument(
        help: ArgumentHelp(
            "CSV files with the same header, as they come: any delimiter, encoding, gzip; '-' is standard input.",
            valueName: "firms.csv"))
    var files: [String]

    @Option(help: ArgumentHelp("Column of longitudes, in degrees.", valueName: "column"))
    var lon: String?

    @Option(help: ArgumentHelp("Column of latitudes, in degrees.", valueName: "column"))
    var lat: String?

    @Option(help: ArgumentHelp("Column of x or eastings; needs --crs.", valueName: "column"))
    var x: String?

    @Option(help: ArgumentHelp("Column of y or northings; needs --crs.", valueName: "column"))
    var y: String?

    @Option(
        help: ArgumentHelp(
            "Coordinate system of the coordinates: EPSG:code, or 'local' for meters without a place. Default: WGS 84.",
            valueName: "crs"))
    var crs: String?

    @Option(help: ArgumentHelp("Column of coordinates as text, '(lat, lon)'.", valueName: "column"))
    var location: String?

    @Option(help: ArgumentHelp("Column of industry codes.", valueName: "column"))
    var industry: String?

    @Option(
        help: ArgumentHelp(
            "Characters of the code to keep, without dots, spaces and hyphens. Default: the whole code.", valueName: "n"
        ))
    var level: Int?

    @Option(
        help: ArgumentHelp(
            "Column of employees, numbers or bands; repeat to add columns up.", valueName: "column"))
    var employment: [String] = []

    @Option(
        help: ArgumentHelp("CSV file with label,low,high that says what bands of employment mean.", valueName: "file"))
    var employmentBands: String?

    @Option(help: ArgumentHelp("Column of unique identifiers. Default: line numbers.", valueName: "column"))
    var id: String?

    @Option(help: ArgumentHelp("Column of firm names.", valueName: "column"))
    var name: String?

    @Option(help: ArgumentHelp("Column of place names, to name clusters by.", valueName: "column"))
    var place: String?

    @Option(help: ArgumentHelp("Column to carry along to --members; repeatable.", valueName: "column"))
    var keep: [String] = []

    @Option(
        name: .customLong("where"),
        help: ArgumentHelp("Read only rows with this value; repeatable, all must hold.", valueName: "column=value"))
    var filters: [String] = []

    @Option(
        help: ArgumentHelp("Field delimiter: comma, semicolon, tab, pipe. Default: detected.", valueName: "delimiter"))
    var delimiter: String?

    @Option(
        help: ArgumentHelp(
            "utf-8, utf-16, utf-16le, utf-16be, iso-8859-1 or windows-1252. Default: detected.", valueName: "encoding"))
    var encoding: String?

    @Option(
        help: ArgumentHelp(
            "Code list for titles and checks: naics2017, scian2018, nace2, isic4, … or a CSV file with code,title.",
            valueName: "name"))
    var classification: String?

    @Option(help: ArgumentHelp("Write the rows left out, with reasons, to a CSV file.", valueName: "file"))
    var rejects: String?

    @Flag(help: "Make the first bad row an error.")
    var strict = false

    /// What to ask of the reader.
    ///
    /// - Throws: for whatever can be seen to be wrong before anything is read.
    func readingOptions() throws -> ReadingOptions {
        var options = ReadingOptions()
        options.longitude = lon
        options.latitude = lat
        options.x = x
        options.y = y
        options.frame = crs.map { $0.lowercased() == "local" ? .local : .projected(crs: $0) }
        options.location = location
        options.industry = industry
        options.level = level
        options.employment = employment
        options.employmentBands = employmentBands
        options.identifier = id
        options.name = name
        options.place = place
        options.kept = keep
        options.filters = try filters.map { text in
            guard let split = text.firstIndex(of: "="), split > text.startIndex else {
                throw UsageError("--where '\(text)': write COLUMN=VALUE")
            }
            return RowFilter(column: String(text[..<split]), value: String(text[text.index(after: split)...]))
        }
        options.form.delimiter = try delimiter.map { name in
            guard let delimiter = Dialect.delimiter(named: name) else {
                throw UsageError("--delimiter '\(name)': must be comma, semicolon, tab or pipe")
            }
            return delimiter
        }
        options.form.encoding = try encoding.map { name in
            guard let encoding = TextEncoding(named: name) else {
                let names = TextEncoding.allCases.map(\.rawValue).joined(separator: ", ")
                throw UsageError("--encoding '\(name)': must be one of \(names)")
            }
            return encoding
        }
        options.classification = try classification.map { (name) throws(InputError) in try Classification(named: name) }
        options.isStrict = strict
        options.keepsRejectedRows = rejects != nil
        return options
    }

    func validate() throws {
        if let level, level < 1 { throw ValidationError("--level \(level): must be 1 or more") }
        if files.filter({ $0 == "-" }).count > 1 { throw ValidationError("standard input can be read only once") }
        if (lon == nil) != (lat == nil) { throw ValidationError("--lon and --lat go together") }
        if (x == nil) != (y == nil) { throw ValidationError("--x and --y go together") }
        if x != nil, crs == nil {
            throw ValidationError("--x and --y need --crs: EPSG:code, or 'local' for meters without a place")
        }
        if [lon, x, location].compactMap({ $0 }).count > 1 {
            throw ValidationError("give --lon and --lat, --x and --y, or --location, not several of them")
        }
    }

    /// Every file that is read: the registers and those beside them.
    var paths: [String] { files + [employmentBands, classification].compactMap { $0 } }

    /// The parameters that decided what was read, for the provenance.
    ///
    /// - Parameter source: what reading made of the files.
    func parameters(as source: RegisterSource) -> [(name: String, value: ParameterValue)] {
        [
            ("encoding", .text(source.encoding)),
            ("delimiter", .text(source.delimiter)),
            ("level", level.map { .integer($0) } ?? .none),
            ("employment_bands", employmentBands.map { .text(AuxiliaryInput.name($0)) } ?? .none),
            ("classification", classification.map { .text(AuxiliaryInput.name($0)) } ?? .none),
            ("crs", .text(crs ?? "WGS 84")),
            ("where", filters.isEmpty ? .none : .list(filters)),
        ]
    }
}
