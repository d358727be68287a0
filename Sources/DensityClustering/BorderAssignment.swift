import FirmModel
import ParallelWork
import SpatialIndex

/// Gives each site that is not core to the cluster of its nearest core site within the radius.
struct BorderAssignment {
    let cores: SiteRows
    let components: CoreComponents
    let radius: Meters

    func assign(
        rows: SiteRows, isCore: [Bool], labels: inout [Int32], roles: inout [MemberRole], ambiguous: inout [Bool],
        workers: Workers
    ) throws {
        let limit = rows.metric.limit(for: radius)
        let workers = rows.count < 1 << 13 ? workers.single : workers
        try labels.withUnsafeMutableBufferPointer { labels in
            try roles.withUnsafeMutableBufferPointer { roles in
                try ambiguous.withUnsafeMutableBufferPointer { ambiguous in
                    let (labels, roles) = (SharedBuffer(labels), SharedBuffer(roles))
                    let ambiguous = SharedBuffer(ambiguous)
                    try workers.forEach(in: 0..<rows.rowNumbers.count, grain: 16) { range, _ in
                        var finder = RunFinder(target: cores, radius: radius)
                        var hits: [NeighborHit] = []
                        var scratch: [UInt32] = []
                        for row in range {
                            finder.enter(row: rows.rowNumbers[row])
                            for position in rows.rowStarts[row]..<rows.rowStarts[row + 1] where !isCore[position] {
                                let runs = finder.runs(from: rows.x[position], to: rows.x[position])
                                cores.collect(
                                    near: position, of: rows, in: runs, limit: limit, into: &hits, scratch: &scratch)
                                guard let (component, isAmbiguous) = nearest(hits) else { continue }
                                let index = Int(rows.order[position])
                                labels[index] = component
                                roles[index] = .border
                                ambiguous[index] = isAmbiguous
                            }
                        }
                    }
                }
            }
        }
    }

    /// The component of the nearest hit, ties to the smallest site, and whether the hits are of several components.
    private func nearest(_ hits: [NeighborHit]) -> (component: Int32, isAmbiguous: Bool)? {
        guard var best = hits.first else { return nil }
        let component = components.componentOfPosition(Int(best.position))
        var isAmbiguous = false
        for hit in hits.dropFirst() {
            if components.componentOfPosition(Int(hit.position)) != component { isAmbiguous = true }
            if hit.squaredDistance < best.squaredDistance
                || (hit.squaredDistance == best.squaredDistance
                    && cores.order[Int(hit.position)] < cores.order[Int(best.position)])
            {
                best = hit
            }
        }
        return (components.componentOfPosition(Int(best.position)), isAmbiguous)
    }
}
