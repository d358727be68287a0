import ColocationMining
import FirmClustersTestSupport
import FirmModel
import ParallelWork
import SpatialIndex
import Testing

/// Marked firms as the engine takes them, and what the definitions say in its terms.
struct MinedRegister {
    let firms: MarkedFirms
    let labels: IndustryLabels
    let relation: NeighborRelation
    let workers: Workers

    init(_ firms: MarkedFirms, threads: Int = 2) throws {
        self.firms = firms
        workers = Workers(count: threads)
        let register = try FirmRegister(
            frame: firms.isGeographic ? .geographic : .local, x: firms.places.map(\.x), y: firms.places.map(\.y),
            industry: CategoryColumn(firms.types.map { "\($0)" }))
        let sites = try Sites(register, workers: workers)
        let rows = sites.firmRows.map { Int($0) }
        labels = IndustryLabels(
            industryOfFirm: rows.map { Int32(firms.types[$0]) }, industryCount: (firms.types.max() ?? -1) + 1,
            weights: firms.weights.map { weights in rows.map { Int64(weights[$0]) } },
            firmOfEntry: firms.firms.map { behind in rows.map { Int32(behind[$0]) } })
        relation = try NeighborRelation(sites, distance: Meters(firms.distance), workers: workers)
    }

    func patterns(
        maximumSize: Int = 5, minimumIndex: Double = 0, minimumFirms: Int = 1, measure: PatternMiner.Measure = .minimum
    ) throws -> [ColocationPattern] {
        var miner = PatternMiner()
        (miner.maximumSize, miner.minimumIndex, miner.minimumFirms) = (maximumSize, minimumIndex, minimumFirms)
        miner.measure = measure
        return try miner.patterns(of: labels, in: relation, workers: workers)
    }

    func participation(in pattern: [Int]) throws -> ColocationPattern {
        try relation.participation(in: [pattern.map { Int32($0) }], of: labels, workers: workers)[0]
    }

    /// The rows of the firms that take part.
    func participants(in pattern: [Int]) throws -> Set<Int> {
        let found = try relation.participants(in: pattern.map { Int32($0) }, of: labels, workers: workers)
        #expect(zip(found, found.dropFirst()).allSatisfy { $0 < $1 }, "ascending")
        return Set(found.map { Int(relation.sites.firmRows[Int($0)]) })
    }

    func rowInstances(of pattern: [Int]) throws -> Int {
        try relation.rowInstances(of: pattern.map { Int32($0) }, labels: labels, workers: workers)
    }

    func expected(_ pattern: DefinedPattern) -> ColocationPattern {
        ColocationPattern(
            industries: pattern.types.map { Int32($0) }, participants: pattern.weights.map { Int64($0) },
            totals: pattern.totals.map { Int64($0) })
    }
}
