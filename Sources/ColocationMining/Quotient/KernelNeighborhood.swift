import FirmModel
public import ParallelWork
import RealModule
import SpatialIndex

/// What a firm's m nearest firms weigh in its local quotient: Gaussian weights with a bandwidth that follows the
/// density of firms,
///
///     w_ij = exp(−½ d_ij² / h_i²),   h_i the distance to the m-th nearest firm
///
/// All firms as far as the m-th are in it, each with e^(−½). Where m others share the site of the firm, h_i = 0: then
/// those on the site weigh 1, and nobody else anything.
public struct KernelNeighborhood: Sendable {
    /// The weight 1: weights are whole multiples of 2⁻⁴⁰, so that sums do not depend on their order.
    public static let one: Int64 = 1 << 40

    /// Weights of the firms nearer than the m-th.
    public internal(set) var nearerWeights: [Int64] = []
    /// Firms as far as the m-th.
    public internal(set) var tiedCount = 0
    /// The weight of each of them.
    public internal(set) var tiedWeight: Int64 = 0
    /// Σ_j w_ij over the firms of the target industry.
    public internal(set) var weightToward: Int64 = 0
    /// Whether the firms whose neighborhood this is are of the target industry themselves.
    public internal(set) var isOfTarget = false
    /// Which firms' it is, all on one site: their places in ``NearestFirms/firms``.
    public internal(set) var ranks: [Int32] = []

    /// Σ_j w_ij.
    public var weight: Int64 { nearerWeights.reduce(0, +) + Int64(tiedCount) * tiedWeight }
}

extension NearestFirms {
    /// Calls `body` with the neighborhood of every firm of an industry, once for firms of one site that have the same.
    ///
    /// - Parameters:
    ///   - industry: whose firms are asked about; all firms when nil.
    ///   - target: the industry looked for around them.
    ///   - labels: the industry of each firm, in the order of ``firms``.
    ///   - body: called from any worker; the neighborhood is valid during the call.
    /// - Complexity: O(n m), and O(f) for a site with f > m firms.
    /// - Throws: what `body` throws, `WorkCancelled`.
    public func forEachKernelNeighborhood(
        of industry: Int?, toward target: Int, labels: [UInt16], workers: Workers,
        _ body: @Sendable (borrowing KernelNeighborhood, _ worker: Int) throws -> Void
    ) throws {
        precondition(labels.count == firmCount, "\(labels.count) labels, \(firmCount) firms")
        guard places > 0 else { return }
        let positions = positionsOfFirms
        try workers.forEach(in: 0..<siteCount, grain: 1 << 10) { range, worker in
            var neighborhood = KernelNeighborhood()
            for position in range {
                let own = Int(firmStarts[position])..<Int(firmStarts[position + 1])
                let asked = own.filter { industry == nil || Int(labels[Int(rankOfFirm[$0])]) == industry }
                guard !asked.isEmpty else { continue }
                let isTarget = { (firm: Int) in Int(labels[Int(self.rankOfFirm[firm])]) == target }

                let ownWeight = weigh(position, own: own, positions: positions, isTarget, &neighborhood)
                let towardAll = neighborhood.weightToward
                // A firm of the target industry does not count itself.
                for ofTarget in [false, true] {
                    neighborhood.isOfTarget = ofTarget
                    neighborhood.weightToward = ofTarget ? towardAll - ownWeight : towardAll
                    neighborhood.ranks.removeAll(keepingCapacity: true)
                    for firm in asked where isTarget(firm) == ofTarget { neighborhood.ranks.append(rankOfFirm[firm]) }
                    if !neighborhood.ranks.isEmpty { try body(neighborhood, worker) }
                }
            }
        }
    }

    /// Sets the weights around a site, and what all firms of the target weigh, the firm itself included.
    ///
    /// - Returns: the weight of another firm of the site.
    private func weigh(
        _ position: Int, own: Range<Int>, positions: [Int32], _ isTarget: (Int) -> Bool,
        _ neighborhood: inout KernelNeighborhood
    ) -> Int64 {
        let edge = reach.base[position]
        let bandwidth = tree.metric.distance(forSquared: edge).value
        let list = listStarts[position]..<listStarts[position + 1]
        let tied = list.lowerBound + Int(nearerCounts[position])..<list.upperBound
        let one = KernelNeighborhood.one
        neighborhood.nearerWeights.removeAll(keepingCapacity: true)
        neighborhood.weightToward = 0
        for entry in list.lowerBound..<tied.lowerBound {
            let firm = Int(neighbors[entry])
            let other = positions.isEmpty ? firm : Int(positions[firm])
            let distance = tree.metric.distance(forSquared: tree.squaredDistance(position, other)).value / bandwidth
            let weight = Int64((Double.exp(-0.5 * distance * distance) * Double(one)).rounded())
            neighborhood.nearerWeights.append(weight)
            if isTarget(firm) { neighborhood.weightToward += weight }
        }
        let atEdge = edge == 0 ? one : Int64((Double.exp(-0.5) * Double(one)).rounded())
        neighborhood.tiedWeight = atEdge
        neighborhood.tiedCount = tied.count + (edge == 0 ? own.count - 1 : 0)
        if edge > 0 { neighborhood.nearerWeights += repeatElement(one, count: own.count - 1) }
        for entry in tied where isTarget(Int(neighbors[entry])) { neighborhood.weightToward += atEdge }
        for firm in own where isTarget(firm) { neighborhood.weightToward += one }
        return one
    }

    /// The position of each firm's site; empty where firms and sites have the same numbers.
    private var positionsOfFirms: [Int32] {
        guard firmCount > siteCount else { return [] }
        var positions: [Int32] = []
        positions.reserveCapacity(firmCount)
        for position in 0..<siteCount {
            positions += repeatElement(Int32(position), count: Int(firmStarts[position + 1] - firmStarts[position]))
        }
        return positions
    }
}
