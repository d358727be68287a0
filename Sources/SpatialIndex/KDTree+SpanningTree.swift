public import ParallelWork

extension KDTree {
    /// The edges of a minimum spanning tree of mutual reachability, m(i, j) = max(core(i), core(j), d(i, j)), the shortest
    /// first.
    ///
    /// Borůvka's algorithm (1926): every component takes the shortest edge that leaves it, until one component is left. The
    /// sites of a leaf look for it together. What was found in one round bounds the next ones, because the edges that leave
    /// a component only become fewer: an edge from i is never shorter than core(i), nor than the edge that was the shortest when
    /// i last looked.
    ///
    /// Which of several minimum spanning trees it is depends on the run; their lengths are all the same.
    ///
    /// - Parameter squaredCores: by tree position, all finite.
    /// - Complexity: O(n log n) expected; 44 bytes a site while it runs.
    /// - Throws: `WorkCancelled`.
    public func spanningEdges(squaredCores: Column<Double>, workers: Workers) throws -> Column<SpanningEdge> {
        let workers = count < 1 << 12 ? workers.single : workers
        let edges = Column<SpanningEdge>(count: max(0, count - 1))
        var forest = try SpanningForest(self, squaredCores: squaredCores, workers: workers)
        while forest.componentCount > 1 { try forest.join(into: edges, workers: workers) }
        return try edges.ascending(workers: workers)
    }
}
