import ClusterDetection
import FirmModel

/// Reports for the tests of writers: made up, with every property that can be undefined both defined and not.
enum SampleReport {
    static func cluster(_ number: Int, footprint: Footprint?, code: String = "2733") -> ClusterRecord {
        let isKnown = number % 2 == 1
        return ClusterRecord(
            clusterID: "\(code)-\(number)", clusterNumber: number, kind: .industry, industries: [code],
            industryTitles: [isKnown ? "Manufacture of wiring devices" : nil],
            name: "Manufacture of wiring devices, Liushi", place: isKnown ? "柳市 \"Liushi\", Yueqing" : nil,
            firms: 488 + number, coreFirms: 480, borderFirms: 8 + number, sites: 401, largestSiteShare: 1.0 / 3,
            employment: isKnown ? 1_234_567 : nil, footprintFirms: 2011, footprintGroupFirms: 500,
            footprintEmployment: isKnown ? 54321.5 : nil, footprintRadius: 250,
            locationQuotient: isKnown ? 8.8123456 : nil, locationQuotientLow: isKnown ? 8.1 : nil,
            locationQuotientHigh: isKnown ? 9.55555555 : nil, locationQuotientByEmployment: isKnown ? 12.5 : nil,
            employmentCoverage: isKnown ? 1 : nil, expectedFirms: 56.7, relativeRisk: isKnown ? 31.4159265 : nil,
            logLikelihoodRatio: isKnown ? 1234.5678 / Double(number) : nil, shareOfIndustry: 0.25,
            areaSquareKilometers: footprint == nil ? nil : 12.5,
            firmsPerSquareKilometer: footprint == nil ? nil : 39.04,
            largestFirmShare: isKnown ? 0.017 : nil, industryDiversity: 5.5,
            centroid: Coordinate(longitude: 120.912345678, latitude: 28.03), footprint: footprint)
    }

    static func square(west: Double, south: Double, size: Double) -> Footprint.Polygon {
        Footprint.Polygon(shell: [
            Coordinate(x: west, y: south), Coordinate(x: west + size, y: south),
            Coordinate(x: west + size, y: south + size), Coordinate(x: west, y: south + size),
            Coordinate(x: west, y: south),
        ])
    }

    /// One polygon with a hole, one pair of polygons, one without geometry.
    static let three: ClusterReport = {
        var holed = square(west: 120.9, south: 28, size: 0.1)
        holed.holes = [
            [
                Coordinate(x: 120.94, y: 28.04), Coordinate(x: 120.94, y: 28.06), Coordinate(x: 120.96, y: 28.06),
                Coordinate(x: 120.94, y: 28.04),
            ]
        ]
        let pair = [square(west: 120.5, south: 27.5, size: 0.01), square(west: 120.6, south: 27.6, size: 0.01)]
        return report([
            cluster(1, footprint: Footprint(polygons: [holed])), cluster(2, footprint: Footprint(polygons: pair)),
            cluster(3, footprint: nil),
        ])
    }()

    /// ``three`` after a test: the second cluster is significant, though not the strongest.
    static let tested: ClusterReport = {
        var report = three
        for (index, p) in [0.25, 0.000_1, 1.0 / 3].enumerated() {
            report.clusters[index].pValue = p
            report.clusters[index].qValue = 0.000_2
            report.clusters[index].significant = p < 0.05
            report.clusters[index].logLikelihoodRatioByEmployment = index == 0 ? 1234.5678 : nil
        }
        report.clusters[1].pValueByGumbel = 1.234_567_8e-9
        report.groups[0].pValue = 1
        report.groups[0].qValue = 1
        report.groups[1].pValue = 0.000_1
        report.groups[1].qValue = 0.000_2
        report.test = TestOutcome(
            test: ClusterTest(simulations: 9999, significanceLevel: 0.1),
            statistic: "bernoulli log-likelihood ratio of firms", groupsTested: 2, groupsRejected: 1,
            significantClusters: 2, simulationsNeeded: 19, groupsNeededAtFloor: 1)
        return report
    }()

    static let source = RegisterSource(
        files: [.init(name: "firms.csv", sha256: String(repeating: "ab", count: 32), byteCount: 4096)],
        columns: [("longitude", "LON"), ("industry", "Código \"CIIU\"")], encoding: "UTF-8", delimiter: ",",
        rowsRead: 105, rowsFilteredOut: 7, rowsAccepted: 100,
        rejected: [.notANumber: 2, .missingCoordinate: 3], employmentMissing: 4, unknownCodes: nil)

    static func report(
        _ clusters: [ClusterRecord], frame: CoordinateFrame = .geographic, source: RegisterSource = source
    ) -> ClusterReport {
        let provenance = Provenance(
            version: "0.1.0",
            parameters: [
                ("method", .text("dbscan")), ("eps", .text("auto")), ("min_points", .integer(5)),
                ("alpha", .number(0.05)), ("ratio", .number(0.1 + 0.2)), ("strict", .flag(false)),
                ("industries", .list(["27*", "1520"])), ("level", .none),
            ],
            seed: .max, source: source,
            auxiliaryInputs: [
                ("reference", .init(name: "totals.csv", sha256: String(repeating: "cd", count: 32), byteCount: 512))
            ], frame: frame, libraries: [("geos", "3.11.1"), ("proj", "9.1.1")])
        let groups = [
            GroupOutcome(
                code: "1520", title: "Footwear", firms: 3, neighborhoodRadius: nil, clusters: 0, noiseFirms: 0,
                skipped: "fewer than 5 distinct sites"),
            GroupOutcome(
                code: "2733", title: "Manufacture of wiring devices", firms: 2000, neighborhoodRadius: 512.345678,
                clusters: clusters.count, noiseFirms: 12),
            GroupOutcome(
                code: "2740", title: nil, firms: 1, neighborhoodRadius: nil, clusters: 0, noiseFirms: 0,
                skipped: "fewer than 5 distinct sites"),
        ]
        return ClusterReport(
            clusters: clusters, groups: groups, provenance: provenance, warnings: ["Eps is large:\n\"degrees\"?"])
    }

    /// Round outlines, `vertices` points each, scattered over the land by a repeatable rule.
    static func large(clusters count: Int, vertices: Int) -> ClusterReport {
        var stream = RandomStream(seed: 7)
        return report(
            (1...count).map { number in
                let (x, y) = (100 + 20 * stream.nextUnit(), 20 + 20 * stream.nextUnit())
                var shell = (0..<vertices).map { _ in
                    Coordinate(x: x + 0.01 * stream.nextUnit(), y: y + 0.01 * stream.nextUnit())
                }
                shell.append(shell[0])
                return cluster(number, footprint: Footprint(polygons: [.init(shell: shell)]))
            })
    }
}
