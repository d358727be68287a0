import FirmClusters

/// Distances between the firms of a register: where they are and how far their neighbors.
struct DistanceSurvey {
    /// One industry's curve in short.
    struct Industry {
        var code: String
        var firms: Int
        /// The radius that `--eps auto` would choose; nil where it would skip the industry.
        var knee: Meters?
    }

    static let quantiles = [0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99]

    let sites: Int
    let west, east, south, north: Double
    let extent: Meters
    let frame: CoordinateFrame
    /// The k-distances of all firms together.
    let curve: KDistanceCurve
    /// The ten industries with most firms.
    let industries: [Industry]
    /// What radii do: for all firms together, or for each industry asked for.
    let radii: [RadiusSurvey]

    /// - Parameter selection: the industries whose radii are asked for; nil for all firms together.
    init(_ register: FirmRegister, minimumPoints: Int, of selection: IndustrySelection?, workers: Workers) throws {
        let prepared = try PreparedRegister(register, workers: workers)
        let all = prepared.sites
        frame = register.frame
        sites = all.count
        extent = all.extent
        (west, east) = (all.x.first ?? 0, all.x.last ?? 0)
        (south, north) = (all.y.min() ?? 0, all.y.max() ?? 0)
        let labelled = FirmsByIndustry(labels: prepared.industryOfFirm, industryCount: prepared.industries.count)
        let everything = SiteSubset.allFirms(of: all)
        if let selection {
            curve = try KDistanceCurve(
                of: everything, in: all, firms: everything.counts, minimumWeight: Double(minimumPoints),
                workers: workers)
            let selected = prepared.industries.indices.filter { selection.contains(prepared.industries[$0]) }
            radii = try selected.map { industry in
                try RadiusSurvey(
                    of: SiteSubset(firms: labelled.firms(of: industry), siteOfFirm: prepared.siteOfFirm), in: all,
                    industry: prepared.industries[industry], minimumPoints: minimumPoints, workers: workers)
            }
        } else {
            let survey = try RadiusSurvey(
                of: everything, in: all, industry: nil, minimumPoints: minimumPoints, workers: workers)
            (curve, radii) = (survey.curve, [survey])
        }

        let largest = prepared.industries.indices.sorted {
            let (a, b) = (labelled.count(of: $0), labelled.count(of: $1))
            return a != b ? a > b : $0 < $1
        }.prefix(10)
        var request = DetectionRequest()
        request.minimumPoints = Double(minimumPoints)
        let procedure = ClusteringProcedure(request)
        industries = try largest.map { industry in
            Industry(
                code: prepared.industries[industry], firms: labelled.count(of: industry),
                knee: try procedure.radius(for: labelled.firms(of: industry), in: prepared, workers: workers))
        }
    }
}
