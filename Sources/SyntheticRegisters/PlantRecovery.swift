/// How well detection found the planted clusters again.
///
/// A plant is found when some detected cluster has a Jaccard index of at least ½ with it: the firms in both over the firms
/// in either. At ½ and above no two disjoint clusters can claim the same plant.
public struct PlantRecovery: Sendable, Equatable {
    /// What became of one planted cluster.
    public struct Plant: Sendable, Equatable {
        /// Firms that were planted.
        public let firms: Int
        /// The cluster with the largest Jaccard index, the smallest number among equals; nil where none shares a firm.
        public let cluster: Int?
        /// Its Jaccard index, 0 without one.
        public let jaccard: Double

        /// Whether a cluster is like enough to it.
        public var isFound: Bool { jaccard >= 0.5 }
    }

    /// By the plants' numbers.
    public let plants: [Plant]
    /// For each detected cluster the largest Jaccard index with a plant.
    public let clusterJaccard: [Double]
    private let flagged: [Bool]

    /// Compares two labelings of the same firms.
    ///
    /// - Parameters:
    ///   - planted: for each firm the number of its plant, from 0, or −1.
    ///   - detected: for each firm the number of its cluster, from 0, or −1.
    ///   - flagged: for each cluster whether it belongs to the selection whose precision is asked for beside that of all,
    ///     for example those with a lower limit of the location quotient above 1.
    /// - Precondition: as many firms in both; every number below the number of plants and of flags.
    /// - Complexity: O(firms + plants + clusters).
    public static func compare(
        planted: [Int], plantCount: Int, detected: [Int], flagged: [Bool]
    ) -> PlantRecovery {
        precondition(planted.count == detected.count, "both labelings are of the same firms")
        var plantFirms = [Int](repeating: 0, count: plantCount)
        var clusterFirms = [Int](repeating: 0, count: flagged.count)
        var both: [Pair: Int] = [:]
        for (plant, cluster) in zip(planted, detected) {
            if plant >= 0 { plantFirms[plant] += 1 }
            if cluster >= 0 { clusterFirms[cluster] += 1 }
            if plant >= 0, cluster >= 0 { both[Pair(plant: plant, cluster: cluster), default: 0] += 1 }
        }
        var best = [(cluster: Int?, jaccard: Double)](repeating: (nil, 0), count: plantCount)
        var clusterJaccard = [Double](repeating: 0, count: flagged.count)
        for (pair, common) in both {
            let either = plantFirms[pair.plant] + clusterFirms[pair.cluster] - common
            let jaccard = Double(common) / Double(either)
            clusterJaccard[pair.cluster] = max(clusterJaccard[pair.cluster], jaccard)
            let current = best[pair.plant]
            let isTied = jaccard == current.jaccard && pair.cluster < current.cluster ?? .max
            if jaccard > current.jaccard || isTied { best[pair.plant] = (pair.cluster, jaccard) }
        }
        let plants = zip(plantFirms, best).map { Plant(firms: $0, cluster: $1.cluster, jaccard: $1.jaccard) }
        return PlantRecovery(plants: plants, clusterJaccard: clusterJaccard, flagged: flagged)
    }

    private struct Pair: Hashable {
        let plant: Int
        let cluster: Int
    }

    /// Share of the plants with firms that were found; nil without plants.
    public var recall: Double? {
        let present = plants.filter { $0.firms > 0 }
        return Self.share(of: present.count(where: \.isFound), in: present.count)
    }

    /// Share of the detected clusters that are a plant; nil without clusters. What is not a plant need not be an error: towns
    /// are dense in everything, and offices gather at county seats.
    public var precision: Double? {
        Self.share(of: clusterJaccard.count { $0 >= 0.5 }, in: clusterJaccard.count)
    }

    /// ``precision`` among the flagged clusters.
    public var flaggedPrecision: Double? {
        let selected = zip(clusterJaccard, flagged).filter(\.1)
        return Self.share(of: selected.count { $0.0 >= 0.5 }, in: selected.count)
    }

    private static func share(of part: Int, in whole: Int) -> Double? {
        whole > 0 ? Double(part) / Double(whole) : nil
    }
}
