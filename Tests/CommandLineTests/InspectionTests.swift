import FirmClustersTestSupport
import Foundation
import Testing

/// What `inspect` says of distances, for choosing eps. The register has a lattice of two industries about 100 m wide and one
/// firm far away (see ``SmallRegister``).
@Suite struct InspectionTests {
    @Test func curveKneesAndClustersAsText() async throws {
        let workspace = try CommandWorkspace(firms: SmallRegister.towns)
        let run = try await workspace.run("inspect", "firms.csv", "-q")
        #expect(run.status == 0)
        #expect(run.messages.isEmpty)
        for part in [
            "Distance to the 4th neighbor, firms of all industries (61 firms on 61 sites)", "  within m  ",
            "Knees of the curve: chord ", "Kneedle ", " ← ", "0 %", "100 %",
            "Share of firms in the largest component, and eps from which it is that large",
            "Clusters by DBSCAN around the chord knee",
            "What --eps auto would choose with --min-points 5",
        ] {
            #expect(run.text.contains(part), "\(part)")
        }
        #expect(run.text.count { $0 == "│" || $0 == "┤" } == 12)
        // Nothing invisible at the end of a line.
        #expect(!run.text.contains(/[ \u{2800}]\n/))
    }

    @Test func distancesAsJSON() async throws {
        let workspace = try CommandWorkspace(firms: SmallRegister.towns)
        let run = try await workspace.run("inspect", "firms.csv", "--json", "-q", "--min-points", "7")
        #expect(run.status == 0)
        // The same firms as one industry, for `detect`.
        try workspace.write("all.csv", SmallRegister.towns.replacing(/,(13|25|47),/, with: ",13,"))
        let inspection = try run.json()
        #expect(inspection["inspection_version"]?.number == 1)
        let distances = try #require(inspection["distances"])
        #expect(distances["min_points"]?.number == 7)
        #expect(distances["k_distance_m"]?.items.count == 9)
        #expect(distances["radii"]?.items.count == 1)
        let all = try #require(distances["radii"]?[0])
        #expect(all["industry"] == .null)
        #expect(all["firms"]?.number == 61)
        #expect(all["sites"]?.number == 61)
        #expect(all["k_distance_m"] == distances["k_distance_m"])
        #expect(all["chord_knee_m"] == distances["knee_m"])
        let knee = try #require(all["chord_knee_m"]?.number)
        #expect(try #require(all["kneedle_knee_m"]?.number) >= knee)

        // Nothing but the lattice of 60 firms holds a tenth of all; the far one comes last.
        let percolation = all["percolation"]?.items ?? []
        #expect(percolation.map { $0["share"]?.number } == [0.1, 0.25, 0.5, 0.75, 0.9])
        let radii = try percolation.map { try #require($0["eps_m"]?.number) }
        #expect(radii == radii.sorted())
        for (share, radius) in zip([0.1, 0.25, 0.5, 0.75, 0.9], radii) {
            func largest(_ eps: Double) async throws -> Double {
                let run = try await workspace.run(
                    "detect", "all.csv", "--eps", "\(eps)", "--min-points", "7", "--border", "none", "-q")
                return try run.json()["features"]?.items.compactMap { $0["properties"]?["firms"]?.number }.max() ?? 0
            }
            #expect(try await largest(radius * 1.0001) >= share * 61)
            #expect(try await largest(radius * 0.9999) < share * 61)
        }

        let rows = all["critical_mass"]?.items ?? []
        #expect(rows.count == 15)
        #expect(rows.map { $0["min_points"]?.number } == (0..<5).flatMap { _ in [3, 7, 14] })
        for (row, factor) in zip(rows, [0.25, 0.25, 0.25, 0.5, 0.5, 0.5, 1, 1, 1, 2, 2, 2, 4, 4, 4]) {
            let radius = try #require(row["eps_m"]?.number)
            #expect(radius / (factor * knee) > 0.99999 && radius / (factor * knee) < 1.01)
            let clusters = try #require(row["clusters"]?.number)
            #expect((clusters == 0) == (row["largest_firms"] == .null))
            #expect((clusters == 0) == (row["median_firms"] == .null))
        }
    }

    @Test func industriesInsteadOfAllFirms() async throws {
        let workspace = try CommandWorkspace(firms: SmallRegister.towns)
        let json = try await workspace.run("inspect", "firms.csv", "--json", "--industries", "25, 1*,99")
        #expect(json.status == 0)
        #expect(json.messages.contains("warning: no firm has an industry code matching 99"))
        let distances = try #require(try json.json()["distances"])
        let radii = distances["radii"]?.items ?? []
        #expect(radii.map { $0["industry"]?.text } == ["13", "25"])
        #expect(radii.map { $0["firms"]?.number } == [30, 30])
        // What is said of all firms stays.
        let all = try #require(
            try await workspace.run("inspect", "firms.csv", "--json").json()["distances"])
        for name in all.members.keys where name != "radii" { #expect(distances[name] == all[name], "\(name)") }

        // A row is a run of `detect` on this industry.
        let rows = radii.first?["critical_mass"]?.items ?? []
        for row in rows where row["min_points"]?.number == 5 {
            let radius = try #require(row["eps_m"]?.number)
            let detected = try await workspace.run(
                "detect", "firms.csv", "--industries", "13", "--eps", "\(radius)", "--min-points", "5", "-q")
            let firms = try detected.json()["features"]?.items.compactMap { $0["properties"]?["firms"]?.number } ?? []
            #expect(row["clusters"]?.number == Double(firms.count))
            #expect(row["clustered_firms"]?.number == firms.reduce(0, +))
            #expect(row["clustered_share"]?.number == (firms.reduce(0, +) / 30 * 1e6).rounded() / 1e6)
            #expect(row["largest_firms"]?.number == firms.max())
        }

        let text = try await workspace.run("inspect", "firms.csv", "--industries", "13,25", "--classification", "isic4")
        #expect(text.text.contains("neighbor, firms of 13 Manufacture of textiles (30 firms on 30 sites)"))
        #expect(text.text.contains("neighbor, firms of 25 Manufacture of fabricated metal"))
        #expect(!text.text.contains("firms of all industries"))
        #expect(text.text.components(separatedBy: "Clusters by DBSCAN").count == 3)
    }

    @Test func firmsWithoutACurve() async throws {
        // Fewer firms than the minimum; all on one site; no industry that matches.
        let workspace = try CommandWorkspace(firms: SmallRegister.towns)
        let few = try await workspace.run("inspect", "firms.csv", "--industries", "47")
        #expect(few.status == 0)
        #expect(few.text.contains("firms of 47 (1 firm on 1 site)\n  fewer than 5 firms\n"))
        let none = try await workspace.run("inspect", "firms.csv", "--industries", "99", "--json")
        #expect(none.status == 0)
        #expect(try none.json()["distances"]?["radii"] == .array([]))

        let mall = try CommandWorkspace(firms: SmallRegister.onePoint(40, industries: 1))
        let text = try await mall.run("inspect", "firms.csv")
        #expect(text.status == 0)
        #expect(text.text.contains("no knee: no distance is positive"))
        let json = try await mall.run("inspect", "firms.csv", "--json")
        let all = try #require(try json.json()["distances"]?["radii"]?[0])
        #expect(all["chord_knee_m"] == .null)
        #expect(all["kneedle_knee_m"] == .null)
        #expect(all["critical_mass"] == .array([]))
        // All are core and together from the start.
        #expect(all["percolation"]?.items.map { $0["eps_m"]?.number } == [0, 0, 0, 0, 0])
    }

    /// The smallest minimum has no half, and equal distances have an axis, too.
    @Test func smallestMinimum() async throws {
        var pair = SmallRegister.header
        for index in 0..<2 { pair += "F\(index),120.5,\(27.5 + Double(index) / 1000),13,1,Liushi\n" }
        let workspace = try CommandWorkspace(firms: pair)
        let json = try await workspace.run("inspect", "firms.csv", "--json", "--min-points", "2")
        let rows = try json.json()["distances"]?["radii"]?[0]?["critical_mass"]?.items ?? []
        #expect(rows.map { $0["min_points"]?.number } == (0..<5).flatMap { _ in [2, 4] })
        #expect(
            rows.map { $0["clusters"]?.number } == [0, 0, 0, 0, 0, 0, 1, 0, 1, 0] || rows[4]["clusters"]?.number == 1)
        let text = try await workspace.run("inspect", "firms.csv", "--min-points", "2")
        #expect(text.text.contains("111.195 m ┤"))
        #expect(text.text.contains("chord 111.195 m, Kneedle none"))
    }

    @Test(arguments: [["--industries", ","], ["--industries"], ["--min-points", "0"], ["--min-points", "2.5"]])
    func impossibleOptions(_ options: [String]) async throws {
        let workspace = try CommandWorkspace(firms: SmallRegister.towns)
        let run = try await workspace.run(["inspect", "firms.csv"] + options)
        #expect(run.status == 64)
        #expect(run.output.isEmpty)
        #expect(run.messages.lowercased().contains("error: "))
    }
}
