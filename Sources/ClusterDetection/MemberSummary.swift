import FirmModel
import Geodesy
import SpatialIndex

/// What is said of a cluster from its members alone.
struct MemberSummary {
    let largestSiteShare: Double
    let employment: Double?
    let largestFirmShare: Double?
    let place: String?
    /// In the coordinates of the register.
    let centroid: Coordinate

    init(_ cluster: GroupClustering.Members, in register: PreparedRegister) {
        var (run, largestRun) = (0, 0)
        var site: Int32 = -1
        var (employees, largest) = (0.0, 0.0)
        var anyEmployment = false
        var places: [Int32: Int] = [:]
        // Fields of a structure are taken up once: this runs over every member of every cluster.
        let (siteOfFirm, employeesOfFirm) = (register.siteOfFirm, register.employmentOfFirm)
        let (column, rows) = (register.register.place, register.sites.firmRows)
        for firm in cluster.firms {
            let own = siteOfFirm[Int(firm)]
            run = own == site ? run + 1 : 1
            site = own
            largestRun = max(largestRun, run)
            if !employeesOfFirm.isEmpty, !employeesOfFirm[Int(firm)].isNaN {
                let number = employeesOfFirm[Int(firm)]
                anyEmployment = true
                employees += number
                largest = max(largest, number)
            }
            if let column {
                let index = column.indices[Int(rows[Int(firm)])]
                if index != CategoryColumn.missing { places[index, default: 0] += 1 }
            }
        }
        largestSiteShare = Double(largestRun) / Double(cluster.firms.count)
        employment = anyEmployment ? employees : nil
        largestFirmShare = employees > 0 ? largest / employees : nil
        // The commonest place; of equally common ones the first by its text.
        let commonest = places.max { $0.value != $1.value ? $0.value < $1.value : $0.key > $1.key }
        place = commonest.flatMap { register.register.place?.categories[Int($0.key)] }
        centroid = Self.centroid(cluster, in: register)
    }

    /// The mean over the member firms: of unit vectors, brought back to the sphere, or of coordinates.
    private static func centroid(_ cluster: GroupClustering.Members, in register: PreparedRegister) -> Coordinate {
        let sites = register.sites
        let (siteOfFirm, total) = (register.siteOfFirm, Double(cluster.firms.count))
        let origin = sites.coordinate(Int(cluster.sites[0]))
        var sum = SIMD3<Double>.zero
        switch sites.metric {
        case .sphere:
            var (last, vector) = (-1, SIMD3<Double>.zero)
            for firm in cluster.firms {
                let site = Int(siteOfFirm[Int(firm)])
                if site != last { (last, vector) = (site, sites.vector(site)) }
                sum += vector
            }
        case .plane:
            let (x, y) = (sites.x, sites.y)
            for firm in cluster.firms {
                let site = Int(siteOfFirm[Int(firm)])
                // About the first site, so that distant coordinates keep their digits.
                sum += SIMD3(x[site] - origin.x, y[site] - origin.y, 0)
            }
        }
        switch sites.metric {
        case .plane: return Coordinate(x: origin.x + sum.x / total, y: origin.y + sum.y / total)
        // Members all around the globe can balance out: the first then stands for the middle there is not.
        case .sphere: return Centroid.direction(ofSum: sum, total: total) ?? origin
        }
    }
}
