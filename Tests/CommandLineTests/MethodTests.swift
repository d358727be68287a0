import FirmClustersTestSupport
import Foundation
import Testing

/// `--method` and the options that belong to one method.
@Suite struct MethodTests {
    /// A hamlet of one industry far from a dense block and a sparse one beside it.
    static let densities: String = {
        var text = SmallRegister.header
        func add(_ count: Int, _ longitude: Double, _ step: Double) {
            let start = text.count
            for index in 0..<count {
                let x = longitude + Double(index % 6) * step + Double(index) * step / 50
                let y = 27.5 + Double(index / 6) * step
                text += "F\(start)-\(index),\(x),\(y),13,\(index + 1),Liushi\n"
            }
        }
        add(30, 120.5, 0.0005)
        add(30, 120.52, 0.002)
        add(24, 121.5, 0.01)
        return text
    }()

    /// Firms of another industry all along, on places of their own.
    static let background = (0..<60).reduce(into: "") { text, index in
        text += "B\(index),\(120.4 + Double(index) * 0.02),\(27.493 - Double(index % 5) * 0.004),47,10,Liushi\n"
    }

    @Test(arguments: [
        ["--method", "hdbscan", "--eps", "300m"], ["--method", "hdbscan", "--border", "none"],
        ["--method", "hdbscan", "--xi", "0.1"], ["--method", "hdbscan", "--max-eps", "1km"],
        ["--min-samples", "3"], ["--min-cluster-size", "8"], ["--cluster-selection", "leaf"],
        ["--cluster-selection-epsilon", "100"], ["--allow-single-cluster"], ["--nested"], ["--extraction", "xi"],
        ["--method", "optics", "--min-samples", "3"], ["--method", "optics", "--border", "nearest"],
        ["--method", "optics", "--extraction", "eps", "--xi", "0.1"],
        ["--method", "optics", "--extraction", "eps", "--nested"],
        ["--method", "optics", "--extraction", "eps", "--min-cluster-size", "8"],
        ["--method", "hdbscan", "--nested", "--cluster-selection", "leaf"], ["--nested-share", "0.5"],
        ["--method", "hdbscan", "--nested", "--truth", "t.csv", "-o", "c.geojson"],
        ["--method", "hdbscan", "--min-samples", "3", "--min-points", "4"],
        ["--method", "hdbscan", "--nested", "--nested-share", "0"],
        ["--method", "optics", "--eps", "500m", "--max-eps", "2km"],
        ["--method", "hdbscan", "--min-cluster-size", "1"], ["--method", "hdbscan", "--min-cluster-size", "2.5"],
        ["--method", "hdbscan", "--min-samples", "0"], ["--method", "hdbscan", "--cluster-selection", "best"],
        ["--method", "hdbscan", "--cluster-selection-epsilon=-1"], ["--method", "optics", "--xi", "1"],
        ["--method", "optics", "--min-points", "1"], ["--method", "optics", "--eps", "1km", "--max-eps", "500m"],
        ["--method", "scan", "--eps", "300m"], ["--method", "scan", "--min-sites", "2"],
        ["--method", "scan", "--footprint", "convex"], ["--method", "scan", "--footprint-radius", "100"],
        ["--method", "scan", "--border", "none"], ["--method", "scan", "--nested"],
        ["--method", "scan", "--min-cluster-size", "8"], ["--max-zones", "3"], ["--max-centers", "100"],
        ["--largest-share", "0.2"], ["--scan-model", "poisson"],
        ["--method", "scan", "--scan-model", "bernoulli", "--weight", "employment"],
        ["--method", "scan", "--max-zones", "0"], ["--method", "scan", "--max-centers", "0"],
        ["--method", "scan", "--largest-share", "1.5"], ["--method", "scan", "--scan-model", "normal"],
    ])
    func optionsThatDoNothingAreRefused(_ options: [String]) async throws {
        let workspace = try CommandWorkspace(firms: SmallRegister.towns)
        let run = try await workspace.run(["detect", "firms.csv"] + options)
        #expect(run.status == 64)
        #expect(run.output.isEmpty)
        // The option at fault is named.
        #expect(options.contains { $0.hasPrefix("--") && run.messages.contains($0.prefix { $0 != "=" }) })
    }

    private func properties(_ run: CommandWorkspace.Run) throws -> [JSONTree] {
        #expect(run.status == 0, "\(run.messages)")
        return try run.json()["features"]?.items.compactMap { $0["properties"] } ?? []
    }

    @Test func aHierarchyFindsClustersOfEveryDensity() async throws {
        let workspace = try CommandWorkspace(firms: Self.densities)
        let clusters = try properties(try await workspace.run("detect", "firms.csv", "--method", "hdbscan"))
        #expect(clusters.compactMap { $0["firms"]?.number }.sorted() == [24, 30, 30])
        for cluster in clusters {
            #expect(cluster["border_firms"]?.number == 0)
            #expect(cluster["level"] == .null && cluster["parent_id"] == .null)
            let persistence = try #require(cluster["persistence"]?.number)
            #expect(persistence > 0 && persistence <= 1)
        }
        // Radii follow the density.
        let radii = Set(clusters.compactMap { $0["footprint_radius_m"]?.number })
        #expect(radii.count == 3)
    }

    @Test func nestedClustersNameTheOneAround() async throws {
        let workspace = try CommandWorkspace(firms: Self.densities)
        let run = try await workspace.run(
            "detect", "firms.csv", "--method", "hdbscan", "--nested", "--members", "members.csv", "-o", "c.geojson")
        #expect(run.status == 0)
        let collection = try workspace.json("c.geojson")
        let schemaFile = SharedFolder.projectFolder.appendingPathComponent("Docs/cluster-report.schema.json")
        let schema = JSONSchema(try JSONTree(parsing: Data(contentsOf: schemaFile)))
        #expect(schema.violations(of: collection) == [])
        let clusters = collection["features"]?.items.compactMap { $0["properties"] } ?? []
        // The two blocks part from the hamlet first, and then from each other.
        #expect(clusters.map { $0["firms"]?.number } == [60, 30, 30, 24])
        #expect(clusters.map { $0["level"]?.number } == [1, 2, 2, 1])
        #expect(clusters.map { $0["parent_id"]?.text } == [nil, "13-1", "13-1", nil])
        #expect(collection["firmclusters"]?["parameters"]?["cluster_selection"]?.text == "nested")
        // A firm is listed with the smallest cluster it is in, and how firmly.
        let lines = String(decoding: try workspace.read("members.csv"), as: UTF8.self).split(separator: "\n")
        #expect(lines.first == "id,cluster_id,group,role,ambiguous,strength")
        let fields = lines.dropFirst().map { $0.split(separator: ",", omittingEmptySubsequences: false) }
        #expect(fields.count { $0[1] == "13-2" || $0[1] == "13-3" } >= 50)
        #expect(fields.allSatisfy { Double($0[5]).map { (0...1).contains($0) } == true })
    }

    @Test func theOrderOfReachabilityHasValleys() async throws {
        let workspace = try CommandWorkspace(firms: Self.densities)
        let flat = try properties(
            try await workspace.run("detect", "firms.csv", "--method", "optics", "--max-eps", "20km"))
        #expect(flat.count >= 2)
        let nested = try properties(
            try await workspace.run(
                "detect", "firms.csv", "--method", "optics", "--max-eps", "20km", "--nested"))
        #expect(nested.count > flat.count)
        let identifiers = Set(nested.compactMap { $0["cluster_id"]?.text })
        let parents = nested.compactMap { $0["parent_id"]?.text }
        #expect(!parents.isEmpty && parents.allSatisfy { identifiers.contains($0) })
    }

    /// Valleys within a maximum need no radius of their own, which firms on one place do not give.
    @Test func valleysNeedNoRadius() async throws {
        let workspace = try CommandWorkspace(firms: SmallRegister.onePoint(40, industries: 2))
        let run = try await workspace.run("detect", "firms.csv", "--method", "optics", "--max-eps", "2km")
        #expect(try properties(run).map { $0["firms"]?.number } == [20, 20])
        #expect(try run.json()["firmclusters"]?["neighborhood_radius_m"]?.members.isEmpty == true)
    }

    /// Levels count the clusters of the report.
    @Test func whatAFilterLeavesOutIsNoLevel() async throws {
        let workspace = try CommandWorkspace(firms: Self.densities)
        let arguments = ["detect", "firms.csv", "--method", "hdbscan", "--nested", "--nested-share", "0.4"]
        let clusters = try properties(try await workspace.run(arguments))
        // Each of the blocks is half of both.
        #expect(clusters.map { $0["firms"]?.number } == [60, 24])
        #expect(clusters.map { $0["level"]?.number } == [1, 1])
    }

    @Test func aScanReportsItsCircles() async throws {
        let workspace = try CommandWorkspace(firms: Self.densities + Self.background)
        let run = try await workspace.run(
            "detect", "firms.csv", "--method", "scan", "--max-zones", "2", "--simulations", "19", "--members",
            "members.csv", "-o", "c.geojson")
        #expect(run.status == 0, "\(run.messages)")
        let collection = try workspace.json("c.geojson")
        let schemaFile = SharedFolder.projectFolder.appendingPathComponent("Docs/cluster-report.schema.json")
        let schema = JSONSchema(try JSONTree(parsing: Data(contentsOf: schemaFile)))
        #expect(schema.violations(of: collection) == [])
        let parameters = try #require(collection["firmclusters"]?["parameters"])
        #expect(parameters["method"]?.text == "scan" && parameters["scan_model"]?.text == "bernoulli")
        #expect(parameters["max_zones"]?.number == 2 && parameters["largest_share"]?.number == 0.5)
        #expect(parameters["scan_grid_m"] == .null && parameters["footprint_radius_m"]?.text == "zone")
        // Every one of 84 firms of industry 13 and 60 of industry 47 has a place of its own.
        #expect(parameters["scan_centers"]?.number == 144)
        #expect(parameters["statistic"]?.text == "bernoulli log-likelihood ratio of firms")
        let features = try #require(collection["features"]?.items)
        let clusters = features.compactMap { $0["properties"] }
        try #require(clusters.contains { $0["industries"]?.text == "13" })
        for (feature, cluster) in zip(features, clusters) {
            #expect(cluster["firms"] == cluster["core_firms"] && cluster["firms"] == cluster["footprint_group_firms"])
            #expect(cluster["persistence"] == .null && cluster["p_value"]?.number != nil)
            let radius = try #require(cluster["footprint_radius_m"]?.number)
            #expect(radius == 0 || feature["geometry"]?["type"]?.text == "Polygon")
            guard radius > 0, let area = cluster["area_km2"]?.number else { continue }
            #expect(abs(area / (.pi * radius * radius / 1e6) - 1) < 1e-3)
        }
        #expect(collection["firmclusters"]?["neighborhood_radius_m"]?.members.isEmpty == true)
        let lines = String(decoding: try workspace.read("members.csv"), as: UTF8.self).split(separator: "\n")
        let roles = Set(lines.dropFirst().compactMap { $0.split(separator: ",", omittingEmptySubsequences: false)[3] })
        #expect(roles.isSubset(of: ["core", "noise"]))
    }

    @Test func employeesAreScannedWithThePoissonModel() async throws {
        let workspace = try CommandWorkspace(firms: Self.densities + Self.background)
        let run = try await workspace.run(
            "detect", "firms.csv", "--method", "scan", "--weight", "employment", "--min-points", "50", "--max-zones",
            "1", "--max-centers", "40")
        let clusters = try properties(run)
        #expect(!clusters.isEmpty && clusters.allSatisfy { ($0["llr_employment"]?.number ?? 0) > 0 })
        let parameters = try run.json()["firmclusters"]?["parameters"]
        #expect(parameters?["scan_model"]?.text == "poisson")
        #expect((parameters?["scan_grid_m"]?.number ?? 0) > 0 && (parameters?["scan_centers"]?.number ?? 99) <= 40)
    }

    @Test func whatIsTooSmallIsSaid() async throws {
        let workspace = try CommandWorkspace(firms: SmallRegister.towns)
        let run = try await workspace.run(
            "detect", "firms.csv", "--method", "hdbscan", "--min-cluster-size", "100")
        #expect(try properties(run).isEmpty)
        #expect(run.messages.contains("min-cluster-size of 100 is above the number of firms of every group"))
        try workspace.write("point.csv", SmallRegister.onePoint(40, industries: 2))
        let point = try await workspace.run("detect", "point.csv", "--method", "hdbscan")
        #expect(try properties(point).isEmpty)
        let single = try await workspace.run("detect", "point.csv", "--method", "hdbscan", "--allow-single-cluster")
        let clusters = try properties(single)
        #expect(clusters.map { $0["firms"]?.number } == [20, 20])
        #expect(clusters.allSatisfy { $0["area_km2"] == .null && $0["persistence"]?.number == 1 })
        #expect(single.messages.contains("2 of 2 clusters are single addresses"))
    }
}
