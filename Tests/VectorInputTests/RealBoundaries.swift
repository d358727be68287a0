import FirmClustersTestSupport
import Foundation
import VectorInput

/// Boundaries of real areas in the shared folder.
enum RealBoundaries: String, CaseIterable {
    case counties = "data/qcew_2020_ohio/ohio_counties_2016_wgs84.geojson.gz"
    case neighborhoods = "data/sirene_bas_rhin/contours_iris_d067_wgs84.geojson.gz"
    case countries = "data/boundaries/ne_110m_countries.geojson"

    static var areThere: Bool { allCases.allSatisfy { SharedFolder.has($0.rawValue) } }

    var identifier: String {
        switch self {
        case .counties: "GEOID"
        case .neighborhoods: "DCOMIRIS"
        case .countries: "name"
        }
    }

    func bytes() throws -> [UInt8] {
        guard let url = SharedFolder.file(rawValue) else { return [] }
        guard rawValue.hasSuffix(".gz") else { return [UInt8](try Data(contentsOf: url)) }
        let (gzip, output) = (Process(), Pipe())
        gzip.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        gzip.arguments = ["gzip", "-dc", url.path]
        gzip.standardOutput = output
        try gzip.run()
        let bytes = [UInt8](output.fileHandleForReading.readDataToEndOfFile())
        gzip.waitUntilExit()
        return bytes
    }

    func file() throws -> RegionFile { try RegionFile(bytes: bytes(), file: rawValue, identifier: identifier) }
}
