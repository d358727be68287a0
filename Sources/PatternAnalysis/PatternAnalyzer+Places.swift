import ColocationMining
import FirmModel
import Geodesy
import ParallelWork
import SpatialIndex

extension PatternAnalyzer {
    /// For each of some patterns the places of the firms that take part, each once, west to east, then south to north.
    ///
    /// - Returns: longitude and latitude; meters where the register's place on the ground is not known.
    /// - Complexity: one more pass over the neighbors of every firm; memory for the participants of all patterns.
    func places(
        of patterns: [ColocationPattern], _ mined: MinedRegister, in relation: NeighborRelation
    ) throws -> [[Coordinate]] {
        progress.began("placing patterns", total: nil)
        let sites = mined.prepared.sites
        let firms = try relation.participants(
            inEach: patterns.map(\.industries), of: mined.unweighted, workers: workers)
        var coordinates: (x: [Double], y: [Double]) = (sites.x, sites.y)
        if case .projected(let crs) = mined.prepared.register.frame {
            let places = try Projection(crs: crs).toWGS84(x: sites.x, y: sites.y, workers: workers)
            coordinates = (places.longitude, places.latitude)
        }
        return firms.map { firms in
            var places: [Coordinate] = []
            var last: Int32 = -1
            // Firms ascend by site.
            for firm in firms {
                let site = mined.prepared.siteOfFirm[Int(firm)]
                if site != last { places.append(Coordinate(x: coordinates.x[Int(site)], y: coordinates.y[Int(site)])) }
                last = site
            }
            return places
        }
    }
}
