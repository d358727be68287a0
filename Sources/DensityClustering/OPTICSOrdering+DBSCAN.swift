public import FirmModel
import SpatialIndex

extension OPTICSOrdering {
    /// The clusters of DBSCAN at a radius up to the maximum one, as labels by point: clusters are numbered as they come in
    /// the order, noise is −1 (Ankerst et al. 1999, figure 8).
    ///
    /// Reading the order, a point whose reachability is beyond the radius starts a cluster if its core distance is within it,
    /// and is noise otherwise; any other belongs to the cluster at hand. On core points this is DBSCAN. A border point that
    /// comes before all core points that reach it is noise here; of those between two clusters, each goes to the one that
    /// comes first in the order.
    ///
    /// - Complexity: O(n).
    /// - Throws: ``OPTICSError/badRadius(_:maximum:)``.
    public func dbscanLabels(radius: Meters) throws(OPTICSError) -> [Int32] {
        let limit = try limit(forRadius: radius)
        var labels = [Int32](repeating: DensityClustering.noise, count: count)
        var last = DensityClustering.noise
        for (position, point) in order.enumerated() {
            if reachability.squared[position] > limit {
                guard coreDistance.squared[position] <= limit else { continue }
                last += 1
            }
            labels[Int(point)] = last
        }
        return labels
    }

    /// The same for sites: each with the role of its points at the radius and the label of the first of them that is in a
    /// cluster, clusters numbered by their smallest core site. No site is marked ambiguous: the order decides.
    ///
    /// - Complexity: O(n).
    /// - Throws: ``OPTICSError/badRadius(_:maximum:)``.
    public func dbscanClustering(radius: Meters) throws(OPTICSError) -> DensityClustering {
        let limit = try limit(forRadius: radius)
        var labels = labelsOfSites(try dbscanLabels(radius: radius))
        var roles = labels.map { $0 == DensityClustering.noise ? MemberRole.noise : .border }
        let sites = sitesOfPoints()
        for (position, point) in order.enumerated() where coreDistance.squared[position] <= limit {
            roles[Int(sites[Int(point)])] = .core
        }
        // Every cluster was started by a core point.
        var numbers = [Int32](repeating: DensityClustering.noise, count: Int((labels.max() ?? -1) + 1))
        var clusterCount: Int32 = 0
        for site in labels.indices where roles[site] == .core && numbers[Int(labels[site])] < 0 {
            numbers[Int(labels[site])] = clusterCount
            clusterCount += 1
        }
        for site in labels.indices where labels[site] >= 0 { labels[site] = numbers[Int(labels[site])] }
        return DensityClustering(
            labels: labels, roles: roles, ambiguous: [Bool](repeating: false, count: labels.count),
            clusterCount: Int(clusterCount))
    }

    private func limit(forRadius radius: Meters) throws(OPTICSError) -> Double {
        guard radius.value >= DBSCAN.smallestRadius.value, radius.value <= maximumRadius.value else {
            throw .badRadius(radius, maximum: maximumRadius)
        }
        // Undefined distances, which are infinite, are beyond any radius.
        return min(metric.limit(for: radius), .greatestFiniteMagnitude)
    }
}
