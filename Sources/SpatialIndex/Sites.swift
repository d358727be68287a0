public import FirmModel
public import ParallelWork
import RealModule

/// The distinct locations of a register, sorted for neighbor search, with the firms on them.
///
/// Sites ascend by x (longitude), then y (latitude): site numbers themselves are the rule that breaks ties, and a subset
/// of sites taken in order needs one counting pass by row, not a sort, to be arranged for any radius (``SiteRows``).
/// Firms are in *canonical order*: by site, then industry code, then employment; what is summed or drawn in this order
/// does not depend on the order of the rows in a file.
///
/// Built once for a register and shared by every industry, radius and simulation. Memory: 16 bytes a site, 24 more on
/// the sphere, and 8 a firm.
public struct Sites: Sendable {
    /// How distance is measured between the sites.
    public let metric: Metric
    /// Longitude in degrees, or x in meters; ascending.
    public let x: [Double]
    /// Latitude in degrees, or y in meters.
    public let y: [Double]
    /// What distances are computed from: vectors to the sites on the unit sphere; empty in the plane, where they are
    /// computed from `x` and `y`.
    public let vectors: UnitVectors
    /// The firms at site s are those with canonical positions `firmStarts[s]..<firmStarts[s + 1]`.
    public let firmStarts: [Int32]
    /// For each canonical position the row of the firm in its register.
    public let firmRows: [Int32]

    /// The number of distinct locations.
    public var count: Int { x.count }
    /// The number of firms on all sites.
    public var firmCount: Int { firmRows.count }

    /// Where a site is.
    public func coordinate(_ site: Int) -> Coordinate { Coordinate(x: x[site], y: y[site]) }

    /// - Complexity: O(n) for evenly spread firms: a radix sort by x, then comparisons among firms at (almost) equal x.
    public init(_ register: FirmRegister, workers: Workers = Workers()) throws {
        let count = register.count
        let frame = register.frame
        let (px, py) = try Self.normalized(register, workers: workers)
        firmRows = try canonicalOrder(
            x: px, y: py, industry: register.industry.indices, employment: register.employment, workers: workers)

        var starts: [Int32] = []
        var (siteX, siteY): ([Double], [Double]) = ([], [])
        starts.reserveCapacity(count + 1)
        siteX.reserveCapacity(count)
        siteY.reserveCapacity(count)
        for (position, row) in firmRows.enumerated() {
            let (x, y) = (px[Int(row)], py[Int(row)])
            if siteX.last != x || siteY.last != y {
                starts.append(Int32(position))
                siteX.append(x)
                siteY.append(y)
            }
        }
        starts.append(Int32(count))
        firmStarts = starts
        x = siteX
        y = siteY
        metric = frame.isGeographic ? .sphere : .plane
        vectors =
            frame.isGeographic
            ? try UnitVectors(longitudes: siteX, latitudes: siteY, workers: workers) : UnitVectors()
    }

    /// The coordinates of all firms, each place in its one spelling. Most registers have it already, and nothing is copied.
    private static func normalized(_ register: FirmRegister, workers: Workers) throws -> (x: [Double], y: [Double]) {
        let frame = register.frame
        let isNormal = ResultSlots<Bool>(count: (register.count + (1 << 16) - 1) >> 16)
        try workers.forEach(in: 0..<register.count, grain: 1 << 16) { rows, _ in
            let holds = rows.allSatisfy { row in
                let place = register.coordinate(row)
                let normal = place.normalized(in: frame)
                return place.x.bitPattern == normal.x.bitPattern && place.y.bitPattern == normal.y.bitPattern
            }
            isNormal.set(rows.lowerBound >> 16, holds)
        }
        guard isNormal.values.contains(false) else { return (register.x, register.y) }
        let places = (0..<register.count).lazy.map { register.coordinate($0).normalized(in: frame) }
        return (places.map(\.x), places.map(\.y))
    }

    /// The diagonal of the box around the sites, in meters; on the sphere at most half the circumference.
    public var extent: Meters {
        guard let minX = x.first, let maxX = x.last, let minY = y.min(), let maxY = y.max() else { return 0 }
        switch metric {
        case .plane: return Meters((maxX - minX).hypotenuse(maxY - minY))
        case .sphere:
            let degree = Sphere.radius * .pi / 180
            let widest = minY <= 0 && maxY >= 0 ? 1 : Double.cos(min(abs(minY), abs(maxY)) * .pi / 180)
            let diagonal = ((maxX - minX) * degree * widest).hypotenuse((maxY - minY) * degree)
            return Meters(min(diagonal, Sphere.halfCircumference))
        }
    }
}

extension Double {
    fileprivate func hypotenuse(_ other: Double) -> Double { (self * self + other * other).squareRoot() }
}
