public import FirmModel
public import ParallelWork

/// The firms of a register in the order of rows of equal height: south to north, and within a row west to east.
///
/// A labelling dealt out in this order gives every industry its sites as ``SiteRows`` want them, without a sort of its own: what
/// thousands of labellings of the same firms share. Memory: 4 bytes a firm; 8 more a site while it is built.
public struct RowOrder: Sendable {
    /// The height of a row, as it was asked for.
    public let rowHeight: Meters
    /// Canonical positions of all firms, row by row; those of one site ascend.
    public let firms: [Int32]

    /// - Parameter rowHeight: in meters on the ground; positive and finite.
    /// - Throws: `WorkCancelled`.
    public init(_ sites: Sites, rowHeight: Meters, workers: Workers) throws {
        self.rowHeight = rowHeight
        let height = sites.metric.rowHeight(rowHeight)
        let arrangement = try MemberColumn.with(sites.x, sites.y, of: nil) { _, y in
            try RowArrangement(count: sites.count, rowHeight: height, y: y, workers: workers)
        }
        var siteAt = [Int32](repeating: 0, count: sites.count)
        for (site, position) in arrangement.positions.values.enumerated() { siteAt[Int(position)] = Int32(site) }
        withExtendedLifetime(arrangement.positions) {}
        firms = [Int32](count: sites.firmCount) { firms in
            var next = 0
            for site in siteAt {
                for firm in sites.firmStarts[Int(site)]..<sites.firmStarts[Int(site) + 1] {
                    firms[next] = firm
                    next += 1
                }
            }
        }
    }
}

extension SiteRows {
    /// The sites of some firms that come in the order of rows already; each counts for as many of the firms as are on it.
    ///
    /// Positions ascend with the order of the firms: ``order`` counts from 0.
    ///
    /// - Parameters:
    ///   - firms: canonical positions in a ``RowOrder`` of the same sites and height.
    ///   - siteOfFirm: as ``Sites/sitesOfFirms(workers:)`` gives it.
    ///   - members: takes the site at each position.
    /// - Complexity: O(m) for m firms.
    public convenience init(
        _ sites: Sites, inRowOrder firms: ArraySlice<Int32>, siteOfFirm: [Int32], rowHeight: Meters,
        members: inout [Int32]
    ) {
        members.removeAll(keepingCapacity: true)
        members.reserveCapacity(firms.count)
        var before: [Int32] = []
        siteOfFirm.withUnsafeBufferPointer { siteOfFirm in
            var last: Int32 = -1
            var firmsSoFar: Int32 = 0
            for firm in firms {
                let site = siteOfFirm[Int(firm)]
                if site == last {
                    // Most sites count for one: the others are not thought of until the first comes.
                    if before.isEmpty { before = (0..<Int32(members.count)).map { $0 } }
                } else {
                    if !before.isEmpty { before.append(firmsSoFar) }
                    members.append(site)
                    last = site
                }
                firmsSoFar += 1
            }
            if !before.isEmpty { before.append(firmsSoFar) }
        }
        self.init(sites, members: members, before: before, rowHeight: rowHeight)
    }
}
