import ArgumentParser
import FirmClusters

/// What `detect` computes.
struct DetectionOptions: ParsableArguments {
    /// The ways to find clusters.
    enum Method: String, ExpressibleByArgument, CaseIterable {
        case dbscan
    }

    /// What the firms of a cluster have in common.
    enum Groups: String, ExpressibleByArgument, CaseIterable {
        case industry
    }

    /// What counts toward `--min-points`.
    enum Weight: String, ExpressibleByArgument, CaseIterable {
        case employment
    }

    @Option(help: "How clusters are found.")
    var method: Method = .dbscan

    @Option(
        help: ArgumentHelp(
            "Radius within which firms are neighbors, or 'auto': the knee of each industry's k-distance curve.",
            valueName: "500m|1.2km|auto"))
    var eps: NeighborhoodArgument = .automatic

    @Option(
        help: ArgumentHelp(
            "Firms within the radius, itself included, that make a firm a core of a cluster.", valueName: "n"))
    var minPoints = MinimumPoints(value: 5)

    @Option(help: ArgumentHelp("Leave out clusters on fewer distinct locations.", valueName: "n"))
    var minSites: Int = 1

    @Option(help: "Firms in reach of a cluster's core: to the nearest, or in no cluster.")
    var border: DBSCAN.BorderRule = .nearestCore

    @Option(help: "Let --min-points count employees instead of firms.")
    var weight: Weight?

    @Option(help: "What is clustered: the firms of each industry.")
    var groups: Groups = .industry

    @Option(
        help: ArgumentHelp(
            "Detect only these codes; '15*' for all that begin so. Quotients still compare with all firms.",
            valueName: "13,14,15*"))
    var industries: String?

    @Option(
        help: ArgumentHelp(
            "CSV with code,firms[,employment]: totals to compare with instead of the register.", valueName: "file"))
    var reference: String?

    @Option(help: ArgumentHelp("Report only clusters with at least this location quotient.", valueName: "lq"))
    var minLq: Double?

    @Option(help: "How footprints are drawn; counts are always of the exact discs.")
    var footprint: FootprintShape = .discs

    @Option(
        help: ArgumentHelp(
            "Radius of the discs that make a footprint; 0 for the firms' own sites. Default: half of eps.",
            valueName: "distance"))
    var footprintRadius: Meters?

    @Option(help: ArgumentHelp("Seed of whatever is drawn at random.", valueName: "n"))
    var seed: UInt64 = 1

    func validate() throws {
        // Of firms there are only whole ones; everything else is the request's to judge.
        if weight == nil, minPoints.value != minPoints.value.rounded() {
            throw ValidationError("--min-points \(minPoints.value): must be a whole number of firms")
        }
        do throws(DetectionRequestError) {
            try plainRequest.validate()
        } catch {
            throw ValidationError(error.option.map { "\($0): \(error)" } ?? "\(error)")
        }
    }

    /// The request as far as it needs no file.
    private var plainRequest: DetectionRequest {
        var request = DetectionRequest()
        request.neighborhood = eps.neighborhood
        request.minimumPoints = minPoints.value
        request.minimumSites = minSites
        request.borderRule = border
        request.weighting = weight == .employment ? .employment : .firms
        request.minimumLocationQuotient = minLq
        request.footprintShape = footprint
        request.footprintRadius = footprintRadius
        request.seed = seed
        return request
    }

    /// - Parameter level: characters of the codes in use, to which reference totals are added up.
    func request(level: Int?) throws -> DetectionRequest {
        var request = plainRequest
        request.industries = try industries.map { try IndustrySelection(argument: $0) }
        request.reference = try reference.map { try ReferenceFile.read($0, level: level) }
        return request
    }
}

extension DetectionRequestError {
    /// The option that sets what is wrong; nil where a file does.
    fileprivate var option: String? {
        switch self {
        case .badNeighborhoodRadius: "--eps"
        case .badFootprintRadius: "--footprint-radius"
        case .badMinimumPoints: "--min-points"
        case .badMinimumSites: "--min-sites"
        case .badMinimumLocationQuotient: "--min-lq"
        case .badReference: nil
        }
    }
}

/// A number of firms or employees.
struct MinimumPoints: ExpressibleByArgument {
    let value: Double

    init(value: Double) { self.value = value }

    init?(argument: String) {
        guard let value = Double(argument) else { return nil }
        self.value = value
    }

    var defaultValueDescription: String { String(Int(value)) }
}
