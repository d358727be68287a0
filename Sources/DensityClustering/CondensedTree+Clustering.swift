import FirmModel

extension CondensedTree {
    /// The clustering that a selection makes.
    ///
    /// - Complexity: O(n).
    /// - Throws: ``DensityClusteringError/badSelectionDistance(_:)``.
    public func clustering(
        selecting selection: ClusterSelection = ClusterSelection()
    ) throws(DensityClusteringError) -> HierarchicalClustering {
        let chosen = try selectedClusters(selection).sorted { clusters[$0].firstSite < clusters[$1].firstSite }
        guard chosen == [0] else { return clustering(of: chosen, staying: 0) }
        // The root holds everything: what leaves it early is noise all the same. What stays hangs together where the root
        // ends, or where the first of it leaves.
        let stay = selection.epsilon > 0 ? 1 / selection.epsilon.value : clusters[0].largestLambda
        let end = Meters(1 / clusters[0].largestLambda)
        let departure = departureDistances.filter { 1 / $0.value >= stay }.max() ?? end
        return clustering(of: chosen, staying: stay, longestEdges: [max(end, departure)])
    }

    /// All clusters below the root, one in the other, and the root, too, if it may be a cluster.
    public func nestedClustering(includingRoot: Bool = false) -> HierarchicalClustering {
        clustering(of: Array(clusters.indices.dropFirst(includingRoot ? 0 : 1)), staying: 0)
    }

    /// - Parameter stay: what leaves its cluster at a smaller λ is noise.
    private func clustering(
        of chosen: [Int], staying stay: Double, longestEdges: [Meters]? = nil
    ) -> HierarchicalClustering {
        var labelOfCluster = [Int32](repeating: DensityClustering.noise, count: clusters.count)
        for (label, cluster) in chosen.enumerated() { labelOfCluster[cluster] = Int32(label) }
        let parents: [Int?] = chosen.map { cluster in
            clusters[cluster].parent.flatMap { labelOfCluster[$0] >= 0 ? Int(labelOfCluster[$0]) : nil }
        }
        for (index, cluster) in clusters.enumerated() where labelOfCluster[index] == DensityClustering.noise {
            if let parent = cluster.parent { labelOfCluster[index] = labelOfCluster[parent] }
        }
        var labels = [Int32](repeating: DensityClustering.noise, count: clusterOfSite.count)
        var strengths = [Double](repeating: 0, count: clusterOfSite.count)
        for (site, cluster) in clusterOfSite.enumerated() where cluster >= 0 {
            let label = labelOfCluster[Int(cluster)]
            let lambda = 1 / departureDistances[site].value
            guard label >= 0, lambda >= stay else { continue }
            labels[site] = label
            let largest = clusters[chosen[Int(label)]].largestLambda
            strengths[site] = largest.isFinite && largest > 0 ? min(lambda, largest) / largest : 1
        }
        return HierarchicalClustering(
            labels: labels, parents: parents, clusters: chosen,
            longestEdges: longestEdges ?? chosen.map { clusters[$0].longestEdge }, strengths: strengths)
    }
}
