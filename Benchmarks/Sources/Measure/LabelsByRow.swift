import FirmClusters

/// A label and a core mark for each firm, in the order of the register: what the other tools give.
struct LabelsByRow {
    let labels: [Int32]
    let core: [UInt8]

    /// The labels of every site's firms.
    init(_ clustering: DensityClustering, in sites: Sites, workers: Workers) throws {
        let marked = try [Int32](count: sites.count) { marked in
            try workers.forEach(in: 0..<sites.count, grain: 1 << 16) { range, _ in
                for site in range { marked[site] = Self.marked(clustering, site) }
            }
        }
        try self.init(byRow: sites.byRow(ofSites: marked, workers: workers), workers: workers)
    }

    /// A label and a core mark in one number, so that both are brought to their row at once.
    static func marked(_ clustering: DensityClustering, _ site: Int) -> Int32 {
        clustering.labels[site] << 1 | (clustering.roles[site] == .core ? 1 : 0)
    }

    /// Takes labels and marks apart.
    init(byRow marked: [Int32], workers: Workers) throws {
        var marks: [UInt8] = []
        labels = try [Int32](count: marked.count) { labels in
            marks = try [UInt8](count: marked.count) { core in
                try workers.forEach(in: 0..<marked.count, grain: 1 << 16) { range, _ in
                    for row in range {
                        labels[row] = marked[row] >> 1
                        core[row] = UInt8(marked[row] & 1)
                    }
                }
            }
        }
        core = marks
    }

    var noise: Int { labels.count { $0 < 0 } }
    var coreCount: Int { core.count { $0 == 1 } }
}
