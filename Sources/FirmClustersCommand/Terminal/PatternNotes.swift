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
        if !report.tested.isEmpty {
            let significant = report.patterns.count { $0.significant == true }
            console.note(
                "\(grouped(report.tested.reduce(0) { $0 + $1.patterns })) patterns tested; \(grouped(significant)) of those "
                    + "reported are significant")
        }
        if let regions = report.regions { console.note(sentence(on: regions)) }
        if let network = report.network, !network.edges.isEmpty {
            console.note(
                "\(grouped(network.edges.count)) pairs make \(grouped(network.blocks.count)) development blocks"
                    + (network.modularity.map { ", modularity \(readable($0))" } ?? ""))
        }
    }

    /// The local share first, then what it is of.
    private static func sentence(on regions: RegionReport) -> String {
        let mined = regions.regions.count { $0.skipped == nil }
        let place = "in \(grouped(mined)) of \(grouped(regions.regions.count)) regions"
        let outside = regions.firmsOutside > 0 ? "; \(grouped(regions.firmsOutside)) firms are in no region" : ""
        guard let share = regions.localShare else { return "no pattern was found \(place)\(outside)" }
        return "\(readable((1000 * share).rounded() / 10)) % of the patterns of regions are not patterns of the whole "
            + "(\(grouped(regions.localPatterns)) of \(grouped(regions.regionalPatterns)), \(place))\(outside)"
    }
}
