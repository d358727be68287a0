import FirmClustersTestSupport
import Foundation
import Testing

/// Requests that are possible but hardly meant, and registers with next to nothing in them: they run and say so.
@Suite struct CornerCaseTests {
    @Test func oneFirm() async throws {
        let workspace = try CommandWorkspace(firms: "lon,lat,industry\n120.5,27.5,13\n")
        let run = try await workspace.run("detect", "firms.csv")
        #expect(run.status == 0)
        #expect(try run.json()["features"]?.items.isEmpty == true)
        #expect(run.messages.contains("0 clusters"))
        // With one firm as minimum it is a cluster of its own.
        let alone = try await workspace.detect("--min-points", "1")
        #expect(try alone.json()["features"]?[0]?["properties"]?["firms"]?.number == 1)
    }

    @Test func allFirmsOnOnePointWithoutAFootprint() async throws {
        let workspace = try CommandWorkspace(firms: SmallRegister.onePoint(30, industries: 2))
        let run = try await workspace.detect("--min-sites", "2")
        #expect(run.status == 0)
        #expect(try run.json()["features"]?.items.isEmpty == true)
    }

    @Test func minimumAboveEveryGroup() async throws {
        let run = try await CommandWorkspace(firms: SmallRegister.towns).detect("--min-points", "31")
        #expect(run.status == 0)
        #expect(try run.json()["features"]?.items.isEmpty == true)
        #expect(run.messages.contains("warning: min-points of 31 is above the number of firms of every group"))
    }

    @Test func radiusOverHalfTheExtent() async throws {
        let workspace = try CommandWorkspace(firms: SmallRegister.towns)
        let wide = try await workspace.run("detect", "firms.csv", "--eps", "100km")
        #expect(wide.status == 0)
        // 111 km by 99 km: to a thousandth of a meter, not to a femtometer.
        #expect(
            wide.messages.contains(/warning: eps of 100000 m is over half the extent of the firms \(\d+\.?\d{0,3} m\)/))
        #expect(wide.messages.contains("degrees?"))
        #expect(try await !workspace.run("detect", "firms.csv", "--eps", "1km").messages.contains("warning"))
    }

    @Test func degreesTakenForMeters() async throws {
        let workspace = try CommandWorkspace(firms: SmallRegister.towns)
        let run = try await workspace.run(
            "detect", "firms.csv", "--crs", "EPSG:3857", "--x", "lon", "--y", "lat", "--eps", "0.01")
        #expect(run.status == 0)
        #expect(run.messages.contains("warning: all coordinates lie within ±180"))
        #expect(run.messages.contains("are they degrees?"))
    }

    @Test func localMetersHaveNoPlace() async throws {
        var firms = "x,y,industry\n"
        for index in 0..<40 { firms += "\(1000 + index % 8 * 50),\(2000 + index / 8 * 50),13\n" }
        let run = try await CommandWorkspace(firms: firms).run("detect", "firms.csv", "--crs", "local", "--eps", "100")
        #expect(run.status == 0)
        #expect(run.messages.contains("warning: coordinates are local meters without a place"))
        let collection = try run.json()
        #expect(collection["firmclusters"]?["coordinates"]?.text == "local")
        let properties = try #require(collection["features"]?[0]?["properties"])
        #expect(properties["centroid_lon"]?.number == 1175)
        #expect(properties["centroid_lat"]?.number == 2100)
    }

    @Test func projectedCoordinatesComeOutInDegrees() async throws {
        // UTM zone 51 north, around 120.5° E, 27.5° N.
        var firms = "east,north,industry\n"
        for index in 0..<40 { firms += "\(253_000 + index % 8 * 50),\(3_044_000 + index / 8 * 50),13\n" }
        let run = try await CommandWorkspace(firms: firms).run(
            "detect", "firms.csv", "--crs", "EPSG:32651", "--x", "east", "--y", "north", "--eps", "100")
        #expect(run.status == 0)
        let collection = try run.json()
        let properties = try #require(collection["features"]?[0]?["properties"])
        #expect(abs((properties["centroid_lon"]?.number ?? 0) - 120.5) < 0.01)
        #expect(abs((properties["centroid_lat"]?.number ?? 0) - 27.5) < 0.01)
        #expect(properties["firms"]?.number == 40)
    }

    @Test func footprintOfRadiusZeroIsTheSitesAlone() async throws {
        let workspace = try CommandWorkspace(firms: SmallRegister.onePoint(30, industries: 2))
        let run = try await workspace.detect("--footprint-radius", "0")
        #expect(run.status == 0)
        let feature = try #require(try run.json()["features"]?[0])
        #expect(feature["geometry"] == .null)
        #expect(feature["bbox"] == nil)
        #expect(feature["properties"]?["footprint_firms"]?.number == 30)
        #expect(feature["properties"]?["area_km2"] == .null)
    }

    @Test func footprintBeyondTheProjectionHasNoOutline() async throws {
        var firms = "east,north,industry\n"
        for index in 0..<40 { firms += "\(4_321_000 + index % 8 * 50),\(3_210_000 + index / 8 * 50),13\n" }
        let run = try await CommandWorkspace(firms: firms).run(
            "detect", "firms.csv", "--crs", "EPSG:3035", "--x", "east", "--y", "north", "--eps", "100",
            "--footprint-radius", "15000km")
        #expect(run.status == 0)
        #expect(run.messages.contains("warning: footprints of 1 of 1 clusters reach beyond"))
        #expect(try run.json()["features"]?[0]?["geometry"] == .null)
    }

    @Test func firmsAcrossTheAntimeridian() async throws {
        var firms = "lon,lat,industry\n"
        for index in 0..<20 {
            firms += "\(index % 2 == 0 ? "179.999" : "-179.999"),\(10 + Double(index) * 0.0005),13\n"
        }
        let run = try await CommandWorkspace(firms: firms).detect()
        let collection = try run.json()
        #expect(collection["features"]?.items.count == 1)
        #expect(collection["features"]?[0]?["properties"]?["firms"]?.number == 20)
        #expect(collection["features"]?[0]?["geometry"]?["type"]?.text == "MultiPolygon")
        let box = collection["bbox"]?.items.compactMap(\.number) ?? []
        try #require(box.count == 4)
        #expect(box[0] > 179 && box[2] < -179)
    }
}
