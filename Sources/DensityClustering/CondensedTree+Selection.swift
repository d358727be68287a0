import FirmModel

extension CondensedTree {
    /// The clusters that are selected, ascending; none of them is in another.
    ///
    /// - Throws: ``DensityClusteringError/badSelectionDistance(_:)``.
    public func selectedClusters(_ selection: ClusterSelection) throws(DensityClusteringError) -> [Int] {
        guard selection.epsilon.value >= 0 else { throw .badSelectionDistance(selection.epsilon) }
        guard !clusters.isEmpty else { return [] }
        let chosen =
            switch selection.method {
            case .excessOfMass: excessOfMass(includingRoot: selection.allowsSingleCluster)
            case .leaf: clusters.indices.filter { clusters[$0].children.isEmpty }
            }
        let allowed = selection.allowsSingleCluster ? chosen : chosen.filter { $0 != 0 }
        guard selection.epsilon > 0, allowed != [0] else { return allowed }
        return outermost(allowed.map { around($0, selection) })
    }

    private func excessOfMass(includingRoot: Bool) -> [Int] {
        // Clusters come after their parents: backwards is from the leaves up.
        var best = clusters.map(\.stability)
        var isBest = [Bool](repeating: true, count: clusters.count)
        for (index, cluster) in clusters.enumerated().reversed() where !cluster.children.isEmpty {
            let inside = cluster.children.reduce(0) { $0 + best[$1] }
            if (index == 0 && !includingRoot) || cluster.stability < inside {
                isBest[index] = false
                best[index] = inside
            }
        }
        return outermost(clusters.indices.filter { isBest[$0] })
    }

    private func around(_ cluster: Int, _ selection: ClusterSelection) -> Int {
        guard clusters[cluster].birthDistance < selection.epsilon else { return cluster }
        var cluster = cluster
        while let parent = clusters[cluster].parent {
            if parent == 0 { return selection.allowsSingleCluster ? 0 : cluster }
            cluster = parent
            if clusters[cluster].birthDistance > selection.epsilon { break }
        }
        return cluster
    }

    /// Without those that are in others, each once.
    private func outermost(_ chosen: [Int]) -> [Int] {
        var isChosen = [Bool](repeating: false, count: clusters.count)
        for cluster in chosen { isChosen[cluster] = true }
        var isInside = [Bool](repeating: false, count: clusters.count)
        for (index, cluster) in clusters.enumerated() {
            if let parent = cluster.parent { isInside[index] = isInside[parent] || isChosen[parent] }
        }
        return clusters.indices.filter { isChosen[$0] && !isInside[$0] }
    }
}
