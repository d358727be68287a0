import ParallelWork

/// Adds up C_{a→b} = Σ_{i : f(i) = a} s_i(b), what firms of each industry have of each other one among their nearest
/// firms. Belongs to one worker, and is used again for other labels of the same firms.
///
/// Sums are whole numbers of a unit, so they do not depend on the order in which firms are looked at, and simulated
/// ones compare with the observed ones exactly. The unit divides a place by a multiple of 720,720, which 1 … 16 divide:
/// places that are shared by up to 16 firms are shared exactly. Shares among more firms are rounded once for each site
/// and industry; there are at least 2³⁰ units to a place for a billion places n k, and 2³⁸ for ten million.
public final class ColocationShares {
    /// The most industries: the table for them takes 2 GB.
    public static let mostIndustries = 1 << 14

    /// Whose neighbors are counted.
    public let nearest: NearestFirms
    /// The number of industries, m.
    public let industryCount: Int
    /// C_{a→b} at index a m + b, in units.
    public private(set) var units: [Int64]
    /// Units to one of the k places.
    public let unitsPerPlace: Int64

    /// The industries of firms in the order of their numbers.
    private var industries: [UInt16]
    private var crowd: IndustryCrowd

    /// - Precondition: `industryCount` is at most ``mostIndustries``.
    public init(_ nearest: NearestFirms, industryCount: Int) {
        precondition(industryCount <= Self.mostIndustries, "\(industryCount) industries")
        self.nearest = nearest
        self.industryCount = industryCount
        units = [Int64](repeating: 0, count: industryCount * industryCount)
        industries = [UInt16](repeating: 0, count: nearest.firmCount)
        crowd = IndustryCrowd(industryCount: industryCount)
        // All sums together stay below 2⁶².
        let divisible: Int64 = 720_720
        let placesOfAll = Int64(max(1, nearest.firmCount)) * Int64(max(1, nearest.places))
        unitsPerPlace = (1 << 62) / placesOfAll / divisible * divisible
    }

    /// Begins anew and counts for some labels.
    ///
    /// - Parameter labels: the industry of each firm, below the number of industries, in the order of
    ///   ``NearestFirms/firms``.
    /// - Complexity: O(n k), and for a site with more than k firms of j industries O(firms + j²).
    public func count(_ labels: [UInt16]) {
        precondition(labels.count == nearest.firmCount, "\(labels.count) labels, \(nearest.firmCount) firms")
        industries.withUnsafeMutableBufferPointer { industries in
            labels.withUnsafeBufferPointer { labels in
                nearest.rankOfFirm.withUnsafeBufferPointer { ranks in
                    for firm in 0..<ranks.count { industries[firm] = labels[Int(ranks[firm])] }
                }
            }
        }
        guard nearest.places > 0 else { return }
        let (places, whole, width) = (nearest.places, unitsPerPlace, industryCount)
        units.withUnsafeMutableBufferPointer { units in
            guard let units = units.baseAddress else { return }
            units.update(repeating: 0, count: width * width)
            industries.withUnsafeBufferPointer { industries in
                nearest.neighbors.withUnsafeBufferPointer { neighbors in
                    nearest.listStarts.withUnsafeBufferPointer { listStarts in
                        nearest.firmStarts.withUnsafeBufferPointer { firmStarts in
                            for position in 0..<nearest.siteCount {
                                let list = listStarts[position]..<listStarts[position + 1]
                                let own = Int(firmStarts[position])..<Int(firmStarts[position + 1])
                                if own.count == 1, list.count == places {
                                    // By far the most firms: each neighbor fills a place.
                                    let row = units + width * Int(industries[own.lowerBound])
                                    for entry in list { row[Int(industries[Int(neighbors[entry])])] &+= whole }
                                } else {
                                    addSite(
                                        position, own: own, list: UnsafeBufferPointer(rebasing: neighbors[list]),
                                        industries: industries, to: units)
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    /// Firms that share a place at the edge of the neighborhood exactly; more are counted by industry.
    private static let mostSharers = 16

    private func addSite(
        _ position: Int, own: Range<Int>, list: UnsafeBufferPointer<Int32>, industries: UnsafeBufferPointer<UInt16>,
        to units: UnsafeMutablePointer<Int64>
    ) {
        let (width, whole) = (industryCount, unitsPerPlace)
        let nearer = Int(nearest.nearerCounts[position])
        let ownAreTied = nearest.reach.base[position] == 0
        let (others, tied) = (own.count - 1, list.count - nearer)
        let sharers = tied + (ownAreTied ? others : 0)
        let left = nearest.places - nearer - (ownAreTied ? 0 : others)
        let areCrowded = sharers > Self.mostSharers && sharers != left
        let share = areCrowded ? 0 : Int64(left) * whole / Int64(sharers)

        // A crowd on the site itself is not gone through firm by firm.
        if !(areCrowded && ownAreTied) {
            for firm in own {
                let row = units + width * Int(industries[firm])
                for entry in 0..<nearer { row[Int(industries[Int(list[entry])])] &+= whole }
                if !areCrowded {
                    for entry in nearer..<list.count { row[Int(industries[Int(list[entry])])] &+= share }
                }
                for other in own where other != firm {
                    row[Int(industries[other])] &+= ownAreTied ? share : whole
                }
            }
        }
        guard areCrowded else { return }
        crowd.empty()
        for entry in nearer..<list.count { crowd.add(industries[Int(list[entry])]) }
        let leftUnits = Int64(left) * whole
        if ownAreTied {
            crowd.beginOwn()
            for firm in own { crowd.addOwn(industries[firm]) }
            crowd.forEachOwn { industry, firms in
                crowd.forEach { other, found in
                    let pairs = firms * (other == industry ? found - 1 : found)
                    units[width * industry + other] &+= Self.rounded(leftUnits, times: pairs, over: sharers)
                }
            }
        } else {
            for firm in own {
                let row = units + width * Int(industries[firm])
                crowd.forEach { other, found in row[other] &+= Self.rounded(leftUnits, times: found, over: sharers) }
            }
        }
    }

    /// `units` × `count` / `total`, rounded to nearest.
    private static func rounded(_ units: Int64, times count: Int, over total: Int) -> Int64 {
        let product = units.multipliedFullWidth(by: Int64(count))
        let (low, overflow) = product.low.addingReportingOverflow(UInt64(total) / 2)
        return Int64(total).dividingFullWidth((product.high + (overflow ? 1 : 0), low)).quotient
    }
}

/// How many firms of which industries are somewhere, with the industries that are there at all.
private struct IndustryCrowd {
    private var counts: [Int]
    private var ownCounts: [Int]
    private var present: [Int] = []
    private var ownPresent: [Int] = []

    init(industryCount: Int) {
        counts = [Int](repeating: 0, count: industryCount)
        ownCounts = counts
    }

    mutating func empty() {
        for industry in present { counts[industry] = 0 }
        present.removeAll(keepingCapacity: true)
    }

    mutating func add(_ industry: UInt16) {
        let industry = Int(industry)
        if counts[industry] == 0 { present.append(industry) }
        counts[industry] += 1
    }

    mutating func beginOwn() {
        for industry in ownPresent { ownCounts[industry] = 0 }
        ownPresent.removeAll(keepingCapacity: true)
    }

    /// Adds a firm of the site itself, which is one of all.
    mutating func addOwn(_ industry: UInt16) {
        add(industry)
        let industry = Int(industry)
        if ownCounts[industry] == 0 { ownPresent.append(industry) }
        ownCounts[industry] += 1
    }

    func forEach(_ body: (_ industry: Int, _ firms: Int) -> Void) {
        for industry in present { body(industry, counts[industry]) }
    }

    func forEachOwn(_ body: (_ industry: Int, _ firms: Int) -> Void) {
        for industry in ownPresent { body(industry, ownCounts[industry]) }
    }
}
