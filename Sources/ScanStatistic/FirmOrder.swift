import CScanKernels

/// The firms on the sites of a ``DistanceOrder``, one after the other: what all labellings walk along.
final class FirmOrder {
    /// Canonical positions of the firms, and a few numbers more for those who look ahead.
    let firms: UnsafeMutablePointer<Int32>
    /// Where each zone ends among the firms.
    let zoneEnds: UnsafeMutablePointer<Int32>
    private(set) var zoneCount = 0

    init(siteCount: Int, firmCount: Int) {
        let readAhead = Int(rows_ahead)
        firms = .allocate(capacity: firmCount + readAhead)
        firms.initialize(repeating: 0, count: firmCount + readAhead)
        zoneEnds = .allocate(capacity: siteCount)
    }

    deinit {
        firms.deallocate()
        zoneEnds.deallocate()
    }

    func follow(_ order: DistanceOrder, firmStarts: UnsafeBufferPointer<Int32>) {
        var end = 0
        for zone in 0..<order.zoneCount {
            for entry in order.added(by: zone) {
                let site = Int(order.entries[entry].site)
                for firm in firmStarts[site]..<firmStarts[site + 1] {
                    firms[end] = firm
                    end += 1
                }
            }
            zoneEnds[zone] = Int32(truncatingIfNeeded: end)
        }
        zoneCount = order.zoneCount
    }
}
