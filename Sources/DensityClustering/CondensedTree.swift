public import FirmModel
import ParallelWork

/// The hierarchy of the clusters that are large enough, at all radii (Campello, Moulavi & Sander 2013; McInnes & Healy 2017),
/// with ties taken together.
///
///     let condensed = try CondensedTree(tree, minimumClusterSize: 10)
///     let flat = condensed.clustering(selecting: ClusterSelection(.excessOfMass))
///
/// Seen from large radii to small ones, a cluster loses sites and falls apart. Where it falls into two or more parts of at
/// least the minimum size, these are new clusters; one such part continues the cluster; when there is none, the cluster
/// ends. What is in smaller parts leaves the cluster there. λ = 1/distance.
///
/// All edges of equal length are one step: a cluster may fall into many parts at once. Libraries that cut such edges one by
/// one give other clusters for other orders of the input; these do not depend on it, and are the same where theirs do not
/// either.
///
/// A site with weight enough is a part by itself above its core distance, where its firms part. Sites that weigh 0 belong to
/// clusters without making them larger.
public struct CondensedTree: Sendable {
    /// One cluster of the hierarchy.
    public struct Cluster: Sendable, Equatable {
        /// The cluster it was part of; nil for the root, which holds all sites.
        public let parent: Int?
        /// The clusters it falls into, in the order of their first site; none, or two and more.
        public internal(set) var children: [Int]
        /// The distance at which it became a cluster of its own; infinite for the root.
        public let birthDistance: Meters
        /// The longest edge inside: all members hang together at this distance, and no longer below it.
        public let longestEdge: Meters
        /// What its members weigh, those of its children included.
        public let weight: Double
        /// The number of sites of its members.
        public let siteCount: Int
        /// The first of its sites.
        public let firstSite: Int
        /// How many clusters it is in: 0 for the root.
        public let level: Int
        /// σ = Σ (λ − λ_birth) w over what leaves it, a child as a whole; infinite when firms never part.
        public internal(set) var stability: Double
        /// What of it never parts.
        var lastingWeight: Double
        /// The largest λ at which anything leaves it; infinite when firms never part.
        var largestLambda: Double

        /// λ_birth.
        var birthLambda: Double { 1 / birthDistance.value }
    }

    /// Ascending along any branch: a cluster comes after its parent, siblings in the order of their first sites. Empty when
    /// all sites together are too small, or weigh less than ``MutualReachabilityTree/minimumSamples``.
    public let clusters: [Cluster]
    /// For each site of the subset the smallest cluster it is in; −1 when there is none.
    public let clusterOfSite: [Int32]
    /// For each site the distance at which it leaves that cluster.
    public let departureDistances: [Meters]
    /// The largest λ at which anything parts, what never does left out; 0 when nothing does.
    let largestFiniteLambda: Double

    /// - Parameters:
    ///   - minimumClusterSize: in the unit of the weights, at least 2.
    ///   - minimumSites: clusters have at least as many distinct sites.
    /// - Complexity: O(n α(n)); 44 bytes a site.
    /// - Throws: ``DensityClusteringError/badMinimumClusterSize(_:)``, ``DensityClusteringError/badMinimumSites(_:)``.
    public init(
        _ tree: MutualReachabilityTree, minimumClusterSize: Double, minimumSites: Int = 1
    ) throws(DensityClusteringError) {
        guard minimumClusterSize >= 2, minimumClusterSize.isFinite else {
            throw .badMinimumClusterSize(minimumClusterSize)
        }
        guard minimumSites >= 1 else { throw .badMinimumSites(minimumSites) }
        var growth = ClusterGrowth(
            tree, minimumUnits: tree.masses.units(reaching: minimumClusterSize), minimumSites: minimumSites)
        growth.grow()
        let numbering = growth.numbering()
        clusterOfSite = growth.clusterOfSite(numbering)
        departureDistances = growth.departureDistances()
        var clusters = growth.clusters(numbering)
        largestFiniteLambda = Self.measure(&clusters, clusterOfSite, departureDistances, tree.masses)
        self.clusters = clusters
    }

    /// Adds up stabilities, always over sites and clusters in their order; returns the largest finite λ.
    private static func measure(
        _ clusters: inout [Cluster], _ clusterOfSite: [Int32], _ departures: [Meters], _ masses: Masses
    ) -> Double {
        let births = clusters.map(\.birthLambda)
        var largestFinite = 0.0
        var sums = [(stability: Double, lasting: Double, largest: Double)](repeating: (0, 0, 0), count: clusters.count)
        func leave(_ cluster: Int, _ lambda: Double, _ weight: Double) {
            sums[cluster].largest = max(sums[cluster].largest, lambda)
            if lambda.isFinite { largestFinite = max(largestFinite, lambda) }
            // What weighs nothing leaves nothing behind, however long it stays.
            guard weight > 0 else { return }
            sums[cluster].stability += gain(lambda, since: births[cluster]) * weight
            if lambda == .infinity { sums[cluster].lasting += weight }
        }
        for (site, cluster) in clusterOfSite.enumerated() where cluster >= 0 {
            leave(Int(cluster), 1 / departures[site].value, masses.weight(masses[site]))
        }
        for (child, cluster) in clusters.enumerated() {
            if let parent = cluster.parent { leave(parent, births[child], cluster.weight) }
        }
        for index in clusters.indices {
            clusters[index].stability = sums[index].stability
            clusters[index].lastingWeight = sums[index].lasting
            clusters[index].largestLambda = sums[index].largest
        }
        return largestFinite
    }
}

/// λ − λ_birth, also where both are infinite.
private func gain(_ lambda: Double, since birth: Double) -> Double { lambda > birth ? lambda - birth : 0 }
