import ColocationMining
import FirmModel
import ParallelWork
import SpatialIndex

/// What is mined for one region: its firms, perhaps with those around it, of the industries that have enough firms in it.
///
/// Firms around the region weigh nothing. They complete row instances, and neither they nor their industries' totals show in any
/// count: that is the whole of keeping pairs across the border.
struct RegionSlice {
    /// The industries that take part, ascending; in the slice they are numbered in this order, so that what is as large as the
    /// number of industries, or its square, is small for a small region.
    let industries: [Int32]
    /// The firms that take part, by canonical position in the whole register; ascending.
    private let firms: [Int32]
    private let industryOfFirm: [Int32]
    private let weights: [Int64]?
    private let firmOfEntry: [Int32]?

    /// - Parameters:
    ///   - inside: the firms of the region, ascending.
    ///   - surroundings: firms around it, ascending, none of them inside.
    init(
        firms inside: ArraySlice<Int32>, surroundings: [Int32], of labels: IndustryLabels, minimumFirms: Int
    ) {
        var counts: [Int32: Int] = [:]
        for firm in inside { counts[labels.industryOfFirm[Int(firm)], default: 0] += 1 }
        industries = counts.filter { $0.key >= 0 && $0.value >= max(1, minimumFirms) }.keys.sorted()
        let number = Dictionary(uniqueKeysWithValues: zip(industries, Int32(0)...))

        var (firms, weights): ([Int32], [Int64]) = ([], [])
        func add(_ firm: Int32, _ weight: Int64) {
            guard number[labels.industryOfFirm[Int(firm)]] != nil else { return }
            firms.append(firm)
            weights.append(weight)
        }
        // Merged, to ascend.
        var around = surroundings[...]
        for firm in inside {
            while let other = around.first, other < firm {
                add(other, 0)
                around = around.dropFirst()
            }
            add(firm, labels.weights?[Int(firm)] ?? 1)
        }
        for other in around { add(other, 0) }
        self.firms = firms
        self.weights = labels.weights == nil && surroundings.isEmpty ? nil : weights
        industryOfFirm = firms.map { number[labels.industryOfFirm[Int($0)], default: -1] }
        firmOfEntry = labels.firmOfEntry.map { firmOfEntry in firms.map { firmOfEntry[Int($0)] } }
    }

    /// The ground of the slice.
    func sites(of whole: Sites, workers: Workers) throws -> Sites {
        var (x, y): ([Double], [Double]) = ([], [])
        x.reserveCapacity(firms.count)
        y.reserveCapacity(firms.count)
        var site = 0
        for firm in firms {
            // Firms ascend by site; the next one is on this site or further on.
            while whole.firmStarts[site + 1] <= firm { site += 1 }
            x.append(whole.x[site])
            y.append(whole.y[site])
        }
        let one = CategoryColumn(categories: ["firm"], indices: [Int32](repeating: 0, count: firms.count))
        let register = try FirmRegister(
            frame: whole.metric == .sphere ? .geographic : .local, x: x, y: y, industry: one)
        return try Sites(register, workers: workers)
    }

    /// What the firms of the slice are, by their canonical positions in its sites.
    func labels(in sites: Sites) -> IndustryLabels {
        IndustryLabels(
            industryOfFirm: sites.firmRows.map { industryOfFirm[Int($0)] }, industryCount: industries.count,
            weights: weights.map { weights in sites.firmRows.map { weights[Int($0)] } },
            firmOfEntry: firmOfEntry.map { firmOfEntry in sites.firmRows.map { firmOfEntry[Int($0)] } })
    }
}
