import Foundation
import Testing

/// The Swift example of `README.md`, as a user would try it: in a package of its own, on the sample register.
///
/// It builds the library once more, which takes minutes the first time; `FIRMCLUSTERS_SKIP_EXAMPLE=1` leaves it out.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["FIRMCLUSTERS_SKIP_EXAMPLE"] == nil, "left out on request"))
struct ReadmeExampleTests {
    @Test func buildsAndFindsTheClustersOfTheSample() throws {
        let example = try ExamplePackage()
        let geoJSON = example.folder.appendingPathComponent("clusters.geojson")
        try? FileManager.default.removeItem(at: geoJSON)

        let lines = try example.run().split(separator: "\n").map { $0.split(separator: "\t").map(String.init) }

        #expect(example.source.contains("import FirmClusters\n"))
        #expect(lines.allSatisfy { $0.count == 5 && $0[2].hasSuffix(" firms") && $0[3].hasPrefix("LQ ") })
        #expect(lines.allSatisfy { $0[4] == "p 0.005" })
        // The trade Liushi is known for, under its title and town: codes, titles, places and scores all came through.
        let switchgear = try #require(lines.first { $0[0] == "2710-1" })
        #expect(switchgear[1].contains("electric") && switchgear[1].hasSuffix("Liushi"))

        let document = try #require(
            try JSONSerialization.jsonObject(with: Data(contentsOf: geoJSON)) as? [String: Any])
        let features = try #require(document["features"] as? [[String: Any]])
        let significant = features.filter { feature in
            let properties = feature["properties"] as? [String: Any]
            return properties?["significant"] as? Bool == true
        }
        #expect(significant.compactMap { $0["id"] as? String } == lines.map { $0[0] })
        // The planted ones, and not the restaurants of the city.
        #expect(significant.count == 22 && features.count == 23)
    }
}
