import ColocationMining
import FirmModel
import PatternAnalysis
import SpatialIndex

/// Firms of a few industries in a square of the plane or on the sphere, many on shared sites, cut into four regions with some
/// firms outside: small enough to list every row instance.
struct RandomTown {
    let relation: NeighborRelation
    let labels: IndustryLabels
    let regionOfFirm: [Int32]
    private let siteOfFirm: [Int]
    let names = ["west", "east", "north", "tiny"]
    let mining: RegionalMining

    private static let industryCount = 6

    init(seed: UInt64) throws {
        var random = RandomStream(seed: seed, stream: 6)
        let isGeographic = seed % 2 == 1
        // Meters, or degrees of about as many meters.
        let unit: Double = isGeographic ? 1 / 111_195 : 1
        let count = 160
        func place() -> Double { Double(Int.random(in: 0...40, using: &random)) * 25 * unit }
        let (x, y) = ((0..<count).map { _ in place() }, (0..<count).map { _ in place() })
        let codes = (0..<count).map { _ in
            String(min(Int.random(in: 0..<6, using: &random), Int.random(in: 0..<8, using: &random)))
        }
        let register = try FirmRegister(
            frame: isGeographic ? .geographic : .local, x: x, y: y, industry: CategoryColumn(codes))
        let sites = try Sites(register)
        relation = try NeighborRelation(sites, distance: 90)
        labels = IndustryLabels(
            industryOfFirm: sites.firmRows.map { Int32(codes[Int($0)]) ?? -1 }, industryCount: Self.industryCount)
        regionOfFirm = sites.firmRows.map { row in
            let (x, y) = (x[Int(row)] / unit, y[Int(row)] / unit)
            if x < 60, y < 60 { return 3 }
            if x > 900 { return -1 }
            return y > 600 ? 2 : x < 400 ? 0 : 1
        }
        siteOfFirm = (0..<sites.count).flatMap { site in
            (sites.firmStarts[site]..<sites.firmStarts[site + 1]).map { _ in site }
        }
        var mining = RegionalMining()
        mining.miner.minimumIndex = 0.3
        mining.miner.maximumSize = 4
        mining.minimumRegionFirms = 20
        mining.minimumIndustryFirms = 3
        self.mining = mining
    }

    /// The patterns of a region by the definition: every row instance is listed.
    func bruteForce(region: Int, keepingBorderPairs: Bool) -> [ColocationPattern] {
        let industries = labels.industryOfFirm
        let isInside = regionOfFirm.map { $0 == region }
        let totals = (0..<Self.industryCount).map { industry in
            industries.indices.count { isInside[$0] && industries[$0] == industry }
        }
        let taking = (0..<Int32(Self.industryCount)).filter { totals[Int($0)] >= mining.minimumIndustryFirms }
        let firms = industries.indices.filter {
            (isInside[$0] || keepingBorderPairs) && taking.contains(industries[$0])
        }
        var participants: [[Int32]: Set<Int>] = [:]
        func extend(_ instance: [Int]) {
            if instance.count > 1 {
                let pattern = instance.map { industries[$0] }
                participants[pattern, default: []].formUnion(instance.filter { isInside[$0] })
            }
            guard instance.count < mining.miner.maximumSize else { return }
            for firm in firms where instance.allSatisfy({ industries[$0] < industries[firm] && areNear($0, firm) }) {
                extend(instance + [firm])
            }
        }
        extend([])
        let patterns = participants.map { industries, firms in
            ColocationPattern(
                industries: industries,
                participants: industries.map { industry in
                    Int64(firms.count { labels.industryOfFirm[$0] == industry })
                }, totals: industries.map { Int64(totals[Int($0)]) })
        }
        return patterns.filter { $0.participationIndex ?? 0 >= mining.miner.minimumIndex }.sorted {
            $0.size != $1.size ? $0.size < $1.size : $0.industries.lexicographicallyPrecedes($1.industries)
        }
    }

    private func areNear(_ first: Int, _ second: Int) -> Bool {
        let (sites, limit) = (relation.sites, relation.sites.metric.limit(for: relation.distance))
        let (a, b) = (siteOfFirm[first], siteOfFirm[second])
        switch sites.metric {
        case .plane:
            let (dx, dy) = (sites.x[a] - sites.x[b], sites.y[a] - sites.y[b])
            return dx * dx + dy * dy <= limit
        case .sphere:
            let d = sites.vector(a) - sites.vector(b)
            return (d * d).sum() <= limit
        }
    }
}
