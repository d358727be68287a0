public import ParallelWork

/// Some sites of a register, ascending, with the weight each has in a question: the firms of one industry, say.
public struct SiteSubset: Sendable {
    /// Ascending site numbers.
    public let sites: [Int32]
    /// How many each site counts for, when that is a whole number of at least 1; empty when all count for 1.
    public let counts: [Int32]
    /// The weight of each site where ``counts`` cannot say it.
    public let amounts: [Double]
    /// Whether a count is a number of firms, each a point of its own; else it is the weight of one.
    public let countsFirms: Bool

    /// The number of sites in it.
    public var count: Int { sites.count }

    /// A subset with a number of firms, at least 1, on each site.
    public init(sites: [Int32], counts: [Int32]) {
        precondition(counts.isEmpty || counts.count == sites.count, "\(counts.count) counts, \(sites.count) sites")
        self.sites = sites
        self.counts = counts.allSatisfy { $0 == 1 } ? [] : counts
        amounts = []
        countsFirms = true
    }

    /// The sites of some firms, each counting for as many of them as are on it.
    ///
    /// - Parameters:
    ///   - firms: canonical positions, ascending.
    ///   - siteOfFirm: for each canonical position its site, as ``Sites/sitesOfFirms(workers:)`` gives it.
    public init(firms: ArraySlice<Int32>, siteOfFirm: [Int32]) {
        var (sites, counts): ([Int32], [Int32]) = ([], [])
        sites.reserveCapacity(firms.count)
        counts.reserveCapacity(firms.count)
        siteOfFirm.withUnsafeBufferPointer { siteOfFirm in
            var last: Int32 = -1
            for firm in firms {
                let site = siteOfFirm[Int(firm)]
                if site == last {
                    counts[counts.count - 1] += 1
                } else {
                    sites.append(site)
                    counts.append(1)
                    last = site
                }
            }
        }
        self.init(sites: sites, counts: counts)
    }

    /// A subset with any weights; without, every site weighs 1.
    public init(sites: [Int32], weights: [Double] = []) {
        precondition(weights.isEmpty || weights.count == sites.count, "\(weights.count) weights, \(sites.count) sites")
        // Counts are searched faster. Together they must stay within 32 bits.
        let areCounts = weights.allSatisfy { $0 >= 1 && $0 < 2e9 && $0.rounded() == $0 } && weights.reduce(0, +) < 2e9
        self.sites = sites
        counts = areCounts && weights.contains { $0 != 1 } ? weights.map { Int32($0) } : []
        amounts = areCounts ? [] : weights
        countsFirms = weights.isEmpty
    }

    /// The weight of the site at an index.
    public func weight(_ index: Int) -> Double {
        if !amounts.isEmpty { return amounts[index] }
        return counts.isEmpty ? 1 : Double(counts[index])
    }

    /// Every site, weighing as many as there are firms on it.
    public static func allFirms(of sites: Sites) -> SiteSubset {
        SiteSubset(
            sites: (0..<Int32(sites.count)).map { $0 },
            counts: (0..<sites.count).map { sites.firmStarts[$0 + 1] - sites.firmStarts[$0] })
    }
}

/// The firms of every industry, as canonical positions: one counting sort for all industries together.
///
/// Another labelling of the same firms (a simulation) is another value of this type over the same ``Sites``.
public struct FirmsByIndustry: Sendable {
    /// Firms of industry k: `firms[starts[k]..<starts[k + 1]]`.
    public let starts: [Int]
    /// Canonical positions, ascending within an industry.
    public let firms: [Int32]

    /// - Parameter labels: for each canonical position the industry of the firm, in 0..<industryCount.
    public init(labels: [Int32], industryCount: Int) {
        var starts = [Int](repeating: 0, count: industryCount + 1)
        for label in labels { starts[Int(label) + 1] += 1 }
        for industry in 0..<industryCount { starts[industry + 1] += starts[industry] }
        var next = starts
        firms = [Int32](count: labels.count) { firms in
            for (position, label) in labels.enumerated() {
                firms[next[Int(label)]] = Int32(position)
                next[Int(label)] += 1
            }
        }
        self.starts = starts
    }

    /// The canonical positions of an industry's firms.
    public func firms(of industry: Int) -> ArraySlice<Int32> { firms[starts[industry]..<starts[industry + 1]] }
    /// The number of an industry's firms.
    public func count(of industry: Int) -> Int { starts[industry + 1] - starts[industry] }
}

extension Sites {
    /// For each canonical position the site of the firm there.
    public func sitesOfFirms(workers: Workers) throws -> [Int32] {
        try [Int32](count: firmCount) { result in
            try workers.forEach(in: 0..<count, grain: 1 << 14) { range, _ in
                for site in range {
                    for position in firmStarts[site]..<firmStarts[site + 1] { result[Int(position)] = Int32(site) }
                }
            }
        }
    }
}
