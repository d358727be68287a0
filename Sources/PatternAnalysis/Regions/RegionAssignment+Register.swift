import DensityClustering
import FirmModel
import Geodesy
import ParallelWork
import SpatialIndex
import VectorInput

extension RegionAssignment {
    /// The regions of a register and who is in which.
    ///
    /// - Parameters:
    ///   - distance: between neighbors, for density clusters.
    ///   - firmOfRow: which rows are one firm; nil where each is one.
    /// - Throws: ``PatternRequestError/noRegionColumn(_:)``, `ProjectionError`, `WorkCancelled`.
    init(
        _ division: RegionRequest.Division, of prepared: PreparedRegister, distance: Meters, firmOfRow: [Int32]?,
        workers: Workers
    ) throws {
        let register = prepared.register
        switch division {
        case .areas(let regions, _):
            guard case .projected(let crs) = register.frame else {
                try self.init(
                    polygons: regions, x: register.x, y: register.y, frame: register.frame, workers: workers)
                return
            }
            let places = try Projection(crs: crs).toWGS84(x: register.x, y: register.y, workers: workers)
            try self.init(polygons: regions, x: places.longitude, y: places.latitude, workers: workers)
        case .column(let header):
            guard let column = register.region else { throw PatternRequestError.noRegionColumn(header) }
            self.init(column: column)
        case .grid(let size): self = GridRegions(size: size, frame: register.frame).assignment(of: register)
        case .clusters(let minimumFirms):
            let firms = FirmsOfSites(prepared, firmOfRow: firmOfRow)
            let clustering = try DBSCAN(neighborhoodRadius: distance, minimumWeight: Double(minimumFirms)).clusters(
                of: firms.subset, in: prepared.sites, workers: workers)
            self.init(clustering, firms: firms, of: prepared)
        }
    }

    private init(_ clustering: DensityClustering, firms: FirmsOfSites, of prepared: PreparedRegister) {
        var counts = [Int](repeating: 0, count: clustering.clusterCount)
        // Sites ascend by x, then y.
        var firstSites = [Int](repeating: .max, count: clustering.clusterCount)
        for (site, label) in clustering.labels.enumerated() where label >= 0 {
            counts[Int(label)] += Int(firms.counts[site])
            firstSites[Int(label)] = min(firstSites[Int(label)], site)
        }
        let ranked = counts.indices.sorted {
            counts[$0] != counts[$1] ? counts[$0] > counts[$1] : firstSites[$0] < firstSites[$1]
        }
        var rank = [Int32](repeating: 0, count: ranked.count)
        for (position, label) in ranked.enumerated() { rank[label] = Int32(position) }
        var regionOfRow = [Int32](repeating: -1, count: prepared.firmCount)
        for (position, row) in prepared.sites.firmRows.enumerated() {
            let label = clustering.labels[Int(prepared.siteOfFirm[position])]
            if label >= 0 { regionOfRow[Int(row)] = rank[Int(label)] }
        }
        self.init(
            regions: ranked.indices.map {
                Region(identifier: String($0 + 1), name: "cluster \($0 + 1)", polygons: [])
            },
            regionOfRow: regionOfRow)
    }
}

/// How many firms are on each site, a firm with several entries counted once.
private struct FirmsOfSites {
    let counts: [Int32]

    init(_ prepared: PreparedRegister, firmOfRow: [Int32]?) {
        let sites = prepared.sites
        counts = (0..<sites.count).map { site in
            let here = Int(sites.firmStarts[site])..<Int(sites.firmStarts[site + 1])
            guard let firmOfRow, here.count > 1 else { return Int32(here.count) }
            return Int32(Set(here.map { firmOfRow[Int(sites.firmRows[$0])] }).count)
        }
    }

    var subset: SiteSubset { SiteSubset(sites: (0..<Int32(counts.count)).map { $0 }, counts: counts) }
}
