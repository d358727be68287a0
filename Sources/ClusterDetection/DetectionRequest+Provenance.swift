import ClusterGeometry
import DensityClustering
public import FirmModel
import PatternAnalysis
import ScanStatistic
import SignificanceTesting

extension DetectionRequest {
    /// What was asked, with defaults filled in, as it is written to output: what all methods have, and what belongs to the
    /// one in use. The radius of each group is in its ``GroupOutcome``.
    public var parameters: [(name: String, value: ParameterValue)] {
        [("method", .text(method.rawValue)), ("groups", .text(groups.rawValue))] + patternParameters + methodParameters
            + [
                ("weight", .text(weighting.rawValue)),
                ("min_sites", .integer(minimumSites)),
                ("industries", industries.map { .list($0.patterns) } ?? .none),
                ("reference", reference.map { .text($0.name) } ?? .none),
                ("min_lq", minimumLocationQuotient.map { .number($0) } ?? .none),
                ("footprint", .text(footprintShape.rawValue)),
                ("footprint_radius_m", footprintRadius.map { .number($0.value) } ?? .text(defaultFootprintRadius)),
                ("confidence_level", .number(0.95)),
            ] + testParameters
    }

    private var patternParameters: [(name: String, value: ParameterValue)] {
        guard groups != .industry else { return [] }
        return [
            ("neighbor_distance_m", .number(patterns.neighborDistance.value)),
            ("max_size", .integer(patterns.maximumSize)),
            ("min_prevalence", .number(patterns.minimumIndex)),
            ("min_firms", .integer(patterns.minimumFirms)),
        ]
    }

    private var testParameters: [(name: String, value: ParameterValue)] {
        guard let test else { return [("simulations", .integer(0))] }
        return [
            ("simulations", .integer(test.simulations)),
            ("null_model", .text(test.nullModel.rawValue)),
            ("statistic", .text(ClusterStatistic(self).name(in: self))),
            ("alpha", .number(test.significanceLevel)),
            ("stop_after", test.stopping.map { .integer($0.exceedances) } ?? .text("never")),
            ("adjustment", .text(test.adjustment.rawValue)),
            ("gumbel", .flag(test.reportsGumbel)),
        ]
    }

    private var methodParameters: [(name: String, value: ParameterValue)] {
        let eps: ParameterValue =
            switch neighborhood {
            case .fixed(let radius): .number(radius.value)
            case .automatic: .text("auto")
            }
        switch method {
        case .dbscan:
            return [
                ("eps_m", eps), ("min_points", .number(minimumPoints)), ("border", .text(borderRule.rawValue)),
            ]
        case .hdbscan:
            return [
                ("min_cluster_size", .number(minimumClusterSize)),
                ("min_samples", .number(minimumSamples ?? minimumPoints)),
                ("cluster_selection", reportsNestedClusters ? .text("nested") : .text(selection.method.rawValue)),
                ("cluster_selection_epsilon_m", .number(selection.epsilon.value)),
                ("allow_single_cluster", .flag(selection.allowsSingleCluster)),
                ("nested_share", reportsNestedClusters ? .number(largestNestedShare) : .none),
            ]
        case .scan:
            return [
                ("min_points", .number(minimumPoints)), ("scan_model", .text(scanModel.rawValue)),
                ("largest_share", .number(largestScanShare)), ("max_zones", .integer(maximumZones)),
            ]
        case .optics:
            let common: [(name: String, value: ParameterValue)] = [
                ("eps_m", eps), ("min_points", .number(minimumPoints)),
                ("max_eps_m", maximumRadius.map { .number($0.value) } ?? .text("5 eps")),
            ]
            switch extraction {
            case .neighborhood: return common + [("extraction", .text("eps"))]
            case .valleys(let steepness):
                return common + [
                    ("extraction", .text("xi")), ("xi", .number(steepness)),
                    ("min_cluster_size", .number(minimumClusterSize)), ("nested", .flag(reportsNestedClusters)),
                    ("nested_share", reportsNestedClusters ? .number(largestNestedShare) : .none),
                ]
            }
        }
    }

    private var defaultFootprintRadius: String {
        if method == .scan { return "zone" }
        return method == .dbscan || (method == .optics && extraction == .neighborhood) ? "eps/2" : "longest edge/2"
    }
}

extension PatternSearchOutcome {
    /// How patterns were tested and how it came out, as it is written to output.
    public var parameters: [(name: String, value: ParameterValue)] {
        [
            ("simulations", .integer(test.simulations)),
            ("null_model", .text(test.nullModel.rawValue)),
            ("alpha", .number(test.significanceLevel)),
            ("adjustment", .text("step-down-maximum")),
            ("industries", .integer(industries)),
            ("tested", .integer(tested)),
            ("significant", .integer(significant)),
            ("groups", .integer(groups)),
        ]
    }
}

extension TestOutcome {
    /// What was tested and how it came out, as it is written to output.
    public var parameters: [(name: String, value: ParameterValue)] {
        [
            ("simulations", .integer(test.simulations)),
            ("null_model", .text(test.nullModel.rawValue)),
            ("statistic", .text(statistic)),
            ("alpha", .number(test.significanceLevel)),
            ("adjustment", .text(test.adjustment.rawValue)),
            ("groups_tested", .integer(groupsTested)),
            ("groups_rejected", .integer(groupsRejected)),
            ("significant_clusters", .integer(significantClusters)),
            ("simulations_needed", .integer(simulationsNeeded)),
            ("groups_needed_at_floor", .integer(groupsNeededAtFloor)),
        ]
    }
}
