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
/// Built once for a register and shared by every industry, radius and simulation. Memory: 20 bytes a site and 4 a firm;
/// 24 more a firm while it is built, 48 where many are bunched.
public struct Sites: Sendable {
    /// How distance is measured between the sites.
    public let metric: Metric
    /// Longitude in degrees, or x in meters; ascending.
    public let x: [Double]
    /// Latitude in degrees, or y in meters.
    public let y: [Double]
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

    /// On the sphere, the vector from its center to a site, of length 1.
    public func vector(_ site: Int) -> SIMD3<Double> { UnitVectors.vector(longitude: x[site], latitude: y[site]) }

    /// - Complexity: O(n) for firms that are not bunched beyond measure: see ``CanonicalOrder``.
    /// - Throws: `WorkCancelled`.
    public init(_ register: FirmRegister, workers: Workers = Workers()) throws {
        metric = register.frame.isGeographic ? .sphere : .plane
        let order = try CanonicalOrder(register, workers: workers)
        defer { withExtendedLifetime(order) {} }
        let (count, slabs, firms) = (register.count, order.slabs, order.firms.shared)
        var firstSites = [0]
        let sitesOfSlab = try [Int](count: slabs.count - 1) { sitesOfSlab in
            try Self.forEachSlab(slabs, workers) { slab, index in
                var sites = slab.isEmpty ? 0 : 1
                for position in slab.dropFirst() where !firms[position].isAtSameSite(as: firms[position - 1]) {
                    sites += 1
                }
                sitesOfSlab[index] = sites
            }
        }
        for sites in sitesOfSlab { firstSites.append(firstSites[firstSites.count - 1] + sites) }
        let offsets = firstSites
        let siteCount = offsets[offsets.count - 1]

        var (ys, starts, rows): ([Double], [Int32], [Int32]) = ([], [], [])
        x = try [Double](count: siteCount) { x in
            ys = try [Double](count: siteCount) { y in
                starts = try [Int32](count: siteCount + 1) { starts in
                    rows = try [Int32](count: count) { rows in
                        try Self.forEachSlab(slabs, workers) { slab, index in
                            var site = offsets[index]
                            for position in slab {
                                let firm = firms[position]
                                rows[position] = Int32(bitPattern: firm.row)
                                if position == slab.lowerBound || !firm.isAtSameSite(as: firms[position - 1]) {
                                    x[site] = firm.x
                                    y[site] = firm.y
                                    starts[site] = Int32(truncatingIfNeeded: position)
                                    site += 1
                                }
                            }
                        }
                    }
                    starts[siteCount] = Int32(count)
                }
            }
        }
        (y, firmStarts, firmRows) = (ys, starts, rows)
    }

    private static func forEachSlab(
        _ slabs: [Int], _ workers: Workers, _ body: @Sendable (Range<Int>, _ index: Int) -> Void
    ) throws {
        try workers.forEach(in: 0..<slabs.count - 1, grain: 4) { range, _ in
            for index in range { body(slabs[index]..<slabs[index + 1], index) }
        }
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
