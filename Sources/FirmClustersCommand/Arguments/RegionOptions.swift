import ArgumentParser
import FirmClusters

/// Within which regions `patterns` looks for patterns, too.
struct RegionOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Look for patterns in each region, too: areas of a file, values of a column, cells of a grid, or density clusters of all "
                + "firms.", valueName: "file.geojson|column|grid:10km|clusters"))
    var regions: RegionArgument?

    @Option(help: ArgumentHelp("Property of the file that tells regions apart. Default: found.", valueName: "property"))
    var regionsID: String?

    @Option(help: ArgumentHelp("Property of the file that names regions. Default: found.", valueName: "property"))
    var regionsName: String?

    @Option(help: ArgumentHelp("Leave out regions with fewer firms. Default: 100.", valueName: "n"))
    var minRegionFirms: Int?

    @Option(
        help: ArgumentHelp("Leave out of a region industries with fewer firms in it. Default: 5.", valueName: "n"))
    var minLocalFirms: Int?

    @Option(
        help: ArgumentHelp(
            "Neighbors on both sides of a region's border are none, or stay neighbors. Default: dropped.",
            valueName: "dropped|kept"))
    var borderPairs: RegionalMining.BorderPairs?

    @Option(
        help: ArgumentHelp(
            "With --regions clusters: firms within the distance between neighbors that make a firm the core of a cluster, itself "
                + "included. Default: 25.", valueName: "n"))
    var regionMinPoints: Int?

    @Option(
        help: ArgumentHelp(
            "Write the regions as CSV: their patterns, and those that the whole does not have.", valueName: "file"))
    var regionTable: String?

    func validate() throws {
        let isFile = regions?.filePath != nil
        let isClusters = if case .clusters = regions { true } else { false }
        let strays = [
            ("--regions-id", regionsID != nil, "--regions FILE.geojson", isFile),
            ("--regions-name", regionsName != nil, "--regions FILE.geojson", isFile),
            ("--region-min-points", regionMinPoints != nil, "--regions clusters", isClusters),
            ("--min-region-firms", minRegionFirms != nil, "--regions", regions != nil),
            ("--min-local-firms", minLocalFirms != nil, "--regions", regions != nil),
            ("--border-pairs", borderPairs != nil, "--regions", regions != nil),
            ("--region-table", regionTable != nil, "--regions", regions != nil),
        ]
        if let stray = strays.first(where: { $0.1 && !$0.3 }) {
            throw ValidationError("\(stray.0) belongs to \(stray.2)")
        }
        var request = PatternRequest()
        request.regions = regions.map { self.request($0, areas: []) }
        do throws(PatternRequestError) {
            try request.validate()
        } catch {
            throw ValidationError("\(error.option): \(error)")
        }
    }

    /// What is asked for, with the file of regions read; nil for nothing.
    ///
    /// - Parameter frame: what the coordinates of the registers are, where that is said.
    func request(frame: CoordinateFrame?) throws -> RegionRequest? {
        guard let regions else { return nil }
        let file = try regions.filePath.map {
            try RegionFile(
                path: $0, identifier: regionsID, name: regionsName, frame: frame == .local ? .local : .geographic)
        }
        return request(regions, areas: file?.regions ?? [])
    }

    private func request(_ argument: RegionArgument, areas: [Region]) -> RegionRequest {
        let division: RegionRequest.Division =
            switch argument {
            case .file(let path): .areas(areas, file: AuxiliaryInput.name(path))
            case .column(let header): .column(header: header)
            case .grid(let size): .grid(size)
            case .clusters: .clusters(minimumFirms: regionMinPoints ?? 25)
            }
        var request = RegionRequest(division)
        if let minRegionFirms { request.minimumRegionFirms = minRegionFirms }
        if let minLocalFirms { request.minimumIndustryFirms = minLocalFirms }
        if let borderPairs { request.borderPairs = borderPairs }
        return request
    }
}

/// `--regions`: a file where there is a slash or an extension of GeoJSON, else the name of a column, but for `clusters` and what
/// begins with `grid:`. `column:` before a name makes any name one of a column.
enum RegionArgument: ExpressibleByArgument {
    case file(String)
    case column(String)
    case grid(Meters)
    case clusters

    init?(argument: String) {
        let lowercased = argument.lowercased()
        if argument.isEmpty || argument == "column:" { return nil }
        if argument.hasPrefix("column:") {
            self = .column(String(argument.dropFirst("column:".count)))
        } else if argument == "clusters" {
            self = .clusters
        } else if argument.hasPrefix("grid:") {
            guard let size = Meters(argument: String(argument.dropFirst("grid:".count))) else { return nil }
            self = .grid(size)
        } else if argument.contains("/") || lowercased.hasSuffix(".geojson") || lowercased.hasSuffix(".json") {
            self = .file(argument)
        } else {
            self = .column(argument)
        }
    }

    var filePath: String? {
        guard case .file(let path) = self else { return nil }
        return path
    }

    var columnHeader: String? {
        guard case .column(let header) = self else { return nil }
        return header
    }
}
