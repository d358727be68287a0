import FirmClusters

/// What a user is told of a search for patterns on standard error.
enum PatternNotes {
    static func say(_ report: PatternReport, of request: PatternRequest, on console: Console) {
        let excluded = report.industries.filter { $0.excluded != nil }
        for reason in Set(excluded.compactMap(\.excluded)).sorted() {
            let count = excluded.count { $0.excluded == reason }
            console.note("\(grouped(count)) of \(grouped(report.industries.count)) industries left out: \(reason)")
        }
        let considered = report.industries.count - excluded.count
        let kind = request.selection == .all ? "" : "\(request.selection.rawValue) "
        console.note(
            "\(grouped(report.patterns.count)) \(kind)patterns of \(grouped(considered)) industries, within "
                + "\(readable(request.neighborDistance.value)) m, with a prevalence of \(request.miner.minimumIndex) or more"
        )
        if let network = report.network, !network.edges.isEmpty {
            console.note(
                "\(grouped(network.edges.count)) pairs make \(grouped(network.blocks.count)) development blocks"
                    + (network.modularity.map { ", modularity \(readable($0))" } ?? ""))
        }
    }
}
