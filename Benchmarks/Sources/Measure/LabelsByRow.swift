import FirmClusters

/// A label and a core mark for each firm, in the order of the register: what the other tools give.
struct LabelsByRow {
    var labels: [Int32]
    var core: [UInt8]

    /// The labels of every site's firms.
    init(_ clustering: DensityClustering, in sites: Sites, workers: Workers) throws {
        var core: [UInt8] = []
        labels = try [Int32](count: sites.firmCount) { labels in
            core = try [UInt8](count: sites.firmCount) { core in
                try workers.forEach(in: 0..<sites.count, grain: 1 << 16) { range, _ in
                    Self.spread(clustering, of: range, sites, labels, core)
                }
            }
        }
        self.core = core
    }

    private static func spread(
        _ clustering: DensityClustering, of range: Range<Int>, _ sites: Sites, _ labels: SharedBuffer<Int32>,
        _ core: SharedBuffer<UInt8>
    ) {
        sites.firmRows.withUnsafeBufferPointer { rows in
            sites.firmStarts.withUnsafeBufferPointer { starts in
                clustering.labels.withUnsafeBufferPointer { siteLabels in
                    clustering.roles.withUnsafeBufferPointer { roles in
                        for site in range {
                            let isCore: UInt8 = roles[site] == .core ? 1 : 0
                            for position in starts[site]..<starts[site + 1] {
                                let row = Int(rows[Int(position)])
                                labels[row] = siteLabels[site]
                                core[row] = isCore
                            }
                        }
                    }
                }
            }
        }
    }

    var noise: Int { labels.count { $0 < 0 } }
    var coreCount: Int { core.count { $0 == 1 } }
}
