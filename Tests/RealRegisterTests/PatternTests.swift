import FirmClusters
import FirmClustersTestSupport
import Foundation
import Testing

/// Co-location patterns of parts of real registers, against the package general-colocation 1.0.5 on the same points
/// (`Oracles/colocation_patterns.py`), and pairs of neighbors against a k-d tree.
@Suite(.enabled(if: RealRegister.areHere, "\(RealRegister.absence)"))
struct PatternTests {
    private static func points(_ register: RealRegister) throws -> FirmRegister {
        try register.reading {
            $0.frame = .local
            $0.industry = "Feature"
        }.register
    }

    private static func labels(_ register: FirmRegister, _ sites: Sites) -> IndustryLabels {
        IndustryLabels(
            industryOfFirm: sites.firmRows.map { register.industry.indices[Int($0)] },
            industryCount: register.industry.categories.count)
    }

    /// Pairs of all firms, and of firms of different types.
    @Test(arguments: [
        (RealRegister.lasVegas, 100 as Meters, 116_856, 91_008), (.lasVegas, 160, 228_884, 182_738),
        (.lasVegas, 300, 559_331, 460_543), (.beijing, 50, 196_217, 127_494), (.beijing, 100, 475_060, 337_516),
        (.beijing, 200, 1_293_898, 990_496),
    ])
    func pairs(register: RealRegister, distance: Meters, all: Int, ofDifferentTypes: Int) throws {
        let register = try Self.points(register)
        let sites = try Sites(register)
        let relation = try NeighborRelation(sites, distance: distance)
        #expect(try relation.neighborPairs(of: nil) == 2 * all)
        #expect(try relation.neighborPairs(of: Self.labels(register, sites)) == 2 * ofDifferentTypes)
    }

    /// Which firms of a register were mined, and what came out: types, row instances, participants of each type.
    struct Oracle: Decodable, Sendable, CustomTestStringConvertible {
        var register: String
        var distance: Double
        var way: String
        var firms: Int
        var leastIndex: Double
        var largestSize: Int
        var patterns: [Pattern]

        var testDescription: String { "\(register), \(Int(distance)) m, \(firms) \(way)" }

        struct Pattern: Decodable, Sendable {
            var types: [String]
            var rowInstances: Int
            var participants: [Int64]

            init(from decoder: any Decoder) throws {
                var values = try decoder.unkeyedContainer()
                types = try values.decode(String.self).split(separator: " ").map(String.init)
                rowInstances = try values.decode(Int.self)
                participants = []
                while !values.isAtEnd { participants.append(try values.decode(Int64.self)) }
            }
        }

        static func all() throws -> [Oracle] {
            let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
                .appendingPathComponent("Oracles/colocation_patterns.json")
            let decoder = JSONDecoder()
            decoder.keyDecodingStrategy = .convertFromSnakeCase
            return try decoder.decode([Oracle].self, from: try Data(contentsOf: file))
        }

        /// The rows of the part, by the rules in `colocation_patterns.py`.
        func rows(of register: FirmRegister) -> [Int] {
            let rows = Array(0..<register.count)
            if way == "thinned" {
                let key = { (row: Int) in UInt64(row) &* 0x9E37_79B9_7F4A_7C15 }
                return Array(rows.sorted { key($0) < key($1) }.prefix(firms))
            }
            let (x, y) = (register.x.sorted()[register.count / 2], register.y.sorted()[register.count / 2])
            let keys = rows.map { row in
                let (dx, dy) = (register.x[row] - x, register.y[row] - y)
                return dx * dx + dy * dy
            }
            return Array(rows.sorted { keys[$0] < keys[$1] }.prefix(firms))
        }
    }

    @Test(arguments: try Oracle.all()) func patternsOfParts(oracle: Oracle) throws {
        let whole = try Self.points(oracle.register == "LasVegas" ? .lasVegas : .beijing)
        let rows = oracle.rows(of: whole)
        let register = try FirmRegister(
            frame: .local, x: rows.map { whole.x[$0] }, y: rows.map { whole.y[$0] },
            industry: CategoryColumn(rows.compactMap { whole.industry[$0] }))
        let sites = try Sites(register)
        let labels = Self.labels(register, sites)
        let relation = try NeighborRelation(sites, distance: Meters(oracle.distance))
        var miner = PatternMiner()
        (miner.maximumSize, miner.minimumIndex, miner.minimumFirms) = (oracle.largestSize, oracle.leastIndex, 1)
        let found = try miner.patterns(of: labels, in: relation)
        #expect(
            found.map { $0.industries.map { register.industry.categories[Int($0)] } } == oracle.patterns.map(\.types))
        #expect(found.map(\.participants) == oracle.patterns.map(\.participants))
        // Row instances, which mining does without, take long to count.
        for (pattern, theirs) in zip(found, oracle.patterns).enumerated().filter({ $0.offset % 12 == 0 }).map(\.element)
        {
            #expect(try relation.rowInstances(of: pattern.industries, labels: labels) == theirs.rowInstances)
        }
    }
}
