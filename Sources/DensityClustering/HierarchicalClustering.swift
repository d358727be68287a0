import FirmModel

/// A flat clustering cut from a ``CondensedTree``.
public struct HierarchicalClustering: Sendable, Equatable {
    /// For each site of the subset its cluster, or ``DensityClustering/noise``; clusters are numbered from 0 in the order of
    /// their first site.
    public let labels: [Int32]
    /// For each label its place in ``CondensedTree/clusters``.
    public let clusters: [Int]
    /// For each site how firmly it belongs to its cluster: min(λ, λ_max) / λ_max, with λ where it leaves and λ_max the
    /// largest at which anything leaves the selected cluster itself; 1 where λ_max is infinite, 0 for noise.
    public let strengths: [Double]

    /// The same as a ``DensityClustering``: all members are core, no site is ambiguous.
    public var densityClustering: DensityClustering {
        DensityClustering(
            labels: labels, roles: labels.map { $0 >= 0 ? .core : .noise },
            ambiguous: [Bool](repeating: false, count: labels.count), clusterCount: clusters.count)
    }
}

extension CondensedTree {
    /// The clustering that a selection makes.
    ///
    /// - Complexity: O(n).
    /// - Throws: ``DensityClusteringError/badSelectionDistance(_:)``.
    public func clustering(
        selecting selection: ClusterSelection = ClusterSelection()
    ) throws(DensityClusteringError) -> HierarchicalClustering {
        let chosen = try selectedClusters(selection).sorted { clusters[$0].firstSite < clusters[$1].firstSite }
        var labelOfCluster = [Int32](repeating: DensityClustering.noise, count: clusters.count)
        for (label, cluster) in chosen.enumerated() { labelOfCluster[cluster] = Int32(label) }
        for (index, cluster) in clusters.enumerated() where labelOfCluster[index] == DensityClustering.noise {
            if let parent = cluster.parent { labelOfCluster[index] = labelOfCluster[parent] }
        }
        // The root holds everything: what leaves it early is noise all the same.
        let stays: Double? =
            chosen == [0] ? (selection.epsilon > 0 ? 1 / selection.epsilon.value : clusters[0].largestLambda) : nil

        var labels = [Int32](repeating: DensityClustering.noise, count: clusterOfSite.count)
        var strengths = [Double](repeating: 0, count: clusterOfSite.count)
        for (site, cluster) in clusterOfSite.enumerated() where cluster >= 0 {
            let label = labelOfCluster[Int(cluster)]
            guard label >= 0 else { continue }
            let lambda = 1 / departureDistances[site].value
            if let stays, lambda < stays { continue }
            labels[site] = label
            let largest = clusters[chosen[Int(label)]].largestLambda
            strengths[site] = largest.isFinite && largest > 0 ? min(lambda, largest) / largest : 1
        }
        return HierarchicalClustering(labels: labels, clusters: chosen, strengths: strengths)
    }

    /// GLOSH, the global-local outlier score of each site (Campello, Moulavi, Zimek & Sander 2015): 1 − λ / λ_max, with λ where
    /// it leaves its smallest cluster and λ_max the largest anywhere inside that cluster. 0 where both are infinite, and 1
    /// for sites in no cluster.
    public var outlierScores: [Double] {
        var deepest = clusters.map(\.largestLambda)
        for (index, cluster) in clusters.enumerated().reversed() {
            if let parent = cluster.parent { deepest[parent] = max(deepest[parent], deepest[index]) }
        }
        return clusterOfSite.enumerated().map { site, cluster in
            guard cluster >= 0 else { return 1 }
            let (lambda, largest) = (1 / departureDistances[site].value, deepest[Int(cluster)])
            guard lambda < largest else { return 0 }
            return largest.isFinite ? 1 - lambda / largest : 1
        }
    }

    /// How much of the weight of a cluster stays for how long: σ / (w λ_max), with the largest λ of the whole tree, in 0...1.
    /// Where firms share an address and never part, they count as parting with the last that do.
    ///
    /// Nil when no firms ever part.
    public func persistence(of cluster: Int) -> Double? {
        guard let largestFiniteLambda, largestFiniteLambda > 0, clusters[cluster].weight > 0 else { return nil }
        return clusters[cluster].finiteStability / (clusters[cluster].weight * largestFiniteLambda)
    }
}
