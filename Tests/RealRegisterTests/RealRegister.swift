import FirmClusters
import FirmClustersTestSupport
import Foundation

/// A register beside the project, and how its columns are read. Names, addresses and telephone numbers of firms are never
/// read into a message.
enum RealRegister: String, CaseIterable {
    case colima = "denue_colima_2023/denue_inegi_06_.csv.gz"
    case langley = "langley_bc_2022/Business_Licenses.csv.gz"
    case sanFrancisco = "sf_restaurants_2013/sf_restaurants.csv.gz"
    case beijing = "colocation_metres/Beijing_POI.csv.gz"
    case lasVegas = "colocation_metres/LasVegas_POI.csv.gz"
    case strasbourg = "sirene_bas_rhin/sirene_with_iris.csv.gz"

    static let areHere = SharedFolder.has("data/denue_colima_2023")
    static let absence = "the real registers (../shared/data) are not here"

    var path: String { SharedFolder.url.appendingPathComponent("data/\(rawValue)").path }

    func reading(_ change: (inout ReadingOptions) -> Void = { _ in }) throws -> RegisterReading {
        var options = ReadingOptions()
        change(&options)
        return try RegisterReader.read([path], options: options)
    }
}

/// An industry in the output of `Oracles/scikit_learn.py`: `code:firms:clusters:firms in no cluster`.
struct ExpectedGroup: Equatable, CustomStringConvertible {
    let description: String

    init(_ outcome: GroupOutcome) {
        description = "\(outcome.code):\(outcome.firms):\(outcome.clusters):\(outcome.noiseFirms)"
    }

    private init(_ text: Substring) { description = String(text) }

    static func list(_ text: String) -> [ExpectedGroup] { text.split(whereSeparator: \.isWhitespace).map(Self.init) }
}
