public import FirmModel
import SpatialIndex

/// Clusters within clusters, as the ξ method finds them in the valleys of a reachability plot.
public struct XiClustering: Sendable, Equatable {
    /// A valley of the plot, with the valleys inside it.
    public struct Cluster: Sendable, Equatable {
        /// Where its points are in the order.
        public let positions: Range<Int>
        /// The index of the smallest other cluster that holds all of it, of equally small ones the first; nil at the top.
        /// Of clusters with the same points each has the next one as its parent.
        public let parent: Int?
        /// The label of its points, when it is one of the innermost.
        public let label: Int32?
        /// The largest reachability inside it, that of its first point not counted: at this radius, and no smaller one, its
        /// points hang together. Half of it is the radius of a footprint.
        public let largestInnerReachability: Meters
    }

    /// In the order in which they end; a cluster comes after those inside it that end with it.
    public let clusters: [Cluster]
    /// By point: the number of the innermost cluster it is in, −1 for none. A cluster is innermost when none before it has
    /// any of its points.
    public let labels: [Int32]
    /// The number of innermost clusters.
    public let labelCount: Int

    /// How many clusters hold each cluster: 0 at the top.
    ///
    /// - Complexity: O(n) for n clusters.
    public func levels() -> [Int] {
        var levels = [Int?](repeating: nil, count: clusters.count)
        for index in clusters.indices {
            // Up to the first with a known level, then down again.
            var path: [Int] = []
            var next: Int? = index
            while let cluster = next, levels[cluster] == nil {
                path.append(cluster)
                next = clusters[cluster].parent
            }
            var level = next.flatMap { levels[$0] }.map { $0 + 1 } ?? 0
            for cluster in path.reversed() {
                levels[cluster] = level
                level += 1
            }
        }
        return levels.compactMap { $0 }
    }
}

extension XiClustering {
    /// - Parameters:
    ///   - ranges: as the ξ method lists them, smaller ones before larger ones that hold them.
    init(_ ranges: [Range<Int>], of ordering: OPTICSOrdering) {
        var labels = [Int32](repeating: DensityClustering.noise, count: ordering.count)
        var ofClusters = [Int32?](repeating: nil, count: ranges.count)
        var labelCount: Int32 = 0
        for (index, range) in ranges.enumerated()
        where !labels[range].contains(where: { $0 != DensityClustering.noise }) {
            for position in range { labels[position] = labelCount }
            ofClusters[index] = labelCount
            labelCount += 1
        }
        let parents = Self.parents(of: ranges)
        clusters = ranges.indices.map { index in
            let inside = ordering.reachability.squared[ranges[index].dropFirst()]
            return Cluster(
                positions: ranges[index], parent: parents[index], label: ofClusters[index],
                largestInnerReachability: ordering.metric.distance(forSquared: inside.max() ?? 0))
        }
        var byPoint = labels
        for (position, point) in ordering.order.enumerated() { byPoint[Int(point)] = labels[position] }
        self.labels = byPoint
        self.labelCount = Int(labelCount)
    }

    /// For each range the smallest other one that holds it.
    private static func parents(of ranges: [Range<Int>]) -> [Int?] {
        // Any range that holds another comes before it here, and of equal ones the one listed last.
        let outermostFirst = ranges.indices.sorted { a, b in
            let (x, y) = (ranges[a], ranges[b])
            if x.lowerBound != y.lowerBound { return x.lowerBound < y.lowerBound }
            return x.upperBound != y.upperBound ? x.upperBound > y.upperBound : a > b
        }
        var parents = [Int?](repeating: nil, count: ranges.count)
        // Those that end beyond where the sorted ones have come to.
        var open: [Int] = []
        for index in outermostFirst {
            let range = ranges[index]
            open.removeAll { ranges[$0].upperBound <= range.lowerBound }
            parents[index] = open.filter { ranges[$0].upperBound >= range.upperBound }.min { a, b in
                ranges[a].count != ranges[b].count ? ranges[a].count < ranges[b].count : a < b
            }
            open.append(index)
        }
        return parents
    }
}
