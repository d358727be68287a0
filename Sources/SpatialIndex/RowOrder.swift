public import FirmModel
public import ParallelWork

/// The sites of a register in the order of rows of equal height: south to north, and within a row west to east.
///
/// A labelling dealt out in this order gives every industry its sites as ``SiteRows`` want them, without a sort of its own: what
/// thousands of labellings of the same firms share. Memory: 4 bytes a site; 8 more while it is built.
public struct RowOrder: Sendable {
    /// The height of a row, as it was asked for.
    public let rowHeight: Meters
    /// All sites, row by row.
    let sites: [Int32]
    /// As ``Sites/firmStarts``.
    let firmStarts: [Int32]

    /// - Parameter rowHeight: in meters on the ground; positive and finite.
    /// - Throws: `WorkCancelled`.
    public init(_ sites: Sites, rowHeight: Meters, workers: Workers) throws {
        self.rowHeight = rowHeight
        firmStarts = sites.firmStarts
        let height = sites.metric.rowHeight(rowHeight)
        let arrangement = try MemberColumn.with(sites.x, sites.y, of: nil) { _, y in
            try RowArrangement(count: sites.count, rowHeight: height, y: y, workers: workers)
        }
        defer { withExtendedLifetime(arrangement.positions) {} }
        self.sites = [Int32](count: sites.count) { siteAt in
            for (site, position) in arrangement.positions.values.enumerated() { siteAt[Int(position)] = Int32(site) }
        }
    }
}

/// The sites of every industry of a labelling in the order of rows: the working memory of one worker, used for one labelling after
/// the other. Memory: 4 bytes a firm.
public struct SitesInRowOrder: Sendable {
    private let order: RowOrder
    /// Sites of industry k: `sites[starts[k]..<starts[k + 1]]`, once for each of its firms there.
    private var starts: [Int] = []
    private var sites: [Int32]

    /// Nothing dealt yet.
    public init(_ order: RowOrder) {
        self.order = order
        sites = [Int32](repeating: 0, count: Int(order.firmStarts.last ?? 0))
    }

    /// Lists the sites of every industry.
    ///
    /// - Parameter labels: for each canonical position the industry of the firm, below `industryCount`.
    /// - Complexity: O(n).
    public mutating func list(labels: [UInt16], industryCount: Int) {
        precondition(labels.count == sites.count, "\(labels.count) labels, \(sites.count) firms")
        var starts = [Int](repeating: 0, count: industryCount + 1)
        for label in labels { starts[Int(label) + 1] += 1 }
        for industry in 0..<industryCount { starts[industry + 1] += starts[industry] }
        var next = starts
        order.sites.withUnsafeBufferPointer { order in
            self.order.firmStarts.withUnsafeBufferPointer { firmStarts in
                labels.withUnsafeBufferPointer { labels in
                    next.withUnsafeMutableBufferPointer { next in
                        sites.withUnsafeMutableBufferPointer { sites in
                            for site in order {
                                for firm in firmStarts[Int(site)]..<firmStarts[Int(site) + 1] {
                                    let label = Int(labels[Int(firm)])
                                    sites[next[label]] = site
                                    next[label] += 1
                                }
                            }
                        }
                    }
                }
            }
        }
        self.starts = starts
    }

    /// The sites of an industry in the order of rows, once for each of its firms.
    public func sites(of industry: Int) -> ArraySlice<Int32> { sites[starts[industry]..<starts[industry + 1]] }
}

extension SiteRows {
    /// The sites of some firms that come in the order of rows already; each counts for as often as it comes.
    ///
    /// Positions ascend with this order: ``order`` counts from 0.
    ///
    /// - Parameters:
    ///   - firms: the site of each firm, from ``SitesInRowOrder``.
    ///   - rowHeight: that of the order.
    ///   - members: takes the site at each position.
    /// - Complexity: O(m) for m firms.
    public convenience init(
        _ sites: Sites, inRowOrder firms: ArraySlice<Int32>, rowHeight: Meters, members: inout [Int32]
    ) {
        members.removeAll(keepingCapacity: true)
        members.reserveCapacity(firms.count)
        var before: [Int32] = []
        var last: Int32 = -1
        for (index, site) in firms.enumerated() {
            if site == last {
                // Most sites count for one: the others are not thought of until the first comes.
                if before.isEmpty { before = (0..<Int32(members.count)).map { $0 } }
            } else {
                if !before.isEmpty { before.append(Int32(truncatingIfNeeded: index)) }
                members.append(site)
                last = site
            }
        }
        if !before.isEmpty { before.append(Int32(truncatingIfNeeded: firms.count)) }
        self.init(sites, members: members, before: before, rowHeight: rowHeight)
    }
}
