import FirmClusters
import Testing

/// Zones of the scan as clusters: what is said of them, counted again from the register.
@Suite struct ScanDetectionTests {
    private static func request(maximumZones: Int = 4) -> DetectionRequest {
        var request = ClusterDetectorTests.request()
        request.method = .scan
        request.minimumPoints = 2
        request.maximumZones = maximumZones
        return request
    }

    /// The zones of each industry, asked of the scan itself.
    private func zones(_ register: FirmRegister, _ request: DetectionRequest) throws -> [String: [ScanZone]] {
        let sites = try Sites(register)
        let labels = sites.firmRows.map { register.industry.indices[Int($0)] }
        let industries = register.industry.categories
        let scan = CircularScan(
            sites: sites, centers: ScanCenters(of: sites, limit: request.maximumScanCenters), model: request.scanModel,
            largestShare: request.largestScanShare, minimumCases: Int(request.minimumPoints))
        let zones = try scan.zones(
            of: ScanCases(ScanLabelling(industries: labels), on: sites, industryCount: industries.count),
            maximumZones: request.maximumZones)
        return Dictionary(uniqueKeysWithValues: zip(industries, zones))
    }

    @Test(arguments: [CoordinateFrame.geographic, .local], ScanModel.allCases)
    func aClusterIsItsCircle(frame: CoordinateFrame, model: ScanModel) throws {
        let register = try RandomRegister(seed: 3, frame: frame, count: 600).register()
        var request = Self.request()
        request.scanModel = model
        request.maximumScanCenters = 200
        let report = try ClusterDetector(request).report(on: register)
        let zones = try zones(register, request)
        #expect(report.clusters.count == zones.values.reduce(0) { $0 + $1.count })
        let sites = try Sites(register)
        var siteOfRow = [Int32](repeating: 0, count: register.count)
        for site in 0..<sites.count {
            for position in Int(sites.firmStarts[site])..<Int(sites.firmStarts[site + 1]) {
                siteOfRow[Int(sites.firmRows[position])] = Int32(site)
            }
        }
        for (index, cluster) in report.clusters.enumerated() {
            let code = cluster.industries[0]
            let members = report.members.filter { $0.cluster.map { Int($0) } == index }
            #expect(members.count == cluster.firms && members.allSatisfy { $0.role == .core && !$0.isAmbiguous })
            // No site is in two zones of an industry.
            let first = try #require(members.first)
            let own = try #require(zones[code]?.filter { $0.sites.contains(siteOfRow[Int(first.row)]) })
            try #require(own.count == 1)
            let zone = own[0]
            #expect(members.allSatisfy { zone.sites.contains(siteOfRow[Int($0.row)]) })
            #expect(cluster.firms == zone.cases && cluster.coreFirms == zone.cases && cluster.borderFirms == 0)
            #expect(cluster.footprintGroupFirms == zone.cases && cluster.footprintFirms == zone.population)
            #expect(cluster.footprintRadius == zone.radius)
            #expect(cluster.logLikelihoodRatio == zone.logLikelihoodRatio)
            #expect(cluster.persistence == nil && cluster.level == nil && cluster.parentID == nil)
            guard zone.radius > 0 else {
                #expect(cluster.footprint == nil && cluster.areaSquareKilometers == nil)
                continue
            }
            let disc = Double.pi * zone.radius.value * zone.radius.value / 1e6
            let area = try #require(cluster.areaSquareKilometers)
            #expect(abs(area / disc - 1) < 1e-4)
            let outline = try #require(cluster.footprint)
            let center = sites.coordinate(Int(zone.center))
            guard frame == .local, let shell = outline.polygons.first?.shell else { continue }
            // A little outside the circle all around, in the middle of edges, too.
            func reach(_ x: Double, _ y: Double) -> Double {
                ((x - center.x) * (x - center.x) + (y - center.y) * (y - center.y)).squareRoot() / zone.radius.value
            }
            let isAround = zip(shell, shell.dropFirst() + shell.prefix(1)).allSatisfy { a, b in
                reach(a.x, a.y) < 1.03 && reach((a.x + b.x) / 2, (a.y + b.y) / 2) > 1
            }
            #expect(isAround)
            #expect(outline.polygons.count == 1 && outline.polygons[0].holes.isEmpty && shell.count > 8)
        }
    }

    @Test(arguments: [DetectionRequest.Weighting.firms, .employment])
    func neitherThreadsNorRowsMatter(weighting: DetectionRequest.Weighting) throws {
        var request = Self.request()
        request.weighting = weighting
        if weighting == .employment {
            request.scanModel = .poisson
            request.minimumPoints = 100
        }
        request.maximumScanCenters = 150
        request.test = ClusterTest(simulations: 19)
        let random = RandomRegister(seed: 21, count: 500)
        var stream = RandomStream(seed: 8, stream: 32)
        let first = try ClusterDetector(request, workers: Workers(count: 1)).report(on: random.register())
        try #require(!first.clusters.isEmpty)
        for threads in [2, 4] {
            let order = random.x.indices.shuffled(using: &stream)
            let other = try ClusterDetector(request, workers: Workers(count: threads)).report(
                on: random.register(order: order))
            #expect(ClusterDetectorTests.dump(other) == ClusterDetectorTests.dump(first))
            #expect(other.test == first.test)
            #expect(order.map { first.members[$0].cluster } == other.members.map(\.cluster))
        }
    }

    /// A building is a zone of its own: counted, without an outline.
    @Test func oneSiteIsAZoneOfRadiusZero() throws {
        var (x, y, codes): ([Double], [Double], [String]) = ([], [], [])
        for firm in 0..<40 {
            x.append(firm < 8 ? 500 : Double(firm) * 100)
            y.append(firm < 8 ? 500 : Double(firm % 7) * 100)
            codes.append(firm < 8 ? "A" : "B")
        }
        codes[39] = "A"
        let register = try FirmRegister(frame: .local, x: x, y: y, industry: CategoryColumn(codes))
        let report = try ClusterDetector(Self.request(maximumZones: 1)).report(on: register)
        let cluster = try #require(report.clusters.first { $0.industries == ["A"] })
        #expect(cluster.footprintRadius == 0 && cluster.sites == 1)
        #expect(cluster.footprintFirms == 8 && cluster.footprintGroupFirms == 8)
        #expect(cluster.footprint == nil && cluster.areaSquareKilometers == nil)
        #expect(cluster.firmsPerSquareKilometer == nil)
        #expect(cluster.locationQuotient.map { abs($0 - 40.0 / 9) < 1e-12 } == true)
    }

    @Test func parametersSayWhereCentersAre() throws {
        var request = Self.request(maximumZones: 1)
        let register = try RandomRegister(seed: 3, count: 300).register()
        func parameter(_ name: String) throws -> ParameterValue? {
            try ClusterDetector(request).report(on: register).provenance.parameters.last { $0.name == name }?.value
        }
        let sites = try Sites(register)
        #expect(try parameter("scan_centers") == .integer(sites.count))
        #expect(try parameter("scan_grid_m") == ParameterValue.none)
        request.maximumScanCenters = 50
        let centers = ScanCenters(of: sites, limit: 50)
        #expect(try parameter("scan_centers") == .integer(centers.sites.count))
        #expect(try parameter("scan_grid_m") == centers.cellSize.map { .number($0.value) })
    }
}
