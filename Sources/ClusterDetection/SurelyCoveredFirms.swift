import FirmModel
import ParallelWork
import SpatialIndex

/// A quick lower bound on the firms in a footprint: those that share a cell with a member, cells being so small that all of a cell is within
/// the footprint radius of any place in it.
///
/// It tells for most footprints of a simulated register that they cannot have the largest ratio, without counting them. Memory: 8 bytes a
/// site at most.
struct SurelyCoveredFirms: Sendable {
    /// For each site its cell.
    private let cellOfSite: [Int32]
    /// Firms in each cell.
    private let firmsInCell: [Int32]

    /// - Parameter radius: above 0, at most halfway around the sphere.
    init(_ sites: Sites, radius: Meters, workers: Workers) throws {
        let side = SiteCells.side(metric: sites.metric, radius: radius)
        let cells = try SiteCells(
            SiteRows(sites, rowHeight: side, workers: workers), side: side, workers: workers)
        var cellOfSite = [Int32](repeating: 0, count: sites.count)
        var firmsInCell = [Int32](repeating: 0, count: cells.count)
        for cell in 0..<cells.count {
            for position in cells.positions(cell) {
                let site = Int(cells.rows.order[position])
                cellOfSite[site] = Int32(truncatingIfNeeded: cell)
                firmsInCell[cell] += sites.firmStarts[site + 1] - sites.firmStarts[site]
            }
        }
        (self.cellOfSite, self.firmsInCell) = (cellOfSite, firmsInCell)
    }

    /// Which cells were met: the working memory of one worker.
    struct Marks {
        fileprivate var lastCluster: [Int32]
        fileprivate var clusters: Int32 = 0
    }

    /// Marks for one worker.
    func marks() -> Marks { Marks(lastCluster: [Int32](repeating: 0, count: firmsInCell.count)) }

    /// Firms that are in the footprint of some sites for sure.
    ///
    /// - Parameters:
    ///   - members: indices into `sites`.
    ///   - sites: site numbers.
    func count(around members: ArraySlice<Int32>, siteAt sites: [Int32], _ marks: inout Marks) -> Int {
        if marks.clusters == .max { marks = self.marks() }
        marks.clusters += 1
        let cluster = marks.clusters
        return marks.lastCluster.withUnsafeMutableBufferPointer { last in
            var firms = 0
            for member in members {
                let cell = Int(cellOfSite[Int(sites[Int(member)])])
                guard last[cell] != cluster else { continue }
                last[cell] = cluster
                firms += Int(firmsInCell[cell])
            }
            return firms
        }
    }
}
