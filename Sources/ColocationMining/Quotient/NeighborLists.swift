import ParallelWork
import SpatialIndex

/// For each site of a tree the firms on other sites within its reach, those at its very edge last.
struct NeighborLists {
    let starts: [Int]
    let neighbors: [Int32]
    /// How many of each list are nearer than its edge.
    let nearerCounts: [Int32]

    /// The lists of some neighboring sites.
    private struct Part {
        var ends: [Int] = []
        var neighbors: [Int32] = []
        var nearerCounts: [Int32] = []
    }

    init(tree: KDTree, firmStarts: [Int32], reach: Column<Double>, workers: Workers) throws {
        let grain = 256
        let parts = ResultSlots<Part>(count: (tree.leaves.count + grain - 1) / grain)
        let edges = SharedColumn(reach.values)
        defer { withExtendedLifetime(reach) {} }
        try firmStarts.withUnsafeBufferPointer { firmStarts in
            let firmStarts = SharedColumn(firmStarts)
            try workers.forEach(in: tree.leaves, grain: grain) { leaves, _ in
                var search = NeighborhoodSearch(tree)
                var part = Part()
                var tied: [Int32] = []
                for leaf in leaves {
                    search.forEachSite(ofLeaf: leaf, within: edges) { position, found in
                        let edge = edges[position]
                        let start = part.neighbors.count
                        tied.removeAll(keepingCapacity: true)
                        for other in found where Int(other) != position {
                            let firms = firmStarts[Int(other)]..<firmStarts[Int(other) + 1]
                            if tree.squaredDistance(position, Int(other)) < edge {
                                part.neighbors += firms
                            } else {
                                tied += firms
                            }
                        }
                        part.nearerCounts.append(Int32(part.neighbors.count - start))
                        part.neighbors += tied
                        part.ends.append(part.neighbors.count)
                    }
                }
                parts.set(leaves.lowerBound / grain, part)
            }
        }
        self.init(parts.values)
    }

    private init(_ parts: [Part]) {
        var (starts, neighbors, nearerCounts): ([Int], [Int32], [Int32]) = ([0], [], [])
        starts.reserveCapacity(parts.reduce(1) { $0 + $1.ends.count })
        neighbors.reserveCapacity(parts.reduce(0) { $0 + $1.neighbors.count })
        nearerCounts.reserveCapacity(parts.reduce(0) { $0 + $1.nearerCounts.count })
        for part in parts {
            let offset = neighbors.count
            neighbors += part.neighbors
            nearerCounts += part.nearerCounts
            for end in part.ends { starts.append(offset + end) }
        }
        (self.starts, self.neighbors, self.nearerCounts) = (starts, neighbors, nearerCounts)
    }
}
