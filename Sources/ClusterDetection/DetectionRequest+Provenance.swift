import ClusterGeometry
import DensityClustering
import FirmModel

extension DetectionRequest {
    /// What was asked, with defaults filled in, as it is written to output. The radius of each group is in its
    /// ``GroupOutcome``.
    public var parameters: [(name: String, value: ParameterValue)] {
        let eps: ParameterValue =
            switch neighborhood {
            case .fixed(let radius): .number(radius.value)
            case .automatic: .text("auto")
            }
        return [
            ("method", .text("dbscan")),
            ("groups", .text("industry")),
            ("eps_m", eps),
            ("min_points", .number(minimumPoints)),
            ("weight", .text(weighting.rawValue)),
            ("border", .text(borderRule.rawValue)),
            ("min_sites", .integer(minimumSites)),
            ("industries", industries.map { .list($0.patterns) } ?? .none),
            ("reference", reference.map { .text($0.name) } ?? .none),
            ("min_lq", minimumLocationQuotient.map { .number($0) } ?? .none),
            ("footprint", .text(footprintShape.rawValue)),
            ("footprint_radius_m", footprintRadius.map { .number($0.value) } ?? .text("eps/2")),
            ("confidence_level", .number(0.95)),
            ("simulations", .integer(0)),
        ]
    }
}
