import FirmModel
import ParallelWork
import SpatialIndex

/// A quick lower bound on the firms in a footprint: those in a cell that has a member or touches one that has, cells being so small that
/// touching ones are within the footprint radius of each other.
///
/// It tells for most footprints of a simulated register that they cannot have the largest ratio, without counting them. Memory: 4 bytes a
/// site and 17 a cell.
struct SurelyCoveredFirms: Sendable {
    /// For each site its cell.
    private let cellOfSite: [Int32]
    /// Firms in each cell.
    private let firmsInCell: [Int32]
    private let touching: TouchingCells

    /// - Parameter radius: above 0, at most halfway around the sphere.
    init(_ sites: Sites, radius: Meters, workers: Workers) throws {
        // Two cells, each half of the radius across.
        let side = SiteCells.side(metric: sites.metric, radius: Meters(radius.value / 2))
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
        touching = cells.touching(side: side)
    }

    /// Which cells were met: the working memory of one worker.
    struct Marks {
        /// For each cell twice the number of the last cluster that covers it, and one more if it has a member there.
        fileprivate var last: [Int32]
        fileprivate var cluster: Int32 = 0
    }

    /// Marks for one worker.
    func marks() -> Marks { Marks(last: [Int32](repeating: 0, count: firmsInCell.count)) }

    /// Firms that are in the footprint of some sites for sure.
    ///
    /// - Parameters:
    ///   - members: indices into `sites`.
    ///   - sites: site numbers.
    func count(around members: ArraySlice<Int32>, siteAt sites: [Int32], _ marks: inout Marks) -> Int {
        if marks.cluster == .max - 1 { marks = self.marks() }
        marks.cluster += 2
        let cluster = marks.cluster
        return marks.last.withUnsafeMutableBufferPointer { last in
            var firms = 0
            for member in members {
                let cell = Int(cellOfSite[Int(sites[Int(member)])])
                guard last[cell] != cluster + 1 else { continue }
                touching.forEach(touching: cell) { other in
                    guard last[other] < cluster else { return }
                    last[other] = cluster
                    firms += Int(firmsInCell[other])
                }
                last[cell] = cluster + 1
            }
            return firms
        }
    }
}
