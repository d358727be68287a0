import FirmClustersTestSupport
import FirmModel
import Foundation

/// A worked example: points of `colocation_NAME_points.csv` and what is known of them from `colocation_NAME_expected.json`.
///
/// - `huang2004`: 12 firms that redraw the example of Huang, Shekhar & Xiong (2004), whose indices 0.4, 0.5, 2/3 and 0.2 are published
///   with the library adnosi3000/colocationpatterns; pairs, rows and cliques by networkx 3.
/// - `toy6`: the published example of the package general-colocation 1.0.5; indices by networkx 3.
/// - `random80`: 80 points of 5 types, on which general-colocation 1.0.5 and networkx 3 agree in all 26 patterns.
struct GoldenColocation {
    let name: String
    let expected: JSONTree
    /// For each firm its name.
    let instances: [String]
    /// The names of the types, ascending.
    let typeNames: [String]
    let firms: MarkedFirms

    static let names = ["huang2004", "toy6", "random80"]

    init(_ name: String) throws {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Golden")
        let table = try String(
            contentsOf: folder.appendingPathComponent("colocation_\(name)_points.csv"), encoding: .utf8)
        let rows = table.split(whereSeparator: \.isNewline).dropFirst().map {
            $0.split(separator: ",").map(String.init)
        }
        let json = try Data(contentsOf: folder.appendingPathComponent("colocation_\(name)_expected.json"))
        self.name = name
        expected = try JSONTree(parsing: json)
        instances = rows.map { $0[0] }
        typeNames = Set(rows.map { $0[1] }).sorted()
        let names = typeNames
        firms = MarkedFirms(
            rows.map { Coordinate(x: Double($0[2]) ?? .nan, y: Double($0[3]) ?? .nan) },
            types: rows.map { row in names.firstIndex(of: row[1]) ?? -1 },
            distance: expected["neighbour_distance"]?.number ?? .nan)
    }

    /// Sets of names of firms.
    func named(_ groups: some Sequence<[Int]>) -> Set<Set<String>> { Set(groups.map { Set($0.map { instances[$0] }) }) }

    /// Lists of names of firms in the file.
    func listed(_ value: JSONTree?) -> Set<Set<String>> {
        Set((value?.items ?? []).map { Set($0.items.compactMap(\.text)) })
    }

    /// What the file says of a pattern.
    struct Pattern: Equatable {
        var types: [String]
        var rowInstances: Int
        var rows: Set<Set<String>>
        var ratios: [String: Double]
        var index: Double
    }

    /// The patterns in the file, by their types.
    var patterns: [[String]: Pattern] {
        let patterns = (expected["patterns"]?.items ?? []).map { entry in
            Pattern(
                types: (entry["pattern"]?.items ?? []).compactMap(\.text),
                rowInstances: Int(entry["row_instances"]?.number ?? -1), rows: listed(entry["instances"]),
                ratios: (entry["participation_ratio"]?.members ?? [:]).compactMapValues(\.number),
                index: entry["participation_index"]?.number ?? -1)
        }
        return Dictionary(uniqueKeysWithValues: patterns.map { ($0.types, $0) })
    }

    /// A pattern of the definitions as the file would say it.
    func named(_ pattern: DefinedPattern) -> Pattern {
        let types = pattern.types.map { typeNames[$0] }
        return Pattern(
            types: types, rowInstances: pattern.rows.count, rows: named(pattern.rows),
            ratios: Dictionary(uniqueKeysWithValues: zip(types, pattern.ratios)), index: pattern.index)
    }
}
