public import ParallelWork
public import SpatialIndex

/// For each firm i the set B_i of its k nearest firms, itself not counted, with *all* firms as far as the k-th: found
/// once, used for any labels of the same firms.
///
///     let nearest = try NearestFirms(sites, count: 10, workers: workers)
///     let quotient = try ColocationQuotient(of: labels, nearest: nearest)
///
/// With D_i the distance to the k-th nearest firm, a firm nearer than D_i is one of k; the t firms at D_i share what is
/// left of the k places equally: with r firms nearer, each of them is (k − r)/(k t) of B_i. Without ties r = k − 1 and
/// t = 1, and every firm is 1/k. Nothing depends on the order of firms. Where there are fewer than k other firms, k is
/// their number.
///
/// Firms of one site are at distance 0 from each other. Where more than k are, B_i is all the others there: sites with
/// thousands of firms take no room, and are counted in one step.
///
/// Memory, with one firm to a site: some 60 bytes a firm and 4 k for the lists; twice the lists while they are made.
/// Ties cannot make it more than O(k n): in the plane at most 7 k sites can have one and the same firm among their k
/// nearest (in a cone narrower than 60° the nearer ones are nearer to each other than to it), so lists hold at most 7 k
/// n firms.
public final class NearestFirms: Sendable {
    /// k as it was asked for.
    public let count: Int
    /// k, or the number of other firms where they are fewer; 0 with a single firm.
    public let places: Int
    /// Canonical positions of the firms that take part, ascending. Labels are in this order.
    public let firms: [Int32]

    /// Sites are numbered by tree position, and firms site by site in that order: firms nearby have numbers nearby.
    let tree: KDTree
    /// Firms on the site at position p: `firmStarts[p]..<firmStarts[p + 1]`.
    let firmStarts: [Int32]
    /// For each firm its place in ``firms``.
    let rankOfFirm: [Int32]
    /// Squared distance to the k-th nearest firm, by position.
    let reach: Column<Double>
    /// Firms on other sites in B_i of the firms at position p: `neighbors[listStarts[p]..<listStarts[p + 1]]`; none
    /// where B_i is on the site alone.
    let listStarts: [Int]
    let neighbors: [Int32]
    /// The first so many of the list are nearer than the k-th nearest firm, the others as far.
    let nearerCounts: [Int32]

    /// The largest k.
    public static let largestCount = 1000

    /// The number of firms, N.
    public var firmCount: Int { firms.count }
    var siteCount: Int { tree.count }

    /// Finds the nearest firms.
    ///
    /// - Parameters:
    ///   - sites: where the firms are.
    ///   - count: k, in 1...``largestCount``.
    ///   - firms: canonical positions of the firms that take part, ascending; all when nil. The others are nobody's
    ///     neighbors.
    /// - Complexity: O(n (log n + k)) expected.
    /// - Throws: ``ColocationQuotientError``, `WorkCancelled`.
    public init(_ sites: Sites, count: Int, among firms: [Int32]? = nil, workers: Workers = Workers()) throws {
        guard (1...Self.largestCount).contains(count) else {
            throw ColocationQuotientError.badNeighborCount(count)
        }
        self.count = count
        let firms = firms ?? (0..<Int32(sites.firmCount)).map { $0 }
        precondition(zip(firms, firms.dropFirst()).allSatisfy { $0 < $1 }, "firms ascend")
        let subset = SiteSubset(firms: firms[...], siteOfFirm: try sites.sitesOfFirms(workers: workers))
        let tree = try KDTree(subset, in: sites, workers: workers)
        places = min(count, max(0, firms.count - 1))
        self.firms = firms
        self.tree = tree
        (firmStarts, rankOfFirm) = Self.numberFirms(of: subset, in: tree, firmCount: firms.count)
        reach =
            try places > 0
            ? tree.squaredCoreDistances(weight: Double(places + 1), workers: workers) : Self.nowhere(tree.count)
        let lists = try NeighborLists(tree: tree, firmStarts: firmStarts, reach: reach, workers: workers)
        (listStarts, neighbors, nearerCounts) = (lists.starts, lists.neighbors, lists.nearerCounts)
    }

    /// A firm without others reaches nobody.
    private static func nowhere(_ count: Int) -> Column<Double> {
        let column = Column<Double>(count: count)
        for position in 0..<count { column.base[position] = 0 }
        return column
    }

    private static func numberFirms(
        of subset: SiteSubset, in tree: KDTree, firmCount: Int
    ) -> (starts: [Int32], ranks: [Int32]) {
        var firstRanks = [Int32](repeating: 0, count: subset.count + 1)
        for index in 0..<subset.count {
            firstRanks[index + 1] = firstRanks[index] + (subset.counts.isEmpty ? 1 : subset.counts[index])
        }
        var (starts, ranks): ([Int32], [Int32]) = ([0], [])
        starts.reserveCapacity(subset.count + 1)
        ranks.reserveCapacity(firmCount)
        for index in tree.order.values {
            ranks += firstRanks[Int(index)]..<firstRanks[Int(index) + 1]
            starts.append(Int32(ranks.count))
        }
        return (starts, ranks)
    }

    /// Labels of the firms that take part, in the order of ``firms``.
    ///
    /// - Throws: ``ColocationQuotientError``.
    public func industries(of labels: IndustryLabels) throws -> [UInt16] {
        guard labels.firmOfEntry == nil else { throw ColocationQuotientError.severalEntriesToAFirm }
        guard labels.industryCount <= ColocationShares.mostIndustries else {
            throw ColocationQuotientError.tooManyIndustries(labels.industryCount)
        }
        return try firms.map { firm in
            let industry = labels.industryOfFirm[Int(firm)]
            guard industry >= 0 else { throw ColocationQuotientError.firmWithoutIndustry(Int(firm)) }
            return UInt16(truncatingIfNeeded: industry)
        }
    }
}

/// Why there is no colocation quotient.
public enum ColocationQuotientError: Error, Sendable, Equatable, CustomStringConvertible {
    /// k below 1 or above ``NearestFirms/largestCount``.
    case badNeighborCount(Int)
    /// More than ``ColocationShares/mostIndustries``.
    case tooManyIndustries(Int)
    /// A firm takes part as a neighbor that has no industry; by canonical position.
    case firmWithoutIndustry(Int)
    /// Labels in which a firm has several entries: it would be its own nearest neighbor.
    case severalEntriesToAFirm

    public var description: String {
        switch self {
        case .badNeighborCount(let count):
            "\(count) nearest firms: a colocation quotient looks at 1 to \(NearestFirms.largestCount)"
        case .tooManyIndustries(let count):
            "\(count) industries; a colocation quotient takes \(ColocationShares.mostIndustries) at most"
        case .firmWithoutIndustry(let firm): "firm \(firm) takes part and has no industry"
        case .severalEntriesToAFirm: "a colocation quotient needs one industry for each firm"
        }
    }
}
