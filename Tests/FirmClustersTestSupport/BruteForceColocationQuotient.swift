/// Colocation quotients straight from their definition, every distance measured.
public struct BruteForceColocationQuotient {
    public let industries: [Int]
    public let industryCount: Int
    /// Squared distances between firms, in any unit.
    public let squared: (Int, Int) -> Double

    public init(industries: [Int], industryCount: Int, squared: @escaping (Int, Int) -> Double) {
        self.industries = industries
        self.industryCount = industryCount
        self.squared = squared
    }

    /// The nearest firms with all as far as the k-th: who, how far, and which share of the neighborhood each is.
    public func neighborhood(of firm: Int, count: Int) -> [(firm: Int, squared: Double, share: Double)] {
        let others = industries.indices.filter { $0 != firm }.map { (firm: $0, squared: squared(firm, $0)) }
            .sorted { $0.squared < $1.squared }
        let places = min(count, others.count)
        guard places > 0 else { return [] }
        let edge = others[places - 1].squared
        let nearer = others.count { $0.squared < edge }
        let tied = others.count { $0.squared == edge }
        return others.filter { $0.squared <= edge }.map {
            let share = $0.squared < edge ? 1 : Double(places - nearer) / Double(tied)
            return ($0.firm, $0.squared, share / Double(places))
        }
    }

    /// C_{a→b}.
    public func shares(count: Int) -> [[Double]] {
        var shares = [[Double]](
            repeating: [Double](repeating: 0, count: industryCount), count: industryCount)
        for firm in industries.indices {
            for neighbor in neighborhood(of: firm, count: count) {
                shares[industries[firm]][industries[neighbor.firm]] += neighbor.share
            }
        }
        return shares
    }

    /// CLQ_{a→b}.
    public func quotients(count: Int) -> [[Double?]] {
        let shares = shares(count: count)
        let firms = (0..<industryCount).map { industry in industries.count { $0 == industry } }
        return (0..<industryCount).map { a in
            (0..<industryCount).map { b in
                let others = firms[b] - (a == b ? 1 : 0)
                guard firms[a] > 0, others > 0 else { return nil }
                return shares[a][b] / Double(firms[a]) / (Double(others) / Double(industries.count - 1))
            }
        }
    }

    /// LCLQ_{i→b} of a firm, with any labels; `distance` turns a squared distance into one that may be divided.
    public func localQuotient(
        of firm: Int, toward target: Int, count: Int, labels: [Int]? = nil, distance: (Double) -> Double
    ) -> Double? {
        let labels = labels ?? industries
        let neighbors = neighborhood(of: firm, count: count)
        let others = labels.indices.count { $0 != firm && labels[$0] == target }
        guard others > 0, !neighbors.isEmpty else { return nil }
        let bandwidth = neighbors.reduce(0) { max($0, distance($1.squared)) }
        var (toward, total) = (0.0, 0.0)
        for neighbor in neighbors {
            let ratio = bandwidth > 0 ? distance(neighbor.squared) / bandwidth : 0
            let weight = exponential(-0.5 * ratio * ratio)
            total += weight
            if labels[neighbor.firm] == target { toward += weight }
        }
        return toward / total / (Double(others) / Double(labels.count - 1))
    }
}

/// e^x for x in -1...0 by its series.
private func exponential(_ x: Double) -> Double {
    var (sum, term) = (1.0, 1.0)
    for n in 1..<30 {
        term *= x / Double(n)
        sum += term
    }
    return sum
}
