import FirmModel
import RegionalMeasures
import ScanStatistic
import SpatialIndex

/// The circular scan straight from its definition: every circle around every center, each counted by looking at all sites.
struct BruteForceScan {
    struct Zone {
        var center: Int
        var squaredRadius: Double
        var sites: [Int32]
        var population: Int
    }

    /// All circles with at most the share of the population.
    let zones: [Zone]
    let model: ScanModel
    let minimumCases: Int
    let totalPopulation: Int

    init(
        _ sites: Sites, centers: [Int32], population: [Int], model: ScanModel, largestShare: Double = 0.5,
        minimumCases: Int = 2
    ) {
        (self.model, self.minimumCases) = (model, minimumCases)
        totalPopulation = population.reduce(0, +)
        let vectors = (0..<sites.count).map {
            sites.metric == .plane ? SIMD3(sites.x[$0], sites.y[$0], 0) : sites.vector($0)
        }
        let columns = (x: vectors.map(\.x), y: vectors.map(\.y), z: vectors.map(\.z))
        var zones: [Zone] = []
        for center in centers.map({ Int($0) }) {
            let place = (vectors[center].x, vectors[center].y, vectors[center].z)
            let squared = vectors.indices.map { ReferenceKernels.squaredDistance(place, columns, $0) }
            for radius in Set(squared) {
                let inside = vectors.indices.filter { squared[$0] <= radius }
                let members = inside.reduce(0) { $0 + population[$1] }
                guard Double(members) <= largestShare * Double(totalPopulation) else { continue }
                zones.append(
                    Zone(center: center, squaredRadius: radius, sites: inside.map { Int32($0) }, population: members))
            }
        }
        self.zones = zones
    }

    func ratio(_ cases: Int, _ population: Int, _ total: Int) -> Double {
        switch model {
        case .bernoulli:
            LogLikelihoodRatio.bernoulli(
                cases: cases, population: population, totalCases: total, totalPopulation: totalPopulation)
        case .poisson:
            LogLikelihoodRatio.poisson(
                cases: Double(cases), expected: Double(total) * (Double(population) / Double(totalPopulation)),
                totalCases: Double(total))
        }
    }

    /// Of the best zones around the centers the best that share no site.
    func best(cases: [Int], count: Int) -> [(zone: Zone, cases: Int, ratio: Double)] {
        let total = cases.reduce(0, +)
        var left = zones.map { zone in
            let inside = zone.sites.reduce(0) { $0 + cases[Int($1)] }
            return (
                zone: zone, cases: inside, ratio: inside >= minimumCases ? ratio(inside, zone.population, total) : 0
            )
        }
        left.removeAll { $0.ratio <= 0 }
        left.sort {
            if $0.ratio != $1.ratio { return $0.ratio > $1.ratio }
            if $0.cases != $1.cases { return $0.cases > $1.cases }
            if $0.zone.squaredRadius != $1.zone.squaredRadius { return $0.zone.squaredRadius < $1.zone.squaredRadius }
            return $0.zone.center < $1.zone.center
        }
        var centers: Set<Int> = []
        left.removeAll { !centers.insert($0.zone.center).inserted }
        var chosen: [(zone: Zone, cases: Int, ratio: Double)] = []
        while chosen.count < count, let first = left.first {
            chosen.append(first)
            let taken = Set(first.zone.sites)
            left.removeAll { !taken.isDisjoint(with: $0.zone.sites) }
        }
        return chosen
    }
}
