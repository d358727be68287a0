import FirmModel

extension CondensedTree {
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

    /// How much of the weight of a cluster stays for how long, in 0...1: σ / (w λ_max), with the largest finite λ of the whole
    /// tree. Of a cluster with firms that never part, where σ is infinite, the share of the weight that never does.
    ///
    /// Nil for a cluster that weighs nothing.
    public func persistence(of cluster: Int) -> Double? {
        let cluster = clusters[cluster]
        guard cluster.weight > 0 else { return nil }
        if cluster.stability == .infinity { return cluster.lastingWeight / cluster.weight }
        return largestFiniteLambda > 0 ? cluster.stability / (cluster.weight * largestFiniteLambda) : nil
    }
}
